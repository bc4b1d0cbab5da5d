/** Many matters that wait for the same, of which one after the other is touched, in no order. */
import type { Asking } from './load.ts';
import { type Step, Walk } from './walk.ts';

/** How far those have come that are drafted: they are at this version, and so many requests have brought them there. */
const DRAFTED = { version: 8, steps: 8 };

export class Motion implements Asking {
  readonly #ids: readonly string[];
  readonly #walks = new Map<string, Walk>();
  #touched = '';
  /** How many of them are in motion. */
  most = Number.POSITIVE_INFINITY;

  constructor(ids: readonly string[]) {
    this.#ids = ids;
  }

  next(): Step {
    const most = Math.min(this.most, this.#ids.length);
    this.#touched = this.#ids[Math.floor(Math.random() * most)] ?? '';
    return this.#walk().next();
  }

  answered(status: number, body: string): void {
    this.#walk().answered(status, body);
  }

  #walk(): Walk {
    const walk = this.#walks.get(this.#touched) ?? new Walk({ id: this.#touched, ...DRAFTED });
    this.#walks.set(this.#touched, walk);
    return walk;
  }
}
