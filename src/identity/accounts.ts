/** Accounts with passwords of our own keeping: for a server that has no identity provider. */
import type { Database } from '../../db/open.ts';
import type { Municipality } from '../../machines/municipalities/municipality.ts';
import type { Grants } from '../access/grant.ts';
import { type Author, changeRights, operator } from '../engine/rights.ts';
import {
  addAccount,
  findAccount,
  findInvited,
  listAccounts,
  redeemCode,
  renewCode,
  type StoredAccount,
} from '../store/accounts.ts';
import type { Changing } from '../store/rights.ts';
import { removeSessionsOf } from '../store/sessions.ts';
import { readGrants } from './grants.ts';
import { fits, hashedPassword, isBusy, LONGEST_PASSWORD, SHORTEST_PASSWORD } from './password.ts';
import { hashOf, newSecret } from './secret.ts';
import type { Person } from './sessions.ts';
import { Throttle } from './throttle.ts';

/** The first administrator, who lets the others in. */
const FIRST = 'admin';
/** How long a one-time code can be used, in milliseconds. */
const CODE_LASTS = 24 * 3_600_000;

/** What came of an attempt: a person; or how many seconds to wait; or that it was wrong, without saying what. */
export type SignIn = { readonly person: Person } | { readonly wait: number } | 'wrong';

export class Accounts {
  readonly #db: Database;
  readonly #now: () => number;
  readonly #municipalities: readonly Municipality[];
  readonly #throttle: Throttle;

  /**
   * @param now epoch milliseconds.
   * @param municipalities all of them, as they are: the first administrator's.
   */
  constructor(db: Database, now: () => number, municipalities: readonly Municipality[]) {
    this.#db = db;
    this.#now = now;
    this.#municipalities = municipalities;
    this.#throttle = new Throttle(db.writer, now);
  }

  /** Holds a password against an account. Whether there is such an account cannot be told from the answer's time. */
  async signIn({
    login,
    password,
    from,
  }: {
    login: string;
    password: string;
    from: string;
  }): Promise<SignIn> {
    const wait = await this.#mayTry(login, from);
    if (wait > 0) return { wait };
    const account = await findAccount(this.#db.reader, login);
    const isRight = await fits(password.slice(0, LONGEST_PASSWORD + 1), account?.password ?? null);
    if (!account || !isRight) return 'wrong';
    await this.#throttle.succeeded(login, from);
    return { person: this.#personOf(account) };
  }

  /** Chooses a password by a one-time code, and so signs in. */
  async choosePassword({
    code,
    password,
    from,
  }: {
    code: string;
    password: string;
    from: string;
  }): Promise<SignIn> {
    const wait = await this.#mayTry(null, from);
    if (wait > 0) return { wait };
    const asked = { hash: hashOf(code.trim()), now: this.#at(0) };
    const invited = await findInvited(this.#db.reader, asked);
    if (!invited) return 'wrong';
    const chosen = { ...asked, password: await hashedPassword(password) };
    const owner: Author = { id: personId(invited.login), name: invited.name, way: 'page' };
    const account = await changeRights(this.#db, owner, asked.now, (it) => redeemCode(it, chosen));
    if (!account) return 'wrong';
    await this.#throttle.succeeded(account.login, from);
    return { person: this.#personOf(account) };
  }

  /** Where nobody has chosen a password yet, a one-time code for the first administrator, in place of any before. */
  async firstCode(): Promise<string | null> {
    const now = this.#now();
    return changeRights(this.#db, operator('serve'), this.#at(0), async (changing) => {
      const accounts = await listAccounts(changing.trx);
      if (accounts.some((it) => it.password !== null)) return null;
      if (accounts.some((it) => it.login === FIRST)) return renewAccount(changing, FIRST, now);
      return invite(changing, { login: FIRST, name: 'Administratör', grants: null }, now);
    });
  }

  #personOf({ login, name, grants }: StoredAccount): Person {
    return { id: personId(login), name, grants: grantsOf(grants, this.#municipalities) };
  }

  async #mayTry(login: string | null, from: string): Promise<number> {
    return isBusy() ? 1 : this.#throttle.attempt(login, from);
  }

  #at(milliseconds: number): string {
    return new Date(this.#now() + milliseconds).toISOString();
  }
}

/** Whom an account makes of those who sign in by it. */
export const personId = (login: string): string => `local:${login}`;

/** The grants that are stored of an account; without any it is the administrator's of every municipality. */
export const grantsOf = (stored: string | null, municipalities: readonly Municipality[]): Grants =>
  stored !== null
    ? readGrants(stored)
    : municipalities.map(({ id: tenant }) => ({
        tenant,
        roles: ['administrator'],
        bodies: 'all',
        confidential: false,
      }));

/**
 * Makes an account. @param now epoch milliseconds.
 * @returns the one-time code by which its password is chosen; null where there is an account of that name.
 */
export async function invite(
  changing: Changing,
  account: Pick<StoredAccount, 'login' | 'name' | 'grants'>,
  now: number,
): Promise<string | null> {
  const { code, hash: codeHash, endsAt: codeEndsAt } = newCode(now);
  const createdAt = new Date(now).toISOString();
  const isNew = await addAccount(changing, { ...account, password: null, codeHash, codeEndsAt, createdAt });
  return isNew ? code : null;
}

/**
 * Takes an account's password and sessions. @param now epoch milliseconds.
 * @returns a one-time code by which another password is chosen.
 */
export async function renewAccount(changing: Changing, login: string, now: number): Promise<string> {
  const { code, ...given } = newCode(now);
  await renewCode(changing, login, given);
  await removeSessionsOf(changing.trx, personId(login));
  return code;
}

/** A one-time code, and what is kept of it. */
function newCode(now: number): { readonly code: string; readonly hash: string; readonly endsAt: string } {
  const code = newSecret();
  return { code, hash: hashOf(code), endsAt: new Date(now + CODE_LASTS).toISOString() };
}

/** Whether a password may be chosen: long enough, and not endless. */
export const isAcceptable = (password: string): boolean =>
  password.length >= SHORTEST_PASSWORD && password.length <= LONGEST_PASSWORD;
