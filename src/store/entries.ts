import type { Selectable } from 'kysely';
import type { Db, EntryTable, Trx } from '../../db/tables.ts';
import { inserting } from './rows.ts';

/** One accepted event of one actor: a line of the log. JSON fields are canonical text. */
export interface Entry {
  /** Position in the log of the whole database, gapless from 1. */
  readonly seq: number;
  readonly actor: string;
  /** Position in the actor's log, from 1. */
  readonly version: number;
  readonly root: string;
  readonly tenant: string;
  /** The command that caused it; entries of one command were committed together. */
  readonly command: string;
  readonly at: string;
  readonly type: string;
  readonly payload: string;
  readonly meta: string;
  /** What the step did: definition, states before and after, transitions taken. */
  readonly step: string;
  /** What payload and meta are hashed with; null once they are redacted. */
  readonly salt: string | null;
  /** The commitment to them as they were, kept when they are redacted; until then null, for it is computed from them. */
  readonly content: string | null;
  readonly prev: string;
  readonly hash: string;
}

const toEntry = (row: Selectable<EntryTable>): Entry => row;

export const columns = [
  'seq',
  'actor',
  'version',
  'root',
  'tenant',
  'command',
  'at',
  'type',
  'payload',
  'meta',
  'step',
  'salt',
  'content',
  'prev',
  'hash',
] as const;

const append = inserting('entry', columns);

export async function appendEntries(trx: Trx, entries: readonly Entry[]): Promise<void> {
  await append(trx, entries);
}

/** An actor's log, oldest first. */
export async function entriesOfActor(db: Db, actor: string): Promise<Entry[]> {
  const rows = await db
    .selectFrom('entry')
    .selectAll()
    .where('actor', '=', actor)
    .orderBy('version')
    .execute();
  return rows.map(toEntry);
}

/** The log of a record: its own entries and those of the actors that belong to it, oldest first. */
export async function entriesOfRoot(db: Db, root: string): Promise<Entry[]> {
  const rows = await db.selectFrom('entry').selectAll().where('root', '=', root).orderBy('seq').execute();
  return rows.map(toEntry);
}

/** Whether an actor has an entry of a type that a command caused. */
export async function isEntered(
  db: Db,
  { actor, type, command }: Pick<Entry, 'actor' | 'type' | 'command'>,
): Promise<boolean> {
  const row = await db
    .selectFrom('entry')
    .select('version')
    .where('actor', '=', actor)
    .where('type', '=', type)
    .where('command', '=', command)
    .executeTakeFirst();
  return row !== undefined;
}

/** Entries of the whole database after a position, oldest first. */
export async function entriesAfter(db: Db, seq: number, limit: number): Promise<Entry[]> {
  const rows = await db
    .selectFrom('entry')
    .selectAll()
    .where('seq', '>', seq)
    .orderBy('seq')
    .limit(limit)
    .execute();
  return rows.map(toEntry);
}

/** The hashes of the entries after a position up to another, oldest first. */
export const hashesBetween = (db: Db, after: number, to: number): Promise<Pick<Entry, 'seq' | 'hash'>[]> =>
  db
    .selectFrom('entry')
    .select(['seq', 'hash'])
    .where('seq', '>', after)
    .where('seq', '<=', to)
    .orderBy('seq')
    .execute();
