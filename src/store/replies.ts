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

/** One of the keys has had its answer before. */
export class KnownKey extends Error {
  override readonly message = 'a key has been answered before';
}

const add = inserting('reply', columns, 'on conflict (scope, key) do nothing');

/** @throws KnownKey */
export async function addReplies(trx: Trx, replies: readonly Reply[]): Promise<void> {
  if ((await add(trx, replies.map(toRow))) !== replies.length) throw new KnownKey();
}

/** Forgets the answers given before an instant: a repetition after it is carried out anew. */
export async function forgetReplies(db: Db, before: string): Promise<void> {
  await db.deleteFrom('reply').where('created_at', '<', before).execute();
}
