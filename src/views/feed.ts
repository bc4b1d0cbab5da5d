/** What happens, as it happens: the log of the whole database, to be followed from any place in it. */
import { type Entry, entriesAfter } from '../store/entries.ts';
import { newestSeal } from '../store/seals.ts';
import type { Source } from './source.ts';

/** One entry of the log, without what it says: whoever may see more asks for the record. */
export interface Happened {
  /** Its place in the log of the whole database. */
  readonly seq: number;
  readonly actor: string;
  /** The matter, meeting or joint matter that the actor belongs to. */
  readonly record: string;
  readonly municipality: string;
  readonly type: string;
  /** The version of the actor that it made. */
  readonly version: number;
  readonly at: string;
  /** What was committed together has the same. */
  readonly command: string;
}

/** As much as is read at once, and held for one follower. */
const BATCH = 200;

export class Feed {
  readonly #db: Source['db'];
  /**
   * Reads of this generation that are under way, or have found nothing yet: followers at the same place share one. What
   * was found is theirs who read it, for there are as many places to read from as the log is long.
   */
  readonly #reads = new Map<number, Promise<readonly Happened[]>>();
  readonly #waiting = new Set<() => void>();
  readonly #closing = new AbortController();
  /** Raised whenever something may have been committed. */
  generation = 0;

  constructor(db: Source['db']) {
    this.#db = db;
  }

  /** Aborted when the server stops: whoever follows is let go, and comes back to the next. */
  get closing(): AbortSignal {
    return this.#closing.signal;
  }

  /** The place of the newest entry; 0 for an empty log. */
  async newest(): Promise<number> {
    return (await newestSeal(this.#db))?.last ?? 0;
  }

  /** What comes after a place, oldest first; empty where nothing has yet. */
  after(seq: number): Promise<readonly Happened[]> {
    const known = this.#reads.get(seq);
    if (known) return known;
    const reading = entriesAfter(this.#db, seq, BATCH).then((entries) => entries.map(happened));
    this.#reads.set(seq, reading);
    reading.then(
      (found) => found.length > 0 && this.#reads.delete(seq),
      () => this.#reads.delete(seq),
    );
    return reading;
  }

  /** Says that something may have been committed. */
  wake(): void {
    this.generation++;
    this.#reads.clear();
    for (const go of this.#waiting) go();
    this.#waiting.clear();
  }

  /**
   * Waits for a generation after that one, but no longer than some milliseconds. What another process has committed is
   * found when the time is up.
   */
  newer(generation: number, most: number): Promise<void> {
    if (generation !== this.generation || this.closing.aborted) return Promise.resolve();
    return new Promise((resolve) => {
      const go = () => {
        clearTimeout(timer);
        this.#waiting.delete(go);
        resolve();
      };
      const timer = setTimeout(() => {
        this.#reads.clear();
        go();
      }, most);
      this.#waiting.add(go);
    });
  }

  close(): void {
    this.#closing.abort();
    this.wake();
  }
}

const happened = ({ seq, actor, root, tenant, type, version, at, command }: Entry): Happened => ({
  seq,
  actor,
  record: root,
  municipality: tenant,
  type,
  version,
  at,
  command,
});
