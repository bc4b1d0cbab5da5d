/**
 * How an address finds its handlers. Hono's router of one expression for all takes a tenth of the time of its tree
 * (0.5 µs against 4.6), and cannot have an address that stands where another has a parameter, as the pages have
 * (`/matters/new`, `/matters/:id`). So what lies under one prefix has it for itself.
 */
import type { Result, Router } from 'hono/router';
import { RegExpRouter } from 'hono/router/reg-exp-router';
import { TrieRouter } from 'hono/router/trie-router';

export class PrefixRouter<Handler> implements Router<Handler> {
  readonly name = 'PrefixRouter';
  readonly #prefix: string;
  readonly #under = new RegExpRouter<Handler>();
  readonly #elsewhere = new TrieRouter<Handler>();

  constructor(prefix: string) {
    this.#prefix = prefix;
  }

  add(method: string, path: string, handler: Handler): void {
    const isUnder = path.startsWith(this.#prefix);
    if (isUnder || path === '/*') this.#under.add(method, path, handler);
    if (!isUnder) this.#elsewhere.add(method, path, handler);
  }

  match(method: string, path: string): Result<Handler> {
    return (path.startsWith(this.#prefix) ? this.#under : this.#elsewhere).match(method, path);
  }
}
