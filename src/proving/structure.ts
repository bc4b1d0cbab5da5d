/** What can be wrong with a chart whatever the law says. */
import type { Chart } from '../../machines/chart.ts';
import { nodesOf, transitionsById } from '../../machines/law/taken.ts';
import type { Exploration } from './exploration.ts';
import type { Local } from './local.ts';

/** The states of a chart that none of the explorations reached. */
export function unreached(chart: Chart, locals: readonly Local[]): string[] {
  const paths = nodesOf(chart.machine.root).map((node) => node.path.join('.'));
  return paths.filter((path) => path !== '' && !locals.some((it) => it.entered.has(path)));
}

/**
 * The transitions of a chart that none of the explorations took; but for a deadline that is let pass, and what is only
 * noted in the register, which is not explored and leads nowhere.
 */
export const dead = (chart: Chart, locals: readonly Local[]): string[] =>
  [...transitionsById(chart).values()]
    .filter(({ idle: isIdle, event }) => !(isIdle && event.startsWith('xstate.after.')))
    .filter(({ event, targets }) => !(chart.events[event]?.register && targets.length === 0))
    .map(({ id }) => id)
    .filter((id) => !locals.some((it) => it.taken.has(id)));

/** The members of an exploration that nothing ever happened to: nothing is proved of them there. */
export const idle = ({ system }: Exploration): string[] =>
  system.locals.filter(({ taken }) => taken.size === 0).map(({ self }) => self.id);

/** Transitions that stand behind one without a guard, and guarded ones that were open for the same event. */
export function nondeterministic(chart: Chart, locals: readonly Local[]): string[] {
  const groups = Map.groupBy(transitionsById(chart).values(), ({ source, event }) => `${source}>${event}`);
  const shadowed = [...groups].flatMap(([name, candidates]) => {
    const free = candidates.findIndex(({ guarded }) => !guarded);
    return free >= 0 && free < candidates.length - 1
      ? [`${name}: what follows the unguarded one is never taken`]
      : [];
  });
  const ambiguous = new Map(locals.flatMap((it) => [...it.ambiguous]));
  return [...shadowed, ...[...ambiguous].map(([name, event]) => `${name}: several are open for ${event}`)];
}

/**
 * The first state found from which no end can be reached; null when there is none. The graph must be complete.
 * @param isEnd by the leaf states of the first member.
 */
export function trapped(graph: Exploration, isEnd: (leaves: readonly string[]) => boolean): number | null {
  const leads = new Uint8Array(graph.states.length);
  const before = incoming(graph);
  const queue = graph.states.flatMap((now, state) => (isEnd(leavesOf(graph, now[0] ?? 0)) ? [state] : []));
  for (const state of queue) leads[state] = 1;
  for (const state of queue) {
    for (const from of before[state] ?? []) {
      if (leads[from] === 1) continue;
      leads[from] = 1;
      queue.push(from);
    }
  }
  const first = leads.indexOf(0);
  return first < 0 ? null : first;
}

const leavesOf = ({ system }: Exploration, state: number): readonly string[] =>
  state === 0 ? [] : (system.locals[0]?.statesOf(state) ?? []);

function incoming({ states, first, to }: Exploration): number[][] {
  const before: number[][] = states.map(() => []);
  for (let state = 0; state < states.length; state++)
    for (let edge = first[state] ?? 0; edge < (first[state + 1] ?? 0); edge++)
      before[to[edge] ?? 0]?.push(state);
  return before;
}
