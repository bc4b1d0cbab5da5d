/**
 * The one entrance. Commands are carried out one after the other on a layer of changes each, written together in one
 * transaction, and answered after it is durable. While one group is written the next is carried out on top of it, and
 * takes in what arrives meanwhile: it is written after it, or is void with it. A key that has had its answer before
 * keeps a group from being written: then all of it is carried out once more, with that answer.
 */
import { randomUUID } from 'node:crypto';
import type { Database } from '../../db/open.ts';
import type { Register } from '../../machines/municipalities/addressees.ts';
import type { Registry } from '../../machines/registry.ts';
import { retryFailed } from '../store/deadlines.ts';
import { tryCommit } from '../store/probe.ts';
import { KnownKey } from '../store/replies.ts';
import { lastEver, type Seal } from '../store/seals.ts';
import { openSteps } from '../store/steps.ts';
import { inTurn } from '../store/turn.ts';
import { type Actor, isSeen } from './actor.ts';
import { attempt, type Group, type Outcome } from './attempt.ts';
import type { Calendar } from './calendar.ts';
import { Changes } from './changes.ts';
import type { Accepted, Command } from './command.ts';
import { sealOf, write } from './commit.ts';
import { releaseDefinitions } from './definitions.ts';
import { StoredGround } from './ground.ts';
import type { Sender } from './parse.ts';
import { Refusal } from './refusal.ts';

export interface EngineOptions {
  readonly db: Database;
  readonly registry: Registry;
  readonly calendarOf: (tenant: string) => Calendar;
  /** The bodies and recipients of a municipality, as they stand when it is asked. */
  readonly registerOf: (tenant: string) => Register;
  /** Epoch milliseconds. */
  readonly clock: () => number;
  /** Called after each durable commit with the records that changed. */
  readonly published?: (roots: ReadonlySet<string>) => void;
  /** Told why a group of commands could not be written. */
  readonly failed?: (error: unknown) => void;
  /**
   * Takes in the routes that other processes have published, up to a number; called before anything is carried out on
   * what they wrote.
   */
  readonly refresh?: (route: number) => Promise<void>;
}

/** As many commands as one transaction takes: beyond this a group only delays its first command. */
const MAX_GROUP = 256;
/**
 * Characters of snapshots after which a group takes no more commands: it goes to the database as one text, which has a
 * longest length, and nobody is to be refused for the size of others.
 */
const LARGE = 16_000_000;
/**
 * Milliseconds that a server writes before it lets others on the same database write: to take turns costs each time
 * about as much as one statement.
 */
const LONGEST_TURN = 25;
/** Milliseconds after which a group or a turn that is under way hangs: longer than anyone waits for a turn. */
const LONGEST_ROUND = 30_000;
/** Commands waiting; beyond this new ones are told to come back. */
const MAX_QUEUE = 10_000;

interface Job {
  /** Which of all that came it was. */
  readonly number: number;
  readonly command: Command;
  readonly receivedAt: string;
  resolve(accepted: Accepted): void;
  reject(error: unknown): void;
}

/** What became of a group: `again` when nothing of it was written, and all of it is carried out once more. */
type Written = 'durable' | 'failed' | 'again';

/** A group under way: its commands, what became of each, and what they have changed together. */
interface Gathered {
  /** What becomes of the group that it was carried out on top of. */
  readonly ground: Promise<Written> | null;
  readonly jobs: Job[];
  readonly outcomes: Outcome[];
  readonly changes: Changes;
}

export class Engine {
  readonly registry: Registry;
  readonly calendarOf: (tenant: string) => Calendar;
  readonly #registerOf: (tenant: string) => Register;
  readonly #db: Database;
  readonly #clock: () => number;
  readonly #published: (roots: ReadonlySet<string>) => void;
  readonly #failed: (error: unknown) => void;
  readonly #refresh: (route: number) => Promise<void>;
  readonly #ground: StoredGround;
  readonly #queue: Job[] = [];
  #running: Promise<void> | null = null;
  /** The group that is being written. */
  #writing: Promise<Written> | null = null;
  /**
   * Whether a group could not be written for a key that was known. Until one is written all keys are looked up before:
   * so every second group is written, however many repeat what they have sent.
   */
  #isWary = false;
  /** Ends the wait for more commands. */
  #arrived = () => {};
  #failure: unknown = null;
  /** When what is under way last got on (`performance.now()`). */
  #gotOnAt = 0;
  #arrivals = 0;
  #commits = 0;
  #commands = 0;

