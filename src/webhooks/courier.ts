/**
 * Hands messages over. Each subscription is served on its own and several at once, so that a dead endpoint delays
 * nobody else; within one, the messages of one record go out one after the other, each when the one before it was
 * taken or given up. A message is delivered at least once, under the same `webhook-id` every time: whoever dies
 * between handing it over and writing so down leaves it to be sent again when its claim has run out.
 */
import type { BlockList, LookupFunction } from 'node:net';
import type { Database } from '../../db/open.ts';
import type { Engine } from '../engine/engine.ts';
import { changeRights, program } from '../engine/rights.ts';
import {
  type Attempted,
  claim,
  type Delivery,
  nextDelivery,
  noteAttempt,
  numbersDue,
  subscriptionsDue,
} from '../store/deliveries.ts';
import { newestSeal } from '../store/seals.ts';
import {
  findSubscription,
  noteFailure,
  noteSuccess,
  type Subscription,
  setState,
  subscriptionsBehind,
} from '../store/subscriptions.ts';
import { recordDispatch } from './dispatches.ts';
import { hear } from './feed.ts';
import { signWithKey } from './key.ts';
import { type Answer, post } from './post.ts';
import { waitAfter } from './schedule.ts';
import type { Sealing } from './sealing.ts';
import { sign } from './signature.ts';

/** Messages in hand at once for one endpoint, each of another record. */
const AT_ONCE = 4;
/**
 * Looked up at once: where very many wait that takes longer than to send some, and it is done where nobody who writes
 * waits for it.
 */
const LOOKED_UP = 200;
/** How long a delivery is in one hand: longer than any attempt takes. */
const CLAIM_MS = 60_000;
/** An endpoint that has taken nothing for so long is disabled: longer than a message is tried. */
const LONGEST_FAILURE_MS = 5 * 24 * 3_600_000;
/** Attempts that are shown of a delivery. */
const MOST_TRIES = 20;

export interface CourierOptions {
  readonly db: Database;
  readonly engine: Engine;
  readonly sealing: Sealing;
  /** Networks that the operator allows beside the public ones. */
  readonly allowed: BlockList;
  /** Epoch milliseconds of the real time: receivers hold our timestamps against their own clocks. */
  readonly clock?: () => number;
  /** From 0 to 1. */
  readonly random?: () => number;
  readonly lookup?: LookupFunction;
  /** Milliseconds for one attempt. */
  readonly patience?: number;
}

export class Courier {
  readonly #set: CourierOptions;
  readonly #clock: () => number;
  /** The subscriptions that are being served. */
  readonly #busy = new Map<string, Promise<number>>();
  #isStopped = false;

  constructor(options: CourierOptions) {
    this.#set = options;
    this.#clock = options.clock ?? Date.now;
  }

