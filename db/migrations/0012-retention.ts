import { type Kysely, sql } from 'kysely';
import { define } from '../define.ts';

/** The new row has a commitment in place of its salt, and no other commitment than before. */
const isRedacted =
  'new.salt is null and new.content is not null and coalesce(old.content = new.content, true)';

/** What a commitment covers is changed only where the commitment stays. */
const unlessRedacted = (table: string, columns: string, refusal: string) =>
  `create trigger ${table}_redacted before update of ${columns}, salt, content on ${table} when (not (${isRedacted}))
    begin select raise(abort, '${refusal}'); end`;

const unchanged = (table: string, columns: string, refusal: string) =>
  `create trigger ${table}_unchanged before update of ${columns} on ${table}
    begin select raise(abort, '${refusal}'); end`;

const entry = 'the log is append-only';
const receipt = 'a received document is not changed';

/**
 * What entries and messages say is covered by a salted commitment, so that it can be redacted by a decision while the
 * chain and the seals hold. What was written before has no salt, and no chain is written anew.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  const { rows } = await sql`select seq from entry limit 1`.execute(db);
  if (rows.length > 0)
    throw new Error('its log is in a form that was never released: begin on a new database');
  await define(db, [
    'alter table entry add column salt text',
    'alter table entry add column content text',
    'alter table receipt add column salt text',
    'alter table receipt add column content text',
    { sqlite: 'drop trigger entry_unchanged', postgres: 'drop trigger entry_unchanged on entry' },
    { sqlite: 'drop trigger receipt_unchanged', postgres: 'drop trigger receipt_unchanged on receipt' },
    unchanged('entry', 'seq, actor, version, root, tenant, command, at, type, step, prev, hash', entry),
    unlessRedacted('entry', 'payload, meta', entry),
    unchanged('receipt', 'integration, message, tenant, received_at, seal', receipt),
    unlessRedacted('receipt', 'body', receipt),
  ]);
}
