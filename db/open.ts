import { Kysely } from 'kysely';
import { Migrator } from 'kysely/migration';
import { migrations } from './migrations/all.ts';
import { lockFile, sqliteReader, sqliteWriter } from './sqlite.ts';
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
 * @throws Error when another server holds the file, or when a newer program has written its schema.
 */
export async function openDatabase(filename: string): Promise<Database> {
  const inMemory = filename === ':memory:';
  const unlock = inMemory ? async () => {} : await lockFile(filename);
  const writer = new Kysely<Tables>({ dialect: sqliteWriter(filename) });
  await migrate(writer);
  const reader = inMemory ? writer : new Kysely<Tables>({ dialect: sqliteReader(filename) });
  return {
    writer,
    reader,
    close: async () => {
      if (reader !== writer) await reader.destroy();
      await writer.destroy();
      await unlock();
    },
  };
}

async function migrate(db: Db): Promise<void> {
  const migrator = new Migrator({ db, provider: { getMigrations: async () => ({ ...migrations }) } });
  const { error, results } = await migrator.migrateToLatest();
  if (!error) return;
  const failed = results?.find((it) => it.status === 'Error')?.migrationName;
  const reason = error instanceof Error ? error.message : String(error);
  throw new Error(`the database could not be brought up to date${failed ? ` at ${failed}` : ''}: ${reason}`);
}
