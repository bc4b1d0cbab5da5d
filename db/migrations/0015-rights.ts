import type { Kysely } from 'kysely';
import { define } from '../define.ts';
import { remembered } from './0001-start.ts';

/**
 * The register of access rights: who gave whom which, when, and by which way. Append only: each row hashes the one
 * before it. One server at a time writes in it.
 */
export const up = (db: Kysely<unknown>): Promise<void> =>
  define(db, [
    `create table rights_change (
      number integer primary key autoincrement,
      at text not null, author text not null, author_name text not null, way text not null,
      kind text not null, subject text not null, municipalities text, act text not null,
      before text, after text not null, prev text not null, hash text not null
    ) strict`,
    'create index rights_change_subject on rights_change (kind, subject, number)',
    `create trigger rights_change_unchanged before update on rights_change
      begin select raise(abort, 'a change of access rights is not changed'); end`,
    `create trigger rights_change_kept before delete on rights_change
      begin select raise(abort, 'a change of access rights is kept'); end`,
    ...remembered('rights_change', 'number'),
    { postgres: `insert into claim values ('rights')` },
  ]);
