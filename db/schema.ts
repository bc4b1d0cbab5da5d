/** Whether a database has the tables that this program knows, and how it is given them. */
import { sql } from 'kysely';
import { Migrator } from 'kysely/migration';
import { isPostgres } from './kind.ts';
import { migrations } from './migrations/all.ts';
import type { Db } from './tables.ts';

/** What is said to people, in their language. */
interface Says {
  readonly sv: string;
  readonly en: string;
}

/** The tables of a database are not those that this program knows. */
export class OtherSchema extends Error {
  override readonly name = 'OtherSchema';
  constructor({ sv, en }: Says) {
    super(`Databasen används inte: ${sv}. / The database is not used: ${en}.`);
  }
}

/** @throws OtherSchema when a newer program has changed the tables, which alone can read what it wrote. */
export async function migrate(db: Db): Promise<void> {
  const { unknown } = await apart(db);
  if (unknown.length > 0) throw new OtherSchema(newer(unknown));
  const migrator = new Migrator({ db, provider: { getMigrations: async () => ({ ...migrations }) } });
  const { error, results } = await migrator.migrateToLatest();
  if (!error) return;
  const failed = results?.find((it) => it.status === 'Error')?.migrationName;
  const reason = error instanceof Error ? error.message : String(error);
  throw new Error(
    'databasen kunde inte föras upp till den här versionen / the database could not be brought up to date' +
      `${failed ? ` (${failed})` : ''}: ${reason}`,
    { cause: error },
  );
}

/** @throws OtherSchema */
export async function assertOwn(db: Db): Promise<void> {
  const says = await whatIsApart(db);
  if (says) throw new OtherSchema(says);
}

/** Gives a new database its tables. @throws OtherSchema for one that has those of another version. */
export async function migrateNew(db: Db): Promise<void> {
  return (await migrationsOf(db)).length === 0 ? migrate(db) : assertOwn(db);
}

/** What of the tables is not as this program knows them, and what to do about it; null where all is. */
export async function whatIsApart(db: Db): Promise<Says | null> {
  const { lacking, unknown, known } = await apart(db);
  if (unknown.length > 0) return newer(unknown);
  if (lacking.length === 0) return null;
  if (known === 0)
    return {
      sv: 'den har inte programmets tabeller: starta servern på den, som skapar dem',
      en: 'it has none of the tables of the program: start the server on it, which makes them',
    };
  const names = lacking.join(', ');
  return {
    sv: `tabellerna är från en äldre version av programmet (saknar ${names}): använd den, eller ta en kopia, stoppa dess servrar och starta den här versionens, som för dem vidare`,
    en: `the tables are of an older version of the program (lacking ${names}): use that one, or take a copy, stop its servers and start this version's, which brings them up to date`,
  };
}

const newer = (names: readonly string[]): Says => ({
  sv: `tabellerna är från en nyare version av programmet (${names.join(', ')}): använd den`,
  en: `the tables are of a newer version of the program (${names.join(', ')}): use that one`,
});

/** Migrations that this program has and the database lacks, the other way round, and the number that both have. */
async function apart(db: Db) {
  const done = await migrationsOf(db);
  const own = Object.keys(migrations);
  const lacking = own.filter((it) => !done.includes(it));
  const unknown = done.filter((it) => !own.includes(it));
  return { lacking, unknown, known: own.length - lacking.length };
}

/** The names of the migrations that have run; none on a database that is new. */
async function migrationsOf(db: Db): Promise<string[]> {
  const table = isPostgres(db)
    ? sql`select 1 where to_regclass('kysely_migration') is not null`
    : sql`select 1 from sqlite_schema where name = 'kysely_migration'`;
  if ((await table.execute(db)).rows.length === 0) return [];
  const { rows } = await sql<{ name: string }>`select name from kysely_migration`.execute(db);
  return rows.map((it) => it.name);
}
