import type { MiddlewareHandler } from 'hono';
import { languageOf } from './language.ts';
import { problemResponse, RequestProblem } from './problem.ts';
import type { Numbered } from './request.ts';

/** The names by which a machine calls itself, as an authority (RFC 9110, 7.2), with or without a port. */
const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[::1\])(:\d{1,5})?$/i;

/** Asked by those who watch over the server, who know it by other names. They say nothing of what is in it, or ask for a key of their own. */
const WATCHED = ['/livez', '/readyz', '/metrics'];

/**
 * Turns away a request that was meant for another host (421). A page elsewhere can have its own name point to this
 * machine and then reads what a browser here is answered.
 * @param publicUrl the address by which people reach the server; null where only this machine does.
 */
export const onlyOurs =
  (publicUrl: URL | null): MiddlewareHandler<Numbered> =>
  async (c, next) => {
    const host = c.req.header('host') ?? new URL(c.req.url).host;
    if (publicUrl ? isHostOf(publicUrl, host) : LOOPBACK.test(host)) return next();
    if (publicUrl && WATCHED.includes(c.req.path)) return next();
    const name = publicUrl ? publicUrl.host : 'localhost, 127.0.0.1, [::1]';
    const problem = new RequestProblem('misdirected', {
      sv: `Servern svarar bara under namnen ${name}.`,
      en: `The server answers only to the names ${name}.`,
    });
    return problemResponse(problem, languageOf(c.req.header('accept-language')), c.get('requestId'));
  };

/** The port of the scheme may be left out or stated. */
function isHostOf({ protocol, host, hostname, port }: URL, asked: string): boolean {
  const stated = `${hostname}:${port || (protocol === 'https:' ? '443' : '80')}`;
  return [host, stated].includes(asked.toLowerCase());
}
