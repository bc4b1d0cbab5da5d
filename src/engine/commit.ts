/** The only code that writes: everything that a group of commands changed, in one transaction. */
import type { Db } from '../../db/tables.ts';
import { writeActors } from '../store/actors.ts';
import { replaceDeadlines } from '../store/deadlines.ts';
import { appendEntries } from '../store/entries.ts';
import { addToOutbox } from '../store/outbox.ts';
import { addReceipts } from '../store/receipts.ts';
import { addReplies } from '../store/replies.ts';
import { writeSeries } from '../store/series.ts';
import { toStored } from './actor.ts';
import type { Changes } from './changes.ts';

/**
 * Writes and returns only after the commit is durable.
 * @param versions the stored version of each actor before the group; 0 for a new one.
 * @throws whatever the database throws, and an Error when another writer changed one of the actors: then
 * nothing has been written.
 */
export async function commit(db: Db, changes: Changes, versions: ReadonlyMap<string, number>, now: string): Promise<void> {
  const actors = [...changes.actors.values()].map((actor) => ({
    actor: toStored(actor, now),
    was: versions.get(actor.self.id) ?? 0,
  }));
  const touched = [...changes.touchedDeadlines.values()];
  const running = [...changes.actors.values()].flatMap((actor) =>
    actor.deadlines.filter((it) => changes.touchedDeadlines.has(`${it.actor}\n${it.state}\n${it.name}`)),
  );
  await db.transaction().execute(async (trx) => {
    await appendEntries(trx, changes.entries);
    const written = await writeActors(trx, actors);
    if (written !== actors.length) throw new Error('another writer changed an actor of this group');
    await replaceDeadlines(trx, touched, running);
    await addToOutbox(trx, changes.outbox);
    await addReplies(trx, [...changes.replies.values()]);
    await addReceipts(trx, [...changes.receipts.values()]);
    await writeSeries(trx, changes.series);
  });
}
