/** Who has an account here, and who is let in or shut out: for administrators. */
import * as z from 'zod';
import type { Database } from '../../db/open.ts';
import { line } from '../../machines/events.ts';
import { type Label, saying } from '../../machines/label.ts';
import type { Grant, Grants } from '../access/grant.ts';
import { Refusal } from '../engine/refusal.ts';
import { type Author, changeRights } from '../engine/rights.ts';
import {
  changeAccount,
  closeAccount,
  findAccount,
  listAccounts,
  type StoredAccount,
} from '../store/accounts.ts';
import type { Changing } from '../store/rights.ts';
import { removeSessionsOf } from '../store/sessions.ts';
import { grantsOf, invite, personId, renewAccount } from './accounts.ts';
import { Acting, administered, admitting, assertKnown, GrantData, type Known } from './grants.ts';
import type { Person } from './sessions.ts';

/** What an administrator says of someone who is to sign in with a password. */
export const NewAccount = GrantData.omit({ acting: true }).extend({
  login: z
    .string()
    .trim()
    .toLowerCase()
    .refine(
      (it) => /^[a-z0-9][a-z0-9._@-]{1,99}$/.test(it),
      saying('2–100 tecken: a–z, siffror och . _ @ -', '2–100 characters: a–z, digits and . _ @ -'),
    )
    .meta({ sv: 'Användarnamn', en: 'User name' }),
  name: line('Namn', 'Name'),
});
export type NewAccount = z.infer<typeof NewAccount>;

/** That someone who has an account acts in another's place for a time, beside what they have themselves. */
export const Appointment = GrantData.omit({ acting: true }).extend({ acting: Acting });
export type Appointment = z.infer<typeof Appointment>;

/** An account as it is shown. */
export interface Account {
  readonly login: string;
  readonly name: string;
  readonly grants: Grants;
  /** Open: it has a password. Invited: it has a code that can be used. Closed: nobody comes in by it. */
  readonly state: 'open' | 'invited' | 'closed';
}

/** An administrator who lets people in or shuts them out. */
export interface Administrator extends Person, Author {}

export class Admission {
  readonly #db: Database;
  readonly #now: () => number;
  readonly #known: Known;

  /** @param now epoch milliseconds. */
  constructor(db: Database, now: () => number, known: Known) {
    this.#db = db;
    this.#now = now;
    this.#known = known;
  }

  /** The accounts that have a commission in a municipality which someone administers, by their names. */
  async list(by: Person): Promise<Account[]> {
    const accounts = (await listAccounts(this.#db.reader)).map((it) => this.#accountOf(it));
    return accounts.filter((it) => sees(by, it));
  }

  /**
   * Lets someone in.
   * @returns the one-time code by which they choose a password, shown once.
   * @throws Refusal `invalid` for what names something that there is not, `forbidden` for a municipality where one lets
   * nobody in, `exists` for a name that is taken.
   */
  async add({ login, name, ...grant }: NewAccount, by: Administrator): Promise<string> {
    this.#assertMayGive(by, grant);
    const account = { login, name, grants: JSON.stringify([grant]) };
    const code = await this.#changing(by, (it) => invite(it, account, this.#now()));
    if (code === null) throw new Refusal('exists', taken);
    return code;
  }

  /**
   * Gives an account another name, and another commission in place of what it had; those in another's place stay.
   * Whoever is signed in by it signs in anew.
   * @throws Refusal as `add` and `renew` do.
   */
  change({ login, name, ...grant }: NewAccount, by: Administrator): Promise<void> {
    return this.#give(login, by, ({ grants }) => {
      this.#assertMayGive(by, grant);
      return { name, grants: [grant, ...grants.filter((it) => it.acting)] };
    });
  }

