import type { Kysely } from 'kysely';
import { define } from '../define.ts';

/**
 * Plans by which matters under way are moved to a new version, never changed once they are published; and the batches
 * in which each was carried out. What was moved is in the log; that is looked up by its type.
 */
export const up = (db: Kysely<unknown>): Promise<void> =>
  define(db, [
    `create table move_plan (
      id text primary key, hash text not null, data text not null, published_at text not null,
      published_by text not null
    ) strict, without rowid`,
    `create table move_batch (
      plan text not null, number integer not null, scope text not null, key text not null,
      started_at text not null, started_by text not null, after text not null, finished_at text, result text,
      primary key (plan, number), unique (scope, key)
    ) strict, without rowid`,
    `create trigger move_plan_unchanged before update on move_plan
      begin select raise(abort, 'a published plan is not changed'); end`,
    `create trigger move_plan_kept before delete on move_plan
      begin select raise(abort, 'a published plan is kept'); end`,
    `create index entry_moved on entry (seq) where type = 'moved'`,
    'create index actor_chart on actor (chart, root)',
    'create index actor_member on actor (parent) where parent is not null and root = id',
  ]);
