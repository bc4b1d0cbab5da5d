/** What can be asked of the engine, and what it answers. */
import type { Chart, JsonObject } from '../../machines/chart.ts';
import type { Deadline, DeadlineKey } from '../store/deadlines.ts';
import type { Redaction } from '../store/redactions.ts';
import type { MovedPayload } from './moves/moved.ts';
import type { Sender } from './parse.ts';
import type { Refusal } from './refusal.ts';
import type { RedactedPart } from './retention/prepare.ts';

/** A repetition with the same key gets the first answer; the fingerprint tells a repetition from a mistake. */
export interface Idempotency {
  readonly scope: string;
  readonly key: string;
  readonly fingerprint: string;
}

/** A signed message from another system, remembered in the same transaction as what it caused. */
export interface Message {
  readonly integration: string;
  readonly id: string;
  readonly tenant: string;
  readonly body: string;
  /** The person who has one tried again that was refused, or was of no concern. */
  readonly triedBy?: string;
}

interface Common {
  readonly sender: Sender;
  readonly idempotency?: Idempotency;
  readonly message?: Message;
}

/** Starts a record of its own: a matter, a meeting, a joint matter. */
export interface Start extends Common {
  readonly kind: 'start';
  readonly chart: string;
  readonly tenant: string;
  readonly input: JsonObject;
  /** What belongs to the input and was not stated by whoever starts it: they need not see what it names. */
  readonly found?: JsonObject;
  /** Registry numbers that the input lacks: each place, as a JSON pointer, with the series that gives the number. */
  readonly series?: Readonly<Record<string, string>>;
}

/** Sends an event to an actor. */
export interface Send extends Common {
  readonly kind: 'send';
  readonly actor: string;
  /** Which actors the sender means; where it is another, there is none of that id. */
  readonly among?: (chart: Chart) => boolean;
  /** The version that the sender has seen; without it the event is applied to whatever is there. */
  readonly expected?: number;
  readonly type: string;
  readonly payload: unknown;
}

/** Fires a deadline that has fallen due. */
export interface Fire {
  readonly kind: 'fire';
  readonly deadline: Deadline;
}

/** Has a deadline tried again that could not be carried out. */
export interface Retry extends Pick<Common, 'sender' | 'idempotency'> {
  readonly kind: 'retry';
  readonly deadline: DeadlineKey;
}

/**
 * Keeps a message that has caused nothing, with the reason: what reaches the authority is a received document
 * . The command is answered with that refusal, or with what the message has been answered for good.
 */
export interface Receive {
  readonly kind: 'receive';
  readonly message: Message;
  readonly refusal: Refusal;
}

/** Moves what a plan moves of a record, all of it or nothing (`moves/plan.ts`). */
export interface Move extends Pick<Common, 'sender' | 'idempotency'> {
  readonly kind: 'move';
  readonly root: string;
  /** Each with the version that the payload was made for: one that has gone on since is not moved by it. */
  readonly parts: readonly {
    readonly actor: string;
    readonly expected: number;
    readonly payload: MovedPayload;
  }[];
}

/** Redacts a record by a retention decision, as it was prepared (`retention/prepare.ts`), or not at all. */
export interface Redact extends Pick<Common, 'sender' | 'idempotency'> {
  readonly kind: 'redact';
  readonly root: string;
  readonly parts: readonly RedactedPart[];
  readonly copies: Redaction;
}

export type Command = Start | Send | Fire | Retry | Receive | Move | Redact;

/** A command that has been committed. */
export interface Accepted {
  readonly command: string;
  readonly actor: string;
  /** The actor's version after the command, the definition that it is pinned to, and its active leaf states. */
  readonly version: number;
  readonly chart: string;
  readonly chartVersion: number;
  readonly states: readonly string[];
  readonly at: string;
  /** True where this is the first answer again. */
  readonly repeated: boolean;
}
