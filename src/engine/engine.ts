/**
 * The one entrance. Commands are collected while a commit is in flight, carried out one after the other on a
 * layer of changes each, written together in one transaction, and answered after it is durable.
 */
import { randomUUID } from 'node:crypto';
import type { Database } from '../../db/open.ts';
import type { Json, JsonObject } from '../../machines/chart.ts';
import type { Registry } from '../../machines/registry.ts';
import { findActor } from '../store/actors.ts';
import { deadlinesOfActors, markFailed } from '../store/deadlines.ts';
import { type Receipt, findReceipt } from '../store/receipts.ts';
import { isNumberTaken } from '../store/numbers.ts';
import { findReply } from '../store/replies.ts';
import { lastInSeries } from '../store/series.ts';
import { type Actor, contextOf, revive } from './actor.ts';
import type { Calendar } from './calendar.ts';
import { Changes } from './changes.ts';
import type { Accepted, Command, Fire, Idempotency, Message, Receive, Send, Start } from './command.ts';
import { commit } from './commit.ts';
import { releaseDefinitions } from './definitions.ts';
import { authorise, declarationOf, parseFields } from './parse.ts';
import { Refusal } from './refusal.ts';
import { Work } from './work.ts';

export interface EngineOptions {
  readonly db: Database;
  readonly registry: Registry;
  readonly calendarOf: (tenant: string) => Calendar;
  /** Epoch milliseconds. */
  readonly clock: () => number;
  /** Called after each durable commit with the records that changed. */
  readonly published?: (roots: ReadonlySet<string>) => void;
}

/** As many commands as one transaction takes: beyond this a group only delays its first command. */
const MAX_GROUP = 256;
/** Actors kept in memory; the least recently used goes first. */
const MAX_CACHED = 10_000;
/** Commands waiting; beyond this new ones are told to come back. */
const MAX_QUEUE = 10_000;

interface Job {
  readonly command: Command;
  readonly receivedAt: string;
  resolve(accepted: Accepted): void;
  reject(error: unknown): void;
}

/** What of a command makes it a repetition of another. */
interface Repeatable {
  readonly idempotency?: Idempotency;
  readonly message?: Message;
}

type Outcome = { readonly accepted: Accepted } | { readonly error: unknown };

export class Engine {
  readonly registry: Registry;
  readonly calendarOf: (tenant: string) => Calendar;
  readonly #db: Database;
  readonly #clock: () => number;
  readonly #published: (roots: ReadonlySet<string>) => void;
  readonly #cache = new Map<string, Actor>();
  readonly #queue: Job[] = [];
  #running: Promise<void> | null = null;
  #failure: unknown = null;

  private constructor({ db, registry, calendarOf, clock, published = () => {} }: EngineOptions) {
    this.#db = db;
    this.registry = registry;
    this.calendarOf = calendarOf;
    this.#clock = clock;
    this.#published = published;
  }

  /** @throws Error when a definition that matters run on is missing or was changed (see `releaseDefinitions`). */
  static async open(options: EngineOptions): Promise<Engine> {
    await releaseDefinitions(options.db, options.registry, new Date(options.clock()).toISOString());
    return new Engine(options);
  }

  /** What the last commit failed with; null while commits succeed. */
  get failure(): unknown {
    return this.#failure;
  }