  private constructor(options: EngineOptions) {
    const { db, registry, calendarOf, registerOf, clock } = options;
    const { published = () => {}, failed = () => {}, refresh = async () => {} } = options;
    this.#db = db;
    this.registry = registry;
    this.calendarOf = calendarOf;
    this.#registerOf = registerOf;
    this.#clock = clock;
    this.#published = published;
    this.#failed = failed;
    this.#refresh = refresh;
    this.#ground = new StoredGround(db, registry);
  }

  /**
   * Deadlines that were set aside are tried again.
   * @throws Error when a definition that matters run on is missing or was changed (see `releaseDefinitions`).
   */
  static async open(options: EngineOptions): Promise<Engine> {
    await releaseDefinitions(options.db, options.registry, new Date(options.clock()).toISOString());
    await openSteps(options.db.writer);
    await retryFailed(options.db.writer);
    return new Engine(options);
  }

  /** What the last commit failed with; null while commits succeed. */
  get failure(): unknown {
    return this.#failure;
  }

  /**
   * Whether commits succeed, and none hangs. After one that failed an empty one is tried: nobody has to send a change to
   * find out.
   */
  async canCommit(): Promise<boolean> {
    if ((this.#running || this.#writing) && performance.now() - this.#gotOnAt > LONGEST_ROUND) return false;
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

  /** Groups committed and the commands in them since the start, and the commands that wait. */
  get figures() {
    return { commits: this.#commits, commands: this.#commands, queued: this.#queue.length };
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
      const number = ++this.#arrivals;
      this.#queue.push({ number, command, receivedAt: this.now(), resolve, reject });
      this.#running ??= this.#run();
      this.#arrived();
    });
  }

  /** An actor as it was last committed; null when there is none of that id that the sender sees. */
  async actor(id: string, { grants }: Pick<Sender, 'grants'>): Promise<Actor | null> {
    const actor = await this.#ground.committed(id);
    return actor && (await isSeen(actor, grants, (it) => this.#ground.committed(it))) ? actor : null;
  }

  /** Takes in the routes that other servers on the same database have published. */
  async keepUp(): Promise<void> {
    if (this.#db.shared) await this.#refresh(await lastEver(this.#db.reader, 'route'));
  }

  /** Waits until everything submitted so far is answered. */
  async drain(): Promise<void> {
    while (this.#running || this.#writing) await (this.#running ?? this.#writing);
  }

  async #run(): Promise<void> {
    this.#gotOnAt = performance.now();
    // What starts it ends first: a group that could not be written is no ground any more.
    await Promise.resolve();
    if (this.#db.shared) while (this.#queue.length > 0) await this.#inTurn();
    else while (this.#queue.length > 0) await this.#answer(await this.#gather());
    // In the same turn as the check above: a command that arrives now starts a new run.
    this.#running = null;
  }

  /**
   * Several servers on one database write in turns. Whoever has the turn is the only writer, for as long as the turn
   * lasts, and so does everything as if it were alone: it first takes in what the others have written, and lets the
   * turn go when its own is durable. Whom it loses its turn by, when it or its connection dies, is kept from what it
   * may still be writing by the database: a seal, a place in the log and a version of an actor are there once. Then
   * the group is void, as when a commit fails otherwise.
   */
  async #inTurn(): Promise<void> {
    try {
      await inTurn(this.#db.writer, 'log', async () => {
        await this.#refresh(await this.#ground.catchUp());
        const until = performance.now() + LONGEST_TURN;
        while (this.#queue.length > 0 && performance.now() < until) await this.#answer(await this.#gather());
        await this.#writing;
      });
    } catch (error) {
      this.#failure = error;
      this.#ground.forget();
      this.#failed(error);
      for (const job of this.#queue.splice(0)) job.reject(unavailable(error));
    }
  }

  /** Carries out what has arrived, and what arrives until the group before is written. */
  async #gather(): Promise<Gathered> {
    const changes = new Changes(this.#ground);
    const group: Gathered = { ground: this.#writing, jobs: [], outcomes: [], changes };
    for (;;) {
      await endOfTurn();
      await this.#carryOut(group);
      if (!this.#writing || isFull(group)) return group;
      if (this.#queue.length === 0) await Promise.race([this.#writing, this.#arrival()]);
    }
  }

  #arrival(): Promise<void> {
    return new Promise((resolve) => {
      this.#arrived = resolve;
    });
  }

  /** Carries out those that wait, as many as the group takes. */
  async #carryOut(group: Gathered): Promise<void> {
    const jobs = this.#queue.splice(0, MAX_GROUP - group.jobs.length);
    try {
      await this.#ground.foresee(
        jobs.map((it) => it.command),
        this.#isWary ? jobs.flatMap(keyOf) : [],
      );
    } catch (error) {
      this.#failure = error;
      this.#failed(error);
      group.jobs.push(...jobs);
      group.outcomes.push(...jobs.map(() => ({ error: unavailable(error) })));
      return;
    }
    const setting = this.#setting(group.changes);
    for (let job = jobs.shift(); job; job = isFull(group) ? undefined : jobs.shift()) {
      group.jobs.push(job);
      group.outcomes.push(await attempt(job.command, job.receivedAt, setting));
    }
    this.#queue.unshift(...jobs);
  }

  /** Has a group written and answered after the one before it. What was computed on a group that failed is void. */
  async #answer(group: Gathered): Promise<void> {
    this.#gotOnAt = performance.now();
    try {
      const under = await group.ground;
      if (under === 'again') return this.#again(group.jobs);
      if (under === 'failed') throw this.#failure;
      if (group.changes.isEmpty) return settle(group);
      const head = await this.#ground.head();
      const seal = sealOf(group.changes, head, this.now(), this.#db.shared);
      this.#ground.build(group.changes, seal);
      this.#writing = this.#write(group, seal === head ? null : seal);
    } catch (error) {
      this.#fail(group, error);
    }
  }

  async #write(group: Gathered, seal: Seal | null): Promise<Written> {
    try {
      await write(this.#db.writer, group.changes, seal);
      this.#failure = null;
      this.#isWary = false;
      this.#ground.written();
      this.#commits++;
      this.#commands += group.jobs.length;
      settle(group);
      this.#publish(new Set([...group.changes.actors.values()].map((actor) => actor.self.root)));
      return 'durable';
    } catch (error) {
      if (!(error instanceof KnownKey)) {
        this.#fail(group, error, unsure(error));
        return 'failed';
      }
      this.#ground.unwritten();
      this.#isWary = true;
      this.#again(group.jobs);
      return 'again';
    } finally {
      this.#writing = null;
    }
  }

  /** Has commands carried out once more, in the order in which they came. */
  #again(jobs: readonly Job[]): void {
    this.#queue.push(...jobs);
    this.#queue.sort((a, b) => a.number - b.number);
    this.#running ??= this.#run();
  }

  /** Nobody is told yes, and the next read is from disk. */
  #fail({ jobs }: Gathered, error: unknown, answer = unavailable(error)): void {
    this.#failure = error;
    this.#failed(error);
    this.#ground.forget();
    for (const job of jobs) job.reject(answer);
  }

  #setting(changes: Changes): Group {
    const { registry, calendarOf } = this;
    const overdue: Group['overdue'] = (root, at) => this.#ground.overdue(root, at);
    const answered: Group['answered'] = (key) => this.#ground.answered(key);
    const now = this.now();
    const salt = randomUUID;
    return { registry, calendarOf, registerOf: this.#registerOf, changes, now, salt, overdue, answered };
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

/**
 * When all that has arrived at the same time has been read: steps that are taken one after the other are cheaper than
 * steps between requests that are read.
 */
const endOfTurn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

const isFull = ({ jobs, changes }: Gathered): boolean => jobs.length === MAX_GROUP || changes.size >= LARGE;

const keyOf = ({ command }: Job) =>
  'idempotency' in command && command.idempotency ? [command.idempotency] : [];

/** Tells everyone of a durable group what became of their command. */
function settle({ jobs, outcomes }: Gathered): void {
  jobs.forEach((job, index) => {
    const outcome = outcomes[index];
    if (outcome && 'accepted' in outcome) job.resolve(outcome.accepted);
    else job.reject(outcome?.error);
  });
}

/** Nothing has come to the database. */
const unavailable = (cause?: unknown): Refusal =>
  Object.assign(
    new Refusal('unavailable', {
      sv: 'Det gick inte att spara just nu. Ingenting har ändrats.',
      en: 'It could not be saved just now. Nothing has been changed.',
    }),
    { cause },
  );

/** The database has not said that it is durable, as where the connection breaks: it may be all the same. */
const unsure = (cause: unknown): Refusal =>
  Object.assign(
    new Refusal('unavailable', {
      sv: 'Det är osäkert om det sparades. Sänd samma sak en gång till: då sker det en enda gång.',
      en: 'It is not certain that it was saved. Send the same once more: then it is done once.',
    }),
    { cause },
  );
