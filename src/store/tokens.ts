import type { Selectable } from 'kysely';
import type { Db, TokenTable } from '../../db/tables.ts';
import type { Json } from '../../machines/chart.ts';
import type { Changing, Held } from './rights.ts';

/** A key by which another system speaks for itself in one municipality. Instants are RFC 3339 in UTC. */
export interface StoredToken {
  /** SHA-256 of the token, in hexadecimal. */
  readonly hash: string;
  /** By which it can be shown and revoked; it opens nothing. */
  readonly id: string;
  readonly name: string;
  readonly tenant: string;
  /** JSON. */
  readonly grants: string;
  /** The identity that issued it; by name `createdBy`. */
  readonly issuer: string;
  readonly createdBy: string;
  readonly createdAt: string;
  readonly endsAt: string;
  readonly revokedAt: string | null;
  readonly usedAt: string | null;
}

const tokenOf = (row: Selectable<TokenTable>): StoredToken => {
  const { created_by, created_at, ends_at, revoked_at, used_at, ...rest } = row;
  return {
    ...rest,
    createdBy: created_by,
    createdAt: created_at,
    endsAt: ends_at,
    revokedAt: revoked_at,
    usedAt: used_at,
  };
};

export async function addToken({ trx, record }: Changing, token: StoredToken): Promise<void> {
  const { createdBy, createdAt, endsAt, revokedAt, usedAt, ...rest } = token;
  await trx
    .insertInto('token')
    .values({
      ...rest,
      created_by: createdBy,
      created_at: createdAt,
      ends_at: endsAt,
      revoked_at: revokedAt,
      used_at: usedAt,
    })
    .execute();
  await record('made', null, tokenRights(token));
}

export async function findToken(db: Db, by: { hash: string } | { id: string }): Promise<StoredToken | null> {
  const [column, value] = 'hash' in by ? (['hash', by.hash] as const) : (['id', by.id] as const);
  const row = await db.selectFrom('token').selectAll().where(column, '=', value).executeTakeFirst();
  return row ? tokenOf(row) : null;
}

/** All, or those of some municipalities; the newest first. */
export async function listTokens(db: Db, tenants?: readonly string[]): Promise<StoredToken[]> {
  let query = db.selectFrom('token').selectAll().orderBy('created_at', 'desc').orderBy('id');
  if (tenants) query = query.where('tenant', 'in', tenants.length > 0 ? tenants : ['']);
  return (await query.execute()).map(tokenOf);
}

export async function tokenUsed(db: Db, hash: string, at: string): Promise<void> {
  await db.updateTable('token').set({ used_at: at }).where('hash', '=', hash).execute();
}

/** Revokes a token; the first time is the one that counts. */
export async function revokeToken({ trx, record }: Changing, id: string, at: string): Promise<void> {
  const before = await findToken(trx, { id });
  if (!before || before.revokedAt !== null) return;
  await trx.updateTable('token').set({ revoked_at: at }).where('id', '=', id).execute();
  await record('withdrawn', tokenRights(before), tokenRights({ ...before, revokedAt: at }));
}

/** The ids of the tokens that an identity issued and that nobody has revoked. */
export async function tokensIssuedBy(db: Db, issuer: string): Promise<string[]> {
  const rows = await db
    .selectFrom('token')
    .select('id')
    .where('issuer', '=', issuer)
    .where('revoked_at', 'is', null)
    .execute();
  return rows.map((it) => it.id);
}

/** What the register tells of a token. */
export const tokenRights = ({ id, tenant, name, grants, endsAt, revokedAt }: StoredToken): Held => ({
  kind: 'token',
  subject: id,
  municipalities: [tenant],
  rights: { name, grants: JSON.parse(grants) as Json, endsAt, revokedAt },
});
