/** The log as it is stored, for those who verify it themselves. */
import { contentOf } from '../engine/chain.ts';
import { actorsOfRoot, seenActor } from '../store/actors.ts';
import { type Entry, entriesOfActor, entriesOfRoot } from '../store/entries.ts';
import type { Source } from './source.ts';
import { veilOver } from './veil.ts';

export type { Entry } from '../store/entries.ts';

/** The entries of a record and of everything that belongs to it and is seen, oldest first. */
export async function logOfRecord(source: Source, root: string): Promise<Entry[]> {
  const { db, scope } = source;
  const actors = new Set((await actorsOfRoot(db, scope, root)).map((it) => it.id));
  const entries = (await entriesOfRoot(db, root)).filter((it) => actors.has(it.actor));
  return veiled(source, root, entries);
}

/** The entries of one actor, oldest first; empty when there is none that is seen. */
export async function logOfActor(source: Source, id: string): Promise<Entry[]> {
  const actor = await seenActor(source.db, source.scope, id);
  return actor ? veiled(source, actor.root, await entriesOfActor(source.db, id)) : [];
}

/** What is laid over leaves the commitment to what it was, as where it is redacted, so that the chain can be checked. */
async function veiled(source: Source, root: string, entries: readonly Entry[]): Promise<Entry[]> {
  const veil = await veilOver(
    source,
    root,
    entries.flatMap((it) => [it.payload, it.meta]),
  );
  return entries.map((it) => {
    const [payload, meta] = [veil.text(it.payload), veil.circumstances(it.meta)];
    if (payload === it.payload && meta === it.meta) return it;
    return { ...it, payload, meta, salt: null, content: it.content ?? contentOf(it) };
  });
}
