/** The transitions of a chart by the ids under which steps and the log name them, as facts are read off them. */
import type { AnyStateNode } from 'xstate';
import type { Chart, JsonObject } from '../chart.ts';

/** One transition of a chart. Paths are those of states; the root has the empty one. */
export interface Taken {
  /** `${source path}>${event}#${index}`, as the log has it. */
  readonly id: string;
  readonly source: string;
  readonly event: string;
  /** The states that it names as its targets; none when it only acts. */
  readonly targets: readonly string[];
  readonly guarded: boolean;
  /** Whether it does nothing but say that what comes is accepted. */
  readonly idle: boolean;
}

const known = new WeakMap<Chart, ReadonlyMap<string, Taken>>();

/** Every transition of a chart by its id, eventless ones under `always`; those into initial states have none. */
export function transitionsById(chart: Chart): ReadonlyMap<string, Taken> {
  const cached = known.get(chart);
  if (cached) return cached;
  const all = new Map(
    nodesOf(chart.machine.root)
      .flatMap(transitionsFrom)
      .map((it) => [it.id, it]),
  );
  known.set(chart, all);
  return all;
}

/** The states of a chart, parents first. */
export const nodesOf = (node: AnyStateNode): readonly AnyStateNode[] => [
  node,
  ...Object.values(node.states).flatMap(nodesOf),
];

function transitionsFrom(node: AnyStateNode): Taken[] {
  const source = node.path.join('.');
  const named = [...node.transitions, ['always', node.always ?? []] as const];
  return named.flatMap(([event, candidates]) =>
    candidates.map((it, index) => ({
      id: `${source}>${event}#${index}`,
      source,
      event,
      targets: (it.target ?? []).map((target) => target.path.join('.')),
      guarded: it.guard !== undefined,
      idle: !it.target?.length && it.actions.length === 0,
    })),
  );
}

/** What the stage that holds a state says of itself: body, bodyKind, role. Empty outside the stages of a route. */
export function stageOf(chart: Chart, path: string): JsonObject {
  const [stage = ''] = path.split('.');
  return chart.data.states?.[stage]?.meta ?? {};
}