  now(): string {
    return new Date(this.#clock()).toISOString();
  }

  /**
   * Carries out a command and answers when it is durable.
   * @throws Refusal when it is turned down; then nothing has changed.
   */
  submit(command: Command): Promise<Accepted> {
    if (this.#queue.length >= MAX_QUEUE) return Promise.reject(unavailable());
    return new Promise((resolve, reject) => {
      this.#queue.push({ command, receivedAt: this.now(), resolve, reject });
      this.#running ??= this.#run();
    });
  }

  /** Waits until everything submitted so far is answered. */
  async drain(): Promise<void> {
    while (this.#running) await this.#running;
  }

  async #run(): Promise<void> {
    // Everything that arrives in the same turn of the event loop belongs to the first group.
    await Promise.resolve();
    while (this.#queue.length > 0) await this.#group(this.#queue.splice(0, MAX_GROUP));
    // In the same turn as the check above: a command that arrives now starts a new run.
    this.#running = null;
  }

  async #group(jobs: readonly Job[]): Promise<void> {
    const changes = new Changes();
    const versions = new Map<string, number>();
    const now = this.now();
    const outcomes: Outcome[] = [];
    for (const job of jobs) outcomes.push(await this.#attempt(job, changes, versions, now));
    try {
      if (!changes.isEmpty) await this.#commit(changes, versions, now);
    } catch (error) {
      // What was computed on top of the failed group is void: nobody is told yes, and the next read is from disk.
      this.#failure = error;
      this.#cache.clear();
      for (const job of jobs) job.reject(unavailable(error));
      return;
    }
    jobs.forEach((job, index) => {
      const outcome = outcomes[index];
      if (outcome && 'accepted' in outcome) job.resolve(outcome.accepted);
      else job.reject(outcome?.error);
    });
  }

  async #commit(changes: Changes, versions: ReadonlyMap<string, number>, now: string): Promise<void> {
    await commit(this.#db.writer, changes, versions, now);
    this.#failure = null;
    for (const [id, actor] of changes.actors) this.#remember(id, actor);
    this.#published(new Set([...changes.actors.values()].map((actor) => actor.self.root)));
  }

  /** One command on a layer of its own: it fails alone. */
  async #attempt(job: Job, group: Changes, versions: Map<string, number>, now: string): Promise<Outcome> {
    const { command, receivedAt } = job;
    try {
      if (command.kind === 'fire') return await this.#fire(command, group, versions, now, receivedAt);
      const again = await this.#repetition(command, group);
      if (again) return { accepted: again };
      if (command.kind === 'receive') return this.#receive(command, group, now);
      if (command.kind === 'send') await this.#fireDueOf(command.actor, group, versions, now, receivedAt);
      const layer = new Changes(group);
      const id = randomUUID();
      const work = this.#work(layer, versions, id, now, receivedAt);
      const actor = command.kind === 'start' ? await this.#start(command, work, layer, group) : await this.#send(command, work);
      await work.settle();
      const version = layer.actor(actor)?.version ?? 0;
      const accepted = { command: id, actor, version, at: now, repeated: false };
      remember(command, accepted, layer);
      group.absorb(layer);
      return { accepted };
    } catch (error) {
      return { error };
    }
  }

  /** Keeps the message; the refusal is told once that is durable. */
  #receive({ message, refusal }: Receive, group: Changes, now: string): Outcome {
    group.addReceipt(receiptOf(message, now, { refusal: toPlain(refusal) }));
    return { error: refusal };
  }

  /** The first answer to the same key or message. @throws Refusal: that answer, or `keyReused` for another request. */
  async #repetition({ idempotency, message }: Repeatable, group: Changes): Promise<Accepted | null> {
    if (message) {
      const { integration, id } = message;
      const receipt = group.receipt(integration, id) ?? (await findReceipt(this.#db.reader, integration, id));
      if (receipt) return { ...answerOf(receipt), repeated: true };
    }
    if (!idempotency) return null;
    const { scope, key, fingerprint } = idempotency;
    const reply = group.reply(scope, key) ?? (await findReply(this.#db.reader, scope, key));
    if (!reply) return null;
    if (reply.fingerprint !== fingerprint)
      throw new Refusal('keyReused', {
        sv: 'Nyckeln har redan använts för en annan begäran.',
        en: 'The key has already been used for another request.',
      });
    return { ...(JSON.parse(reply.reply) as Accepted), repeated: true };
  }

  async #start({ chart: name, tenant, input, series = {}, sender }: Start, work: Work, layer: Changes, group: Changes): Promise<string> {
    const chart = this.registry.latest(name);
    if (!chart?.record)
      throw new Refusal('notFound', { sv: `Det finns ingen ”${name}” att starta.`, en: `There is no "${name}" to start.` });
    if (typeof input.number === 'string' && (await this.#isTaken(tenant, input.number, group)))
      throw new Refusal('exists', {
        sv: `Diarienumret ${input.number} är redan använt.`,
        en: `The registry number ${input.number} is already in use.`,
      });
    let numbered: JsonObject = input;
    for (const [pointer, of] of Object.entries(series))
      numbered = placed(numbered, pointer.split('/').slice(1), await this.#number(of, tenant, layer, group)) as JsonObject;
    const id = randomUUID();
    await work.begin({ id, parent: null, root: id, tenant }, chart, numbered, sender.name, sender.origin);
    return id;
  }

  /** The next number of a series that nobody has taken by hand. */
  async #number(series: string, tenant: string, layer: Changes, group: Changes): Promise<string> {
    for (;;) {
      const next = (layer.lastInSeries(series) ?? (await lastInSeries(this.#db.reader, series))) + 1;
      layer.series.set(series, next);
      if (!(await this.#isTaken(tenant, `${series}/${next}`, group))) return `${series}/${next}`;
    }
  }

  async #isTaken(tenant: string, number: string, group: Changes): Promise<boolean> {
    const inGroup = [...group.actors.values()].some(
      ({ self, chart, snapshot }) =>
        self.parent === null &&
        self.tenant === tenant &&
        chart.name !== 'meeting' &&
        chart.card(contextOf({ snapshot })).number === number,
    );
    return inGroup || (await isNumberTaken(this.#db.reader, tenant, number));
  }

  async #send({ actor: id, expected, type, payload, sender }: Send, work: Work): Promise<string> {
    const actor = await work.actor(id);
    const declaration = declarationOf(actor.chart, type);
    authorise(declaration, sender);
    const fields = parseFields(declaration.fields, payload);
    if (expected !== undefined && expected !== actor.version)
      throw new Refusal(
        'stale',
        { sv: 'Någon annan har ändrat ärendet sedan du såg det.', en: 'Someone else has changed it since you saw it.' },
        { version: actor.version },
      );
    work.apply(actor, type, fields, sender.name, sender.origin);
    return id;
  }

  /** Before an event is applied, what was due when it was received is fired: the outcome never depends on downtime. */
  async #fireDueOf(id: string, group: Changes, versions: Map<string, number>, now: string, receivedAt: string): Promise<void> {
    for (;;) {
      const probe = this.#work(new Changes(group), versions, '', now, receivedAt);
      const [deadline] = probe.dueOf(await probe.actor(id)).filter((it) => it.failure === null);
      if (!deadline) return;
      const outcome = await this.#fire({ kind: 'fire', deadline }, group, versions, now, receivedAt);
      if ('error' in outcome) throw outcome.error;
    }
  }

  async #fire({ deadline }: Fire, group: Changes, versions: Map<string, number>, now: string, receivedAt: string): Promise<Outcome> {
    const layer = new Changes(group);
    const id = randomUUID();
    try {
      const work = this.#work(layer, versions, id, now, receivedAt);
      const actor = await work.actor(deadline.actor);
      if (work.fire(actor, deadline)) await work.settle();
      group.absorb(layer);
      return { accepted: { command: id, actor: deadline.actor, version: layer.actor(deadline.actor)?.version ?? 0, at: now, repeated: false } };
    } catch (error) {
      // A refused deadline is set aside and shown; a fault of the machine is tried again.
      if (error instanceof Refusal) {
        await markFailed(this.#db.writer, deadline, error.message);
        this.#cache.delete(deadline.actor);
      }
      return { error };
    }
  }

  #work(changes: Changes, versions: Map<string, number>, command: string, now: string, receivedAt: string): Work {
    const load = async (id: string) => {
      const actor = await this.#load(id);
      if (actor) versions.set(id, actor.version);
      return actor;
    };
    return new Work({ registry: this.registry, calendarOf: this.calendarOf, load, changes, command, now, receivedAt });
  }

  async #load(id: string): Promise<Actor | null> {
    const cached = this.#cache.get(id);
    if (cached) return cached;
    const stored = await findActor(this.#db.reader, id);
    if (!stored) return null;
    const actor = revive(stored, await deadlinesOfActors(this.#db.reader, [id]), this.registry);
    this.#remember(id, actor);
    return actor;
  }

  #remember(id: string, actor: Actor): void {
    this.#cache.delete(id);
    this.#cache.set(id, actor);
    if (this.#cache.size > MAX_CACHED) {
      const oldest = this.#cache.keys().next();
      if (!oldest.done) this.#cache.delete(oldest.value);
    }
  }
}

/** The value with a text at a place in it. */
function placed(value: Json | undefined, [key, ...rest]: readonly string[], text: string): Json {
  if (key === undefined) return text;
  if (Array.isArray(value)) return value.map((it, index) => (String(index) === key ? placed(it, rest, text) : it));
  const object = value as JsonObject;
  return { ...object, [key]: placed(object[key], rest, text) };
}

function remember({ idempotency, message }: Start | Send, accepted: Accepted, layer: Changes): void {
  if (idempotency) layer.addReply({ ...idempotency, reply: JSON.stringify(accepted), createdAt: accepted.at });
  if (message) layer.addReceipt(receiptOf(message, accepted.at, accepted));
}

function receiptOf(message: Message, receivedAt: string, answer: Accepted | Declined): Receipt {
  const { integration, id, tenant, body } = message;
  return { integration, message: id, tenant, receivedAt, body, result: JSON.stringify(answer) };
}

interface Declined {
  readonly refusal: Pick<Refusal, 'code' | 'says' | 'particulars'>;
}

const toPlain = ({ code, says, particulars }: Refusal) => ({ code, says, particulars });

/** @throws Refusal when that was the answer. */
function answerOf({ result }: Receipt): Accepted {
  const answer = JSON.parse(result) as Accepted | Declined;
  if (!('refusal' in answer)) return answer;
  const { code, says, particulars } = answer.refusal;
  throw new Refusal(code, says, particulars);
}

const unavailable = (cause?: unknown): Refusal =>
  Object.assign(
    new Refusal('unavailable', {
      sv: 'Det gick inte att spara just nu. Ingenting har ändrats.',
      en: 'It could not be saved just now. Nothing has been changed.',
    }),
    { cause },
  );
