/** The log as it is stored, for those who verify it themselves. */
import { type Entry, entriesOfActor, entriesOfRoot } from '../store/entries.ts';
import type { Source } from './source.ts';

export type { Entry } from '../store/entries.ts';

/** The entries of a record and of everything that belongs to it, oldest first; empty when there is none. */
export const logOfRecord = (source: Source, root: string): Promise<Entry[]> => entriesOfRoot(source.db, root);

/** The entries of one actor, oldest first; empty when there is none. */
export const logOfActor = (source: Source, actor: string): Promise<Entry[]> =>
  entriesOfActor(source.db, actor);
