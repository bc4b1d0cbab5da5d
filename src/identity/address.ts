/** From where requests come. */
import type { People } from './people.ts';

/** What there is of a request: its headers, and what Node's server says of its connection. */
export interface Coming {
  readonly req: { header(name: string): string | undefined };
  readonly env: unknown;
}

/** The address at the other end of the connection; null for a request that came over no network. */
export const connectionOf = ({ env }: Pick<Coming, 'env'>): string | null =>
  (env as { incoming?: { socket: { remoteAddress?: string } } } | undefined)?.incoming?.socket
    .remoteAddress ?? null;

/**
 * From where a request comes, to be counted by; empty for one that came over no network. Behind a proxy it is what the
 * nearest one says: what is before that in `X-Forwarded-For` anyone may have written.
 */
export function addressOf(coming: Coming, people: People | null): string {
  const said = people?.behindProxy ? coming.req.header('x-forwarded-for') : undefined;
  return said?.split(',').at(-1)?.trim() ?? connectionOf(coming) ?? '';
}
