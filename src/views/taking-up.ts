/** Which matters of a municipality another may go on in. */
import type { MatterContext } from '../../machines/stages/matter.ts';
import { findActors } from '../store/actors.ts';
import { listRecords, type RecordSummary } from './lists.ts';
import type { Source } from './source.ts';

/** More than these are found by the list of matters. */
const MOST = 100;

interface TakingUp {
  /** In which nothing is decided. */
  readonly joined: readonly RecordSummary[];
  /** Also those that decide, or have decided, what leaves nothing to decide in another. */
  readonly overtaken: readonly RecordSummary[];
}

/** The newest into which others may be joined, and by which others may be overtaken. */
export async function takingUp(source: Source, municipality: string): Promise<TakingUp> {
  const { items } = await listRecords(source, { kind: 'matters', municipality, limit: MOST });
  const stored = await findActors(
    source.db,
    items.map(({ id }) => id),
  );
  const contexts = new Map(
    stored.map(({ id, snapshot }) => [id, (JSON.parse(snapshot) as { context: MatterContext }).context]),
  );
  const overtaken = items.filter(({ id }) => contexts.get(id)?.ended === null);
  const joined = overtaken.filter(({ id }) =>
    contexts.get(id)?.points.every(({ standing }) => standing === 'open'),
  );
  return { joined, overtaken };
}
