/** Plans by which matters are moved to a new version, and where what they concern is found. */
import { sql } from 'kysely';
import type { Db, MovePlanTable } from '../../db/tables.ts';
import { pinnedDefinitions } from './definitions.ts';

export interface StoredPlan {
  readonly id: string;
  /** Lower-case hexadecimal SHA-256 over the data. */
  readonly hash: string;
  /** Canonical JSON. */
  readonly data: string;
  readonly publishedAt: string;
  readonly publishedBy: string;
}

/** In the order in which they were published. */
export async function storedPlans(db: Db): Promise<StoredPlan[]> {
  const rows = await db.selectFrom('move_plan').selectAll().orderBy('published_at').orderBy('id').execute();
  return rows.map(toPlan);
}

export async function findPlan(db: Db, id: string): Promise<StoredPlan | null> {
  const row = await db.selectFrom('move_plan').selectAll().where('id', '=', id).executeTakeFirst();
  return row ? toPlan(row) : null;
}

const toPlan = ({ published_at, published_by, ...rest }: MovePlanTable): StoredPlan => ({
  ...rest,
  publishedAt: published_at,
  publishedBy: published_by,
});

/** @returns false when there is one of that id. */
export async function addPlan(db: Db, { publishedAt, publishedBy, ...rest }: StoredPlan): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await db
    .insertInto('move_plan')
    .values({ ...rest, published_at: publishedAt, published_by: publishedBy })
    .onConflict((oc) => oc.column('id').doNothing())
    .executeTakeFirst();
  return numInsertedOrUpdatedRows === 1n;
}

/** A version of a chart that is moved from. */
export interface Version {
  readonly chart: string;
  readonly version: number;
}

interface Among {
  readonly tenants: readonly string[];
  readonly after: string;
  readonly limit: number;
}

/** The records of which something that has not ended runs on a version, by their ids, those after a given one. */
export async function rootsOn(
  db: Db,
  { chart, version }: Version,
  { tenants, after, limit }: Among,
): Promise<string[]> {
  const found: string[] = [];
  // One hash for a version, unless somebody has changed it; by it the index has the records in their order.
  for (const pinned of await pinnedDefinitions(db)) {
    if (pinned.name !== chart || pinned.version !== version) continue;
    const rows = await db
      .selectFrom('actor')
      .select('root')
      .distinct()
      .where('chart', '=', chart)
      .where('chart_version', '=', version)
      .where('chart_hash', '=', pinned.hash)
      .where('ended', '=', 0)
      .where('tenant', 'in', tenants)
      .where('root', '>', after)
      .orderBy('root')
      .limit(limit)
      .execute();
    found.push(...rows.map((it) => it.root));
  }
  return found.sort().slice(0, limit);
}

/** How many records there are of which something that has not ended runs on one of the versions. */
export async function countRootsOn(
  db: Db,
  versions: readonly Version[],
  { tenants, roots }: Pick<Among, 'tenants'> & { readonly roots?: readonly string[] | undefined },
): Promise<number> {
  let query = db
    .selectFrom('actor')
    .where('ended', '=', 0)
    .where('tenant', 'in', tenants)
    .where((eb) => eb.or(versions.map(({ chart, version }) => eb.and({ chart, chart_version: version }))));
  if (roots) query = query.where('root', 'in', roots);
  const row = await query
    .select((eb) => eb.fn.count<number>('root').distinct().as('n'))
    .executeTakeFirstOrThrow();
  return Number(row.n);
}

/** How many records the plan has moved: the log says so. */
export async function countMoved(db: Db, plan: string): Promise<number> {
  const row = await db
    .selectFrom('entry')
    .select((eb) => eb.fn.count<number>('root').distinct().as('n'))
    .where('type', '=', sql.lit('moved'))
    .where('payload', 'like', `%"plan":"${plan}"%`)
    .executeTakeFirstOrThrow();
  return Number(row.n);
}

/** A record that another one has started. */
export interface Member extends Version {
  readonly id: string;
  readonly tenant: string;
  readonly ended: boolean;
}

/** The records that another one has started: a joint matter's. */
export async function membersOf(db: Db, parent: string): Promise<Member[]> {
  const rows = await db
    .selectFrom('actor')
    .select(['id', 'tenant', 'chart', 'chart_version', 'ended'])
    .where('parent', '=', parent)
    .whereRef('root', '=', 'id')
    .orderBy('id')
    .execute();
  return rows.map((it) => ({
    id: it.id,
    tenant: it.tenant,
    chart: it.chart,
    version: it.chart_version,
    ended: it.ended === 1,
  }));
}
