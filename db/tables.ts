/** The tables. Instants are RFC 3339 in UTC, dates `YYYY-MM-DD`, both as text; JSON is canonical text (RFC 8785). */
import type { Generated, Kysely, Transaction } from 'kysely';

export interface ActorTable {
  id: string;
  chart: string;
  chart_version: number;
  /** Hash of the definition that the actor is pinned to. */
  chart_hash: string;
  parent: string | null;
  root: string;
  tenant: string;
  /** Entries in the actor's log. */
  version: number;
  snapshot: string;
  /** Hash of the actor's last entry: the head of its chain. */
  head: string;
  title: string;
  number: string | null;
  body: string | null;
  /** Active leaf states, comma separated: for lists. */
  state: string;
  ended: number;
  /** 1 for a record that is marked confidential. */
  confidential: number;
  created_at: string;
  updated_at: string;
  /** When the first of its deadlines falls due; `~`, which sorts after every instant, where none runs. */
  due_at: string;
}

export interface EntryTable {
  seq: number;
  actor: string;
  version: number;
  root: string;
  tenant: string;
  command: string;
  at: string;
  type: string;
  payload: string;
  meta: string;
  step: string;
  /** Null for an entry that is redacted: then `content` is what its payload and meta were committed to. */
  salt: string | null;
  content: string | null;
  prev: string;
  hash: string;
}

export interface SealTable {
  number: number;
  last: number;
  at: string;
  prev: string;
  hash: string;
}

export interface DeadlineTable {
  actor: string;
  /** State path and name: a deadline is that of one state. */
  state: string;
  name: string;
  tenant: string;
  root: string;
  /** The actor's version that set it. */
  epoch: number;
  due_at: string;
  /** The last day, for people. */
  last_day: string;
  /** Why firing it failed, or null. */
  failure: string | null;
}

export interface OutboxTable {
  seq: Generated<number>;
  id: string;
  actor: string;
  tenant: string;
  topic: string;
  payload: string;
  created_at: string;
}

export interface ReplyTable {
  /** Who sent the key, and the key. */
  scope: string;
  key: string;
  fingerprint: string;
  reply: string;
  created_at: string;
}

export interface ReceiptTable {
  integration: string;
  message: string;
  tenant: string;
  received_at: string;
  /** The body as received, kept as a received document. */
  body: string;
  /** As those of an entry. */
  salt: string | null;
  content: string | null;
  /** What became of it. */
  result: string;
  /** The number of the seal that covers it. */
  seal: number;
}

export interface SeriesTable {
  name: string;
  last: number;
}

export interface DefinitionTable {
  name: string;
  version: number;
  hash: string;
  data: string;
  created_at: string;
}

export interface RouteTable {
  number: number;
  municipality: string;
  name: string;
  version: number;
  hash: string;
  data: string;
  published_at: string;
  published_by: string;
  prev: string;
  record: string;
}

export interface InstallationTable {
  name: string;
  value: string;
}

export interface SessionTable {
  /** SHA-256 of the cookie. */
  hash: string;
  id: string;
  person: string;
  name: string;
  grants: string;
  agent: string;
  /** The identity provider's ID token: it is shown to the provider when its user logs out there too. */
  provider_token: string | null;
  created_at: string;
  used_at: string;
  ends_at: string;
}

export interface TokenTable {
  /** SHA-256 of the token. */
  hash: string;
  id: string;
  name: string;
  tenant: string;
  grants: string;
  /** The identity that issued it. */
  issuer: string;
  created_by: string;
  created_at: string;
  ends_at: string;
  revoked_at: string | null;
  used_at: string | null;
}

export interface AccountTable {
  login: string;
  name: string;
  /** Null for the administrator of every municipality. */
  grants: string | null;
  /** scrypt, with its parameters and its salt; null until its owner has chosen one. */
  password: string | null;
  /** SHA-256 of the code by which a password may be chosen once. */
  code_hash: string | null;
  code_ends_at: string | null;
  created_at: string;
}

