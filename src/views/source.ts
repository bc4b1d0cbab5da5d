import type { Db } from '../../db/tables.ts';
import type { Register } from '../../machines/municipalities/addressees.ts';
import type { Registry } from '../../machines/registry.ts';
import type { Scope } from '../access/scope.ts';
import type { Calendar } from '../engine/calendar.ts';

/** What there is to read from. Nothing here can write. */
export interface Archive {
  readonly db: Db;
  readonly registry: Registry;
  /** The legal calendar of a municipality. */
  readonly calendarOf: (tenant: string) => Calendar;
  /** The bodies of a municipality, as they are now. */
  readonly registerOf: (tenant: string) => Pick<Register, 'bodies'>;
  /** RFC 3339 in UTC. */
  now(): string;
  /** Takes in the routes that are published meanwhile: what has just been read may run on them. */
  keepUp?(): Promise<void>;
}

/** What a view reads from, for someone: it gives nothing that they do not see. */
export interface Source extends Archive {
  readonly scope: Scope;
}
