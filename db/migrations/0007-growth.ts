import { type Kysely, sql } from 'kysely';
import { isPostgres } from '../kind.ts';

/**
 * SQLite keeps a table without row ids within its index, whose every level holds whole rows: with snapshots of some
 * thousand characters four of them filled a page, and a million lay ten levels deep. Answers to keys, which come in no
 * order, wrote a page each. Only such a table keeps NULL out of its key by itself.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  if (isPostgres(db)) return;
  for (const table of ['actor', 'reply']) await giveRowIds(db, table);
}

async function giveRowIds(db: Kysely<unknown>, table: string): Promise<void> {
  const { rows } = await sql<{ type: string; text: string }>`
    select type, sql as text from sqlite_schema where tbl_name = ${table} and sql is not null
    order by type = 'table' desc`.execute(db);
  const [made, ...others] = rows.map((it) => it.text);
  const anew = made
    ?.replace(/^create table "?\w+"?/i, `create table ${table}_anew`)
    .replace(/,\s*without rowid$/i, '')
    .replace(/\btext primary key\b/, 'text not null primary key');
  if (anew === undefined || anew === made) throw new Error(`there is no ${table}`);
  const statements = [
    anew,
    `insert into ${table}_anew select * from ${table}`,
    `drop table ${table}`,
    `alter table ${table}_anew rename to ${table}`,
    ...others,
  ];
  for (const statement of statements) await sql.raw(statement).execute(db);
}
