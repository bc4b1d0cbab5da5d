/** When a key was last used: written at most once a minute for each, and nobody waits for it. */
import type { Logger } from 'pino';

const MINUTE = 60_000;

export class Uses {
  readonly #now: () => number;
  readonly #log: Logger;
  readonly #writing = new Map<string, Promise<void>>();

  /** @param now epoch milliseconds. */
  constructor(now: () => number, log: Logger) {
    this.#now = now;
    this.#log = log;
  }

  /** @param usedAt the last use that is written, RFC 3339. */
  seen(hash: string, usedAt: string | null, write: (at: string) => Promise<void>): void {
    const now = this.#now();
    if (this.#writing.has(hash) || (usedAt !== null && now - Date.parse(usedAt) < MINUTE)) return;
    const written = write(new Date(now).toISOString())
      .catch((error: unknown) => this.#log.error({ err: error }, 'a last use could not be written'))
      .finally(() => this.#writing.delete(hash));
    this.#writing.set(hash, written);
  }

  /** Waits for what is being written. */
  async settled(): Promise<void> {
    await Promise.all(this.#writing.values());
  }
}
