/** What every request carries once it has passed the first handlers. */
import type { Context } from 'hono';
import type { Label } from '../../machines/label.ts';
import { scopeOf } from '../access/scope.ts';
import type { Sender } from '../engine/parse.ts';
import type { Author } from '../engine/rights.ts';
import type { Identity } from '../services.ts';
import type { Archive, Source } from '../views/source.ts';

export type Language = keyof Label;

export interface Env {
  Variables: {
    /** Told in every answer and written in every line of the server's own log about it. */
    requestId: string;
    language: Language;
    /** Whoever the bearer token belongs to; on the open routes nobody asks. */
    identity: Identity;
    /** Whether the token opens anything still. */
    isStillIn: () => Promise<boolean>;
  };
}

export type Request = Context<Env>;

/** What whoever asks may read from. */
export const sourceFor = (c: Request, archive: Archive): Source => ({
  ...archive,
  scope: scopeOf(c.get('identity').grants),
});

/** Whoever asks, as the author of what a request changes of who may do what. */
export const authorOf = (c: Request): Identity & Author => ({ ...c.get('identity'), way: 'api' });

/** The sender of the commands of a request. */
export const senderOf = (c: Request): Sender => c.get('identity');
