/** What every request carries once it has passed the first handlers. */
import type { Context } from 'hono';
import type { Label } from '../../machines/label.ts';
import type { Sender } from '../engine/parse.ts';
import type { Identity } from '../services.ts';

export type Language = keyof Label;

export interface Env {
  Variables: {
    /** Told in every answer and written in every line of the server's own log about it. */
    requestId: string;
    language: Language;
    /** Whoever the bearer token belongs to; on the open routes nobody asks. */
    identity: Identity;
  };
}

export type Request = Context<Env>;

/** The sender of the commands of a request. */
export function senderOf(c: Request): Sender {
  const { id, name, origin, grants } = c.get('identity');
  return { id, name, origin, grants };
}
