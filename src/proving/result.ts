/** What a check finds out about a chart. */
import type { JsonObject, Origin } from '../../machines/chart.ts';
import type { Label } from '../../machines/label.ts';
import type { Subject } from '../../machines/law/observer.ts';
import type { RuleId } from '../../machines/law/rules.ts';

/** One command on a path: what was sent to whom, and what came of it. */
export interface PathStep {
  readonly actor: string;
  readonly event: string;
  /** The event, and the states that it led to, as people know them. */
  readonly says: Label;
  readonly payload: JsonObject;
  readonly origin: Origin;
  /** The states afterwards of every actor that the command moved. */
  readonly states: Readonly<Record<string, readonly string[]>>;
  /** The ids of the transitions that each of them took. */
  readonly transitions: Readonly<Record<string, readonly string[]>>;
  readonly facts: readonly string[];
}

/** A rule that a path violates: a shortest one, whose last step does it. */
export interface Violation {
  readonly part: string;
  readonly rule: RuleId;
  readonly cite: string;
  readonly watches: string;
  readonly subject: Subject;
  readonly path: readonly PathStep[];
}

/** Why some of a chart is never reached. */
export interface Cause {
  readonly part: string;
  /** The state in which a matter stays. */
  readonly state: Label;
  /** The event that would lead on. */
  readonly event: Label;
  readonly rule: RuleId | null;
  readonly cite: string | null;
  readonly says: Label;
  readonly path: readonly PathStep[];
}

/** Something wrong with the structure of a chart, and a shortest path to where it shows. */
export interface Finding {
  readonly part: string;
  readonly detail: string;
  readonly path: readonly PathStep[];
}

/** One exploration. */
export interface Explored {
  readonly part: string;
  readonly states: number;
  readonly transitions: number;
  readonly explored: number;
  readonly milliseconds: number;
}

export interface CheckResult {
  /** The chart's name; for a route `municipality/route`. */
  readonly route: string;
  /** States and transitions between them in all explorations, and the commands tried there. */
  readonly states: number;
  readonly transitions: number;
  readonly explored: number;
  readonly milliseconds: number;
  readonly parts: readonly Explored[];
  readonly violations: readonly Violation[];
  /** Where something is never reached: the first thing that keeps a matter from it. */
  readonly causes: readonly Cause[];
  /** States that no exploration reaches; transitions that none takes. */
  readonly unreached: readonly string[];
  readonly dead: readonly string[];
  /** Transitions whose choice hangs on their order alone. */
  readonly nondeterministic: readonly string[];
  /** Messages that a receiver had to take and did not; actors started twice or spoken to too early. */
  readonly unaccepted: readonly Finding[];
  /** States from which no end can be reached. */
  readonly trapped: readonly Finding[];
  /** Events that made a guard or an action fail, or a chart run in a circle. */
  readonly failures: readonly string[];
  /** Limits that were hit: what lies beyond them is not proved. */
  readonly bounds: readonly string[];
  /** What was taken for granted. */
  readonly assumptions: readonly string[];
  /** True when nothing was found and no limit was hit. */
  readonly proved: boolean;
}
