/**
 * Slows down whoever guesses. Counted for each account and for each address, in the database: a restart forgets
 * nothing, and several servers count together. An attempt is counted before it is tried, so that of many at the same
 * time only one is; when it succeeds it is given back, and nothing is left of the account's others. Those of the address
 * are: whoever guesses from there may well have an account of their own.
 */
import type { Db } from '../../db/tables.ts';
import {
  type Attempts,
  addAttempts,
  findAttempts,
  forgetAttempts,
  giveBack,
  raiseAttempts,
} from '../store/attempts.ts';
import { hashOf } from './secret.ts';

/** How often it may fail without a wait, and the longest wait in seconds; each failure more doubles it from one. */
interface Patience {
  readonly free: number;
  readonly longest: number;
}

/** A minute at most: whoever has it fail on purpose does not lock its owner out, and 1,440 guesses a day are none. */
const account: Patience = { free: 5, longest: 60 };
/** An office may share an address. A quarter of an hour: one address tries many accounts. */
const address: Patience = { free: 20, longest: 900 };
/** How long a failure counts, in seconds. */
const MEMORY = 24 * 3600;

export class Throttle {
  readonly #db: Db;
  readonly #now: () => number;

  /** @param now epoch milliseconds. */
  constructor(db: Db, now: () => number) {
    this.#db = db;
    this.#now = now;
  }

  /**
   * Counts an attempt.
   * @param login the account; null where none is named, as with a one-time code.
   * @returns how many seconds to wait with it; 0 when it may be tried now.
   */
  async attempt(login: string | null, from: string): Promise<number> {
    const subjects: [string, Patience][] = [[`address ${from}`, address]];
    if (login !== null) subjects.push([`account ${login}`, account]);
    for (const [subject, patience] of subjects) {
      const wait = await this.#count(hashOf(subject), patience);
      if (wait > 0) return wait;
    }
    return 0;
  }

  /** Forgets the failures of an account that its owner came in to, that attempt from the address, and what is old. */
  async succeeded(login: string, from: string): Promise<void> {
    const now = this.#at(0);
    await giveBack(this.#db, hashOf(`address ${from}`), now);
    await forgetAttempts(this.#db, { now, subjects: [hashOf(`account ${login}`)] });
  }

  async #count(subject: string, { free, longest }: Patience): Promise<number> {
    const now = this.#at(0);
    const [known] = await findAttempts(this.#db, [subject]);
    const before = known && known.forgetAt > now ? known : null;
    if (before && before.until > now) return secondsBetween(now, before.until);
    const failures = (before?.failures ?? 0) + 1;
    const wait = failures < free ? 0 : Math.min(2 ** (failures - free), longest);
    const next: Attempts = { subject, failures, until: this.#at(wait), forgetAt: this.#at(MEMORY) };
    const counted = await (known ? raiseAttempts(this.#db, known, next) : addAttempts(this.#db, next));
    // Another attempt was counted meanwhile: that one is tried.
    return counted ? 0 : 1;
  }

  #at(seconds: number): string {
    return new Date(this.#now() + seconds * 1000).toISOString();
  }
}

const secondsBetween = (from: string, to: string): number =>
  Math.ceil((Date.parse(to) - Date.parse(from)) / 1000);
