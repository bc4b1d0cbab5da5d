/** How much one identity may ask for: an allowance that is spent by each request and comes back with time. */
import type { MiddlewareHandler } from 'hono';
import { addressOf } from '../identity/address.ts';
import type { People } from '../identity/people.ts';
import type { Env, Request } from './context.ts';
import { RequestProblem } from './problem.ts';

const MINUTE_MS = 60_000;
/** Those remembered; beyond this whoever has not asked for longest begins anew. */
const MOST = 10_000;

interface Left {
  readonly requests: number;
  readonly at: number;
}

export class Allowance {
  readonly perMinute: number;
  readonly #clock: () => number;
  readonly #left = new Map<string, Left>();

  /** @param clock milliseconds that never go back. */
  constructor(perMinute: number, clock = () => performance.now()) {
    this.perMinute = perMinute;
    this.#clock = clock;
  }

  /** Spends one request. @returns how many are left; below nought where there was none. */
  take(who: string): number {
    const now = this.#clock();
    const was = this.#left.get(who) ?? { requests: this.perMinute, at: now };
    const back = ((now - was.at) / MINUTE_MS) * this.perMinute;
    const left = Math.min(this.perMinute, was.requests + back) - 1;
    this.#left.delete(who);
    this.#left.set(who, { requests: Math.max(0, left), at: now });
    const [longest] = this.#left.keys();
    if (this.#left.size > MOST && longest !== undefined) this.#left.delete(longest);
    return left;
  }

  /** Whole seconds until one more request is allowed. */
  get seconds(): number {
    return Math.ceil(MINUTE_MS / 1000 / this.perMinute);
  }
}

/**
 * Asks each request of its allowance: that of its identity, or where nobody is known by a token, as on what is open to
 * all, that of the address it comes from. Answers say what is left (draft-ietf-httpapi-ratelimit-headers).
 * @param perMinute requests; nought for as many as anyone likes.
 */
export function limited(perMinute: number, people: People | null): MiddlewareHandler<Env> {
  if (perMinute === 0) return (_, next) => next();
  const allowance = new Allowance(perMinute);
  return async (c, next) => {
    const left = allowance.take(whoAsks(c, people));
    const told = {
      'RateLimit-Policy': `"identity";q=${perMinute};w=60`,
      RateLimit: `"identity";r=${Math.max(0, Math.floor(left))};t=${allowance.seconds}`,
    };
    if (left < 0)
      throw new RequestProblem(
        'tooMany',
        { sv: `Högst ${perMinute} begäranden i minuten.`, en: `At most ${perMinute} requests a minute.` },
        { headers: { ...told, 'Retry-After': String(allowance.seconds) } },
      );
    await next();
    for (const [name, value] of Object.entries(told)) c.res.headers.set(name, value);
  };
}

const whoAsks = (c: Request, people: People | null): string =>
  (c.get('identity') as { id: string } | undefined)?.id ?? `from ${addressOf(c, people)}`;
