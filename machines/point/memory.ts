/** What a decision point remembers. */
import type { Identity, JsonObject } from '../chart.ts';
import type { Outcome } from '../outcomes.ts';
import type { Regime } from './regime.ts';

export interface Assessment {
  readonly by: string;
  readonly on: string;
  readonly reversible: boolean;
  readonly reason: string;
}

/** An appeal of the decision, by the court's case number; one that was misfiled, by ours until the court has its own. */
export interface Appeal {
  readonly caseNumber: string | null;
  /** Our own registry number of an appeal that came to the municipality and was forwarded. */
  readonly reference: string | null;
  readonly court: string;
  readonly filedOn: string;
  readonly forwardedOn: string | null;
  readonly ruling: Ruling | null;
  readonly ruledOn: string | null;
}

/** How a court's final ruling in a case leaves the decision. */
export type Ruling = 'upheld' | 'dismissed' | 'annulled';

/** A point that another depends on: decided with a wording, or without one where it is a window that has passed. */
export interface Reference {
  readonly outcome: Outcome | 'annulled';
  readonly wording: string | null;
}

export interface PointContext {
  readonly self: Identity;
  readonly label: string;
  readonly title: string;
  readonly text: string;
  readonly body: string;
  readonly matter: string;
  readonly kind: string;
  readonly regime: Regime;
  readonly conditionalOn: readonly string[];
  readonly tasks: readonly JsonObject[];
  readonly followUps: readonly JsonObject[];
  readonly terminates: JsonObject | null;
  readonly concludes: JsonObject | null;
  /** What the bodies before the deciding one put forward, in order. */
  readonly prepared: readonly { readonly body: string; readonly outcome: Outcome }[];
  readonly outcome: Outcome | null;
  /** The vote by which it was decided; null where there was none. */
  readonly vote: {
    readonly yes: number;
    readonly no: number;
    readonly abstained: number;
    readonly tie?: 'castingVote' | 'lot' | undefined;
  } | null;
  readonly decidedOn: string | null;
  readonly meeting: string | null;
  readonly paragraph: number | null;
  readonly announcedOn: string | null;
  readonly appeals: readonly Appeal[];
  /** The parties notified, by actor, and whether the time to appeal is out for each of them. */
  readonly parties: { readonly [actor: string]: 'running' | 'over' };
  /** How many have been notified, of this decision and of earlier ones. */
  readonly notified: number;
  /** When it was announced that a plan is adopted, and the county board told. */
  readonly planAnnouncedOn: string | null;
  readonly planReportedOn: string | null;
  /** What became of the points that this one depends on. */
  readonly references: { readonly [key: string]: Reference };
  /** Their wordings as the body had them before it when it decided, and those of them that were decided by then. */
  readonly saw: { readonly [key: string]: string };
  readonly knew: readonly string[];
  /** Those of them that have gained final force. */
  readonly referencesInForce: readonly string[];
  /** Those of them that a court has stayed. */
  readonly referencesStayed: readonly string[];
  readonly condition: 'none' | 'pending' | 'met' | 'failed' | 'anew';
  readonly openTasks: readonly string[];
  readonly assessment: Assessment | null;
  /** Something has been executed: it is rectified if the decision falls. */
  readonly begun: boolean;
  readonly stayed: boolean;
  readonly inForce: boolean;
  readonly annulled: boolean;
}

/** What every point starts from, before its input. */
export const pointContext: JsonObject = {
  appealPeriod: { weeks: 3 },
  tasks: [],
  followUps: [],
  terminates: null,
  concludes: null,
  prepared: [],
  outcome: null,
  vote: null,
  decidedOn: null,
  meeting: null,
  paragraph: null,
  announcedOn: null,
  appeals: [],
  parties: {},
  notified: 0,
  planAnnouncedOn: null,
  planReportedOn: null,
  references: {},
  saw: {},
  knew: [],
  referencesInForce: [],
  referencesStayed: [],
  condition: 'none',
  openTasks: [],
  assessment: null,
  begun: false,
  stayed: false,
  inForce: false,
  annulled: false,
};
