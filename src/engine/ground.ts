/** What is stored or is being written, and the actors among it that were used lately. */
import type { Database } from '../../db/open.ts';
import type { Db } from '../../db/tables.ts';
import type { Registry } from '../../machines/registry.ts';
import { findActors } from '../store/actors.ts';
import { type Deadline, deadlinesOfActors, dueDeadlinesOfRoot, nextDue } from '../store/deadlines.ts';
import { actorsChangedAfter, positions } from '../store/foreign.ts';
import { holderOf } from '../store/numbers.ts';
import { findReceipt, type Receipt } from '../store/receipts.ts';
import { findReplies, type Reply } from '../store/replies.ts';
import { newestSeal, type Seal } from '../store/seals.ts';
import { lastInSeries } from '../store/series.ts';
import { type Actor, revive } from './actor.ts';
import type { Changes, Ground } from './changes.ts';
import type { Command, Idempotency } from './command.ts';
import { UNSEALED } from './seal.ts';

/** Characters of snapshots kept in memory; the least recently used goes first. */
const MAX_KEPT = 50_000_000;
/** What an actor takes beside its snapshot, in the same measure: some 10,000 actors of usual size are kept. */
const OVERHEAD = 3_000;

export class StoredGround implements Ground {
  readonly #db: Db;
  readonly #shared: boolean;
  readonly #registry: Registry;
  readonly #kept = new Map<string, Actor>();
  /** What those of the keys that were looked up have been answered. */
  #replies = new Map<string, Reply>();
  #size = 0;
  #head: Seal | null = null;
  /** When the first of the stored deadlines is due; null where it has to be asked. */
  #nextDue: Promise<string | null> | null = null;
  /** The group that is being written: what comes after it builds on it. */
  #writing: Changes | null = null;

  constructor({ reader, shared }: Database, registry: Registry) {
    this.#db = reader;
    this.#shared = shared;
    this.#registry = registry;
  }

