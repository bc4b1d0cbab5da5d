import { sql } from 'kysely';
import type { Db, ReplyTable, Trx } from '../../db/tables.ts';
import { inserting, listed } from './rows.ts';

/** The first answer to an idempotency key; a repetition gets it again. */
export interface Reply {
  readonly scope: string;
  readonly key: string;
  /** Hash of the request; the same key with another request is an error. */
  readonly fingerprint: string;
  readonly reply: string;
  readonly createdAt: string;
}

/** The answers that those of the keys have had that were used, in any order. */
export async function findReplies(db: Db, keys: readonly Pick<Reply, 'scope' | 'key'>[]): Promise<Reply[]> {
  if (keys.length === 0) return [];
  const asked = listed(
    db,
    keys.map((it) => [it.scope, it.key]),
  );
  const rows = await db
    .selectFrom('reply')
    .selectAll()
    .where(sql<boolean>`(scope, key) in ${asked}`)
    .execute();
  return rows.map(({ created_at, ...rest }) => ({ ...rest, createdAt: created_at }));
}

export const columns = ['scope', 'key', 'fingerprint', 'reply', 'created_at'] as const;

export const toRow = ({ createdAt, ...rest }: Reply): ReplyTable => ({ ...rest, created_at: createdAt });

const add = inserting('reply', columns);

export async function addReplies(trx: Trx, replies: readonly Reply[]): Promise<void> {
  await add(trx, replies.map(toRow));
}

/** Forgets the answers given before an instant: a repetition after it is carried out anew. */
export async function forgetReplies(db: Db, before: string): Promise<void> {
  await db.deleteFrom('reply').where('created_at', '<', before).execute();
}
