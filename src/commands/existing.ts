import { existsSync } from 'node:fs';
import { isAddress } from '../../db/location.ts';
import { readConfig } from '../config.ts';
import { WrongUse } from './command.ts';

/**
 * Where a database is that is there: a file or a server's address; the one that is named, else that of the environment.
 * @throws WrongUse for a file that does not exist.
 */
export function existing(named: string | undefined): string {
  const location = named ?? readConfig(process.env).database;
  if (!isAddress(location) && !existsSync(location)) throw new WrongUse(`there is no database ${location}`);
  return location;
}
