import type { Kysely } from 'kysely';
import { define } from '../define.ts';

/**
 * Webhooks: who hears of what (`subscription`), what is on its way to them (`delivery`), which systems send to us
 * (`integration`), and which of their messages people have tried again (`redelivery`).
 */
export const up = (db: Kysely<unknown>): Promise<void> =>
  define(db, [
    `create table subscription (
      id text primary key, tenant text not null, name text not null, url text not null, events text not null,
      bodies text not null, routes text not null, recipient text, secrets text not null, signing_key text not null,
      heard integer not null, state text not null, reason text, failing_since text, succeeded_at text,
      created_at text not null, created_by text not null
    ) strict, without rowid`,
    'create index subscription_tenant on subscription (tenant, created_at)',
    `create table delivery (
      seq integer primary key autoincrement, id text not null unique, subscription text not null,
      tenant text not null, root text not null, actor text not null, type text not null, body text not null,
      state text not null, attempts integer not null, due_at text not null, claimed_until text,
      tries text not null, created_at text not null, settled_at text, resent_by text
    ) strict`,
    `create index delivery_waiting on delivery (subscription, root, seq) where state = 'waiting'`,
    'create index delivery_list on delivery (subscription, seq)',
    `create index delivery_settled on delivery (settled_at) where state = 'delivered'`,
    `create table integration (
      name text primary key, tenant text not null, label text not null, secrets text not null, events text not null,
      mapping text, state text not null, created_at text not null, created_by text not null,
      changed_at text not null, changed_by text not null
    ) strict, without rowid`,
    `create table redelivery (
      seq integer primary key autoincrement, integration text not null, message text not null, at text not null,
      sent_by text not null, result text not null
    ) strict`,
    'create index redelivery_message on redelivery (integration, message, seq)',
    'create index receipt_list on receipt (integration, received_at, message)',
  ]);
