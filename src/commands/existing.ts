import { existsSync } from 'node:fs';
import { isAddress } from '../../db/location.ts';
import { openReader } from '../../db/open.ts';
import type { Db } from '../../db/tables.ts';
import { readConfig } from '../config.ts';
import { WrongUse } from './command.ts';

/**
 * Opens a database that is there, only to read from it: the one that is named, else that of the environment. It may be
 * written meanwhile. `file` is null for a server's.
 * @throws WrongUse where there is none.
 */
export async function openExisting(named: string | undefined): Promise<{ db: Db; file: string | null }> {
  const location = named ?? readConfig(process.env).database;
  if (isAddress(location)) return { db: await openReader(location), file: null };
  if (!existsSync(location)) throw new WrongUse(`there is no database ${location}`);
  return { db: await openReader(location), file: location };
}
