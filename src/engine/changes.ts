/** What a group of commands, or one command of it, wants to write. Nothing here touches the database. */
import type { DeadlineKey } from '../store/deadlines.ts';
import type { Entry } from '../store/entries.ts';
import type { OutboxMessage } from '../store/outbox.ts';
import type { Receipt } from '../store/receipts.ts';
import type { Reply } from '../store/replies.ts';
import type { Actor, Applied } from './actor.ts';

/**
 * A layer of changes over another layer. A command works on a layer of its own; it is laid onto the group's
 * when the command succeeds, and dropped when it is refused.
 */
export class Changes {
  readonly #under: Changes | null;
  readonly actors = new Map<string, Actor>();
  readonly entries: Entry[] = [];
  readonly touchedDeadlines = new Map<string, DeadlineKey>();
  readonly outbox: OutboxMessage[] = [];
  readonly replies = new Map<string, Reply>();
  readonly receipts = new Map<string, Receipt>();
  readonly series = new Map<string, number>();

  constructor(under: Changes | null = null) {
    this.#under = under;
  }

  get isEmpty(): boolean {
    return this.entries.length === 0 && this.receipts.size === 0;
  }

  actor(id: string): Actor | null {
    return this.actors.get(id) ?? this.#under?.actor(id) ?? null;
  }

  reply(scope: string, key: string): Reply | null {
    return this.replies.get(`${scope}\n${key}`) ?? this.#under?.reply(scope, key) ?? null;
  }

  receipt(integration: string, message: string): Receipt | null {
    return this.receipts.get(`${integration}\n${message}`) ?? this.#under?.receipt(integration, message) ?? null;
  }

  lastInSeries(name: string): number | null {
    return this.series.get(name) ?? this.#under?.lastInSeries(name) ?? null;
  }

  record({ actor, entry, step }: Applied): void {
    this.actors.set(actor.self.id, actor);
    this.entries.push(entry);
    for (const { state, name } of step.deadlines)
      this.touchedDeadlines.set(`${actor.self.id}\n${state}\n${name}`, { actor: actor.self.id, state, name });
  }

  addReply(reply: Reply): void {
    this.replies.set(`${reply.scope}\n${reply.key}`, reply);
  }

  addReceipt(receipt: Receipt): void {
    this.receipts.set(`${receipt.integration}\n${receipt.message}`, receipt);
  }

  /** Lays a command's layer onto this one. */
  absorb(layer: Changes): void {
    for (const [id, actor] of layer.actors) this.actors.set(id, actor);
    for (const [id, key] of layer.touchedDeadlines) this.touchedDeadlines.set(id, key);
    for (const [id, reply] of layer.replies) this.replies.set(id, reply);
    for (const [id, receipt] of layer.receipts) this.receipts.set(id, receipt);
    for (const [name, last] of layer.series) this.series.set(name, last);
    this.entries.push(...layer.entries);
    this.outbox.push(...layer.outbox);
  }
}
