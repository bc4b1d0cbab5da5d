import { closeSync, existsSync, openSync } from 'node:fs';
import { Kysely, sql } from 'kysely';
import { Migrator } from 'kysely/migration';
import { Checkpoints } from './checkpoints.ts';
import { type OpenSqlite, reading, writing } from './dialect.ts';
import { isAddress } from './location.ts';
import { lockFile } from './lock.ts';
import { migrations } from './migrations/all.ts';
import { openSqlite, sqliteReader } from './sqlite.ts';
import type { Db, Tables } from './tables.ts';

/** A database to write to and one to read from; the same where the database is in memory. */
export interface Database {
  readonly writer: Db;
  readonly reader: Db;
  /** Whether other processes may write to it too. */
  readonly shared: boolean;
  close(): Promise<void>;
}

/**
 * Opens the database and brings its schema up to date.
 * @param location a SQLite file, `:memory:`, or the address of a PostgreSQL server, `postgres://…`.
 * @param open the driver of a file.
 * @throws Error when another server holds the file, or when a newer program has written its schema; then the
 * database is as it was, and free.
 */
export async function openDatabase(location: string, open: OpenSqlite = openSqlite): Promise<Database> {
  return isAddress(location) ? openServer(location, migrate) : openFile(location, open);
}

/** Opens a database only to read from it, whatever its schema. It may be written meanwhile. */
export async function openReader(location: string): Promise<Db> {
  if (!isAddress(location)) return new Kysely<Tables>({ dialect: sqliteReader(location) });
  const { postgres } = await import('./postgres.ts');
  return new Kysely<Tables>({ dialect: postgres(location, 'read') });
}

/** Read and written by whoever runs the server, and by nobody else on the machine. */
const OWNER_ONLY = 0o600;

async function openFile(filename: string, open: OpenSqlite): Promise<Database> {
  const inMemory = filename === ':memory:';
  // What SQLite makes beside a file is for those whom the file is for.
  if (!inMemory && !existsSync(filename)) closeSync(openSync(filename, 'a', OWNER_ONLY));
  const unlock = inMemory ? async () => {} : await lockFile(open, filename);
  const writer = new Kysely<Tables>({ dialect: writing(open, filename, () => checkpoints?.written()) });
  const reader = inMemory ? writer : new Kysely<Tables>({ dialect: reading(open, filename) });
  let checkpoints: Checkpoints | undefined;
  const close = async () => {
    if (reader !== writer) await reader.destroy();
    await (checkpoints?.close() ?? writer.destroy());
    await unlock();
  };
  try {
    await migrate(writer);
    if (!inMemory) {
      const beside = new Kysely<Tables>({ dialect: writing(open, filename) });
      checkpoints = await Checkpoints.open(filename, writer, beside);
    }
  } catch (error) {
    await close();
    throw error;
  }
  return { writer, reader, shared: false, close };
}

/** @param prepare sees to its schema. */
async function openServer(address: string, prepare: (db: Db) => Promise<void>): Promise<Database> {
  const { assertDurable, postgres } = await import('./postgres.ts');
  const migrating = new Kysely<Tables>({ dialect: postgres(address, 'migrate') });
  try {
    await assertDurable(migrating);
    await prepare(migrating);
  } finally {
    await migrating.destroy();
  }
  const writer = new Kysely<Tables>({ dialect: postgres(address, 'write') });
  const reader = new Kysely<Tables>({ dialect: postgres(address, 'read') });
  const close = async () => {
    await reader.destroy();
    await writer.destroy();
  };
  return { writer, reader, shared: true, close };
}

/**
 * Opens the database that a server may be running on, for what the server reads anew each time.
 * @throws Error when its schema is not this program's own.
 */
export async function openBeside(location: string): Promise<Database> {
  if (isAddress(location)) return openServer(location, assertOwn);
  const writer = new Kysely<Tables>({ dialect: writing(openSqlite, location) });
  const close = () => writer.destroy();
  try {
    await assertOwn(writer);
  } catch (error) {
    await close();
    throw error;
  }
  return { writer, reader: writer, shared: true, close };
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
  const unknown = (await migrationsOf(db)).filter((name) => !Object.hasOwn(migrations, name));
  if (unknown.length > 0)
    throw new Error(`the database was written by a newer version of this program (${unknown.join(', ')})`);
}

async function assertOwn(db: Db): Promise<void> {
  const names = await migrationsOf(db);
  if (names.length === Object.keys(migrations).length && names.every((it) => Object.hasOwn(migrations, it)))
    return;
  throw new Error(
    'the database was written by another version of this program: start the server on it first',
  );
}

/** The names of the migrations that have run; none on a database that is new. */
async function migrationsOf(db: Db): Promise<string[]> {
  const tables = await db.introspection.getTables({ withInternalKyselyTables: true });
  if (!tables.some((it) => it.name === 'kysely_migration')) return [];
  const { rows } = await sql<{ name: string }>`select name from kysely_migration`.execute(db);
  return rows.map((it) => it.name);
}
