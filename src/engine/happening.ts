/** What happens to an actor, in the form in which the log keeps it: the server and a replay take the same step. */
import type { Chart, Circumstances, Identity, JsonObject, Received } from '../../machines/chart.ts';
import type { Entry } from '../store/entries.ts';
import { DEADLINE, STARTED } from './actor.ts';
import { canonical } from './chain.ts';
import { MOVED, type MovedPayload, moved } from './moves/moved.ts';
import { REDACTED, unmoved } from './retention/redacted.ts';
import { settled } from './settled.ts';
import { type DeadlineRef, deadlineEvent, type Step, start, step } from './step.ts';
import type { Snapshot } from './transition.ts';

/** A type of the log; payload and circumstances as canonical JSON. */
export type Happening = Pick<Entry, 'type' | 'payload' | 'meta'>;

/** @throws TypeError for what JSON cannot say. */
export const happening = (type: string, payload: JsonObject, meta: Circumstances): Happening => ({
  type,
  payload: canonical(payload),
  meta: canonical(meta),
});

/** A step with its snapshot in the form in which it is stored. */
export interface Taken extends Step {
  /** Canonical JSON. */
  readonly text: string;
}

/**
 * The step that an actor takes. Its snapshot is the one that would be read back, so what goes on from here is what is
 * stored, restart or not.
 * @param before null for the first step.
 * @returns null when the chart does not accept the event in its present state.
 * @throws what the chart's guards and actions throw, and TypeError for a context that is not JSON.
 */
export function take(chart: Chart, self: Identity, before: Snapshot | null, what: Happening): Taken | null {
  if (before !== null && what.type === MOVED)
    return moved(chart, before, JSON.parse(what.payload) as MovedPayload);
  if (before !== null && what.type === REDACTED) return unmoved(chart, before);
  const made =
    before === null
      ? start(chart, { ...inputOf(what), self: self as unknown as JsonObject })
      : step(chart, before, eventOf(chart, what));
  if (!made) return null;
  return {
    ...made,
    deadlines: withSpent(made.deadlines, what),
    ...settled(chart.machine, made.snapshot),
  };
}

const inputOf = ({ payload }: Happening) => (JSON.parse(payload) as { input: JsonObject }).input;

/** The event that a chart sees. */
export function eventOf(chart: Chart, { type, payload, meta }: Happening): Received {
  const circumstances = JSON.parse(meta) as Circumstances;
  const fields = JSON.parse(payload) as JsonObject;
  if (type === STARTED || type === MOVED || type === REDACTED) return { type, meta: circumstances };
  const name = type.startsWith(DEADLINE) ? type.slice(DEADLINE.length) : null;
  const event = name === null ? type : deadlineEvent(chart.machine, { state: String(fields.state), name });
  return { ...fields, type: event, meta: circumstances };
}

type Changed = Step['deadlines'];

/** A deadline that fires without its state being left has run all the same. */
function withSpent(changed: Changed, { type, payload }: Happening): Changed {
  if (!type.startsWith(DEADLINE)) return changed;
  const { state } = JSON.parse(payload) as Pick<DeadlineRef, 'state'>;
  const name = type.slice(DEADLINE.length);
  const known = changed.some((it) => it.state === state && it.name === name);
  return known ? changed : [...changed, { state, name, set: false }];
}
