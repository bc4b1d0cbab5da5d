import type { Kysely } from 'kysely';
import { define } from '../define.ts';

/** A server that starts tries again the deadlines that were set aside: few, among all that run. */
export const up = (db: Kysely<unknown>): Promise<void> =>
  define(db, ['create index deadline_failed on deadline (actor) where failure is not null']);
