/** Accounts with passwords of our own keeping: for a server that has no identity provider. */
import type { Database } from '../../db/open.ts';
import type { Grants } from '../access/grant.ts';
import {
  addAccount,
  findAccount,
  hasCode,
  listAccounts,
  redeemCode,
  renewCode,
  type StoredAccount,
} from '../store/accounts.ts';
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
  readonly #tenants: () => readonly string[];
  readonly #throttle: Throttle;

  /**
   * @param now epoch milliseconds.
   * @param tenants every municipality: the first administrator's.
   */
  constructor(db: Database, now: () => number, tenants: () => readonly string[]) {
    this.#db = db;
    this.#now = now;
    this.#tenants = tenants;
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
    await this.#throttle.succeeded(login);
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
    if (!(await hasCode(this.#db.reader, asked))) return 'wrong';
    const account = await redeemCode(this.#db.writer, {
      ...asked,
      password: await hashedPassword(password),
    });
    return account ? { person: this.#personOf(account) } : 'wrong';
  }

  /** Where nobody has chosen a password yet, a one-time code for the first administrator, in place of any before. */
  async firstCode(): Promise<string | null> {
    const accounts = await listAccounts(this.#db.writer);
    if (accounts.some((it) => it.password !== null)) return null;
    if (!accounts.some((it) => it.login === FIRST))
      await addAccount(this.#db.writer, {
        login: FIRST,
        name: 'Administratör',
        grants: null,
        password: null,
        codeHash: null,
        codeEndsAt: null,
        createdAt: this.#at(0),
      });
    const code = newSecret();
    await renewCode(this.#db.writer, FIRST, { hash: hashOf(code), endsAt: this.#at(CODE_LASTS) });
    return code;
  }

  #personOf({ login, name, grants }: StoredAccount): Person {
    return {
      id: `local:${login}`,
      name,
      grants: grants === null ? this.#administrator() : readGrants(grants),
    };
  }

  #administrator(): Grants {
    return this.#tenants().map((tenant) => ({
      tenant,
      roles: ['administrator'],
      bodies: 'all',
      confidential: false,
    }));
  }

  async #mayTry(login: string | null, from: string): Promise<number> {
    return isBusy() ? 1 : this.#throttle.attempt(login, from);
  }

  #at(milliseconds: number): string {
    return new Date(this.#now() + milliseconds).toISOString();
  }
}

/** Whether a password may be chosen: long enough, and not endless. */
export const isAcceptable = (password: string): boolean =>
  password.length >= SHORTEST_PASSWORD && password.length <= LONGEST_PASSWORD;
