/** The pure heart: a snapshot and an event in, the next snapshot and what follows from it out. */
import type { AnyStateMachine } from 'xstate';
import type { Chart, Effect, JsonObject, Received } from '../../machines/chart.ts';
import { advance, begin, type Moved, type Snapshot } from './transition.ts';
import { transitionId } from './transition-id.ts';

/** A deadline by the state that runs it and its name in the chart. */
export interface DeadlineRef {
  readonly state: string;
  readonly name: string;
}

export interface Step {
  readonly snapshot: Snapshot;
  /** Ids of the transitions taken, in order; the eventless ones too. */
  readonly taken: readonly string[];
  /** Paths of the active leaf states afterwards. */
  readonly states: readonly string[];
  readonly effects: readonly Effect[];
  /** In the order in which they happened, a deadline appears once: as last set or cancelled. */
  readonly deadlines: readonly TouchedDeadline[];
}

/** A deadline that a step has set or cancelled; `lastDay` where it is not the chart's rule that gives it. */
export interface TouchedDeadline extends DeadlineRef {
  readonly set: boolean;
  readonly lastDay?: string;
}

/** The first step of an actor. */
export const start = (chart: Chart, input: JsonObject): Step => outcome(chart, begin(chart.machine, input));

/**
 * One event. Null when the chart does not accept it in its present state: then nothing has changed. What has
 * reached its final state is not left again; it still takes notes of what comes later, receipts and the like.
 */
export function step(chart: Chart, snapshot: Snapshot, event: Received): Step | null {
  const moved = advance(chart.machine, snapshot, event);
  const reopens = snapshot.status === 'done' && moved.transitions.some((it) => it.target);
  return moved.transitions.length === 0 || reopens ? null : outcome(chart, moved);
}

/** The paths of the active leaf states, in document order. */
export const leaves = (snapshot: Snapshot): string[] =>
  snapshot._nodes
    .filter((node) => node.type === 'atomic' || node.type === 'final')
    .sort((a, b) => a.order - b.order)
    .map((node) => node.path.join('.'));

/** XState's own event for a deadline of a state. */
export const deadlineEvent = (machine: AnyStateMachine, { state, name }: DeadlineRef): string =>
  `xstate.after.${name}.${nodeAt(machine, state).id}`;

function nodeAt(machine: AnyStateMachine, path: string) {
  let node = machine.root;
  for (const key of path === '' ? [] : path.split('.')) {
    const child = node.states[key];
    if (!child) throw new Error(`${machine.id} has no state ${path}`);
    node = child;
  }
  return node;
}

function outcome(chart: Chart, { snapshot, transitions, actions }: Moved): Step {
  const effects: Effect[] = [];
  const deadlines = new Map<string, DeadlineRef & { set: boolean }>();
  const note = (event: string, set: boolean) => {
    deadlines.delete(event);
    deadlines.set(event, { ...refOf(chart.machine, event), set });
  };
  for (const { type, params } of actions) {
    if (type === 'xstate.emit')
      effects.push(...(params as { event: { effects: readonly Effect[] } }).event.effects);
    else if (type === 'xstate.raise') {
      const { event, delay } = params as { event: { type: string }; delay?: number };
      if (delay !== undefined) note(event.type, true);
    } else if (type === 'xstate.cancel') note((params as { sendId: string }).sendId, false);
    else throw new Error(`${chart.name}: action ${type} is neither an assignment, an effect nor a deadline`);
  }
  return {
    snapshot,
    taken: transitions.map(transitionId),
    states: leaves(snapshot),
    effects,
    deadlines: [...deadlines.values()],
  };
}

const AFTER = /^xstate\.after\.([^.]+)\.(.+)$/;

function refOf(machine: AnyStateMachine, event: string): DeadlineRef {
  const [, name = '', id = ''] = AFTER.exec(event) ?? [];
  return { name, state: machine.getStateNodeById(id).path.join('.') };
}
