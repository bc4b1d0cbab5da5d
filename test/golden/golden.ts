/** Golden logs: what released versions made of the matters of stories, kept as it was. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pino } from 'pino';
import { openDatabase } from '../../db/open.ts';
import { play } from '../../src/play/play.ts';
import { readStory } from '../../src/play/story.ts';
import { openWorld } from '../../src/play/world.ts';
import { findActor } from '../../src/store/actors.ts';
import { type Entry, entriesAfter } from '../../src/store/entries.ts';

export interface Golden {
  /** In the order of the log of the database. */
  readonly entries: readonly Entry[];
  /** Of each actor by its id, the stored snapshot: canonical JSON. */
  readonly snapshots: Readonly<Record<string, string>>;
}

const fileOf = (name: string): string => join(import.meta.dirname, `${name}.jsonl`);

/** A file is one entry a line, and last the snapshots. */
export function readGolden(name: string): Golden {
  const lines = readFileSync(fileOf(name), 'utf8').trimEnd().split('\n');
  const entries = lines.slice(0, -1).map((it) => JSON.parse(it) as Entry);
  return { entries, snapshots: JSON.parse(lines.at(-1) ?? '{}') as Golden['snapshots'] };
}

/** Plays a story and keeps what it leaves, unless that has been kept: a golden log is never written anew. */
export async function recordGolden(name: string, story: string): Promise<void> {
  if (existsSync(fileOf(name))) return;
  const told = await readStory(join(import.meta.dirname, `../scenarios/${story}.json`));
  const db = await openDatabase(':memory:');
  const now = Date.parse(told.steps[0]?.at ?? '');
  const world = await openWorld(db, {
    municipality: told.municipality,
    now,
    log: pino({ level: 'silent' }),
  });
  const { passed } = await play(world, told);
  if (!passed) throw new Error(`${story} does not go as it says: nothing is kept of it`);
  const entries = await entriesAfter(db.reader, 0, 100_000);
  const snapshots: Record<string, string> = {};
  for (const { actor } of entries) snapshots[actor] ??= (await findActor(db.reader, actor))?.snapshot ?? '';
  await db.close();
  const lines = [...entries, snapshots].map((it) => JSON.stringify(it));
  writeFileSync(fileOf(name), `${lines.join('\n')}\n`);
}
