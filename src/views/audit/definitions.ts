/** Whether the definitions that were released are stored as they were. */
import type { Db } from '../../../db/tables.ts';
import type { Label } from '../../../machines/label.ts';
import { sha256 } from '../../engine/chain.ts';
import { type StoredDefinition, storedDefinitions } from '../../store/definitions.ts';
import type { Finding } from './evidence.ts';

export const definitionFindings = async (db: Db): Promise<Finding[]> =>
  (await storedDefinitions(db))
    .filter((it) => sha256(it.data) !== it.hash)
    .map((it) => ({ actor: '', version: null, kind: 'definition', detail: altered(it) }));

const altered = ({ name, version }: StoredDefinition): Label => ({
  sv: `Definitionen ${name}@${version} är inte lagrad som dess kontrollsumma säger.`,
  en: `The definition ${name}@${version} is not stored as its hash says.`,
});
