/** The tokens by which other systems speak for themselves (RFC 6750): shown once, kept as hashes, each with an end. */
import { randomUUID } from 'node:crypto';
import type { Logger } from 'pino';
import * as z from 'zod';
import type { Database } from '../../db/open.ts';
import type { Label } from '../../machines/label.ts';
import { covers, type Grant, type Grants } from '../access/grant.ts';
import { Refusal } from '../engine/refusal.ts';
import { type Author, changeRights } from '../engine/rights.ts';
import type { Changing } from '../store/rights.ts';
import {
  addToken,
  findToken,
  listTokens,
  revokeToken,
  type StoredToken,
  tokensIssuedBy,
  tokenUsed,
} from '../store/tokens.ts';
import { administered, assertKnown, GrantData, type Known, readGrants } from './grants.ts';
import { hashOf, newSecret } from './secret.ts';
import { Uses } from './uses.ts';

/** So that a token that has got where it should not be is found by whoever looks for such. */
const PREFIX = 'ag_';
/** What a system is trusted with is thought over once a year. */
const LONGEST_DAYS = 366;
const DAY = 24 * 3_600_000;

/** What is asked for: what the token is for, in which municipality, and for how long. */
export const NewToken = GrantData.omit({ acting: true }).extend({
  name: z.string().trim().min(1).max(100).meta({ sv: 'Namn', en: 'Name' }),
  days: z.int().min(1).max(LONGEST_DAYS).meta({ sv: 'Dagar', en: 'Days' }).default(90),
});
export type NewToken = z.infer<typeof NewToken>;

/** A token as it is shown: never itself. Instants are RFC 3339. */
export interface Token {
  readonly id: string;
  readonly name: string;
  readonly grant: Grant;
  readonly createdBy: string;
  readonly createdAt: string;
  readonly endsAt: string;
  readonly revokedAt: string | null;
  /** The last use, to the minute; null for one that was never used. */
  readonly usedAt: string | null;
}

/** Whoever makes, lists or revokes tokens. Null grants: whoever has the database itself may anything. */
export interface Issuer extends Author {
  readonly grants: Grants | null;
}

export class Tokens {
  readonly #db: Database;
  readonly #known: Known;
  readonly #now: () => number;
  readonly #uses: Uses;

  /** @param now epoch milliseconds. */
  constructor(db: Database, known: Known, now: () => number, log: Logger) {
    this.#db = db;
    this.#known = known;
    this.#now = now;
    this.#uses = new Uses(now, log);
  }

  /** Whoever a token belongs to; null for one that nobody has, that was revoked, or that has ended. */
  async identify(token: string): Promise<{ id: string; name: string; grants: Grants } | null> {
    if (!token.startsWith(PREFIX)) return null;
    const stored = await findToken(this.#db.reader, { hash: hashOf(token) });
    if (!stored || stored.revokedAt !== null || stored.endsAt <= this.#at(0)) return null;
    this.#uses.seen(stored.hash, stored.usedAt, (at) => tokenUsed(this.#db.writer, stored.hash, at));
    return { id: identityOf(stored.id), name: stored.name, grants: readGrants(stored.grants) };
  }

  /**
   * Makes a token.
   * @returns it, which is never shown again, and what it is.
   * @throws Refusal `invalid` for what names something that there is not, `forbidden` for more than its issuer may.
   */
  async create(
    { name, days, ...grant }: NewToken,
    issuer: Issuer,
  ): Promise<{ secret: string; token: Token }> {
    assertAdministers(issuer, grant.tenant);
    assertKnown(grant, this.#known, invalid);
    if (issuer.grants && !covers(issuer.grants, grant)) throw new Refusal('forbidden', tooMuch);
    const secret = newSecret(PREFIX);
    const stored: StoredToken = {
      hash: hashOf(secret),
      id: randomUUID(),
      name,
      tenant: grant.tenant,
      grants: JSON.stringify([grant]),
      issuer: issuer.id,
      createdBy: issuer.name,
      createdAt: this.#at(0),
      endsAt: this.#at(days * DAY),
      revokedAt: null,
      usedAt: null,
    };
    await changeRights(this.#db, issuer, stored.createdAt, (it) => addToken(it, stored));
    return { secret, token: tokenOf(stored) };
  }

  /** The tokens of the municipalities that someone administers, the newest first. */
  async list({ grants }: Issuer): Promise<Token[]> {
    return (await listTokens(this.#db.reader, grants ? administered(grants) : undefined)).map(tokenOf);
  }

  /**
   * Revokes a token, and those that were issued by it: they open nothing from the next request on.
   * @throws Refusal `notFound`, also for a token of a municipality that someone else administers.
   */
  revoke(id: string, issuer: Issuer): Promise<Token> {
    const { grants } = issuer;
    const at = this.#at(0);
    return changeRights(this.#db, issuer, at, async (changing) => {
      const stored = await findToken(changing.trx, { id });
      if (!stored || (grants && !administered(grants).includes(stored.tenant)))
        throw new Refusal('notFound', {
          sv: `Det finns ingen nyckel ${id} här.`,
          en: `There is no token ${id} here.`,
        });
      await revokeWithIssued(changing, id, at);
      return tokenOf({ ...stored, revokedAt: stored.revokedAt ?? at });
    });
  }

  /** Waits for what is being written. */
  settled(): Promise<void> {
    return this.#uses.settled();
  }

  #at(milliseconds: number): string {
    return new Date(this.#now() + milliseconds).toISOString();
  }
}

async function revokeWithIssued(changing: Changing, id: string, at: string): Promise<void> {
  await revokeToken(changing, id, at);
  for (const issued of await tokensIssuedBy(changing.trx, identityOf(id)))
    await revokeWithIssued(changing, issued, at);
}

/** As whom a token acts. */
const identityOf = (id: string): string => `token:${id}`;

/** @throws Refusal `forbidden`. */
function assertAdministers({ grants }: Issuer, tenant: string): void {
  if (grants && !administered(grants).includes(tenant)) throw new Refusal('forbidden', notTheirs);
}

const notTheirs: Label = {
  sv: 'Bara den som administrerar kommunen hanterar dess nycklar.',
  en: 'Only whoever administers the municipality handles its tokens.',
};
const tooMuch: Label = {
  sv: 'En nyckel får inte kunna mer än den som utfärdar den.',
  en: 'A token may not do more than whoever issues it.',
};
const invalid: Label = {
  sv: 'Nyckeln pekar på något som inte finns.',
  en: 'The token names something that there is not.',
};

function tokenOf({ hash: _, tenant: __, issuer: ___, grants, ...rest }: StoredToken): Token {
  const [grant] = readGrants(grants);
  if (!grant) throw new Error(`token ${rest.id} has no grant`);
  return { ...rest, grant };
}
