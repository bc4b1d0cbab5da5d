import type { Label } from '../../machines/label.ts';
import { type RuleId, rules } from '../../machines/law/rules.ts';
import type { Role } from '../../machines/roles.ts';

/** Every way in which a command can be turned down. */
export type Code =
  | 'notFound'
  | 'undeclared'
  | 'invalid'
  | 'forbidden'
  | 'refused'
  | 'stale'
  | 'keyReused'
  | 'exists'
  /** A message of no concern, by what its integration declares: kept, and answered as taken. */
  | 'ignored'
  | 'unavailable';

/** A condition that was not met, with the rule that sets it. */
export interface Unmet {
  readonly guard: string;
  readonly rule: RuleId | null;
  readonly cite: string | null;
  readonly says: Label;
}

/** Why an event is not possible now: what is unmet, who could send it, and when it becomes possible. */
export interface Explanation {
  readonly rule: RuleId | null;
  readonly cite: string | null;
  readonly says: Label;
  readonly unmet: readonly Unmet[];
  readonly who: readonly Role[];
  /** States in which the event is possible; and the day from which a running deadline makes it so. */
  readonly when: { readonly states: readonly Label[]; readonly from: string | null };
}

/** A field of a payload that is wrong. */
export interface FieldError {
  /** JSON pointer into the payload. */
  readonly pointer: string;
  readonly detail: Label;
  /** The values that the state permits there, where it is for another that it refuses. */
  readonly permitted?: readonly (string | number)[];
  /** What a matter does until the fault of its route shows, step by step. */
  readonly path?: readonly CounterStep[];
}

/** One step of a matter on a path that shows a fault. */
export interface CounterStep {
  readonly event: string;
  /** The ids of the transitions that the matter took; none where the step was another actor's. */
  readonly transitions: readonly string[];
  /** The leaf states of the matter afterwards. */
  readonly states: readonly string[];
}

export interface Particulars {
  readonly explanation?: Explanation;
  readonly fields?: readonly FieldError[];
  /** The actor's present version, where another was expected. */
  readonly version?: number;
  /** The actor that refused, where it is not the one addressed. */
  readonly actor?: string;
}

/** A command turned down. Nothing has been changed. */
export class Refusal extends Error {
  readonly code: Code;
  readonly says: Label;
  readonly particulars: Particulars;

  constructor(code: Code, says: Label, particulars: Particulars = {}) {
    super(says.en);
    this.name = 'Refusal';
    this.code = code;
    this.says = says;
    this.particulars = particulars;
  }
}

/** For what there is not, and in the same words for what the sender does not see. */
export const notFound = (id: string): Refusal =>
  new Refusal('notFound', { sv: `Det finns inget ${id}.`, en: `There is no ${id}.` });

/** For a message to what there is not; in the same words where an event names what its sender does not see. */
export const noReceiver = (id: string): Refusal =>
  new Refusal('refused', { sv: `Det finns inget ${id}.`, en: `There is no ${id}.` }, { actor: id });

/** A fault of a chart: its code threw, or made what cannot be kept. The command fails alone; nothing has changed. */
export class ChartFault extends Error {
  override readonly name = 'ChartFault';
}

export const citeOf = (rule: RuleId | null): string | null => (rule ? rules[rule].cite : null);
