import type { MiddlewareHandler } from 'hono';
import { languageOf } from './language.ts';
import { problemResponse, RequestProblem } from './problem.ts';
import type { Numbered } from './request.ts';

/** The names by which a machine calls itself, as an authority (RFC 9110, 7.2), with or without a port. */
const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[::1\])(:\d{1,5})?$/i;

/**
 * Turns away a request that was meant for another host (421). A page elsewhere can have its own name point to this
 * machine and then reads what a browser here is answered; the demonstration's tokens are known to everyone.
 */
export const onlyLoopback: MiddlewareHandler<Numbered> = async (c, next) => {
  const host = c.req.header('host') ?? new URL(c.req.url).host;
  if (LOOPBACK.test(host)) return next();
  const problem = new RequestProblem('misdirected', {
    sv: 'Demonstrationen svarar bara under namnen localhost, 127.0.0.1 och [::1].',
    en: 'The demonstration answers only to the names localhost, 127.0.0.1 and [::1].',
  });
  return problemResponse(problem, languageOf(c.req.header('accept-language')), c.get('requestId'));
};