  /**
   * Reads at once what a group of commands will ask for: their actors, and when the first deadline is due.
   * @param keys those of which it is asked what they have been answered. Nearly every key is new, and one that is not
   * keeps the group from being written: so they are asked for only then.
   */
  async foresee(commands: readonly Command[], keys: readonly Idempotency[]): Promise<void> {
    // That a deadline was set aside is in no log: what other servers set aside is not taken in.
    if (this.#shared) for (const it of commands) if (it.kind === 'retry') this.#drop(it.deadline.actor);
    const ids = commands.flatMap((it) => (it.kind === 'send' && !this.#knows(it.actor) ? [it.actor] : []));
    // One that cannot be read is the trouble of its own command.
    this.keep(await this.#readAll([...new Set(ids)]).catch(() => []));
    const [found] = await Promise.all([findReplies(this.#db, keys), this.#firstDue()]);
    this.#replies = new Map(found.map((it) => [keyOf(it), it]));
  }

  /**
   * An actor as it was last committed, for those who only read: it is not kept, for a commit may overtake it. Where
   * other processes commit too, what is kept may have been overtaken.
   */
  async committed(id: string): Promise<Actor | null> {
    return (this.#shared ? undefined : this.#kept.get(id)) ?? this.#read(id);
  }

  /**
   * Takes in what other processes have written: nobody writes meanwhile. A database that does not have the newest seal
   * known here came back without its last commits, as where a standby lagged that took over: it is read anew.
   * @returns the number of the last publication of a route.
   */
  async catchUp(): Promise<number> {
    const known = this.#head;
    const { seal, hash, route } = await positions(this.#db, known?.number ?? UNSEALED.number);
    const continues = known !== null && known.hash === (hash ?? UNSEALED.hash);
    this.#nextDue = null;
    if (continues && known.number === seal) return route;
    const changed = continues && (await actorsChangedAfter(this.#db, known.last));
    if (changed) for (const id of changed) this.#drop(id);
    else this.forget();
    this.#head = (await newestSeal(this.#db)) ?? UNSEALED;
    return route;
  }

  #knows(id: string): boolean {
    return this.#kept.has(id) || this.#writing?.actors.has(id) === true;
  }

  async actor(id: string): Promise<Actor | null> {
    const written = this.#writing?.actors.get(id);
    if (written) return written;
    const actor = this.#kept.get(id) ?? (await this.#read(id));
    if (actor) this.keep([actor]);
    return actor;
  }

  /** The newest seal. */
  async head(): Promise<Seal> {
    this.#head ??= (await newestSeal(this.#db)) ?? UNSEALED;
    return this.#head;
  }

  async lastSeq(): Promise<number> {
    return (await this.head()).last;
  }

  async nextSeal(): Promise<number> {
    return (await this.head()).number + 1;
  }

  /** Builds on a group that is about to be written, under its seal. */
  build(changes: Changes, head: Seal): void {
    this.#writing = changes;
    this.#head = head;
  }

  /** The group that was being written is durable. */
  written(): void {
    if (this.#writing) this.keep(this.#writing.actors.values());
    if (this.#writing?.deadlines.size !== 0) this.#nextDue = null;
    this.#writing = null;
  }

  /**
   * The deadlines of a record and its parts that were due at an instant: those of what is being written, and of what is
   * stored those that it has not touched.
   */
  async overdue(root: string, at: string): Promise<Deadline[]> {
    const writing = this.#writing;
    const next = await this.#firstDue();
    const written = writing?.overdue(root, at) ?? [];
    if (next === null || next > at) return written;
    const stored = await dueDeadlinesOfRoot(this.#db, root, at);
    return [...written, ...stored.filter((it) => !writing?.touches(it))];
  }

  /** Asked again where a group has become durable since it was. */
  async #firstDue(): Promise<string | null> {
    for (;;) {
      this.#nextDue ??= nextDue(this.#db).catch((error: unknown) => {
        this.#nextDue = null;
        throw error;
      });
      const asked = this.#nextDue;
      const next = await asked;
      if (asked === this.#nextDue) return next;
    }
  }

  /** The group that was being written was not, for certain: what is kept is as it is stored. */
  unwritten(): void {
    this.#head = null;
    this.#writing = null;
  }

  /** Keeps actors as they are stored. */
  keep(actors: Iterable<Actor>): void {
    for (const actor of actors) {
      this.#drop(actor.self.id);
      this.#kept.set(actor.self.id, actor);
      this.#size += OVERHEAD + actor.size;
    }
    for (const oldest of this.#kept.keys()) {
      if (this.#size <= MAX_KEPT) return;
      this.#drop(oldest);
    }
  }

  /** Drops what is in memory: the next read is from disk. */
  forget(): void {
    this.#kept.clear();
    this.#size = 0;
    this.#head = null;
    this.#nextDue = null;
    this.#writing = null;
  }

  #drop(id: string): void {
    const actor = this.#kept.get(id);
    if (!actor) return;
    this.#kept.delete(id);
    this.#size -= OVERHEAD + actor.size;
  }

  async reply(scope: string, key: string): Promise<Reply | null> {
    const id = keyOf({ scope, key });
    return this.#writing?.replies.get(id) ?? this.#replies.get(id) ?? null;
  }

  /** What a key has been answered, in what is stored. */
  async answered(key: Idempotency): Promise<Reply | null> {
    const [reply = null] = await findReplies(this.#db, [key]);
    return reply;
  }

  async receipt(integration: string, message: string): Promise<Receipt | null> {
    const written = this.#writing?.receipts.get(`${integration}\n${message}`);
    return written ?? findReceipt(this.#db, integration, message);
  }

  async lastInSeries(name: string): Promise<number> {
    return this.#writing?.series.get(name) ?? lastInSeries(this.#db, name);
  }

  async holder(number: string, tenant: string | null): Promise<string | null> {
    return this.#writing?.taker(number, tenant) ?? holderOf(this.#db, number, tenant);
  }

  async #read(id: string): Promise<Actor | null> {
    const [actor = null] = await this.#readAll([id]);
    return actor;
  }

  async #readAll(ids: readonly string[]): Promise<Actor[]> {
    // No id has a lone surrogate or NUL, which the database would take for something else.
    const sound = ids.filter((it) => it.isWellFormed() && !it.includes('\0'));
    const stored = await findActors(this.#db, sound);
    const waiting = stored.filter((it) => it.dueAt !== null).map((it) => it.id);
    const deadlines = await deadlinesOfActors(this.#db, waiting);
    const running = Map.groupBy(deadlines, (it) => it.actor);
    return stored.map((it) => revive(it, running.get(it.id) ?? [], this.#registry));
  }
}

const keyOf = ({ scope, key }: Pick<Reply, 'scope' | 'key'>): string => `${scope}\n${key}`;
