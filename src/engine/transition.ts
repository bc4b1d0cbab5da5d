/**
 * The one place that uses XState's internals. `transition()` builds a throw-away actor for every call and does
 * not say which transitions were taken; the machine's own methods, given a scope of ours, do the same work in a
 * fraction of the time and tell. The version of xstate is pinned exactly, and `test/engine/transition.test.ts`
 * holds what is relied on here against the public functions.
 */
import type { AnyMachineSnapshot, AnyStateMachine, AnyTransitionDefinition } from 'xstate';
import type { JsonObject, Received } from '../../machines/chart.ts';

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

/** A snapshot as plain JSON; children are other actors and never part of it. */
export function persist(machine: AnyStateMachine, snapshot: Snapshot): JsonObject {
  const { value, context, status, historyValue } = machine.getPersistedSnapshot(snapshot) as unknown as Persisted;
  return { value, context, status, historyValue };
}

interface Persisted {
  readonly value: JsonObject | string;
  readonly context: JsonObject;
  readonly status: string;
  readonly historyValue: JsonObject;
}

/** The snapshot that `persist` wrote. */
export function restore(machine: AnyStateMachine, persisted: JsonObject): Snapshot {
  const scope = { self: {} } as unknown as Scope;
  return machine.restoreSnapshot({ ...persisted, children: {} } as never, scope) as Snapshot;
}
