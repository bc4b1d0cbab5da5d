/** Everything in a SQLite database, put as it is into a PostgreSQL database that is empty. */
import { type RawBuilder, sql } from 'kysely';
import type { Db, Trx } from '../../db/tables.ts';
import { takeTurn } from './turn.ts';

/** Rows read and written at a time: of the widest table as many parameters as PostgreSQL takes, and some left. */
const BATCH = 1_000;

type Row = Readonly<Record<string, unknown>>;

interface Table {
  readonly name: string;
  readonly columns: readonly string[];
  readonly key: readonly string[];
}

/** The target has something in it. */
export class NotEmpty extends Error {
  override readonly name = 'NotEmpty';
}

/**
 * Copies all tables with what the database remembers of numbers that were given, in one transaction: all or nothing.
 * Nobody else writes to either meanwhile.
 * @param copied told of each batch: how many rows of the table are there by now, of how many.
 * @returns how many rows there are.
 * @throws NotEmpty, and an Error where a table has another number of rows than it was copied from.
 */
export const transferAll = (
  from: Db,
  to: Db,
  copied: (table: string, rows: number, of: number) => void,
): Promise<number> =>
  to.transaction().execute(async (trx) => {
    await takeTurn(trx, 'log');
    const tables = await tablesOf(from);
    for (const { name } of tables)
      if ((await countOf(trx, name)) > 0) throw new NotEmpty(`there is something in ${name} already`);
    let all = 0;
    for (const table of tables) {
      const count = await countOf(from, table.name);
      await copy(from, trx, table, (rows) => copied(table.name, rows, count));
      const there = await countOf(trx, table.name);
      if (there !== count) throw new Error(`${table.name} has ${there} rows, and not ${count}`);
      all += there;
    }
    await rememberNumbers(from, trx, tables);
    return all;
  });

/** Our tables of a SQLite database, with the columns of their keys. */
async function tablesOf(db: Db): Promise<Table[]> {
  const { rows } = await sql<{ name: string; column: string; pk: number }>`
    select it.name, column.name as "column", column.pk
    from sqlite_schema as it, pragma_table_info(it.name) as column
    where it.type = 'table' and it.name not like 'sqlite~_%' escape '~' and it.name not like 'kysely~_%' escape '~'
    order by it.name, column.cid`.execute(db);
  return [...Map.groupBy(rows, (it) => it.name)].map(([name, columns]) => ({
    name,
    columns: columns.map((it) => it.column),
    key: columns
      .filter((it) => it.pk > 0)
      .sort((a, b) => a.pk - b.pk)
      .map((it) => it.column),
  }));
}

async function countOf(db: Db, table: string): Promise<number> {
  const { rows } = await sql<{ n: number }>`select count(*) as n from ${sql.table(table)}`.execute(db);
  return Number(rows[0]?.n);
}

async function copy(from: Db, to: Trx, table: Table, copied: (rows: number) => void): Promise<void> {
  const target = sql.table(table.name);
  const columns = sql.join(table.columns.map((it) => sql.ref(it)));
  let done = 0;
  for (let rows = await batchAfter(from, table, null); rows.length > 0; ) {
    const values = rows.map((row) => sql`(${sql.join(table.columns.map((it) => row[it]))})`);
    await sql`insert into ${target} (${columns}) values ${sql.join(values)}`.execute(to);
    done += rows.length;
    copied(done);
    rows = await batchAfter(from, table, rows.at(-1) ?? null);
  }
}

/** The rows after one of them, in the order of their key. */
async function batchAfter(db: Db, { name, key }: Table, last: Row | null): Promise<readonly Row[]> {
  const by: RawBuilder<unknown> = sql.join(key.map((it) => sql.ref(it)));
  const after = last ? sql`where (${by}) > (${sql.join(key.map((it) => last[it]))})` : sql``;
  const { rows } = await sql<Row>`
    select * from ${sql.table(name)} ${after} order by ${by} limit ${BATCH}`.execute(db);
  return rows;
}

/** The next number is the one after the last that was ever given; and it shows where the last ones were removed. */
async function rememberNumbers(from: Db, to: Trx, tables: readonly Table[]): Promise<void> {
  const { rows } = await sql<{ name: string; seq: number }>`select name, seq from sqlite_sequence`.execute(
    from,
  );
  for (const { name, seq } of rows) {
    const [column] = tables.find((it) => it.name === name)?.key ?? [];
    if (column === undefined || seq === 0) continue;
    await sql`select setval(pg_get_serial_sequence(${name}, ${column}), ${seq})`.execute(to);
    await sql`update last_ever set last = ${seq} where name = ${name}`.execute(to);
  }
}