export interface RightsChangeTable {
  number: number;
  at: string;
  /** Who made it: an identity, and what it is called. */
  author: string;
  author_name: string;
  way: string;
  kind: string;
  subject: string;
  /** JSON list of the municipalities that it concerns; null for every one, and for none in particular. */
  municipalities: string | null;
  act: string;
  before: string | null;
  after: string;
  prev: string;
  hash: string;
}

export interface AttemptTable {
  /** SHA-256 of an account's name or of an address. */
  subject: string;
  failures: number;
  until: string;
  forget_at: string;
}

/** A word by which a record is found. */
export interface TermTable {
  record: string;
  kind: 'text' | 'recipient';
  /** Folded, see `fold.ts`. */
  word: string;
  tenant: string;
}

/** On PostgreSQL only: the last number that a table has ever had. SQLite keeps its own. */
export interface LastEverTable {
  name: string;
  last: number;
}

export interface SubscriptionTable {
  id: string;
  tenant: string;
  name: string;
  url: string;
  /** JSON lists; an empty one is all. */
  events: string;
  bodies: string;
  routes: string;
  recipient: string | null;
  /** JSON list of sealed secrets, the newest first. */
  secrets: string;
  /** The sealed private key of `v1a`. */
  signing_key: string;
  /** The place in the log up to which it has been heard. */
  heard: number;
  state: string;
  /** Why it is disabled. */
  reason: string | null;
  failing_since: string | null;
  succeeded_at: string | null;
  created_at: string;
  created_by: string;
}

export interface DeliveryTable {
  seq: Generated<number>;
  /** The `webhook-id`. */
  id: string;
  subscription: string;
  tenant: string;
  /** The record: deliveries of one record are in order. */
  root: string;
  actor: string;
  type: string;
  /** As it is sent, byte for byte. */
  body: string;
  state: string;
  attempts: number;
  due_at: string;
  /** Until when a process has it in hand. */
  claimed_until: string | null;
  /** JSON list of the attempts. */
  tries: string;
  created_at: string;
  settled_at: string | null;
  resent_by: string | null;
}

export interface IntegrationTable {
  name: string;
  tenant: string;
  label: string;
  secrets: string;
  events: string;
  mapping: string | null;
  state: string;
  created_at: string;
  created_by: string;
  changed_at: string;
  changed_by: string;
}

export interface RedeliveryTable {
  seq: Generated<number>;
  integration: string;
  message: string;
  at: string;
  sent_by: string;
  result: string;
}

export interface MovePlanTable {
  id: string;
  /** SHA-256 over the data. */
  hash: string;
  data: string;
  published_at: string;
  published_by: string;
}

export interface MoveBatchTable {
  plan: string;
  number: number;
  /** Who sent the key, and the key. */
  scope: string;
  key: string;
  started_at: string;
  started_by: string;
  /** The record after which it begins; empty for the first of all. */
  after: string;
  /** Null while it runs, and for one that was interrupted. */
  finished_at: string | null;
  result: string | null;
}

/** On PostgreSQL only: work that one server at a time does. */
export interface ClaimTable {
  work: string;
}

export interface Tables {
  subscription: SubscriptionTable;
  delivery: DeliveryTable;
  integration: IntegrationTable;
  redelivery: RedeliveryTable;
  actor: ActorTable;
  entry: EntryTable;
  seal: SealTable;
  deadline: DeadlineTable;
  outbox: OutboxTable;
  reply: ReplyTable;
  receipt: ReceiptTable;
  series: SeriesTable;
  definition: DefinitionTable;
  route: RouteTable;
  move_plan: MovePlanTable;
  move_batch: MoveBatchTable;
  installation: InstallationTable;
  session: SessionTable;
  token: TokenTable;
  account: AccountTable;
  rights_change: RightsChangeTable;
  attempt: AttemptTable;
  term: TermTable;
  last_ever: LastEverTable;
  claim: ClaimTable;
}

export type Db = Kysely<Tables>;
export type Trx = Transaction<Tables>;
