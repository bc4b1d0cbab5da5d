/** What an auditor asks of a record, or of all of them: is the log sound, and was what it tells lawful? */
import { listActors, type StoredActor } from '../store/actors.ts';
import {
  type Anchor,
  type Audit,
  auditAll,
  auditRecord,
  type DatabaseAudit,
  type RecordAudit,
} from './audit.ts';
import { type LegalFinding, legalityOf } from './legality.ts';
import type { Source } from './source.ts';

interface Lawfulness {
  /** Null where the log is not sound: nothing can then be said of what it tells. */
  readonly lawful: boolean | null;
  /** Every rule that was watched; of the whole database those violated only. */
  readonly legality: readonly LegalFinding[];
}

export type Examination = RecordAudit & Lawfulness;

/** Examines a record and everything that belongs to it. Null when there is no such record. */
export async function examine(source: Source, root: string): Promise<Examination | null> {
  const audit = await auditRecord(source, root);
  if (!audit) return null;
  if (!isSound(audit)) return { ...audit, lawful: null, legality: [] };
  const legality = await legalityOf(source, root);
  return { ...audit, lawful: !legality.some(isViolated), legality };
}

/**
 * Examines the whole database, record by record.
 * @param anchors seals that were kept elsewhere: the log must still have them.
 */
export async function examineAll(
  source: Source,
  anchors: readonly Anchor[] = [],
): Promise<DatabaseAudit & Lawfulness> {
  const audit = await auditAll(source, anchors);
  if (!isSound(audit)) return { ...audit, lawful: null, legality: [] };
  const legality: LegalFinding[] = [];
  for await (const root of rootsIn(source))
    legality.push(...(await legalityOf(source, root)).filter(isViolated));
  return { ...audit, lawful: legality.length === 0, legality };
}

export const isViolated = ({ verdict }: LegalFinding): boolean => verdict === 'violated';

const isSound = ({ chainIntact, replayEqual }: Audit): boolean => chainIntact && replayEqual;

/** Actors read at a time. */
const BATCH = 200;

async function* rootsIn({ db }: Source): AsyncGenerator<string> {
  let batch: StoredActor[] = [];
  do {
    const after = batch.at(-1);
    batch = await listActors(db, { limit: BATCH, ...(after && { after }) });
    for (const { id, root } of batch) if (id === root) yield id;
  } while (batch.length === BATCH);
}
