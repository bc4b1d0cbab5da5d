/** Where actors are: in which states of which charts there is any. */
import { sql } from 'kysely';
import type { Db } from '../../db/tables.ts';

/** Where actors of a municipality are. */
export interface Place {
  readonly tenant: string;
  readonly chart: string;
  /** Active leaf states, comma separated. */
  readonly state: string;
}

/** As it stands in the indexes: the actors that have not ended, and the records that have. */
const standing = { open: sql`ended = 0`, ended: sql`ended = 1 and root = id` };

/**
 * Each place, found by a look-up after the one before it, as many as there are places, not actors: SQLite would compare
 * the columns as one, and read through all that are equal.
 */
export async function placesIn(db: Db, tenant: string, of: keyof typeof standing): Promise<Place[]> {
  const there = sql`${standing[of]} and tenant = ${tenant}`;
  const { rows } = await sql<Place>`
    with recursive first (id) as (
      select * from (
        select id from actor where ${there} order by chart, state limit 1
      ) as it
      union all
      select coalesce(
        (select id from actor where ${there} and chart = before.chart and state > before.state
          order by state limit 1),
        (select id from actor where ${there} and chart > before.chart
          order by chart, state limit 1)
      )
      from first cross join actor as before where before.id = first.id
    )
    select tenant, chart, state from first cross join actor where actor.id = first.id`.execute(db);
  return rows;
}
