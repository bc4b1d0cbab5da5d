import type { Db, Trx } from '../../db/tables.ts';
import { pieces } from './actors.ts';

/** The first answer to an idempotency key; a repetition gets it again. */
export interface Reply {
  readonly scope: string;
  readonly key: string;
  /** Hash of the request; the same key with another request is an error. */
  readonly fingerprint: string;
  readonly reply: string;
  readonly createdAt: string;
}

export async function findReply(db: Db, scope: string, key: string): Promise<Reply | null> {
  const row = await db
    .selectFrom('reply')
    .selectAll()
    .where('scope', '=', scope)
    .where('key', '=', key)
    .executeTakeFirst();
  return row
    ? { scope, key, fingerprint: row.fingerprint, reply: row.reply, createdAt: row.created_at }
    : null;
}

export async function addReplies(trx: Trx, replies: readonly Reply[]): Promise<void> {
  for (const piece of pieces(replies))
    await trx
      .insertInto('reply')
      .values(piece.map(({ createdAt, ...rest }) => ({ ...rest, created_at: createdAt })))
      .execute();
}

/** Forgets the answers given before an instant: a repetition after it is carried out anew. */
export async function forgetReplies(db: Db, before: string): Promise<void> {
  await db.deleteFrom('reply').where('created_at', '<', before).execute();
}
