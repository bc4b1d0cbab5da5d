/**
 * The two headers that make a change safe to send over a network.
 *
 * `If-Match: "7"` (RFC 9110) names the version that the sender has seen: if it has moved on, nothing happens and
 * the answer is 412. `Idempotency-Key` (draft-ietf-httpapi-idempotency-key-header) names the change itself: sent
 * again with the same body, it gets the first answer again and nothing happens twice; with another body, 422. Both
 * are checked inside the transaction that makes the change.
 */
import type { Json } from '../../machines/chart.ts';
import { canonical, sha256 } from '../engine/chain.ts';
import type { Accepted, Idempotency } from '../engine/command.ts';
import type { Request } from './context.ts';
import { RequestProblem } from './problem.ts';

/** The version in `If-Match`. @throws RequestProblem `preconditionRequired` or `malformed`. */
export function expectedVersion(c: Request): number {
  const header = c.req.header('if-match');
  if (header === undefined)
    throw new RequestProblem('preconditionRequired', {
      sv: 'Ange i If-Match, inom citattecken, den version du har sett. Den står i svarets ETag.',
      en: 'State in If-Match, in quotation marks, the version you have seen. It is the ETag of the answer.',
    });
  const version = /^"(\d{1,15})"$/.exec(header.trim())?.[1];
  if (version === undefined)
    throw new RequestProblem('malformed', {
      sv: 'If-Match ska vara en enda version inom citattecken.',
      en: 'If-Match must be one version in quotation marks.',
    });
  return Number(version);
}

/** The key of a request, in the scope of whoever sends it. @throws RequestProblem `keyRequired`. */
export function idempotencyOf(c: Request, body: Json): Idempotency {
  const key = c.req.header('idempotency-key');
  if (key === undefined || !/^[!-~]{1,255}$/.test(key))
    throw new RequestProblem('keyRequired', {
      sv: 'Ange Idempotency-Key: 1 till 255 synliga ASCII-tecken, nya för varje ny begäran.',
      en: 'State an Idempotency-Key: 1 to 255 visible ASCII characters, new for each new request.',
    });
  const { method, path } = c.req;
  return {
    scope: c.get('identity').id,
    key,
    fingerprint: sha256(`${method}\n${path}\n${canonical(body)}`),
  };
}

export const etagOf = (version: number): string => `"${version}"`;

/** The headers of an answer to a change. */
export const changedHeaders = ({ version, repeated }: Pick<Accepted, 'version' | 'repeated'>) => ({
  ETag: etagOf(version),
  ...(repeated && { 'Idempotency-Replayed': 'true' }),
});
