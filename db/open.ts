import { closeSync, existsSync, openSync } from 'node:fs';
import { Kysely } from 'kysely';
import { Checkpoints } from './checkpoints.ts';
import { type OpenSqlite, reading, writing } from './dialect.ts';
import { isAddress } from './location.ts';
import { lockFile } from './lock.ts';
import { assertOwn, migrate, migrateNew } from './schema.ts';
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
 * Opens the database as a server does that starts on it: brings its schema up to date. Commands open it otherwise, for
 * servers of another version may be running on it.
 * @param location a SQLite file, `:memory:`, or the address of a PostgreSQL server, `postgres://…`.
 * @param open the driver of a file.
 * @throws Error when another server holds the file, or when a newer program has written its schema; then the
 * database is as it was, and free.
 */
export async function openDatabase(location: string, open: OpenSqlite = openSqlite): Promise<Database> {
  return isAddress(location) ? openServer(location, migrate) : openFile(location, open, migrate);
}

/**
 * Opens a database to write to it while no server runs on its file.
 * @throws Error when one does, or when the schema is not this program's own.
 */
export async function openAlone(location: string): Promise<Database> {
  return isAddress(location) ? openServer(location, assertOwn) : openFile(location, openSqlite, assertOwn);
}

/** Opens a PostgreSQL database to fill it. @throws Error when it has the schema of another program. */
export const openNew = (address: string): Promise<Database> => openServer(address, migrateNew);

/**
 * Opens a database only to read from it. It may be written meanwhile.
 * @throws Error when its schema is not this program's own.
 */
export async function openReader(location: string): Promise<Db> {
  const db = await openUnchecked(location);
  try {
    await assertOwn(db);
    return db;
  } catch (error) {
    await db.destroy();
    throw error;
  }
}

/** Opens a database only to read from it, whatever its schema. */
export async function openUnchecked(location: string): Promise<Db> {
  if (!isAddress(location)) return new Kysely<Tables>({ dialect: sqliteReader(location) });
  const { postgres } = await import('./postgres.ts');
  return new Kysely<Tables>({ dialect: postgres(location, 'read') });
}

/** Read and written by whoever runs the server, and by nobody else on the machine. */
const OWNER_ONLY = 0o600;

/** Sees to the schema of a database. @throws Error where it cannot be used. */
type Prepare = (db: Db) => Promise<void>;

async function openFile(filename: string, open: OpenSqlite, prepare: Prepare): Promise<Database> {
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
    await prepare(writer);
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

async function openServer(address: string, prepare: Prepare): Promise<Database> {
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
