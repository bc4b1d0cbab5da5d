/** Who is signed in with which browser. The cookie is a secret; what it stands for is kept here, and can be ended. */
import { randomUUID } from 'node:crypto';
import type { Logger } from 'pino';
import type { Database } from '../../db/open.ts';
import type { Grants } from '../access/grant.ts';
import {
  addSession,
  findSession,
  forgetSessions,
  listSessions,
  removeSession,
  removeSessionsOf,
  type StoredSession,
  sessionUsed,
} from '../store/sessions.ts';
import { readGrants } from './grants.ts';
import { hashOf, newSecret } from './secret.ts';
import { Uses } from './uses.ts';

/** A person, as they came in: by the identity provider or by a password. */
export interface Person {
  /** Stable and unique. */
  readonly id: string;
  readonly name: string;
  readonly grants: Grants;
}

export interface Session {
  /** By which it can be ended; it opens nothing. */
  readonly id: string;
  readonly person: Person;
  /** What the browser calls itself. */
  readonly agent: string;
  readonly providerToken: string | null;
  /** RFC 3339, as those that follow. */
  readonly createdAt: string;
  /** The last use, to the minute. */
  readonly usedAt: string;
  readonly endsAt: string;
}

/** A working day, in milliseconds: what someone may is read anew at least once a day. */
const LONGEST = 12 * 3_600_000;
/** An unattended browser is left signed in this long, in milliseconds. */
const IDLE = 3_600_000;
const LONGEST_AGENT = 200;

interface Beginning {
  /** What the browser calls itself. */
  readonly agent: string;
  /** The cookie that the browser had: its session ends. */
  readonly previous: string | undefined;
  readonly providerToken?: string;
}

export class Sessions {
  readonly #db: Database;
  readonly #now: () => number;
  readonly #uses: Uses;

  /** @param now epoch milliseconds. */
  constructor(db: Database, now: () => number, log: Logger) {
    this.#db = db;
    this.#now = now;
    this.#uses = new Uses(now, log);
  }

  /**
   * Signs a person in. The cookie is always a new one, whatever the browser had: nobody can have put it there before.
   * @returns the cookie.
   */
  async begin({ id, name, grants }: Person, { agent, previous, providerToken }: Beginning): Promise<string> {
    const cookie = newSecret();
    const now = this.#at(0);
    if (previous !== undefined) await this.end(previous);
    await forgetSessions(this.#db.writer, { endedBy: now, unusedSince: this.#at(-IDLE) });
    await addSession(this.#db.writer, {
      hash: hashOf(cookie),
      id: randomUUID(),
      person: id,
      name,
      grants: JSON.stringify(grants),
      agent: agent.slice(0, LONGEST_AGENT).toWellFormed(),
      providerToken: providerToken ?? null,
      createdAt: now,
      usedAt: now,
      endsAt: this.#at(LONGEST),
    });
    return cookie;
  }

  /** The session of a cookie; null for one that is none, has ended, or was left alone too long. */
  async find(cookie: string): Promise<Session | null> {
    const stored = await findSession(this.#db.reader, hashOf(cookie));
    if (!stored || !this.#runs(stored)) return null;
    this.#uses.seen(stored.hash, stored.usedAt, (at) => sessionUsed(this.#db.writer, stored.hash, at));
    return sessionOf(stored);
  }

  /** The sessions that run: of one person, or of everyone; the newest first. */
  async list(person?: string): Promise<Session[]> {
    return (await listSessions(this.#db.reader, person)).filter((it) => this.#runs(it)).map(sessionOf);
  }

  /** Ends the session of a cookie. */
  async end(cookie: string): Promise<void> {
    await removeSession(this.#db.writer, { hash: hashOf(cookie) });
  }

  /** Ends a session by its id. */
  async revoke(id: string): Promise<void> {
    await removeSession(this.#db.writer, { id });
  }

  /** Ends every session of a person. */
  async revokeAll(person: string): Promise<void> {
    await removeSessionsOf(this.#db.writer, person);
  }

  /** Waits for what is being written. */
  settled(): Promise<void> {
    return this.#uses.settled();
  }

  #runs({ endsAt, usedAt }: StoredSession): boolean {
    return endsAt > this.#at(0) && usedAt > this.#at(-IDLE);
  }

  #at(milliseconds: number): string {
    return new Date(this.#now() + milliseconds).toISOString();
  }
}

const sessionOf = ({ hash: _, person, name, grants, ...rest }: StoredSession): Session => ({
  ...rest,
  person: { id: person, name, grants: readGrants(grants) },
});
