/** What a redaction writes over: the log's own rows, and every copy that the database keeps of what they said. */
import { type ExpressionBuilder, sql } from 'kysely';
import { isPostgres } from '../../db/kind.ts';
import type { Db, Tables, Trx } from '../../db/tables.ts';
import type { Entry } from './entries.ts';
import type { OutboxMessage } from './outbox.ts';
import type { Receipt } from './receipts.ts';
import { listed } from './rows.ts';

export interface Redaction {
  readonly root: string;
  /** The ids of the record and its parts. */
  readonly actors: readonly string[];
  /** As they are to stand. */
  readonly entries: readonly Entry[];
  readonly outbox: readonly Pick<OutboxMessage, 'id' | 'payload'>[];
  readonly documents: readonly Receipt[];
}

/**
 * Redacts a record. Copies that are no evidence are forgotten: messages in the queue to others, the words of
 * recipients, and the answers to keys, whose fingerprints would let someone try guesses.
 */
export async function redactRows(trx: Trx, redaction: Redaction): Promise<void> {
  const { root, entries, outbox, documents } = redaction;
  for (const { seq, payload, meta, salt, content } of entries)
    await trx.updateTable('entry').set({ payload, meta, salt, content }).where('seq', '=', seq).execute();
  for (const { id, payload } of outbox)
    await trx.updateTable('outbox').set({ payload }).where('id', '=', id).execute();
  for (const { integration, message, body, salt, content, result } of documents) {
    const same = { integration, message };
    await trx
      .updateTable('receipt')
      .set({ body, salt, content, result })
      .where((eb) => eb.and(same))
      .execute();
    await trx
      .updateTable('redelivery')
      .set({ result, sent_by: '' })
      .where((eb) => eb.and(same))
      .execute();
  }
  await trx.deleteFrom('delivery').where('root', '=', root).execute();
  await trx.deleteFrom('term').where('record', '=', root).where('kind', '=', 'recipient').execute();
  await forgetReplies(trx, redaction);
}

/** Those of other records begin with its id too, where it has started them. */
async function forgetReplies(trx: Trx, { root, actors }: Redaction): Promise<void> {
  const replies = await trx
    .selectFrom('reply')
    .select(['scope', 'key', 'reply'])
    .where('reply', 'like', `%"actor":"${root}%`)
    .execute();
  for (const { scope, key, reply } of replies)
    if (actors.includes((JSON.parse(reply) as { actor: string }).actor))
      await trx.deleteFrom('reply').where('scope', '=', scope).where('key', '=', key).execute();
}

/**
 * Writes SQLite's file anew: until then what rows said before they were changed stands in its free pages, and in the
 * write-ahead log. It takes as much room on the disk again, and nobody else may have the file open.
 */
export async function tidy(db: Db): Promise<void> {
  if (isPostgres(db)) return;
  await sql`vacuum`.execute(db);
  await sql`pragma wal_checkpoint(truncate)`.execute(db);
}

interface Among {
  readonly tenants: readonly string[];
  /** RFC 3339: what has happened to the record itself since is too new. */
  readonly until: string;
  /** The id after which they begin. */
  readonly after: string;
  readonly limit: number;
}

/** The records that have ended, and of which something has happened since they were redacted, by their ids. */
export async function closedRecords(db: Db, { tenants, until, after, limit }: Among): Promise<string[]> {
  if (tenants.length === 0) return [];
  const rows = await ended(db, tenants)
    .where('updated_at', '<', until)
    .where('id', '>', after)
    .where((eb) => eb(newestOf(eb), '<>', 'redacted'))
    .limit(limit)
    .execute();
  return rows.map((it) => it.id);
}

/** Those of the records that have ended, and of which nothing has happened since they were redacted. */
export async function redactedRecords(
  db: Db,
  ids: readonly string[],
  tenants: readonly string[],
): Promise<string[]> {
  if (ids.length === 0 || tenants.length === 0) return [];
  const among = listed(
    db,
    ids.map((it) => [it]),
  );
  const rows = await ended(db, tenants)
    .where(sql<boolean>`id in ${among}`)
    .where((eb) => eb(newestOf(eb), '=', 'redacted'))
    .execute();
  return rows.map((it) => it.id);
}

/** The ids of the records of municipalities that have ended, in their order. */
const ended = (db: Db, tenants: readonly string[]) =>
  db
    .selectFrom('actor')
    .select('id')
    .whereRef('root', '=', 'id')
    .where('ended', '=', 1)
    .where('tenant', 'in', tenants)
    .orderBy('id');

/** The type of a record's newest entry. */
const newestOf = (eb: ExpressionBuilder<Tables, 'actor'>) =>
  eb.selectFrom('entry').select('type').whereRef('root', '=', 'actor.id').orderBy('seq', 'desc').limit(1);

/** When something last happened to a record, beside that it was redacted, or moved to another version; null for none. */
export async function lastHappened(db: Db, root: string): Promise<string | null> {
  const row = await db
    .selectFrom('entry')
    .select('at')
    .where('root', '=', root)
    .where('type', 'not in', ['redacted', 'moved'])
    .orderBy('seq', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row?.at ?? null;
}

/** Received documents that no longer say what they said. */
export const documentsRedacted = (db: Db): Promise<Pick<Receipt, 'integration' | 'message' | 'content'>[]> =>
  db
    .selectFrom('receipt')
    .select(['integration', 'message', 'content'])
    .where('content', 'is not', null)
    .execute();
