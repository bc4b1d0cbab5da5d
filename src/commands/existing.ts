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
  if (!isAddress(location) && !existsSync(location)) throw absent(location);
  return location;
}

/** That a file does not exist. */
export const absent = (location: string): WrongUse =>
  new WrongUse(`det finns ingen databas ${location}`, `there is no database ${location}`);
