import { sql } from 'kysely';
import { isPostgres } from '../../db/kind.ts';
import type { Db } from '../../db/tables.ts';
import type { Scope } from '../access/scope.ts';
import { seen } from './seen.ts';

/** A state in which someone has something to do. */
export interface WorkState {
  readonly chart: string;
  readonly leaf: string;
}

/**
 * Ids of the actors that have not ended and are in one of the states, those whose running deadline is the
 * earliest first, then by their creation.
 */
export async function actorsIn(
  db: Db,
  scope: Scope,
  states: readonly WorkState[],
  tenant: string | undefined,
  limit: number,
): Promise<string[]> {
  if (states.length === 0) return [];
  const work = sql`(values ${sql.join(states.map(({ chart, leaf }) => sql`(${chart}, ${leaf})`))})`;
  // Of what is open the index has all that is asked for; left to itself SQLite reads every snapshot there is.
  const has = isPostgres(db)
    ? sql`strpos(',' || actor.state || ',', ',' || work.leaf || ',') > 0`
    : sql`instr(',' || actor.state || ',', ',' || work.leaf || ',') > 0`;
  const byIndex = isPostgres(db) ? sql`` : sql`indexed by actor_open`;
  const { rows } = await sql<{ id: string }>`
    with work(chart, leaf) as ${work}
    select actor.id from actor ${byIndex} left join deadline on deadline.actor = actor.id
    where actor.ended = 0 and ${seen(scope)} and ${tenant === undefined ? sql`true` : sql`actor.tenant = ${tenant}`} and (
      (actor.chart, actor.state) in (select chart, leaf from work)
      or actor.state like '%,%' and exists (
        select 1 from work
        where work.chart = actor.chart and ${has}
      )
    )
    group by actor.id
    order by min(deadline.due_at) is null, min(deadline.due_at), actor.created_at, actor.id
    limit ${limit}`.execute(db);
  return rows.map((it) => it.id);
}
