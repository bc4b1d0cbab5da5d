import type { Kysely } from 'kysely';
import { define } from '../define.ts';
import { remembered } from './0001-start.ts';

/**
 * Routes that administrators publish. What is published is never changed or taken back: matters run on it. Each record
 * of a publication hashes the one before it.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await define(db, [
    `create table route (
      number integer primary key autoincrement,
      municipality text not null, name text not null, version integer not null, hash text not null,
      data text not null, published_at text not null, published_by text not null,
      prev text not null, record text not null,
      unique (municipality, name, version)
    ) strict`,
    `create trigger route_unchanged before update on route
      begin select raise(abort, 'a published route is not changed'); end`,
    `create trigger route_kept before delete on route
      begin select raise(abort, 'a published route is kept'); end`,
    ...remembered('route', 'number'),
  ]);
}
