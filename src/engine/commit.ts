/** The only code that writes: everything that a group of commands changed, in one transaction, under one seal. */
import type { Db } from '../../db/tables.ts';
import type { Deadline } from '../store/deadlines.ts';
import { addToOutbox } from '../store/outbox.ts';
import { keepReceipts } from '../store/receipts.ts';
import { redactRows } from '../store/redactions.ts';
import type { Seal } from '../store/seals.ts';
import { writeSeries } from '../store/series.ts';
import { insertSteps, isWhole, writeSteps } from '../store/steps.ts';
import { writeTerms } from '../store/terms.ts';
import type { Changes } from './changes.ts';
import { sealAfter } from './seal.ts';

/**
 * Writes a group and returns only after the commit is durable.
 * @param seal null where there is nothing to seal.
 * @throws whatever the database throws; and an Error when another writer changed one of the actors, or KnownKey: then
 * nothing has been written.
 */
export async function write(db: Db, changes: Changes, seal: Seal | null): Promise<void> {
  const actors = storedWithVersions(changes);
  const { entries, deadlines, replies, outbox, receipts, series, terms, redactions } = changes;
  const touched = [...deadlines.values()];
  const running = runningOf(changes);
  const steps = { entries, actors, touched, running, replies: [...replies.values()], seal };
  const alone = receipts.size + series.size + outbox.length + terms.length + redactions.length === 0;
  if (alone && isWhole(db)) return insertSteps(db, steps);
  await db.transaction().execute(async (trx) => {
    for (const it of redactions) await redactRows(trx, it);
    await writeSteps(trx, steps);
    await addToOutbox(trx, outbox);
    await keepReceipts(trx, [...receipts.values()]);
    await writeSeries(trx, series);
    await writeTerms(trx, terms);
  });
}

/** Of the deadlines that were set, cancelled or set aside those that run now. */
const runningOf = (changes: Changes): Deadline[] =>
  [...changes.actors.values()].flatMap((actor) => actor.deadlines.filter((it) => changes.touches(it)));

/**
 * The seal of a group after the newest one; where nothing is to be sealed, that one. A message that was kept before is
 * covered by the seal of then.
 * @param shared whether other processes write as well. Then each group has a seal of its own, which is there once:
 * whoever has lost its turn cannot write, not even what no log tells of.
 */
export function sealOf({ entries, receipts }: Changes, head: Seal, now: string, shared: boolean): Seal {
  const documents = [...receipts.values()].filter((it) => it.seal > head.number);
  const isNeeded = shared || entries.length + documents.length > 0;
  return isNeeded ? sealAfter(head, now, { entries, documents }) : head;
}

/** Each actor with the version that is stored of it: the one before its first entry of the group; 0 for a new one. */
function storedWithVersions({ stored, entries }: Changes) {
  const was = new Map<string, number>();
  for (const { actor, version } of entries) if (!was.has(actor)) was.set(actor, version - 1);
  return [...stored.values()].map((actor) => ({ actor, was: was.get(actor.id) ?? 0 }));
}
