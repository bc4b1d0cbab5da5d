/** The entry of the log that moves an actor to another version of its chart, and the step that it is. */
import type { StateValue } from 'xstate';
import type { Chart, JsonObject } from '../../../machines/chart.ts';
import { settled } from '../settled.ts';
import { leaves, type Step } from '../step.ts';
import { persist, restore, type Snapshot } from '../transition.ts';
import { type Policy, renamed } from './plan.ts';

/** The type of the entry. No chart may declare it, so nobody outside can send it. */
export const MOVED = 'moved';

export type Pinned = {
  readonly version: number;
  readonly hash: string;
};

/** A deadline at the move. Exactly one of the states is absent where it begins or ends by the move. */
export type MovedDeadline = {
  readonly name: string;
  /** The state that ran it; null for one that the new version adds. */
  readonly was: string | null;
  /** The state that runs it now; null for one that has ended. */
  readonly state: string | null;
  readonly policy: Policy;
  /** Its last day before the move; null for one that the new version adds. */
  readonly before: string | null;
  /** The local day from which it is counted. */
  readonly since: string;
  /** Null where it runs no more, or the date that it is counted from is not known. */
  readonly lastDay: string | null;
};

/** The payload of the entry: everything that the move did, so that a replay needs no plan. */
export type MovedPayload = {
  readonly plan: string;
  /** SHA-256 over the plan's canonical JSON. */
  readonly planHash: string;
  readonly chart: string;
  readonly from: Pinned;
  readonly to: Pinned;
  /** The states that were active, and in which each went on. */
  readonly states: { readonly [old: string]: string };
  /** What the plan says that it remembers. */
  readonly context: JsonObject;
  /** What the new version would remember otherwise of the same log; absent where that is nothing. */
  readonly remembers?: JsonObject;
  readonly deadlines: readonly MovedDeadline[];
  readonly reason: string;
  readonly approver: string;
};

/**
 * The step of a move. Nothing is entered: no action runs, nothing is told or started. Fields that the new version adds
 * begin as its chart says.
 * @param chart the new version.
 * @throws Error when the states are not a configuration of the new version.
 */
export function moved(
  chart: Chart,
  before: Snapshot,
  payload: Pick<MovedPayload, 'states' | 'context' | 'remembers' | 'deadlines'>,
): Step & { readonly text: string } {
  const old = persist(before.machine, before);
  const had = { ...chart.context, ...(old.context as JsonObject) };
  const context = { ...had, ...payload.remembers, ...payload.context };
  const paths = leaves(before).map((it) => renamed(payload.states, it).split('.'));
  const { value, status } = chart.machine.resolveState({ value: configured(chart, paths), context });
  const { snapshot, text } = settled(
    chart.machine,
    restore(chart.machine, { ...old, value: value as JsonObject | string, context, status }),
  );
  return {
    snapshot,
    text,
    taken: [],
    states: leaves(snapshot),
    effects: [],
    deadlines: touched(payload.deadlines),
  };
}

/** Those that are no more first: one may go on under the name of another. */
function touched(deadlines: readonly MovedDeadline[]): Step['deadlines'] {
  const set = deadlines.flatMap(({ state, name, lastDay }) =>
    state === null || lastDay === null ? [] : [{ state, name, set: true, lastDay }],
  );
  const left = deadlines.flatMap(({ was, name }) =>
    was === null || set.some((it) => it.state === was && it.name === name)
      ? []
      : [{ state: was, name, set: false }],
  );
  return [...left, ...set];
}

type Nested = { [key: string]: Nested };

/** States by their paths as one value. @throws Error where one is not in the chart, or two exclude each other. */
function configured({ name, version, machine }: Chart, paths: readonly (readonly string[])[]): StateValue {
  const value: Nested = {};
  for (const path of paths) {
    let [node, at] = [machine.root, value];
    for (const key of path) {
      const child = node.states[key];
      if (!child || child.type === 'history')
        throw new Error(`${name}@${version} has no state ${path.join('.')}`);
      at[key] ??= {};
      if (node.type === 'compound' && Object.keys(at).length > 1)
        throw new Error(`${name}@${version} is not in ${Object.keys(at).join(' and ')} at once`);
      [node, at] = [child, at[key]];
    }
  }
  return value;
}
