import { getConnInfo } from '@hono/node-server/conninfo';
import type { Context } from 'hono';
import type { People } from '../identity/people.ts';

/**
 * From where a request comes, to be counted by. Behind a proxy it is what the nearest one says: what is before that in
 * `X-Forwarded-For` anyone may have written.
 */
export function addressOf(c: Context, { behindProxy }: People): string {
  const said = behindProxy ? c.req.header('x-forwarded-for')?.split(',').at(-1)?.trim() : undefined;
  if (said !== undefined) return said;
  // There is no connection where the server is called without a network.
  return 'incoming' in (c.env ?? {}) ? (getConnInfo(c).remote.address ?? '') : '';
}
