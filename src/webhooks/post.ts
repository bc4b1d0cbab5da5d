/** One attempt to hand a message over. */
import { type IncomingMessage, request as requestPlain } from 'node:http';
import { request as requestSecure } from 'node:https';
import type { BlockList, LookupFunction } from 'node:net';
import { ForbiddenTarget, guardedLookup, targetOf } from './target.ts';

/** What an endpoint has answered, or why there is no answer. */
export type Answer =
  | { readonly status: number; readonly retryAfter: string | null }
  | { readonly failure: string };

export interface Way {
  /** Networks beside the public ones. */
  readonly allowed: BlockList;
  /** How names are looked up; the system's way where none is given. */
  readonly lookup?: LookupFunction;
  /** Milliseconds for the whole exchange. */
  readonly patience?: number;
}

/** Standard Webhooks recommends 15 to 30 seconds. */
const PATIENCE_MS = 15_000;
/** Nothing in the body of an answer means anything to us. */
const MOST_BYTES = 64 * 1024;

/**
 * Posts JSON and never throws. Redirects are not followed, the answer's body is read up to a limit and thrown away,
 * and no connection is kept: an endpoint can hold up nothing but this attempt, for no longer than `patience`.
 */
export async function post(
  address: string,
  headers: Readonly<Record<string, string>>,
  body: string,
  { allowed, lookup, patience = PATIENCE_MS }: Way,
): Promise<Answer> {
  const signal = AbortSignal.timeout(patience);
  try {
    const url = targetOf(address, allowed);
    const isSecure = url.protocol === 'https:';
    return await new Promise<Answer>((resolve, reject) => {
      const request = (isSecure ? requestSecure : requestPlain)(url, {
        method: 'POST',
        agent: false,
        signal,
        lookup: guardedLookup(isSecure, allowed, lookup),
        headers: { ...headers, 'Content-Length': Buffer.byteLength(body), 'User-Agent': 'Arendegang' },
      });
      let answer: Answer = { failure: 'the connection was closed without an answer' };
      const settle = () => resolve(answer);
      // What an endpoint has answered stands, also where the rest of its answer breaks off or does not end.
      request.on('error', (error) => ('status' in answer ? settle() : reject(error)));
      // The last that is heard of a request, whatever became of it.
      request.on('close', settle);
      // Without this Node would close a connection that is to switch protocols, and tell of no answer.
      request.on('upgrade', (response, socket) => {
        answer = answerIn(response);
        socket.destroy();
      });
      request.on('response', (response) => {
        answer = answerIn(response);
        let size = 0;
        response.on('data', (chunk: Buffer) => {
          size += chunk.length;
          if (size > MOST_BYTES) response.destroy();
        });
        response.on('close', settle);
        response.on('error', settle);
      });
      request.end(body);
    });
  } catch (error) {
    return { failure: reasonOf(error, signal) };
  }
}

const answerIn = ({ statusCode, headers }: IncomingMessage): Answer => ({
  status: statusCode ?? 0,
  retryAfter: headers['retry-after'] ?? null,
});

function reasonOf(error: unknown, { aborted }: AbortSignal): string {
  if (aborted) return 'no answer in time';
  if (error instanceof ForbiddenTarget) return error.message;
  if (!(error instanceof Error)) return String(error);
  const { code } = error as NodeJS.ErrnoException;
  return code ? `${code}: ${error.message}`.slice(0, 300) : error.message.slice(0, 300);
}
