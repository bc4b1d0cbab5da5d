import { sql } from 'kysely';
import type { Db } from '../../db/tables.ts';

/** A released definition: what a pinned actor's version means. */
export interface StoredDefinition {
  readonly name: string;
  readonly version: number;
  readonly hash: string;
  readonly data: string;
}

export async function storedDefinitions(db: Db): Promise<StoredDefinition[]> {
  return db.selectFrom('definition').select(['name', 'version', 'hash', 'data']).execute();
}

export async function addDefinitions(
  db: Db,
  definitions: readonly StoredDefinition[],
  now: string,
): Promise<void> {
  if (definitions.length === 0) return;
  await db
    .insertInto('definition')
    .values(definitions.map((it) => ({ ...it, created_at: now })))
    // Another server may have started at the same moment.
    .onConflict((oc) => oc.doNothing())
    .execute();
}

type Pinned = Pick<StoredDefinition, 'name' | 'version' | 'hash'>;

/**
 * The definitions that actors are pinned to, each found by a look-up after the one before it: SQLite would compare the
 * columns as one, and read through all that are equal.
 */
export async function pinnedDefinitions(db: Db): Promise<Pinned[]> {
  const { rows } = await sql<Pinned>`
    with recursive first (id) as (
      select * from (select id from actor order by chart, chart_version, chart_hash limit 1) as it
      union all
      select coalesce(
        (select id from actor where chart = before.chart and chart_version = before.chart_version
          and chart_hash > before.chart_hash order by chart_hash limit 1),
        (select id from actor where chart = before.chart and chart_version > before.chart_version
          order by chart_version, chart_hash limit 1),
        (select id from actor where chart > before.chart order by chart, chart_version, chart_hash limit 1)
      )
      from first cross join actor as before where before.id = first.id
    )
    select chart as name, chart_version as version, chart_hash as hash
    from first cross join actor where actor.id = first.id`.execute(db);
  return rows;
}
