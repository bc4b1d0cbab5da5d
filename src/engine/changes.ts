/** What a group of commands, or one command of it, wants to write. Nothing here touches the database. */
import type { StoredActor } from '../store/actors.ts';
import { type Deadline, type DeadlineKey, sameDeadline } from '../store/deadlines.ts';
import type { Entry } from '../store/entries.ts';
import type { OutboxMessage } from '../store/outbox.ts';
import type { Receipt } from '../store/receipts.ts';
import type { Redaction } from '../store/redactions.ts';
import type { Reply } from '../store/replies.ts';
import type { Term } from '../store/terms.ts';
import type { Actor } from './actor.ts';
import type { Applied } from './applied.ts';
import { Refusal } from './refusal.ts';

/** What is known: what is stored, or what lies over it. */
export interface Ground {
  actor(id: string): Promise<Actor | null>;
  /** What a key has been answered, as far as that is known before the group is written. */
  reply(scope: string, key: string): Promise<Reply | null>;
  receipt(integration: string, message: string): Promise<Receipt | null>;
  /** The place of the last entry in the log of the database; 0 for none. */
  lastSeq(): Promise<number>;
  /** The number that the next seal will have. */
  nextSeal(): Promise<number>;
  /** The last number given in a series; 0 for a new one. */
  lastInSeries(name: string): Promise<number>;
  /**
   * The record that has a registry number, in a municipality or, for null, in any. One that gives its number up
   * in a group holds it until the group is written.
   */
  holder(number: string, tenant: string | null): Promise<string | null>;
}

interface Taken {
  readonly id: string;
  readonly tenant: string;
  readonly number: string;
}

/**
 * A layer of changes over what is known. A command works on a layer of its own; it is laid onto the group's when
 * the command succeeds, and dropped when it is refused.
 */
export class Changes implements Ground {
  readonly #under: Ground;
  /** As they are now, whether there is something to write or not. */
  readonly actors = new Map<string, Actor>();
  readonly stored = new Map<string, StoredActor>();
  readonly entries: Entry[] = [];
  readonly deadlines = new Map<string, DeadlineKey>();
  readonly outbox: OutboxMessage[] = [];
  readonly replies = new Map<string, Reply>();
  readonly receipts = new Map<string, Receipt>();
  readonly series = new Map<string, number>();
  readonly terms: Term[] = [];
  readonly redactions: Redaction[] = [];
  /** Characters of the snapshots that were made, one that was made again among them. */
  size = 0;
  readonly #numbers: Taken[] = [];

  constructor(under: Ground) {
    this.#under = under;
  }

  get isEmpty(): boolean {
    return this.entries.length === 0 && this.receipts.size === 0 && this.deadlines.size === 0;
  }

  async actor(id: string): Promise<Actor | null> {
    return this.actors.get(id) ?? this.#under.actor(id);
  }

  async reply(scope: string, key: string): Promise<Reply | null> {
    return this.replies.get(`${scope}\n${key}`) ?? this.#under.reply(scope, key);
  }

  async receipt(integration: string, message: string): Promise<Receipt | null> {
    return this.receipts.get(`${integration}\n${message}`) ?? this.#under.receipt(integration, message);
  }

  async lastSeq(): Promise<number> {
    return (await this.#under.lastSeq()) + this.entries.length;
  }

  nextSeal(): Promise<number> {
    return this.#under.nextSeal();
  }

  async lastInSeries(name: string): Promise<number> {
    return this.series.get(name) ?? this.#under.lastInSeries(name);
  }

  async holder(number: string, tenant: string | null): Promise<string | null> {
    return this.taker(number, tenant) ?? this.#under.holder(number, tenant);
  }

  /** The record that has taken a registry number here. */
  taker(number: string, tenant: string | null): string | null {
    const taken = this.#numbers.find(
      (it) => it.number === number && (tenant === null || it.tenant === tenant),
    );
    return taken?.id ?? null;
  }

  /** @throws Refusal `exists` when the step takes a registry number that another record has. */
  async record({ actor, stored, entry, deadlines, takes, terms }: Applied): Promise<void> {
    if (takes !== null) await this.#takeNumber({ id: stored.id, tenant: stored.tenant, number: takes });
    this.actors.set(stored.id, actor);
    this.stored.set(stored.id, stored);
    this.entries.push(entry);
    this.size += stored.snapshot.length;
    this.terms.push(...terms);
    for (const { state, name } of deadlines) this.#touch({ actor: stored.id, state, name });
  }

  /** Keeps a deadline from being fired again, with the reason, for people to see. */
  setAside(actor: Actor, deadline: DeadlineKey, failure: string): void {
    const marked = (it: Deadline): Deadline => (sameDeadline(it, deadline) ? { ...it, failure } : it);
    this.actors.set(actor.self.id, { ...actor, deadlines: actor.deadlines.map(marked) });
    this.#touch(deadline);
  }

  addReply(reply: Reply): void {
    this.replies.set(`${reply.scope}\n${reply.key}`, reply);
  }

  addReceipt(receipt: Receipt): void {
    this.receipts.set(`${receipt.integration}\n${receipt.message}`, receipt);
  }

  /** Lays a layer onto this one. */
  absorb(layer: Changes): void {
    for (const [id, actor] of layer.actors) this.actors.set(id, actor);
    for (const [id, stored] of layer.stored) this.stored.set(id, stored);
    for (const [id, key] of layer.deadlines) this.deadlines.set(id, key);
    for (const [id, reply] of layer.replies) this.replies.set(id, reply);
    for (const [id, receipt] of layer.receipts) this.receipts.set(id, receipt);
    for (const [name, last] of layer.series) this.series.set(name, last);
    this.entries.push(...layer.entries);
    this.size += layer.size;
    this.outbox.push(...layer.outbox);
    this.terms.push(...layer.terms);
    this.redactions.push(...layer.redactions);
    this.#numbers.push(...layer.#numbers);
  }

  async #takeNumber(taken: Taken): Promise<void> {
    const holder = await this.holder(taken.number, taken.tenant);
    if (holder !== null && holder !== taken.id)
      throw new Refusal('exists', {
        sv: `Diarienumret ${taken.number} är redan använt.`,
        en: `The registry number ${taken.number} is already in use.`,
      });
    this.#numbers.push(taken);
  }

  /** The deadlines of a record and its parts that were set here and were due at an instant. */
  overdue(root: string, at: string): Deadline[] {
    return [...this.deadlines.values()].flatMap(({ actor: id, state, name }) => {
      const actor = this.actors.get(id);
      if (actor?.self.root !== root) return [];
      const same = (it: Deadline) => it.state === state && it.name === name;
      return actor.deadlines.filter((it) => same(it) && it.failure === null && it.dueAt <= at);
    });
  }

  /** Whether the deadline was set, cancelled or set aside. */
  touches(deadline: DeadlineKey): boolean {
    return this.deadlines.has(keyOf(deadline));
  }

  #touch(deadline: DeadlineKey): void {
    this.deadlines.set(keyOf(deadline), deadline);
  }
}

const keyOf = ({ actor, state, name }: DeadlineKey): string => `${actor}\n${state}\n${name}`;
