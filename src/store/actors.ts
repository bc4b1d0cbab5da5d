import { type Selectable, sql } from 'kysely';
import type { ActorTable, Db, Trx } from '../../db/tables.ts';
import type { Scope } from '../access/scope.ts';
import { inserting, listed } from './rows.ts';
import { seen } from './seen.ts';

/** An actor as stored: its place, the definition it is pinned to, its snapshot and the head of its log. */
export interface StoredActor {
  readonly id: string;
  readonly chart: string;
  readonly chartVersion: number;
  readonly chartHash: string;
  readonly parent: string | null;
  readonly root: string;
  readonly tenant: string;
  /** How many entries its log has. */
  readonly version: number;
  /** Canonical JSON of the persisted XState snapshot. */
  readonly snapshot: string;
  readonly head: string;
  readonly title: string;
  readonly number: string | null;
  readonly body: string | null;
  readonly states: readonly string[];
  readonly ended: boolean;
  /** Whether it is a record that is marked confidential; its parts are so with it. */
  readonly confidential: boolean;
  readonly createdAt: string;
  readonly updatedAt: string;
  /** When the first of its deadlines falls due; null where none runs. */
  readonly dueAt: string | null;
}

/** In place of the instant at which something falls due that never does: it sorts after every instant. */
const NEVER = '~';

export const toActor = (row: Selectable<ActorTable>): StoredActor => ({
  id: row.id,
  chart: row.chart,
  chartVersion: row.chart_version,
  chartHash: row.chart_hash,
  parent: row.parent,
  root: row.root,
  tenant: row.tenant,
  version: row.version,
  snapshot: row.snapshot,
  head: row.head,
  title: row.title,
  number: row.number,
  body: row.body,
  states: row.state === '' ? [] : row.state.split(','),
  ended: row.ended === 1,
  confidential: row.confidential === 1,
  createdAt: row.created_at,
  updatedAt: row.updated_at,
  dueAt: row.due_at === NEVER ? null : row.due_at,
});

export const toRow = (actor: StoredActor): ActorTable => ({
  id: actor.id,
  chart: actor.chart,
  chart_version: actor.chartVersion,
  chart_hash: actor.chartHash,
  parent: actor.parent,
  root: actor.root,
  tenant: actor.tenant,
  version: actor.version,
  snapshot: actor.snapshot,
  head: actor.head,
  title: actor.title,
  number: actor.number,
  body: actor.body,
  state: actor.states.join(','),
  ended: actor.ended ? 1 : 0,
  confidential: actor.confidential ? 1 : 0,
  created_at: actor.createdAt,
  updated_at: actor.updatedAt,
  due_at: actor.dueAt ?? NEVER,
});

export async function findActor(db: Db, id: string): Promise<StoredActor | null> {
  const row = await db.selectFrom('actor').selectAll().where('id', '=', id).executeTakeFirst();
  return row ? toActor(row) : null;
}

/** The actor of that id, for whoever sees it. */
export async function seenActor(db: Db, scope: Scope, id: string): Promise<StoredActor | null> {
  const row = await db
    .selectFrom('actor')
    .selectAll()
    .where('id', '=', id)
    .where(seen(scope))
    .executeTakeFirst();
  return row ? toActor(row) : null;
}

/** Those of the actors that there are, in any order. */
export async function findActors(db: Db, ids: readonly string[]): Promise<StoredActor[]> {
  if (ids.length === 0) return [];
  const among = listed(
    db,
    ids.map((it) => [it]),
  );
  const rows = await db.selectFrom('actor').selectAll().where(sql<boolean>`id in ${among}`).execute();
  return rows.map(toActor);
}

/** The actors of a record that are seen, the record itself first. */
export async function actorsOfRoot(db: Db, scope: Scope, root: string): Promise<StoredActor[]> {
  const rows = await db
    .selectFrom('actor')
    .selectAll()
    .where('root', '=', root)
    .where(seen(scope))
    .orderBy('created_at')
    .orderBy('id')
    .execute();
  return rows.map(toActor).sort((a, b) => Number(b.id === root) - Number(a.id === root));
}

/** The ids of records that a record, or a part of it, has started: they begin with its own. */
export async function recordsWithin(db: Db, root: string): Promise<string[]> {
  const rows = await db
    .selectFrom('actor')
    .select('id')
    .whereRef('root', '=', 'id')
    .where('id', '>', `${root}.`)
    .where('id', '<', `${root}/`)
    .execute();
  return rows.map((it) => it.id);
}

/** How far the log of each actor of a record has come, by id. */
export const headsOfRoot = (db: Db, root: string): Promise<Pick<StoredActor, 'id' | 'version' | 'head'>[]> =>
  db.selectFrom('actor').select(['id', 'version', 'head']).where('root', '=', root).orderBy('id').execute();

/** Whether there is any. */
export const anyActor = async (db: Db): Promise<boolean> =>
  (await db.selectFrom('actor').select('id').limit(1).executeTakeFirst()) !== undefined;

/** Every actor after one of an id, in the order of their ids: for whoever goes through them all. */
export async function actorsAfter(db: Db, id: string, limit: number): Promise<StoredActor[]> {
  const rows = await db
    .selectFrom('actor')
    .selectAll()
    .where('id', '>', id)
    .orderBy('id')
    .limit(limit)
    .execute();
  return rows.map(toActor);
}

export const columns = [
  'id',
  'chart',
  'chart_version',
  'chart_hash',
  'parent',
  'root',
  'tenant',
  'version',
  'snapshot',
  'head',
  'title',
  'number',
  'body',
  'state',
  'ended',
  'confidential',
  'created_at',
  'updated_at',
  'due_at',
] as const;
/** What a step never changes: who the actor is. */
const lasting: readonly string[] = ['id', 'chart', 'parent', 'root', 'tenant', 'created_at'];
export const changing = columns.filter((it) => !lasting.includes(it));

const add = inserting('actor', columns, 'on conflict (id) do nothing');
/** Its last parameter is how many steps the actors have taken since they were read. */
const replace = inserting(
  'actor',
  columns,
  `on conflict (id) do update set ${changing.map((it) => `${it} = excluded.${it}`).join(', ')}
   where actor.version = excluded.version - ?`,
);

/** An actor, and the version at which it is stored: 0 for a new one. */
export interface ActorChange {
  readonly actor: StoredActor;
  readonly was: number;
}

/**
 * Writes actors that are new or were at the given version before. The guard is in the statement: an actor that
 * someone else has changed is not overwritten.
 * @returns how many were written; fewer than given means that another writer was faster.
 */
export async function writeActors(trx: Trx, actors: readonly ActorChange[]): Promise<number> {
  const isNew = (it: { was: number }) => it.was === 0;
  let written = await add(
    trx,
    actors.filter(isNew).map((it) => toRow(it.actor)),
  );
  const known = actors.filter((it) => !isNew(it));
  for (const [steps, alike] of Map.groupBy(known, ({ actor, was }) => actor.version - was))
    written += await replace(
      trx,
      alike.map((it) => toRow(it.actor)),
      steps,
    );
  return written;
}
