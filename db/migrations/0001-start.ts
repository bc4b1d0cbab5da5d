import type { Kysely } from 'kysely';
import { define, type Statement } from '../define.ts';

const refuse = `create function refuse() returns trigger language plpgsql as
  $$ begin raise exception '%', tg_argv[0] using errcode = 'integrity_constraint_violation'; end $$`;

/** What SQLite keeps in sqlite_sequence. */
const lastEver = 'create table last_ever (name text collate "C" primary key, last integer not null)';

/** A row for each kind of work that one server at a time does: it holds the row's lock meanwhile. */
const claim = 'create table claim (work text collate "C" primary key)';

const remember = `create function remember() returns trigger language plpgsql as $$ begin
  execute format('update last_ever set last = greatest(last, (select max(%I) from added)) where name = %L',
    tg_argv[0], tg_table_name);
  return null;
end $$`;

/** Lets PostgreSQL remember the last number of a table, also when its rows are removed; SQLite does by itself. */
export const remembered = (table: string, column: string): readonly Statement[] => [
  { postgres: `insert into last_ever values ('${table}', 0)` },
  {
    postgres: `create trigger ${table}_remembered after insert on ${table} referencing new table as added
      for each statement execute function remember('${column}')`,
  },
];

/** Append only: the triggers refuse to change or delete an entry, whoever asks. */
export async function up(db: Kysely<unknown>): Promise<void> {
  const statements: readonly Statement[] = [
    { postgres: refuse },
    { postgres: lastEver },
    { postgres: remember },
    { postgres: claim },
    { postgres: `insert into claim values ('log'), ('routes'), ('deadlines')` },
    `create table actor (
      id text primary key, chart text not null, chart_version integer not null, chart_hash text not null,
      parent text, root text not null, tenant text not null, version integer not null, snapshot text not null,
      head text not null, title text not null, number text, body text, state text not null,
      ended integer not null, created_at text not null, updated_at text not null
    ) strict, without rowid`,
    'create index actor_root on actor (root)',
    'create index actor_list on actor (tenant, chart, created_at, id)',
    `create index actor_open on actor (tenant, chart, state, created_at) where ended = 0`,
    `create unique index actor_number on actor (number, tenant)
      where root = id and number is not null and chart <> 'meeting'`,
    `create table entry (
      seq integer primary key autoincrement, actor text not null, version integer not null, root text not null,
      tenant text not null, command text not null, at text not null, type text not null, payload text not null,
      meta text not null, step text not null, prev text not null, hash text not null,
      unique (actor, version)
    ) strict`,
    'create index entry_root on entry (root, seq)',
    `create table deadline (
      actor text not null, state text not null, name text not null, tenant text not null, root text not null,
      epoch integer not null, due_at text not null, last_day text not null, failure text,
      primary key (actor, state, name)
    ) strict, without rowid`,
    'create index deadline_due on deadline (due_at) where failure is null',
    'create index deadline_tenant on deadline (tenant, due_at)',
    'create index deadline_root on deadline (root, due_at)',
    `create table outbox (
      seq integer primary key autoincrement, id text not null unique, actor text not null, tenant text not null,
      topic text not null, payload text not null, created_at text not null
    ) strict`,
    'create index outbox_actor on outbox (actor, seq)',
    `create table seal (
      number integer primary key autoincrement, last integer not null, at text not null, prev text not null,
      hash text not null
    ) strict`,
    `create table reply (
      scope text not null, key text not null, fingerprint text not null, reply text not null,
      created_at text not null, primary key (scope, key)
    ) strict, without rowid`,
    'create index reply_age on reply (created_at)',
    `create table receipt (
      integration text not null, message text not null, tenant text not null, received_at text not null,
      body text not null, result text not null, seal integer not null, primary key (integration, message)
    ) strict, without rowid`,
    'create index receipt_seal on receipt (seal)',
    'create table series (name text primary key, last integer not null) strict, without rowid',
    `create table definition (
      name text not null, version integer not null, hash text not null, data text not null,
      created_at text not null, primary key (name, version)
    ) strict, without rowid`,
    `create trigger entry_unchanged before update on entry begin select raise(abort, 'the log is append-only'); end`,
    `create trigger entry_kept before delete on entry begin select raise(abort, 'the log is append-only'); end`,
    `create trigger seal_unchanged before update on seal begin select raise(abort, 'a seal is not changed'); end`,
    `create trigger seal_kept before delete on seal begin select raise(abort, 'a seal is kept'); end`,
    `create trigger receipt_unchanged before update of integration, message, tenant, received_at, body, seal on receipt
      begin select raise(abort, 'a received document is not changed'); end`,
    `create trigger receipt_kept before delete on receipt
      begin select raise(abort, 'a received document is kept'); end`,
    ...remembered('entry', 'seq'),
    ...remembered('seal', 'number'),
  ];
  await define(db, statements);
}
