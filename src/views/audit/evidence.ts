import type { Label } from '../../../machines/label.ts';
import type { StoredActor } from '../../store/actors.ts';
import type { Deadline } from '../../store/deadlines.ts';
import type { Entry } from '../../store/entries.ts';
import type { OutboxMessage } from '../../store/outbox.ts';
import type { Receipt } from '../../store/receipts.ts';

/**
 * `chain`: the log of an actor is not whole. `sequence`: the log of the database is not, or is out of order. `replay`:
 * the chart does something else with an entry than the log says. `snapshot`: what is stored of the actor is not what
 * its log gives. `deadline`: a row of a deadline has no ground in the log, or is missing. `seal`: a seal of the whole
 * log is broken, or the log was cut. `outbox`: what is to be sent is not what the log gives. `document`: a message that
 * an entry rests on is not there as it was received and answered, or no seal covers one. `delegation`: a decision was
 * made for a committee, and the delegation that it names did not accept it. `plan`: a plan is not the one that
 * was published, or one by which an actor was moved is not there. `definition`: one that was released is not stored as
 * its hash says. `rights`: the register of access rights is not as it was written, or someone may something else than
 * it says.
 */
export const findingKinds = [
  'chain',
  'sequence',
  'seal',
  'replay',
  'snapshot',
  'deadline',
  'outbox',
  'document',
  'delegation',
  'plan',
  'definition',
  'rights',
] as const;
export type FindingKind = (typeof findingKinds)[number];

export interface Finding {
  readonly actor: string;
  /** The entry of the actor's log that is the first not to be right, or null where it is not about one. */
  readonly version: number | null;
  readonly kind: FindingKind;
  readonly detail: Label;
}

/** Everything that is stored of an actor. */
export interface Evidence {
  readonly actor: StoredActor;
  /** In the order of their versions. */
  readonly entries: readonly Entry[];
  readonly deadlines: readonly Deadline[];
  readonly outbox: readonly OutboxMessage[];
  /** The messages that its entries rest on. */
  readonly receipts: readonly Receipt[];
  /** The words of its number and title by which it is found; none for an actor that is no record. */
  readonly words: readonly string[];
}
