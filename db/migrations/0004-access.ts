import type { Kysely } from 'kysely';
import { define } from '../define.ts';

/**
 * Whether a record is marked confidential, as its snapshot says: the records that lists leave out are found by it. The
 * index of what is open has all that the desk asks for, who may see it included.
 */
export const up = (db: Kysely<unknown>): Promise<void> =>
  define(db, [
    'alter table actor add column confidential integer not null default 0',
    'drop index actor_open',
    `create index actor_open on actor (tenant, chart, state, created_at, id, root, confidential)
      where ended = 0`,
  ]);
