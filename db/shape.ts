/** Whether a database has the tables, indexes and triggers that the migrations make, as they make them. */
import { sql } from 'kysely';
import { isPostgres } from './kind.ts';
import { openDatabase } from './open.ts';
import type { Db } from './tables.ts';

/** What a database has besides rows. */
interface Part {
  readonly kind: string;
  readonly name: string;
  /** The table that it belongs to. */
  readonly of: string;
  /** What of it can be compared: on SQLite how it was made, on PostgreSQL a table's columns and a trigger's function. */
  readonly says: string;
}

/**
 * What a database lacks, has otherwise or has beside what the migrations make, in words. Tables that are not ours are
 * nobody's business.
 */
export async function misshapen(db: Db): Promise<readonly string[]> {
  const fresh = await openDatabase(':memory:');
  try {
    const [has, wants] = isPostgres(db)
      ? [await namedOnPostgres(db), [...(await namedForPostgres(fresh.reader)), ...(await remembering(db))]]
      : [await made(db), await made(fresh.reader)];
    const byName = new Map(has.map((it) => [nameOf(it), it]));
    const known = new Map(wants.map((it) => [nameOf(it), it]));
    const wrong = wants.filter((it) => byName.get(nameOf(it))?.says !== it.says).map(nameOf);
    const added = has.filter((it) => known.has(`table ${it.of}`) && !known.has(nameOf(it))).map(nameOf);
    return [...wrong, ...added];
  } finally {
    await fresh.close();
  }
}

const nameOf = ({ kind, name }: Part): string => `${kind} ${name}`;

/** SQLite quotes the name of a table that was renamed. */
const normalised = (text: string): string => text.replaceAll('"', '').replace(/\s+/g, ' ');

const inOrder = (names: string): string => names.split(' ').sort().join(' ');

const isOurs = sql`sql is not null and name not like 'sqlite~_%' escape '~' and name not like 'kysely~_%' escape '~'`;

async function made(db: Db): Promise<Part[]> {
  const { rows } = await sql<Part>`
    select type as kind, name, tbl_name as "of", sql as says from sqlite_schema where ${isOurs}`.execute(db);
  return rows.map((it) => ({ ...it, says: normalised(it.says) }));
}

/** What `define` makes of the same on PostgreSQL, by name. */
async function namedForPostgres(fresh: Db): Promise<Part[]> {
  const { rows } = await sql<{ name: string; columns: string }>`
    select it.name, group_concat(columns.name, ' ') as columns
    from sqlite_schema as it, pragma_table_info(it.name) as columns group by it.name`.execute(fresh);
  const columns = new Map(rows.map((it) => [it.name, inOrder(it.columns)]));
  return (await made(fresh)).flatMap((it) => {
    const says = { table: columns.get(it.name), trigger: 'refuse' }[it.kind] ?? '';
    const named = { ...it, says };
    const keepsWhole = it.kind === 'trigger' && / before delete on /i.test(it.says);
    return keepsWhole ? [named, { ...named, name: `${it.name}_whole` }] : [named];
  });
}

/** What PostgreSQL has besides: the triggers that remember the last number of a table. */
async function remembering(db: Db): Promise<Part[]> {
  const { rows } = await sql<{ name: string }>`select name from last_ever`.execute(db);
  return rows.map(({ name }) => ({
    kind: 'trigger',
    name: `${name}_remembered`,
    of: name,
    says: 'remember',
  }));
}

/** Without the indexes of keys, which come with their tables, and triggers that are disabled. */
async function namedOnPostgres(db: Db): Promise<Part[]> {
  const { rows } = await sql<Part>`
    select 'table' as kind, table_name as name, table_name as of, string_agg(column_name, ' ') as says
      from information_schema.columns where table_schema = current_schema() group by table_name
    union all
    select 'index', indexname, tablename, '' from pg_indexes
      where schemaname = current_schema() and indexname not in (select conname from pg_constraint)
    union all
    select 'rule', rulename, tablename, '' from pg_rules where schemaname = current_schema()
    union all
    select 'trigger', tgname, relname, proname from pg_trigger
      join pg_class on pg_class.oid = tgrelid join pg_proc on pg_proc.oid = tgfoid
      where not tgisinternal and tgenabled <> 'D' and relnamespace = current_schema()::regnamespace`.execute(
    db,
  );
  return rows.map((it) => ({ ...it, says: inOrder(it.says) }));
}
