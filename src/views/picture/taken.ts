import type { Layout, PlacedState } from './placed.ts';

/** What a matter did in a chart, step by step. */
export interface PaintedPath {
  /** The numbered steps, each with the ids of its transitions in the order in which they were taken. */
  readonly steps: readonly { readonly number: number; readonly transitions: readonly string[] }[];
  /** The ids of the states that are active now. */
  readonly current: readonly string[];
  /** The ids of the states that have ever been active; those that a step only passed need not be among them. */
  readonly visited: readonly string[];
}

export type Standing = 'current' | 'visited' | 'unvisited';

/** A path as the painter reads it. */
export interface Taken {
  /** The steps at which any of these transitions was taken, ascending. */
  numbers(transitions: readonly string[]): readonly number[];
  /** A state stands at least as high as the states within it. */
  standing(state: string): Standing;
  /** True when the state was entered by way of its dot. */
  begun(state: string): boolean;
}

/** Reads a path over a layout. Ids that the chart does not have are ignored. */
export function takenIn(layout: Layout, path: PaintedPath | null): Taken {
  const steps = new Map<string, Set<number>>();
  for (const { number, transitions } of path?.steps ?? []) {
    for (const id of transitions) steps.set(id, (steps.get(id) ?? new Set()).add(number));
  }
  const numbers = (ids: readonly string[]) =>
    [...new Set(ids.flatMap((id) => [...(steps.get(id) ?? [])]))].sort((a, b) => a - b);
  const current = withOuter(layout, path?.current ?? []);
  const taken = layout.edges.filter((edge) => edge.rows.some((row) => numbers(row.transitions).length > 0));
  const entered = taken.map((edge) => edge.target);
  const begun = path ? begunFrom(layout, ['', ...entered]) : new Set<string>();
  const visited = withOuter(layout, [...(path?.visited ?? []), ...entered]);
  return {
    numbers,
    standing: (state) => (current.has(state) ? 'current' : visited.has(state) ? 'visited' : 'unvisited'),
    begun: (state) => begun.has(state),
  };
}

function withOuter(layout: Layout, ids: readonly string[]): Set<string> {
  const parents = new Map(layout.states.map((it) => [it.id, it.parent]));
  const all = new Set<string>();
  for (const id of ids) {
    for (let it: string | null | undefined = id; it && !all.has(it); it = parents.get(it)) all.add(it);
  }
  return all;
}

/** The initial states in which one lands by entering these states. */
function begunFrom(layout: Layout, entered: readonly string[]): Set<string> {
  const inner = Map.groupBy(layout.states, (it) => it.parent);
  const begun = new Set<string>();
  const enter = (id: string) => {
    const starts = (it: PlacedState) => it.dot !== null || it.region;
    for (const it of (inner.get(id) ?? []).filter(starts)) {
      if (it.dot) begun.add(it.id);
      enter(it.id);
    }
  };
  for (const id of new Set(entered)) enter(id);
  return begun;
}
