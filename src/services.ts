/** What the API and the pages are built on; put together once, when the process starts. */
import type { Logger } from 'pino';
import type { Database } from '../db/open.ts';
import type { Municipality } from '../machines/municipalities/municipality.ts';
import type { Grants } from './access/grant.ts';
import type { Bell } from './background/bell.ts';
import type { Catalogue, Proof } from './engine/catalogue.ts';
import type { Engine } from './engine/engine.ts';
import type { Moves } from './engine/moves/moves.ts';
import type { People } from './identity/people.ts';
import type { Tokens } from './identity/tokens.ts';
import type { Feed } from './views/feed.ts';
import type { Archive } from './views/source.ts';
import type { Courier } from './webhooks/courier.ts';
import type { Setting as Incoming } from './webhooks/integrations.ts';
import type { Setting as Outgoing } from './webhooks/subscriptions.ts';

/** Whoever sends requests: a person, or another system that speaks for itself. */
export interface Identity {
  /** Stable and unique: what is kept for someone is kept under it. */
  readonly id: string;
  /** As the log names whoever acted. */
  readonly name: string;
  readonly origin: 'person' | 'integration';
  /** Empty for someone who is known and may nothing. */
  readonly grants: Grants;
}

/** What goes out to other systems and comes in from them. */
export interface Webhooks extends Outgoing, Incoming {
  readonly courier: Courier;
  /** Rung when there may be something to deliver. */
  readonly bell: Bell;
}

export interface Services {
  readonly engine: Engine;
  readonly db: Database;
  readonly source: Archive;
  /** What happens, for those who follow it. Closed when the server stops. */
  readonly feed: Feed;
  /** As they are now: the list itself grows as routes are published. */
  readonly municipalities: readonly Municipality[];
  readonly catalogue: Catalogue;
  /** The plans by which matters under way are moved to a new version. */
  readonly moves: Moves;
  /** What speaks against a route that is to be published. */
  readonly prove: Proof;
  /** Whoever a bearer token belongs to; null for one that opens nothing. */
  identify(token: string): Promise<Identity | null>;
  readonly tokens: Tokens;
  /** How people come in; null in the demonstration, where everyone chooses whom to be. */
  readonly people: People | null;
  /** Whom a visitor of the demonstration may choose to be, by the token that makes one so; nobody anywhere else. */
  readonly identities: ReadonlyMap<string, Identity>;
  readonly webhooks: Webhooks;
  readonly mode: 'demo' | 'live';
  /**
   * Puts the demonstration's clock forward to the morning of a local day (`YYYY-MM-DD`). What falls due on the way
   * happens, each thing at its own instant.
   * @throws Refusal `invalid` for a day that is not to come, or not within two years; `forbidden` where the clock is
   * the real one.
   */
  goToDay(day: string): Promise<void>;
  readonly log: Logger;
}
