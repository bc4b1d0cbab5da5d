import type { MiddlewareHandler } from 'hono';
import { onDuty } from '../engine/on-duty.ts';
import type { Services } from '../services.ts';
import type { Env } from './context.ts';
import { RequestProblem } from './problem.ts';

/** Open to anyone: what the API is. Messages are asked for their signature instead. */
const open = [/^\/v1\/(api-info|openapi\.json|docs(\/[a-z.-]+)?)$/, /^\/v1\/hooks\/[^/]+$/];

const isOpen = (path: string): boolean => open.some((it) => it.test(path));

/** Whoever the bearer token of a request belongs to (RFC 6750): in the header and nowhere else. */
export const bearer =
  ({ identify, source }: Services): MiddlewareHandler<Env> =>
  async (c, next) => {
    const token = /^Bearer +([!-~]+) *$/i.exec(c.req.header('authorization') ?? '')?.[1];
    const identity = token === undefined || isOpen(c.req.path) ? null : await identify(token);
    if (identity) {
      c.set('identity', onDuty(identity, source.now(), source.calendarOf));
      c.set('isStillIn', async () => (await identify(token ?? '')) !== null);
    }
    await next();
  };

/** Asks every request for an identity, but on the open routes. */
export const identified: MiddlewareHandler<Env> = (c, next) => {
  if (!isOpen(c.req.path) && c.get('identity') === undefined)
    throw new RequestProblem('unauthenticated', {
      sv: 'Ange en giltig nyckel: Authorization: Bearer …',
      en: 'State a valid token: Authorization: Bearer …',
    });
  return next();
};
