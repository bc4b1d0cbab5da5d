/** The log as it is stored, for those who verify it themselves. */
import { actorsOfRoot, seenActor } from '../store/actors.ts';
import { type Entry, entriesOfActor, entriesOfRoot } from '../store/entries.ts';
import type { Source } from './source.ts';

export type { Entry } from '../store/entries.ts';

/** The entries of a record and of everything that belongs to it and is seen, oldest first. */
export async function logOfRecord({ db, scope }: Source, root: string): Promise<Entry[]> {
  const actors = new Set((await actorsOfRoot(db, scope, root)).map((it) => it.id));
  return (await entriesOfRoot(db, root)).filter((it) => actors.has(it.actor));
}

/** The entries of one actor, oldest first; empty when there is none that is seen. */
export const logOfActor = async ({ db, scope }: Source, actor: string): Promise<Entry[]> =>
  (await seenActor(db, scope, actor)) ? entriesOfActor(db, actor) : [];
