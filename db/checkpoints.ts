/**
 * Moves what stands in the log before the file (WAL) into the file, on a connection of its own and while others write:
 * on the path of a commit it held up all that came after, the longer the larger the file (`npm run bench -- --growth`).
 */
import { close, fdatasync, openSync, writeSync } from 'node:fs';
import { promisify } from 'node:util';
import { sql } from 'kysely';
import type { Db } from './tables.ts';

/** Pages that wait before they are moved, 32 MiB: what is written again and again goes to the file once. */
const ENOUGH = 8_000;
/** Pages that do not hold up a writer for long. */
const FEW = 500;
/** How often the rest is moved before the writer waits for it: while it is, more is written. */
const MOST_ROUNDS = 4;
/** Writes after which it is looked how many pages wait. */
const OFTEN = 8;

export class Checkpoints {
  readonly #writer: Db;
  readonly #beside: Db;
  readonly #file: number;
  #writes = 0;
  #moving: Promise<void> | null = null;

  private constructor(filename: string, writer: Db, beside: Db) {
    this.#writer = writer;
    this.#beside = beside;
    this.#file = openSync(filename, 'r+');
  }

  /** @param beside a connection to the file of the writer that nothing else uses. */
  static async open(filename: string, writer: Db, beside: Db): Promise<Checkpoints> {
    const checkpoints = new Checkpoints(filename, writer, beside);
    await checkpoints.#waiting();
    return checkpoints;
  }

  /** Something was written. What cannot be moved now stays in the log, and is tried again later. */
  written(): void {
    if (++this.#writes < OFTEN || this.#moving) return;
    this.#writes = 0;
    this.#moving = this.#move()
      .catch(() => {})
      .finally(() => {
        this.#moving = null;
      });
  }

  /** Waits until nothing is moved, and closes the connections. */
  async close(): Promise<void> {
    await this.#moving;
    await this.#beside.destroy();
    await this.#writer.destroy();
    // Not before: to close a file releases the locks of every connection that this process has to it (POSIX).
    await promisify(close)(this.#file);
  }

  /**
   * The log begins again from its start once all of it has been moved, which is when nothing is written: so the writer
   * moves the last of it, and waits for the disk to take no more than that.
   */
  async #move(): Promise<void> {
    if ((await this.#waiting()) < ENOUGH) return;
    for (let round = 0; round < MOST_ROUNDS && (await this.#waiting()) > FEW; round++)
      await this.#pass(this.#beside);
    await this.#pass(this.#writer);
  }

  /**
   * Moves what can be moved now. SQLite itself asks for the file to be on the disk only where that is all of the log;
   * where somebody still reads what was before, it takes the part for moved all the same.
   */
  async #pass(db: Db): Promise<void> {
    await sql`pragma wal_checkpoint(passive)`.execute(db);
    await promisify(fdatasync)(this.#file).catch(giveUp);
  }

  /** How many pages of the log have not been moved. */
  async #waiting(): Promise<number> {
    const asked = sql<{ log: number; checkpointed: number }>`pragma wal_checkpoint(noop)`;
    const { rows } = await asked.execute(this.#beside);
    return (rows[0]?.log ?? 0) - (rows[0]?.checkpointed ?? 0);
  }
}

/**
 * What could not be brought to the disk the kernel takes for written, and SQLite for moved: the log would begin again
 * without it. All of it is in the log still, and whoever opens the file anew moves it anew; but to close it here would
 * remove the log. So the process ends, at once.
 */
function giveUp(error: Error): never {
  const says =
    'Databasfilen kunde inte föras till disken. Dess logg har allt: starta om.\n' +
    'The database file could not be brought to the disk. Its log has everything: start again.\n';
  writeSync(2, `${says}${error}\n`);
  process.kill(process.pid, 'SIGKILL');
  // The first process of a container does not take that from itself.
  process.abort();
}
