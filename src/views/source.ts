import type { Db } from '../../db/tables.ts';
import type { Registry } from '../../machines/registry.ts';
import type { Calendar } from '../engine/calendar.ts';

/** What every view reads from. Nothing here can write. */
export interface Source {
  readonly db: Db;
  readonly registry: Registry;
  /** The legal calendar of a municipality. */
  readonly calendarOf: (tenant: string) => Calendar;
  /** RFC 3339 in UTC. */
  now(): string;
}