  /**
   * Delivers everything that is due, and waits for it.
   * @returns how many attempts were made.
   */
  async deliverDue(): Promise<number> {
    const begun = await this.startDue();
    const made = await Promise.all(new Set([...begun, ...this.#busy.values()]));
    return made.reduce((sum, it) => sum + it, 0);
  }

  /**
   * Reads the log and begins to serve the subscriptions that have something due: also while others still have much of it
   * to hear, as one does that was switched off for long.
   * @returns what comes of each that it begins to serve: how many attempts were made.
   */
  async startDue(): Promise<readonly Promise<number>[]> {
    const begun: Promise<number>[] = [];
    for (let more = true; more && !this.#isStopped; ) {
      more = await this.#hear();
      for (const id of await subscriptionsDue(this.#set.db.reader, this.now())) {
        if (this.#isStopped || this.#busy.has(id)) continue;
        const serving = this.#serve(id).finally(() => this.#busy.delete(id));
        // Whoever asked is told of what fails, when all has begun.
        serving.catch(() => {});
        this.#busy.set(id, serving);
        begun.push(serving);
      }
    }
    return begun;
  }

  /** Begins nothing more, however much waits, and finishes what is on its way. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    await Promise.allSettled(this.#busy.values());
  }

  /** When something is due next (RFC 3339), or null. */
  nextDue(): Promise<string | null> {
    return nextDelivery(this.#set.db.reader);
  }

  now(): string {
    return new Date(this.#clock()).toISOString();
  }

  /** Reads a part of the log for each that has not heard it. @returns whether there may be more. */
  async #hear(): Promise<boolean> {
    const { db, engine } = this.#set;
    const last = (await newestSeal(db.reader))?.last ?? 0;
    let more = false;
    for (const behind of await subscriptionsBehind(db.reader, last))
      if (await hear(behind, { db, engine, now: this.now() })) more = true;
    return more;
  }

  async #serve(id: string): Promise<number> {
    const { reader } = this.#set.db;
    for (let made = 0; ; ) {
      const due = await numbersDue(reader, id, { now: this.now(), limit: LOOKED_UP });
      let taken = 0;
      for (let at = 0; at < due.length; at += AT_ONCE)
        taken += await this.#serveSome(id, due.slice(at, at + AT_ONCE));
      if (taken === 0) return made;
      made += taken;
    }
  }

  /** @returns how many of the deliveries could be taken in hand. */
  async #serveSome(id: string, numbers: readonly number[]): Promise<number> {
    const { reader, writer } = this.#set.db;
    const subscription = await findSubscription(reader, id);
    if (this.#isStopped || subscription?.state !== 'active') return 0;
    const until = new Date(this.#clock() + CLAIM_MS).toISOString();
    const claimed = await claim(writer, numbers, { now: this.now(), until });
    const attempts = await Promise.allSettled(claimed.map((it) => this.#attempt(subscription, it)));
    const answers = attempts.flatMap((it) => (it.status === 'fulfilled' ? it.value : []));
    if (answers.length > 0) await this.#noteHealth(subscription, answers);
    const failed = attempts.find((it) => it.status === 'rejected');
    if (failed) throw failed.reason;
    return claimed.length;
  }

  async #attempt(subscription: Subscription, delivery: Delivery): Promise<Answer> {
    const { db, engine, allowed, lookup, patience } = this.#set;
    const headers = this.#headers(subscription, delivery);
    const way = { allowed, ...(lookup && { lookup }), ...(patience !== undefined && { patience }) };
    const answer = await post(subscription.url, headers, delivery.body, way);
    const made = this.#judge(delivery, answer, isGone(answer) && (await this.#isStillAt(subscription)));
    // First, for it is carried out once however often it is asked for.
    if (made.state !== 'waiting') await recordDispatch(engine, subscription, delivery, made);
    await noteAttempt(db.writer, delivery, made);
    return answer;
  }

  #headers({ id: of, secrets, signingKey }: Subscription, { id, body }: Delivery): Record<string, string> {
    const { sealing } = this.#set;
    const timestamp = Math.floor(this.#clock() / 1000);
    const message = { id, timestamp, body };
    const signatures = [
      ...secrets.map((it) => sign(message, sealing.open(it, of))),
      signWithKey(message, sealing.open(signingKey, of)),
    ];
    return {
      'Content-Type': 'application/cloudevents+json; charset=utf-8',
      'webhook-id': id,
      'webhook-timestamp': String(timestamp),
      'webhook-signature': signatures.join(' '),
    };
  }

  /** Whether a subscription has the address still that it had when it was read. */
  async #isStillAt({ id, url }: Subscription): Promise<boolean> {
    return (await findSubscription(this.#set.db.reader, id))?.url === url;
  }

  /** @param isLast whether nothing more is to be sent there. */
  #judge({ attempts, tries, dueAt }: Delivery, answer: Answer, isLast: boolean): Attempted {
    const at = this.now();
    const one = 'status' in answer ? { status: answer.status, failure: null } : { status: null, ...answer };
    const made = { attempts: attempts + 1, tries: [...tries, { at, ...one }].slice(-MOST_TRIES), dueAt };
    if (isTaken(answer)) return { ...made, state: 'delivered', settledAt: at };
    const wait = waitAfter(made.attempts, {
      retryAfter: 'status' in answer ? answer.retryAfter : null,
      now: this.#clock(),
      random: (this.#set.random ?? Math.random)(),
    });
    if (wait === null || isLast) return { ...made, state: 'dead', settledAt: at };
    return {
      ...made,
      state: 'waiting',
      dueAt: new Date(this.#clock() + wait).toISOString(),
      settledAt: null,
    };
  }

  /** @param answers to what was handed over at once: whoever has taken some of it works. */
  async #noteHealth({ id, url, failingSince }: Subscription, answers: readonly Answer[]): Promise<void> {
    const { writer } = this.#set.db;
    const at = this.now();
    const works = answers.some(isTaken);
    await (works ? noteSuccess : noteFailure)(writer, id, at);
    const failing = works || failingSince === null ? 0 : Date.parse(at) - Date.parse(failingSince);
    const reason = answers.some(isGone) ? 'gone' : failing >= LONGEST_FAILURE_MS ? 'failing' : null;
    if (reason === null) return;
    const isMeant = (now: Subscription) =>
      now.url === url && (reason === 'gone' || now.failingSince === failingSince);
    await changeRights(this.#set.db, program, at, (it) => setState(it, id, 'disabled', reason, isMeant));
  }
}

const isTaken = (answer: Answer): boolean =>
  'status' in answer && answer.status >= 200 && answer.status < 300;

/** The endpoint says that it is gone, and wants nothing more. */
const isGone = (answer: Answer): boolean => 'status' in answer && answer.status === 410;
