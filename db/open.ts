import { Kysely, sql } from 'kysely';
import { Migrator } from 'kysely/migration';
import { type OpenSqlite, reading, writing } from './dialect.ts';
import { lockFile } from './lock.ts';
import { migrations } from './migrations/all.ts';
import { openSqlite } from './sqlite.ts';
import type { Db, Tables } from './tables.ts';

/** A database to write to and one to read from; the same where the database is in memory. */
export interface Database {
  readonly writer: Db;
  readonly reader: Db;
  close(): Promise<void>;
}

/**
 * Opens the database and brings its schema up to date.
 * @param filename a SQLite file, or `:memory:`.
 * @param open the driver.
 * @throws Error when another server holds the file, or when a newer program has written its schema; then the
 * file is as it was, and free.
 */
export async function openDatabase(filename: string, open: OpenSqlite = openSqlite): Promise<Database> {
  const inMemory = filename === ':memory:';
  const unlock = inMemory ? async () => {} : await lockFile(open, filename);
  const writer = new Kysely<Tables>({ dialect: writing(open, filename) });
  const reader = inMemory ? writer : new Kysely<Tables>({ dialect: reading(open, filename) });
  const close = async () => {
    if (reader !== writer) await reader.destroy();
    await writer.destroy();
    await unlock();
  };
  try {
    await migrate(writer);
  } catch (error) {
    await close();
    throw error;
  }
  return { writer, reader, close };
}

async function migrate(db: Db): Promise<void> {
  await assertNotNewer(db);
  const migrator = new Migrator({ db, provider: { getMigrations: async () => ({ ...migrations }) } });
  const { error, results } = await migrator.migrateToLatest();
  if (!error) return;
  const failed = results?.find((it) => it.status === 'Error')?.migrationName;
  const reason = error instanceof Error ? error.message : String(error);
  throw new Error(`the database could not be brought up to date${failed ? ` at ${failed}` : ''}: ${reason}`, {
    cause: error,
  });
}

/** A migration that this program does not know was made by a later one, which alone can read what it wrote. */
async function assertNotNewer(db: Db): Promise<void> {
  const tables = await sql`select 1 from sqlite_schema where name = 'kysely_migration'`.execute(db);
  if (tables.rows.length === 0) return;
  const { rows } = await sql<{ name: string }>`select name from kysely_migration`.execute(db);
  const unknown = rows.map((it) => it.name).filter((name) => !Object.hasOwn(migrations, name));
  if (unknown.length > 0)
    throw new Error(`the database was written by a newer version of this program (${unknown.join(', ')})`);
}
