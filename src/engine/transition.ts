/**
 * The one place that uses XState's internals. `transition()` builds a throw-away actor for every call and does
 * not say which transitions were taken; the machine's own methods, given a scope of ours, do the same work in a
 * fraction of the time and tell. The version of xstate is pinned exactly, and `test/engine/transition.test.ts`
 * holds what is relied on here against the public functions.
 */
import type {
  AnyMachineSnapshot,
  AnyStateMachine,
  AnyStateNode,
  AnyTransitionDefinition,
  StateValue,
} from 'xstate';
import type { Json, JsonObject, Received } from '../../machines/chart.ts';

/** Part of every log entry: which version of XState gave a step its meaning. */
export const XSTATE_VERSION = '5.33.3';

export type Snapshot = AnyMachineSnapshot;

/** What one event did: the next snapshot, every transition taken (eventless ones too), the actions in order. */
export interface Moved {
  readonly snapshot: Snapshot;
  readonly transitions: readonly AnyTransitionDefinition[];
  readonly actions: readonly { readonly type: string; readonly params: unknown }[];
}

type Scope = Parameters<AnyStateMachine['transition']>[2];

interface Microstep {
  readonly type: string;
  readonly _transitions?: readonly AnyTransitionDefinition[];
}

function record(run: (scope: Scope) => Snapshot): Moved {
  const transitions: AnyTransitionDefinition[] = [];
  const actions: { type: string; params: unknown }[] = [];
  const nothing = () => {};
  const scope = {
    self: {},
    id: '',
    sessionId: '',
    logger: nothing,
    defer: nothing,
    emit: nothing,
    stopChild: nothing,
    system: {
      _sendInspectionEvent: (it: Microstep) => {
        if (it.type === '@xstate.microstep') transitions.push(...(it._transitions ?? []));
      },
    },
    actionExecutor: ({ type, params }: { type: string; params: unknown }) => {
      actions.push({ type, params });
    },
  } as unknown as Scope;
  const snapshot = run(scope);
  if (snapshot.status === 'error') throw snapshot.error;
  return { snapshot, transitions, actions };
}

/** The first snapshot of a machine. Throws what its context, guards or actions throw. */
export const begin = (machine: AnyStateMachine, input: JsonObject): Moved =>
  record((scope) => machine.getInitialSnapshot(scope, input) as Snapshot);

/** One event. No transition taken means that the event was not accepted. Throws what guards and actions throw. */
export const advance = (machine: AnyStateMachine, snapshot: Snapshot, event: Received): Moved =>
  record((scope) => machine.transition(snapshot, event, scope) as Snapshot);

/**
 * A snapshot as plain JSON; children are other actors and never part of it. Nor is a history of nothing, which XState
 * notes of a state that is left before anything in it is entered, and does not restore.
 */
export function persist(machine: AnyStateMachine, snapshot: Snapshot): JsonObject {
  const persisted = machine.getPersistedSnapshot(snapshot) as unknown as Persisted;
  const { value, context, status } = persisted;
  const histories = Object.entries(persisted.historyValue).filter(([, nodes]) => nodes.length > 0);
  return {
    value: value as JsonObject | string,
    context,
    status,
    historyValue: Object.fromEntries(histories),
  };
}

interface Persisted {
  readonly value: StateValue;
  readonly context: JsonObject;
  readonly status: string;
  readonly historyValue: Readonly<Record<string, readonly Json[]>>;
}

/**
 * The snapshot that `persist` wrote, whatever the order of its keys. Its context cannot be changed in place: what
 * an action does outside its step would be in no log.
 */
export function restore(machine: AnyStateMachine, persisted: JsonObject): Snapshot {
  const { value, ...rest } = persisted as unknown as Persisted;
  freeze(rest.context);
  const scope = { self: {} } as unknown as Scope;
  const snapshot = { ...rest, value: inChartOrder(machine.root, value), children: {} };
  return machine.restoreSnapshot(snapshot as never, scope) as Snapshot;
}

/** Parallel regions take their turns in the order of the value's keys: that of the chart, not of the alphabet. */
function inChartOrder(node: AnyStateNode, value: StateValue): StateValue {
  if (typeof value === 'string') return value;
  return Object.fromEntries(
    Object.values(node.states).flatMap((child) => {
      const inner = value[child.key];
      return inner === undefined ? [] : [[child.key, inChartOrder(child, inner)]];
    }),
  );
}

/** Makes a value unchangeable, however deep. */
export function freeze(value: Json): void {
  if (value === null || typeof value !== 'object') return;
  Object.freeze(value);
  for (const it of Object.values(value)) freeze(it as Json);
}
