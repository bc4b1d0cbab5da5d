/** Actors a page at a time, the newest first, narrowed to what somebody looks for. */
import { type Selectable, sql } from 'kysely';
import type { ActorTable, Db } from '../../db/tables.ts';
import type { Scope } from '../access/scope.ts';
import { findActors, type StoredActor } from './actors.ts';
import { seen } from './seen.ts';
import { tenantsIn } from './tenants.ts';
import { foundBy, rarest, recordsFoundBy, type Sought } from './terms.ts';

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
