/** What tells whether a database is in good shape, without reading its log. */
import { sql } from 'kysely';
import { isPostgres } from '../../db/kind.ts';
import type { Db } from '../../db/tables.ts';

/**
 * What SQLite finds wrong with its file: pages, and indexes that do not have what their tables have. It reads all of it,
 * which takes a while where much is stored. PostgreSQL looks after its own.
 */
export async function damageOf(db: Db): Promise<readonly string[]> {
  if (isPostgres(db)) return [];
  const { rows } = await sql<{ integrity_check: string }>`pragma integrity_check(5)`.execute(db);
  return rows.map((it) => it.integrity_check).filter((it) => it !== 'ok');
}

const numberOf = async (query: { execute(db: Db): Promise<{ rows: { n: number }[] }> }, db: Db) =>
  Number((await query.execute(db)).rows[0]?.n ?? 0);

/** Deadlines that were set aside because they could not be carried out. */
export const deadlinesSetAside = (db: Db): Promise<number> =>
  numberOf(sql<{ n: number }>`select count(*) as n from deadline where failure is not null`, db);

/** Messages to other systems that were given up; not those of subscriptions that people have removed. */
export const deadLetters = (db: Db): Promise<number> =>
  numberOf(
    sql<{ n: number }>`
      select count(*) as n from delivery
      where state = 'dead' and subscription not in (select id from subscription where state = 'removed')`,
    db,
  );

/** Names of the subscriptions that are off other than by hand. */
export async function endpointsLost(db: Db): Promise<readonly string[]> {
  const { rows } = await sql<{ name: string }>`
    select name from subscription where state = 'disabled' and reason <> 'byHand' order by name`.execute(db);
  return rows.map((it) => it.name);
}
