import { existsSync } from 'node:fs';
import { Kysely } from 'kysely';
import { sqliteReader } from '../../db/sqlite.ts';
import type { Db, Tables } from '../../db/tables.ts';
import { readConfig } from '../config.ts';
import { WrongUse } from './command.ts';

/**
 * Opens a database that is there, only to read from it: the one that is named, else that of the environment. It may be
 * written meanwhile. `file` is null for a server's.
 * @throws WrongUse where there is none.
 */
export async function openExisting(named: string | undefined): Promise<{ db: Db; file: string | null }> {
  const file = named ?? readConfig(process.env).databasePath;
  if (!existsSync(file)) throw new WrongUse(`there is no database ${file}`);
  return { db: new Kysely<Tables>({ dialect: sqliteReader(file) }), file };
}
