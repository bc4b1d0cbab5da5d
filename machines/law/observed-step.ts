import type { Chart, Identity, JsonObject, Received } from '../chart.ts';
import type { Taken } from './taken.ts';

/** A step as facts are read off it. The first step of an actor has the event `started`. */
export interface ObservedStep {
  readonly chart: Chart;
  readonly self: Pick<Identity, 'id' | 'parent'>;
  /** What the actor was started with. */
  readonly input: JsonObject;
  readonly event: Received;
  readonly taken: readonly Taken[];
  /** The actors of the decision points that were started as depending on this one. */
  readonly dependents: readonly string[];
}
