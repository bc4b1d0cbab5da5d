/** Actors a page at a time, the newest first, narrowed to what somebody looks for. */
import { type Selectable, sql } from 'kysely';
import { isPostgres } from '../../db/kind.ts';
import type { ActorTable, Db } from '../../db/tables.ts';
import type { Scope } from '../access/scope.ts';
import { findActors, type StoredActor } from './actors.ts';
import { type Place, placesIn } from './places.ts';
import { listed } from './rows.ts';
import { seen } from './seen.ts';
import { tenantsIn } from './tenants.ts';
import { FEW, foundBy, rarest, recordsFoundBy, type Sought } from './terms.ts';

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
  /** A state by its path, `ks.deliberating`, or one that others are within: `ks`. */
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

/**
 * Actors, the newest first. `routes` means the matters: charts named `municipality/route`.
 * @param parts those of the list, where they are known.
 */
export async function listActors(
  db: Db,
  filter: ActorFilter,
  parts?: readonly Part[],
): Promise<StoredActor[]> {
  const { limit, offset = 0, after } = filter;
  const first = new Map<string, Listed>();
  for (const part of parts ?? (await partsOf(db, filter))) {
    const query = select(db, part, after).select(['actor.id', 'actor.created_at']);
    const newest = query.orderBy(isSorted(part) ? unordered : 'created_at', 'desc').orderBy('id', 'desc');
    for (const it of await newest.limit(offset + limit).execute()) first.set(it.id, it);
  }
  const page = [...first.values()].sort(newestFirst).slice(offset, offset + limit);
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

/** Few that are open are sorted where they stand. */
const isSorted = ({ places, ended }: Part): boolean => places !== undefined && !ended;
/** No index has the order of it: SQLite would look through all that there are for that of the instant itself. */
const unordered = sql<string>`actor.created_at || ''`;

type Listed = Pick<Selectable<ActorTable>, 'id' | 'created_at'>;

const newestFirst = (a: Listed, b: Listed): number =>
  a.created_at === b.created_at ? (a.id < b.id ? 1 : -1) : a.created_at < b.created_at ? 1 : -1;

/** How many there are, counted up to `most`. @param parts those of the list, where they are known. */
export async function countActors(
  db: Db,
  filter: Matching,
  most: number,
  parts?: readonly Part[],
): Promise<number> {
  let all = 0;
  for (const part of parts ?? (await partsOf(db, filter))) {
    all += await counted(db, select(db, part), most - all);
    if (all === most) return all;
  }
  return all;
}

async function counted(db: Db, query: ReturnType<typeof select>, most: number): Promise<number> {
  const { n } = await db
    .selectFrom(query.select('actor.id').limit(most).as('found'))
    .select((eb) => eb.fn.countAll<number>().as('n'))
    .executeTakeFirstOrThrow();
  return Number(n);
}

type Matching = Omit<ActorFilter, 'limit' | 'offset' | 'after'>;

/** A part of a list that an index has in its order, or of which there is little. */
interface Part extends Matching {
  /** The word whose records are looked through; null where all are. */
  readonly driver: Sought | null;
  /** Where all of them are. */
  readonly places?: readonly Place[];
}

/** A list in parts: by municipality; but joint matters, which are shared, of all at once. */
export async function partsOf(db: Db, filter: Matching): Promise<readonly Part[]> {
  const { scope, tenant, charts, sought = [] } = filter;
  // Words are looked up within a municipality.
  const driverIn = async (one: string | undefined) => (one === undefined ? null : rarest(db, sought, one));
  if (isJoint(charts)) return [{ ...filter, driver: await driverIn(tenant) }];
  const parts: Part[] = [];
  for (const one of await tenantsIn(db, scope, tenant)) {
    const part = { ...filter, tenant: one, driver: await driverIn(one) };
    parts.push(...(part.driver ? [part] : await narrowed(db, part)));
  }
  return parts;
}

const isJoint = (charts: readonly string[] | undefined): boolean =>
  charts?.length === 1 && charts[0] === 'joint-matter';

/**
 * A municipality's records in parts of which an index has what is asked for, and little else; open ones first, so that
 * one which ends meanwhile is in one of them.
 */
async function narrowed(db: Db, part: Part & { readonly tenant: string }): Promise<readonly Part[]> {
  const { records, state, body, ended } = part;
  if (!records || !(state || body || ended !== undefined)) return [part];
  const open = { ...part, ended: false };
  const gone = { ...part, ended: true };
  const parts = ended === undefined ? [open, gone] : [part];
  if (body && !state) return parts;
  return (await Promise.all(parts.map((it) => (it.ended ? endedPlaces(db, it) : openPlaces(db, it))))).flat();
}

/** What has ended place by place, each in its order. */
async function endedPlaces(db: Db, part: Part & { readonly tenant: string }): Promise<Part[]> {
  const places = await placesIn(db, part.tenant, 'ended');
  return places.filter((it) => isWithin(it, part)).map((it) => ({ ...part, places: [it] }));
}

/**
 * What is open changes places with every step, and stands there in the order of what falls due: where there is little of
 * it it is sorted, else it is looked for among all that is open, from the newest.
 */
async function openPlaces(db: Db, part: Part & { readonly tenant: string }): Promise<Part[]> {
  const places = (await placesIn(db, part.tenant, 'open')).filter((it) => isWithin(it, part));
  if (places.length === 0) return [];
  const found = select(db, {
    scope: 'everything',
    tenant: part.tenant,
    records: true,
    ended: false,
    places,
    driver: null,
  });
  return (await counted(db, found, FEW + 1)) > FEW ? [part] : [{ ...part, places }];
}

function isWithin(place: Place, { routes, charts, state }: Part): boolean {
  if (routes && !place.chart.includes('/')) return false;
  if (charts && !charts.includes(place.chart)) return false;
  return !state || place.state.split(',').some((leaf) => leaf === state || leaf.startsWith(`${state}.`));
}

function select(db: Db, part: Part, after?: ActorFilter['after']) {
  const {
    driver,
    places,
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
  } = part;
  const from = driver ? recordsFoundBy(db, driver, tenant ?? '') : sql<ActorTable>`(select * from actor)`;
  let query = db
    .selectFrom(sql<ActorTable>`${from}`.as('actor'))
    .where(seen(scope, !routes && (!charts || charts.includes('joint-matter'))))
    .where(foundBy(sought.filter((it) => it !== driver)));
  if (tenant) query = query.where('tenant', '=', tenant);
  // As it stands in the index.
  if (places) query = query.where(standsAt(db, places));
  else if (isJoint(charts)) query = query.where('chart', '=', sql.lit('joint-matter'));
  else if (charts) query = query.where('chart', 'in', charts);
  if (routes && !places) query = query.where('chart', 'like', '%/%');
  // As it stands in the index, which gives them in their order.
  if (records) query = query.whereRef('root', '=', 'id');
  if (body) query = query.where('body', '=', body);
  if (ended !== undefined) query = query.where('ended', '=', sql.lit(ended ? 1 : 0));
  if (state && !places) query = query.where(standsIn(db, state));
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

/** One place is asked for as such: then what is there comes in the order of the index. */
const standsAt = (db: Db, places: readonly Place[]) => {
  const [one, ...more] = places;
  if (one && more.length === 0) return sql<boolean>`chart = ${one.chart} and state = ${one.state}`;
  return sql<boolean>`(chart, state) in ${listed(
    db,
    places.map((it) => [it.chart, it.state]),
  )}`;
};

/** Among the active leaves, each after a comma and before one, is the state or one within it. */
function standsIn(db: Db, state: string) {
  const place = isPostgres(db) ? sql`strpos` : sql`instr`;
  return sql<boolean>`(${place}(',' || actor.state || ',', ${`,${state},`}) > 0
    or ${place}(',' || actor.state, ${`,${state}.`}) > 0)`;
}
