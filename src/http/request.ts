/** What every request gets, whether it is for the API or for a page. */
import { randomUUID } from 'node:crypto';
import type { MiddlewareHandler } from 'hono';
import type { Logger } from 'pino';
import type { Identity } from '../services.ts';
import { languageOf } from './language.ts';
import { problemResponse, RequestProblem } from './problem.ts';

/** Another's number is taken over where it can do no harm in a header or a line of a log. */
const NUMBER = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/;

export interface Numbered {
  Variables: { requestId: string };
}

/**
 * Gives the request its number, or takes over the one that whoever is in front has given it (`X-Request-Id`); tells it
 * in the answer, and writes a line about the request under it. No line has a query, a header or a body: what is
 * searched for and what opens doors is in no log.
 */
export const numbered =
  (log: Logger): MiddlewareHandler<Numbered> =>
  async (c, next) => {
    const given = c.req.header('x-request-id') ?? '';
    const requestId = NUMBER.test(given) ? given : randomUUID();
    c.set('requestId', requestId);
    const began = performance.now();
    await next();
    c.res.headers.set('X-Request-Id', requestId);
    if (!log.isLevelEnabled('debug')) return;
    const who = (c.get('identity' as never) as Identity | undefined)?.id;
    const milliseconds = Math.round(performance.now() - began);
    log.debug({ requestId, method: c.req.method, path: c.req.path, status: c.res.status, milliseconds, who });
  };

/**
 * What no answer is without: a browser takes it for what it says it is, shows it in no frame, lets it run nothing, and
 * tells no other host where it was. What an answer says itself, as a page does, stands. They are set on the answer that
 * is there: `c.header` would make another of it each time, with a stream for its text.
 */
const PROTECTION: Readonly<Record<string, string>> = {
  'X-Content-Type-Options': 'nosniff',
  'Content-Security-Policy': "default-src 'none'; frame-ancestors 'none'",
  'X-Frame-Options': 'DENY',
  'Referrer-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
};

export const protectedAnswer: MiddlewareHandler = async (c, next) => {
  await next();
  const { headers } = c.res;
  for (const [name, value] of Object.entries(PROTECTION)) if (!headers.has(name)) headers.set(name, value);
};

/** Requests under way beyond which new ones are told to come back: what waits longer than its sender helps nobody. */
const MOST_UNDER_WAY = 2_000;

export function notOverloaded(most = MOST_UNDER_WAY): MiddlewareHandler<Numbered> {
  let underWay = 0;
  return async (c, next) => {
    if (underWay >= most)
      return problemResponse(
        new RequestProblem('overloaded', {
          sv: 'Servern har fler begäranden än den hinner med. Försök igen.',
          en: 'The server has more requests than it can manage. Try again.',
        }),
        languageOf(c.req.header('accept-language')),
        c.get('requestId'),
      );
    underWay++;
    try {
      await next();
    } finally {
      underWay--;
    }
  };
}
