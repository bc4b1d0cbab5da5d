/** Questions about the log of the whole database that SQL answers without reading it into memory. */
import { sql } from 'kysely';
import type { Db } from '../../db/tables.ts';

/** The first position that is missing in the log of the database; null when it is gapless from 1. */
export async function firstGap(db: Db): Promise<number | null> {
  const { count, last } = await db
    .selectFrom('entry')
    .select((eb) => [eb.fn.countAll<number>().as('count'), eb.fn.max('seq').as('last')])
    .executeTakeFirstOrThrow();
  if (Number(count) === Number(last ?? 0)) return null;
  const { rows } = await sql<{ gap: number }>`
    select min(seq) as gap from (
      select 1 as seq union all select seq + 1 from entry
    ) as next where not exists (select 1 from entry where entry.seq = next.seq)`.execute(db);
  return rows[0]?.gap ?? null;
}

/** Ids that the log or the deadlines name, in the whole database or in one record, but that no actor has. */
export async function actorsMissing(db: Db, root: string | null, limit: number): Promise<string[]> {
  const within = root === null ? sql`true` : sql`root = ${root}`;
  const { rows } = await sql<{ id: string }>`
    select distinct named.id from (
      select actor as id from entry where ${within} union select actor from deadline where ${within}
    ) as named where not exists (select 1 from actor where actor.id = named.id)
    order by named.id limit ${limit}`.execute(db);
  return rows.map((it) => it.id);
}
