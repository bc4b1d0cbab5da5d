import { type Selectable, sql } from 'kysely';
import type { ActorTable, Db, Trx } from '../../db/tables.ts';
import type { Scope } from '../access/scope.ts';
import { inserting, listed } from './rows.ts';
import { seen } from './seen.ts';
import { tenantsIn } from './tenants.ts';
import { foundBy, rarest, recordsFoundBy, type Sought } from './terms.ts';

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

export interface ActorFilter {
  /** No list is without it. */
  readonly scope: Scope;
  readonly tenant?: string;
  readonly charts?: readonly string[];
  readonly routes?: boolean;
  /** Records only: no parts of one. */
  readonly records?: boolean;
  readonly body?: string;
  readonly ended?: boolean;
  /** A state by its path, `ks.deliberating`, or one that others are within: `ks`. Without `%` and `_`. */
  readonly state?: string;
  /** Registered at or after one instant, and before another. */
  readonly since?: string;
  readonly before?: string;
  /** Records that every one of these words finds. */
  readonly sought?: readonly Sought[];
  readonly limit: number;
  readonly offset?: number;
  /** Keyset: only actors that come after this one in the list. */
  readonly after?: { readonly createdAt: string; readonly id: string };
}

/** Actors, the newest first. `routes` means the matters: charts named `municipality/route`. */
export async function listActors(db: Db, filter: ActorFilter): Promise<StoredActor[]> {
  const { limit, offset = 0 } = filter;
  const places: Place[] = [];
  for (const part of await partsOf(db, filter)) {
    const query = select(db, part, await driverOf(db, part)).select(['actor.id', 'actor.created_at']);
    const newest = query.orderBy('created_at', 'desc').orderBy('id', 'desc');
    places.push(...(await newest.limit(offset + limit).execute()));
  }
  const page = places.sort(newestFirst).slice(offset, offset + limit);
  const found = new Map(
    (
      await findActors(
        db,
        page.map(({ id }) => id),
      )
    ).map((it) => [it.id, it]),
  );
  return page.flatMap(({ id }) => found.get(id) ?? []);
}

type Place = Pick<Selectable<ActorTable>, 'id' | 'created_at'>;

const newestFirst = (a: Place, b: Place): number =>
  a.created_at === b.created_at ? (a.id < b.id ? 1 : -1) : a.created_at < b.created_at ? 1 : -1;

/** How many there are, counted up to `most`. */
export async function countActors(db: Db, filter: Matching, most: number): Promise<number> {
  let all = 0;
  for (const part of await partsOf(db, filter)) {
    const found = select(db, part, await driverOf(db, part))
      .select('actor.id')
      .limit(most - all);
    const { n } = await db
      .selectFrom(found.as('found'))
      .select((eb) => eb.fn.countAll<number>().as('n'))
      .executeTakeFirstOrThrow();
    all += Number(n);
    if (all === most) return all;
  }
  return all;
}

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

/**
 * A list in parts that an index has in its order: by municipality; but joint matters, which are shared, of all at once.
 */
async function partsOf(db: Db, filter: Matching): Promise<readonly Matching[]> {
  const { scope, tenant, charts } = filter;
  if (isJoint(charts)) return [filter];
  return (await tenantsIn(db, scope, tenant)).map((one) => ({ ...filter, tenant: one }));
}

const isJoint = (charts: readonly string[] | undefined): boolean =>
  charts?.length === 1 && charts[0] === 'joint-matter';

type Matching = Omit<ActorFilter, 'limit' | 'offset'>;

/** Words are looked up within a municipality. */
const driverOf = async (db: Db, { sought = [], tenant }: Matching) =>
  tenant === undefined ? null : rarest(db, sought, tenant);

function select(db: Db, filter: Matching, driver: Sought | null) {
  const {
    scope,
    tenant,
    charts,
    routes,
    records,
    body,
    ended,
    state,
    since,
    before,
    sought = [],
    after,
  } = filter;
  const from = driver ? recordsFoundBy(db, driver, tenant ?? '') : sql<ActorTable>`(select * from actor)`;
  let query = db
    .selectFrom(sql<ActorTable>`${from}`.as('actor'))
    .where(seen(scope, !routes && (!charts || charts.includes('joint-matter'))))
    .where(foundBy(sought.filter((it) => it !== driver)));
  if (tenant) query = query.where('tenant', '=', tenant);
  // As it stands in the index.
  if (isJoint(charts)) query = query.where('chart', '=', sql.lit('joint-matter'));
  else if (charts) query = query.where('chart', 'in', charts);
  if (routes) query = query.where('chart', 'like', '%/%');
  // As it stands in the index, which gives them in their order.
  if (records) query = query.whereRef('root', '=', 'id');
  if (body) query = query.where('body', '=', body);
  if (ended !== undefined) query = query.where('ended', '=', ended ? 1 : 0);
  if (state) query = query.where(standsIn(state));
  if (since) query = query.where('created_at', '>=', since);
  if (before) query = query.where('created_at', '<', before);
  if (after)
    query = query.where((eb) =>
      eb.or([
        eb('created_at', '<', after.createdAt),
        eb.and([eb('created_at', '=', after.createdAt), eb('id', '<', after.id)]),
      ]),
    );
  return query;
}

/** Among the active leaves, each after a comma and before one, is the state or one within it. */
const standsIn = (state: string) =>
  sql<boolean>`(',' || actor.state || ',' like ${`%,${state},%`} or ',' || actor.state like ${`%,${state}.%`})`;

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
