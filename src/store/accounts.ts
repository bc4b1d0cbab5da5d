import type { Selectable } from 'kysely';
import type { AccountTable, Db } from '../../db/tables.ts';
import type { Json } from '../../machines/chart.ts';
import type { Grants } from '../access/grant.ts';
import type { Act, Changing, Held } from './rights.ts';

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
export async function addAccount({ trx, record }: Changing, account: StoredAccount): Promise<boolean> {
  const { codeHash, codeEndsAt, createdAt, ...rest } = account;
  const { numInsertedOrUpdatedRows } = await trx
    .insertInto('account')
    .values({ ...rest, code_hash: codeHash, code_ends_at: codeEndsAt, created_at: createdAt })
    .onConflict((it) => it.column('login').doNothing())
    .executeTakeFirstOrThrow();
  if (numInsertedOrUpdatedRows === 0n) return false;
  await record('made', null, accountRights(account));
  return true;
}

/** Gives an account a new one-time code in place of any other, and no password until it is used. */
export const renewCode = (
  changing: Changing,
  login: string,
  { hash, endsAt }: { hash: string; endsAt: string },
): Promise<StoredAccount | null> =>
  change(changing, login, 'codeGiven', { code_hash: hash, code_ends_at: endsAt, password: null });

/** Gives an account another name and other grants. */
export const changeAccount = (
  changing: Changing,
  login: string,
  more: { readonly name: string; readonly grants: string },
): Promise<StoredAccount | null> => change(changing, login, 'changed', more);

/** Takes from an account its password and its code: nobody comes in by it until it has a new code. */
export const closeAccount = (changing: Changing, login: string): Promise<StoredAccount | null> =>
  change(changing, login, 'closed', { password: null, code_hash: null, code_ends_at: null });

interface Asked {
  /** Of the code. */
  readonly hash: string;
  readonly now: string;
}

/** The account that has that code now. */
export async function findInvited(db: Db, { hash, now }: Asked): Promise<StoredAccount | null> {
  const row = await db
    .selectFrom('account')
    .selectAll()
    .where('code_hash', '=', hash)
    .where('code_ends_at', '>', now)
    .executeTakeFirst();
  return row ? accountOf(row) : null;
}

/**
 * Gives an account its password, by a code that is then used up.
 * @returns the account, or null where no account has that code now.
 */
export async function redeemCode(
  changing: Changing,
  { password, ...asked }: Asked & { readonly password: string },
): Promise<StoredAccount | null> {
  const invited = await findInvited(changing.trx, asked);
  const used = { password, code_hash: null, code_ends_at: null };
  return invited && change(changing, invited.login, 'passwordChosen', used);
}

/** @returns the account as it has become; null where there is none. */
async function change(
  { trx, record }: Changing,
  login: string,
  act: Act,
  to: Partial<AccountTable>,
): Promise<StoredAccount | null> {
  const before = await findAccount(trx, login);
  const row = await trx
    .updateTable('account')
    .set(to)
    .where('login', '=', login)
    .returningAll()
    .executeTakeFirst();
  if (!before || !row) return null;
  const after = accountOf(row);
  await record(act, accountRights(before), accountRights(after));
  return after;
}

/** What the register tells of an account. */
export const accountRights = ({ login, name, grants, password, codeEndsAt }: StoredAccount): Held => {
  const given = grants === null ? null : (JSON.parse(grants) as Grants & Json);
  const tenants = [...new Set(given?.map((it) => it.tenant))].sort();
  return {
    kind: 'account',
    subject: login,
    municipalities: tenants.length > 0 ? tenants : null,
    rights: {
      name,
      grants: given,
      state: password !== null ? 'open' : codeEndsAt !== null ? 'invited' : 'closed',
      codeEndsAt,
    },
  };
};
