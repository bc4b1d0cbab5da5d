import type { Label } from '../../../machines/label.ts';
import type { StoredActor } from '../../store/actors.ts';
import type { Deadline } from '../../store/deadlines.ts';
import type { StoredEntry } from '../../store/entries.ts';

/**
 * `chain`: the log of an actor is not whole. `sequence`: the log of the database is not, or is out of order.
 * `replay`: the chart does something else with an entry than the log says. `snapshot`: what is stored of the
 * actor is not what its log gives. `deadline`: a row of a deadline has no ground in the log, or is missing.
 */
export type FindingKind = 'chain' | 'sequence' | 'replay' | 'snapshot' | 'deadline';

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
  readonly entries: readonly StoredEntry[];
  readonly deadlines: readonly Deadline[];
}