  /**
   * Lets someone act in another's place from a day to another; then it ends by itself. What has ended is forgotten here:
   * in whose place an act was done is in the log.
   * @throws Refusal as `add` and `renew` do.
   */
  appoint(login: string, appointment: Appointment, by: Administrator): Promise<void> {
    return this.#give(login, by, ({ name, grants }) => {
      this.#assertMayGive(by, appointment);
      const today = new Date(this.#now()).toISOString().slice(0, 10);
      const kept = grants.filter(({ acting }) => !acting || acting.to >= today);
      return { name, grants: [...kept, appointment] };
    });
  }

  /**
   * Ends at once what someone does in another's place.
   * @throws Refusal `notFound` for an account that is not seen; `forbidden` for one's own, and for one that has a
   * commission elsewhere too.
   */
  dismiss(login: string, by: Administrator): Promise<void> {
    return this.#give(login, by, ({ name, grants }) => ({ name, grants: grants.filter((it) => !it.acting) }));
  }

  #give(login: string, by: Administrator, given: (account: Account) => Given): Promise<void> {
    return this.#changing(by, async (changing) => {
      const { name, grants } = given(await this.#handled(changing, login, by));
      await changeAccount(changing, login, { name, grants: JSON.stringify(grants) });
      await removeSessionsOf(changing.trx, personId(login));
    });
  }

  /**
   * Takes an account's password and sessions.
   * @returns a one-time code by which another password is chosen.
   * @throws Refusal `notFound` for an account that is not seen; `forbidden` for one's own, for one that has a commission
   * elsewhere too, and for whoever lets nobody in there.
   */
  renew(login: string, by: Administrator): Promise<string> {
    return this.#changing(by, async (changing) => {
      const { grants } = await this.#handled(changing, login, by);
      for (const { tenant } of grants) assertAdmits(by, tenant);
      return renewAccount(changing, login, this.#now());
    });
  }

  /** Shuts someone out at once, until their account is given a new code. @throws Refusal as `dismiss` does. */
  close(login: string, by: Administrator): Promise<void> {
    return this.#changing(by, async (changing) => {
      await this.#handled(changing, login, by);
      await closeAccount(changing, login);
      await removeSessionsOf(changing.trx, personId(login));
    });
  }

  #changing<T>(by: Administrator, change: (it: Changing) => Promise<T>): Promise<T> {
    return changeRights(this.#db, by, new Date(this.#now()).toISOString(), change);
  }

  /** The account, where it may be handled. */
  async #handled({ trx }: Changing, login: string, by: Person): Promise<Account> {
    const stored = await findAccount(trx, login);
    const account = stored && this.#accountOf(stored);
    if (!account || !sees(by, account)) throw new Refusal('notFound', absent);
    if (personId(login) === by.id) throw new Refusal('forbidden', own);
    if (!account.grants.every(({ tenant }) => administered(by.grants).includes(tenant)))
      throw new Refusal('forbidden', elsewhere);
    return account;
  }

  #assertMayGive(by: Person, grant: Grant): void {
    assertAdmits(by, grant.tenant);
    assertKnown(grant, this.#known, strange);
  }

  #accountOf({ login, name, grants, password, codeEndsAt }: StoredAccount): Account {
    const isInvited = codeEndsAt !== null && Date.parse(codeEndsAt) > this.#now();
    return {
      login,
      name,
      grants: grantsOf(grants, this.#known.municipalities),
      state: password !== null ? 'open' : isInvited ? 'invited' : 'closed',
    };
  }
}

type Given = Pick<Account, 'name' | 'grants'>;

const sees = (by: Person, { grants }: Account): boolean =>
  grants.some(({ tenant }) => administered(by.grants).includes(tenant));

function assertAdmits({ grants }: Person, tenant: string): void {
  if (!administered(grants).includes(tenant)) throw new Refusal('forbidden', elsewhere);
  if (!admitting(grants).includes(tenant)) throw new Refusal('forbidden', notOwn);
}

const strange: Label = {
  sv: 'Kontot pekar på något som inte finns.',
  en: 'The account names something that there is not.',
};
const taken: Label = { sv: 'Användarnamnet är upptaget.', en: 'The user name is taken.' };
const absent: Label = { sv: 'Det finns inget sådant konto.', en: 'There is no such account.' };
const own: Label = {
  sv: 'Det egna kontot handhas av en annan administratör.',
  en: "One's own account is handled by another administrator.",
};
const notOwn: Label = {
  sv: 'Den som administrerar i någon annans ställe, eller bara för vissa händelser, släpper inte in någon.',
  en: "Whoever administers in another's place, or for some events only, lets nobody in.",
};
const elsewhere: Label = {
  sv: 'Bara den som administrerar kommunen handhar dess konton.',
  en: 'Only whoever administers the municipality handles its accounts.',
};
