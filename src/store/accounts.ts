import type { Selectable } from 'kysely';
import type { AccountTable, Db } from '../../db/tables.ts';

/** Someone who signs in with a password of our own keeping. Instants are RFC 3339 in UTC. */
export interface StoredAccount {
  readonly login: string;
  readonly name: string;
  /** JSON; null for the administrator of every municipality. */
  readonly grants: string | null;
  /** Null until its owner has chosen one. */
  readonly password: string | null;
  /** SHA-256 of the one-time code by which a password is chosen. */
  readonly codeHash: string | null;
  readonly codeEndsAt: string | null;
  readonly createdAt: string;
}

const accountOf = (row: Selectable<AccountTable>): StoredAccount => {
  const { code_hash, code_ends_at, created_at, ...rest } = row;
  return { ...rest, codeHash: code_hash, codeEndsAt: code_ends_at, createdAt: created_at };
};

export async function findAccount(db: Db, login: string): Promise<StoredAccount | null> {
  const row = await db.selectFrom('account').selectAll().where('login', '=', login).executeTakeFirst();
  return row ? accountOf(row) : null;
}

export async function listAccounts(db: Db): Promise<StoredAccount[]> {
  return (await db.selectFrom('account').selectAll().orderBy('login').execute()).map(accountOf);
}

/** @returns false where there is an account of that name already, which stays as it is. */
export async function addAccount(db: Db, account: StoredAccount): Promise<boolean> {
  const { codeHash, codeEndsAt, createdAt, ...rest } = account;
  const { numInsertedOrUpdatedRows } = await db
    .insertInto('account')
    .values({ ...rest, code_hash: codeHash, code_ends_at: codeEndsAt, created_at: createdAt })
    .onConflict((it) => it.column('login').doNothing())
    .executeTakeFirstOrThrow();
  return numInsertedOrUpdatedRows === 1n;
}

/** Gives an account a new one-time code in place of any other, and no password until it is used. */
export async function renewCode(
  db: Db,
  login: string,
  { hash, endsAt }: { hash: string; endsAt: string },
): Promise<void> {
  await db
    .updateTable('account')
    .set({ code_hash: hash, code_ends_at: endsAt, password: null })
    .where('login', '=', login)
    .execute();
}

/** Gives an account another name and other grants. */
export async function changeAccount(
  db: Db,
  login: string,
  more: { readonly name: string; readonly grants: string },
): Promise<void> {
  await db.updateTable('account').set(more).where('login', '=', login).execute();
}

/** Takes from an account its password and its code: nobody comes in by it until it has a new code. */
export async function closeAccount(db: Db, login: string): Promise<void> {
  await db
    .updateTable('account')
    .set({ password: null, code_hash: null, code_ends_at: null })
    .where('login', '=', login)
    .execute();
}

/** Whether some account has that code now. */
export async function hasCode(db: Db, { hash, now }: { hash: string; now: string }): Promise<boolean> {
  const row = await db
    .selectFrom('account')
    .select('login')
    .where('code_hash', '=', hash)
    .where('code_ends_at', '>', now)
    .executeTakeFirst();
  return row !== undefined;
}

/**
 * Gives an account its password, by a code that is then used up.
 * @returns the account, or null where no account has that code now.
 */
export async function redeemCode(
  db: Db,
  { hash, password, now }: { hash: string; password: string; now: string },
): Promise<StoredAccount | null> {
  const row = await db
    .updateTable('account')
    .set({ password, code_hash: null, code_ends_at: null })
    .where('code_hash', '=', hash)
    .where('code_ends_at', '>', now)
    .returningAll()
    .executeTakeFirst();
  return row ? accountOf(row) : null;
}
