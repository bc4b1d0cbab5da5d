/** Figures for operators, as Prometheus reads them. */
import { createHash, timingSafeEqual } from 'node:crypto';
import type { MiddlewareHandler } from 'hono';
import { routePath } from 'hono/route';
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import { connectionOf } from '../identity/address.ts';
import type { Services } from '../services.ts';
import { deadlinesDue, deliveriesWaiting } from '../views/waiting.ts';

/** In seconds. A clerk waits for nothing that takes a second. */
const buckets = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10];

export class Metrics {
  readonly #registry = new Registry();
  readonly #requests: Histogram<'method' | 'route' | 'status'>;

  constructor({ engine, source }: Services) {
    const registers = [this.#registry];
    collectDefaultMetrics({ register: this.#registry });
    this.#requests = new Histogram({
      name: 'http_request_duration_seconds',
      help: 'How long requests took, by route.',
      labelNames: ['method', 'route', 'status'],
      buckets,
      registers,
    });
    const told = (name: string, help: string, read: () => number | Promise<number>) => ({
      name: `arendegang_${name}`,
      help,
      registers,
      async collect(this: Gauge | Counter) {
        this.reset();
        this.inc(await read());
      },
    });
    new Counter(told('commits_total', 'Groups that were committed.', () => engine.figures.commits));
    new Counter(
      told(
        'commands_total',
        'Commands in them; over commits, the size of a group.',
        () => engine.figures.commands,
      ),
    );
    new Gauge(told('queue_length', 'Commands that wait for the next group.', () => engine.figures.queued));
    new Gauge(
      told('deadlines_due', 'Deadlines that are due and not yet carried out.', () => deadlinesDue(source)),
    );
    new Gauge(
      told('deliveries_waiting', 'Messages that wait to be delivered.', () => deliveriesWaiting(source)),
    );
  }

  /** Measures each request under the route that answered it: never under an address, of which there is no end. */
  readonly measured: MiddlewareHandler = async (c, next) => {
    const end = this.#requests.startTimer();
    await next();
    end({ method: c.req.method, route: routePath(c), status: String(c.res.status) });
  };

  /**
   * Tells the figures to whoever has the token or, where there is none, to this machine itself. What has come through a
   * proxy has come from elsewhere.
   */
  told(token: string | null): MiddlewareHandler {
    return async (c) => {
      const stated = /^Bearer +(\S+)$/i.exec(c.req.header('authorization') ?? '')?.[1] ?? '';
      const isKnown = token === null ? isOwn(connectionOf(c), c.req.raw.headers) : isSame(stated, token);
      if (!isKnown) return c.notFound();
      return c.body(await this.#registry.metrics(), 200, { 'Content-Type': this.#registry.contentType });
    };
  }
}

/** Over no network, or from the machine itself and not on behalf of another. */
const isOwn = (address: string | null, headers: Headers): boolean =>
  (address === null || /^(::1|(::ffff:)?127(\.\d{1,3}){3})$/.test(address)) &&
  !['forwarded', 'x-forwarded-for', 'via'].some((name) => headers.has(name));

/** As long for a token that is nearly right as for any other. */
const isSame = (a: string, b: string): boolean => timingSafeEqual(digest(a), digest(b));
const digest = (text: string) => createHash('sha256').update(text).digest();
