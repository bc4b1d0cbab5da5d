import type { Kysely } from 'kysely';
import { define } from '../define.ts';

/**
 * Indexes by which a list is narrowed and counted, however many records there are: those with a body, open or ended;
 * the ended ones by the state in which they ended; and records with their charts, of which only the parts of a record
 * are in no list. No step writes them but those that begin a record, move it to another body, or end it.
 */
export const up = (db: Kysely<unknown>): Promise<void> =>
  define(db, [
    `create index actor_body on actor (tenant, body, ended, created_at, id, chart)
      where root = id and body is not null`,
    `create index actor_ended on actor (tenant, chart, state, created_at, id)
      where ended = 1 and root = id`,
    'drop index actor_list',
    'create index actor_list on actor (tenant, chart, created_at, id) where root = id',
    'drop index actor_record',
    'create index actor_record on actor (tenant, created_at, id, chart) where root = id',
  ]);
