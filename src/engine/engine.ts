/**
 * The one entrance. Commands are collected while a commit is in flight, carried out one after the other on a
 * layer of changes each, written together in one transaction, and answered after it is durable.
 */
import type { Database } from '../../db/open.ts';
import type { Register } from '../../machines/municipalities/addressees.ts';
import type { Registry } from '../../machines/registry.ts';
import { dueDeadlinesOfRoot, nextDue, retryFailed } from '../store/deadlines.ts';
import { tryCommit } from '../store/probe.ts';
import type { Actor } from './actor.ts';
import { attempt, type Group, type Outcome } from './attempt.ts';
import type { Calendar } from './calendar.ts';
import { Changes } from './changes.ts';
import type { Accepted, Command } from './command.ts';
import { commit } from './commit.ts';
import { releaseDefinitions } from './definitions.ts';
import { StoredGround } from './ground.ts';
import { Refusal } from './refusal.ts';

export interface EngineOptions {
  readonly db: Database;
  readonly registry: Registry;
  readonly calendarOf: (tenant: string) => Calendar;
  /** The register of recipients of a municipality, as it stands when it is asked. */
  readonly registerOf: (tenant: string) => Register;
  /** Epoch milliseconds. */
  readonly clock: () => number;
  /** Called after each durable commit with the records that changed. */
  readonly published?: (roots: ReadonlySet<string>) => void;
}

/** As many commands as one transaction takes: beyond this a group only delays its first command. */
const MAX_GROUP = 256;
/** Commands waiting; beyond this new ones are told to come back. */
const MAX_QUEUE = 10_000;

interface Job {
  readonly command: Command;
  readonly receivedAt: string;
  resolve(accepted: Accepted): void;
  reject(error: unknown): void;
}

export class Engine {
  readonly registry: Registry;
  readonly calendarOf: (tenant: string) => Calendar;
  readonly #registerOf: (tenant: string) => Register;
  readonly #db: Database;
  readonly #clock: () => number;
  readonly #published: (roots: ReadonlySet<string>) => void;
  readonly #ground: StoredGround;
  readonly #queue: Job[] = [];
  #running: Promise<void> | null = null;
  #failure: unknown = null;

  private constructor({ db, registry, calendarOf, registerOf, clock, published = () => {} }: EngineOptions) {
    this.#db = db;
    this.registry = registry;
    this.calendarOf = calendarOf;
    this.#registerOf = registerOf;
    this.#clock = clock;
    this.#published = published;
    this.#ground = new StoredGround(db.reader, registry);
  }

  /**
   * Deadlines that were set aside are tried again.
   * @throws Error when a definition that matters run on is missing or was changed (see `releaseDefinitions`).
   */
  static async open(options: EngineOptions): Promise<Engine> {
    await releaseDefinitions(options.db, options.registry, new Date(options.clock()).toISOString());
    await retryFailed(options.db.writer);
    return new Engine(options);
  }

  /** What the last commit failed with; null while commits succeed. */
  get failure(): unknown {
    return this.#failure;
  }

  /** Whether commits succeed. After one that failed an empty one is tried: nobody has to send a change to find out. */
  async canCommit(): Promise<boolean> {
    if (this.#failure === null) return true;
    try {
      await tryCommit(this.#db.writer);
      this.#failure = null;
      return true;
    } catch (error) {
      this.#failure = error;
      return false;
    }
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

  /** An actor as it was last committed; null when there is none of that id. */
  actor(id: string): Promise<Actor | null> {
    return this.#ground.committed(id);
  }

  /** Waits until everything submitted so far is answered. */
  async drain(): Promise<void> {
    while (this.#running) await this.#running;
  }

  async #run(): Promise<void> {
    // Everything that arrives in the same turn of the event loop belongs to the first group.
    await Promise.resolve();
    while (this.#queue.length > 0) await this.#answer(this.#queue.splice(0, MAX_GROUP));
    // In the same turn as the check above: a command that arrives now starts a new run.
    this.#running = null;
  }

  async #answer(jobs: readonly Job[]): Promise<void> {
    try {
      const outcomes = await this.#carryOut(jobs);
      jobs.forEach((job, index) => {
        const outcome = outcomes[index];
        if (outcome && 'accepted' in outcome) job.resolve(outcome.accepted);
        else job.reject(outcome?.error);
      });
    } catch (error) {
      // What was computed on top of the failed group is void: nobody is told yes, and the next read is from disk.
      this.#failure = error;
      this.#ground.forget();
      for (const job of jobs) job.reject(unavailable(error));
    }
  }

  async #carryOut(jobs: readonly Job[]): Promise<readonly Outcome[]> {
    await this.#ground.foresee(jobs.map((it) => it.command));
    const changes = new Changes(this.#ground);
    const group = await this.#group(changes);
    const outcomes: Outcome[] = [];
    for (const { command, receivedAt } of jobs) outcomes.push(await attempt(command, receivedAt, group));
    if (changes.isEmpty) return outcomes;
    const head = await commit(this.#db.writer, changes, await this.#ground.head(), group.now);
    this.#failure = null;
    this.#ground.sealed(head);
    this.#ground.keep(changes.actors.values());
    this.#publish(new Set([...changes.actors.values()].map((actor) => actor.self.root)));
    return outcomes;
  }

  async #group(changes: Changes): Promise<Group> {
    const { registry, calendarOf } = this;
    const { reader } = this.#db;
    const now = this.now();
    const next = await nextDue(reader);
    const anyDue = next !== null && next <= now;
    const overdue: Group['overdue'] = async (root, at) =>
      anyDue ? dueDeadlinesOfRoot(reader, root, at) : [];
    return { registry, calendarOf, registerOf: this.#registerOf, changes, now, overdue };
  }

  /** Whoever listens cannot undo what is committed. */
  #publish(roots: ReadonlySet<string>): void {
    try {
      this.#published(roots);
    } catch (error) {
      process.emitWarning(error instanceof Error ? error : String(error));
    }
  }
}

const unavailable = (cause?: unknown): Refusal =>
  Object.assign(
    new Refusal('unavailable', {
      sv: 'Det gick inte att spara just nu. Ingenting har ändrats.',
      en: 'It could not be saved just now. Nothing has been changed.',
    }),
    { cause },
  );
