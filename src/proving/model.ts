/** How a chart is made finite for exploring: what it is started with, what is sent to it, and what is left out of its memory. */
import type { Chart, JsonObject } from '../../machines/chart.ts';
import { payloadsOf, type Values } from './samples.ts';

export interface Model {
  readonly chart: Chart;
  /** Values for fields by name, where the declarations do not show what makes a difference. */
  readonly values?: Values;
  /** Whole payloads by event, in place of those made from the declaration; an empty list leaves an event out. */
  readonly payloads?: Readonly<Record<string, readonly JsonObject[]>>;
  /** The context without what no guard and no message depends on, and with counters cut short. */
  readonly abstract?: (context: JsonObject) => JsonObject;
  /** False for a payload that is not tried in a context: the bound is stated among the assumptions. */
  readonly admits?: (type: string, payload: JsonObject, context: JsonObject) => boolean;
  /** What the exploration takes for granted, in words. */
  readonly assumes?: readonly string[];
}

/** The payloads to try for an event of a model's chart. */
export function payloadsFor(model: Model, type: string): readonly JsonObject[] {
  const said = model.payloads?.[type];
  if (said) return said;
  const declared = model.chart.events[type];
  return declared ? payloadsOf(declared.fields, model.values ?? {}) : [];
}
