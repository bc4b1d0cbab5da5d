import { sql } from 'kysely';
import type { Db, Trx } from '../../db/tables.ts';
import { pieces } from './rows.ts';

/** A webhook as received, kept as a received document, with what became of it. */
export interface Receipt {
  readonly integration: string;
  readonly message: string;
  readonly tenant: string;
  readonly receivedAt: string;
  readonly body: string;
  /** What the body is hashed with; null once it is redacted. */
  readonly salt: string | null;
  /** The commitment to the body as it was, kept when it is redacted; until then null. */
  readonly content: string | null;
  readonly result: string;
  /** The number of the seal that covers it, from when it came in. */
  readonly seal: number;
}

export async function findReceipt(db: Db, integration: string, message: string): Promise<Receipt | null> {
  const row = await db
    .selectFrom('receipt')
    .selectAll()
    .where('integration', '=', integration)
    .where('message', '=', message)
    .executeTakeFirst();
  return row
    ? {
        integration,
        message,
        tenant: row.tenant,
        receivedAt: row.received_at,
        body: row.body,
        salt: row.salt,
        content: row.content,
        result: row.result,
        seal: row.seal,
      }
    : null;
}

/** Keeps messages. One that is there already stays as it was received; what became of it is written anew. */
export async function keepReceipts(trx: Trx, receipts: readonly Receipt[]): Promise<void> {
  for (const piece of pieces(receipts))
    await trx
      .insertInto('receipt')
      .values(piece.map(({ receivedAt, ...rest }) => ({ ...rest, received_at: receivedAt })))
      .onConflict((oc) =>
        oc.columns(['integration', 'message']).doUpdateSet((eb) => ({ result: eb.ref('excluded.result') })),
      )
      .execute();
}

/** The messages that a range of seals covers. */
export const receiptsSealed = (
  db: Db,
  { after, to }: { readonly after: number; readonly to: number },
): Promise<Pick<Receipt, 'integration' | 'message' | 'body' | 'salt' | 'content' | 'seal'>[]> =>
  db
    .selectFrom('receipt')
    .select(['integration', 'message', 'body', 'salt', 'content', 'seal'])
    .where('seal', '>', after)
    .where('seal', '<=', to)
    .execute();

/** The messages that say a seal that there is not. */
export const receiptsUnsealed = (
  db: Db,
  limit: number,
): Promise<Pick<Receipt, 'integration' | 'message' | 'seal'>[]> =>
  db
    .selectFrom('receipt')
    .select(['integration', 'message', 'seal'])
    .where(({ not, exists, selectFrom }) =>
      not(exists(selectFrom('seal').select('number').whereRef('seal.number', '=', 'receipt.seal'))),
    )
    .orderBy('integration')
    .orderBy('message')
    .limit(limit)
    .execute();

/**
 * The messages that may be about a record: of those that were answered by it, or name it, some are about others. An id
 * may be written in capitals.
 */
export async function receiptsNaming(db: Db, root: string): Promise<Receipt[]> {
  const rows = await db
    .selectFrom('receipt')
    .selectAll()
    .where((eb) =>
      eb.or([
        eb('result', 'like', `%"actor":"${root}%`),
        eb(eb.fn<string>('lower', ['body']), 'like', `%${root}%`),
      ]),
    )
    .orderBy('integration')
    .orderBy('message')
    .execute();
  return rows.map(({ received_at: receivedAt, ...rest }) => ({ ...rest, receivedAt }));
}

/** Refused messages that are not redacted, those after one, in the order of their integrations and ids. */
export const refusedAfter = (
  db: Db,
  { integration, message }: Pick<Receipt, 'integration' | 'message'>,
  limit: number,
): Promise<Pick<Receipt, 'integration' | 'message' | 'body'>[]> =>
  db
    .selectFrom('receipt')
    .select(['integration', 'message', 'body'])
    .where('content', 'is', null)
    .where('result', 'like', '{"refusal":%')
    .where(sql<boolean>`(integration, message) > (${integration}, ${message})`)
    .orderBy('integration')
    .orderBy('message')
    .limit(limit)
    .execute();

/** Those of an integration, the latest first. */
export async function receiptsOf(
  db: Db,
  integration: string,
  { limit, offset }: { readonly limit: number; readonly offset: number },
): Promise<Receipt[]> {
  const rows = await db
    .selectFrom('receipt')
    .selectAll()
    .where('integration', '=', integration)
    .orderBy('received_at', 'desc')
    .orderBy('message', 'desc')
    .limit(limit)
    .offset(offset)
    .execute();
  return rows.map(({ received_at: receivedAt, ...rest }) => ({ ...rest, receivedAt }));
}
