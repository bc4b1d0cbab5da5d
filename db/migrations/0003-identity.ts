import type { Kysely } from 'kysely';
import { define } from '../define.ts';

/**
 * Who may come in. Of what opens a door (a session's cookie, a token, a one-time code) only the SHA-256 is kept; of a
 * password its scrypt. `installation` says what the database is for, so that a demonstration never opens a real one.
 */
export const up = (db: Kysely<unknown>): Promise<void> =>
  define(db, [
    'create table installation (name text primary key, value text not null) strict, without rowid',
    `create table session (
      hash text primary key, id text not null unique, person text not null, name text not null, grants text not null,
      agent text not null, provider_token text, created_at text not null, used_at text not null, ends_at text not null
    ) strict, without rowid`,
    'create index session_person on session (person)',
    'create index session_end on session (ends_at)',
    `create table token (
      hash text primary key, id text not null unique, name text not null, tenant text not null, grants text not null,
      issuer text not null, created_by text not null, created_at text not null, ends_at text not null,
      revoked_at text, used_at text
    ) strict, without rowid`,
    'create index token_tenant on token (tenant, created_at)',
    'create index token_issuer on token (issuer)',
    `create table account (
      login text primary key, name text not null, grants text, password text, code_hash text,
      code_ends_at text, created_at text not null
    ) strict, without rowid`,
    `create table attempt (
      subject text primary key, failures integer not null, until text not null, forget_at text not null
    ) strict, without rowid`,
    'create index attempt_age on attempt (forget_at)',
  ]);
