import { existsSync } from 'node:fs';
import { isAddress } from '../../db/location.ts';
import { readDatabase } from '../config.ts';
import { WrongUse } from './command.ts';

/**
 * Where a database is that is there: a file or a server's address; the one that is named, else that of the environment.
 * @throws WrongUse for a file that does not exist, and for an address that is none.
 */
export function existing(named: string | undefined): string {
  const location = named ?? stated();
  if (!isAddress(location) && !existsSync(location)) throw absent(location);
  return location;
}

function stated(): string {
  try {
    return readDatabase(process.env);
  } catch (error) {
    throw new WrongUse(error instanceof Error ? error.message : String(error));
  }
}

/** That a file does not exist. */
export const absent = (location: string): WrongUse =>
  new WrongUse(`det finns ingen databas ${location}`, `there is no database ${location}`);
