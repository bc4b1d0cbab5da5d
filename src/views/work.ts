/** Which states of a chart wait for someone's work, by the chart's own data. */
import { type Chart, type StateData, statesOf, transitionsOf } from '../../machines/chart.ts';

/** The state at the end of a path and those around it, the innermost first. */
export function statesAround(chart: Chart, leaf: string): { path: string; data: StateData }[] {
  const around = [{ path: '', data: chart.data }];
  for (const name of leaf === '' ? [] : leaf.split('.')) {
    const outer = around[0];
    const inner = outer?.data.states?.[name];
    if (!outer || !inner) return [];
    around.unshift({ path: outer.path === '' ? name : `${outer.path}.${name}`, data: inner });
  }
  return around;
}

/**
 * The events that are work in a leaf state. A state that a deadline moves on waits for time, and one whose
 * nearest handlers are messages waits for another actor: neither is work. What a state around the leaf offers is
 * work only when it moves the actor and nothing nearer is offered; corrections that are possible at any time are
 * not. A chart can say of a state that nobody needs to act in it: `meta.rest`.
 */
export function workIn(chart: Chart, leaf: string): readonly string[] {
  const around = statesAround(chart, leaf);
  if (around[0]?.data.meta?.rest === true || moves(around[0]?.data, 'after:')) return [];
  const nearest = around.find(({ data }) => Object.keys(data.on ?? {}).length > 0);
  if (!nearest) return [];
  const refused = refusedAround(around.map((it) => it.data));
  const events = Object.keys(nearest.data.on ?? {}).filter(
    (type) => chart.events[type]?.kind !== 'message' && !refused.has(type),
  );
  return nearest.path === leaf ? events : events.filter((type) => moves(nearest.data, type));
}

/** The events that the law refuses in a state, or in one around it, whatever states further out offer. */
export const refusedAround = (around: readonly StateData[]): ReadonlySet<string> =>
  new Set(around.flatMap(({ meta }) => Object.keys(meta?.refuses ?? {})));

/** True when a transition for events of that beginning leads to another state. */
const moves = (state: StateData | undefined, event: string): boolean =>
  state !== undefined &&
  transitionsOf(state).some(([type, it]) => type.startsWith(event) && it.target !== undefined);

const leavesOf = (chart: Chart): string[] =>
  [...statesOf(chart.data)].flatMap(([path, state]) => (state.states ? [] : path.join('.')));

const known = new WeakMap<Chart, ReadonlyMap<string, readonly string[]>>();

/** The leaf states of a chart that wait for work, with the events that are. */
export function workOf(chart: Chart): ReadonlyMap<string, readonly string[]> {
  const found = known.get(chart);
  if (found) return found;
  const work = leavesOf(chart).map((leaf) => [leaf, workIn(chart, leaf)] as const);
  const made = new Map(work.filter(([, events]) => events.length > 0));
  known.set(chart, made);
  return made;
}
