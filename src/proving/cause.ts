/** Why the rest of a chart is never reached: the state in which every matter stays, and the rule that keeps it there. */
import type { Chart } from '../../machines/chart.ts';
import { rules } from '../../machines/law/rules.ts';
import { transitionsById } from '../../machines/law/taken.ts';
import type { Exploration } from './exploration.ts';
import { pathOf, stateWords } from './path.ts';
import type { Cause } from './result.ts';

/**
 * The first state found whose every way on to what is never reached is refused, with what refuses it; null where no
 * state says so. The graph must be complete.
 */
export function causeOf(part: string, graph: Exploration, chart: Chart): Cause | null {
  const { locals } = graph.system;
  const member = locals.findIndex(({ model }) => model.chart === chart);
  const local = locals[member];
  if (!local) return null;
  const refused = [...transitionsById(chart).values()].filter(
    ({ id, source, targets }) =>
      !local.taken.has(id) && local.entered.has(source) && targets.some((it) => !local.entered.has(it)),
  );
  for (const [at, together] of graph.states.entries()) {
    const state = together[member] ?? 0;
    if (state === 0) continue;
    const leaves = local.statesOf(state);
    const event = refused.find(({ source }) => leaves.includes(source))?.event;
    const why = event === undefined ? null : local.refusalOf(state, event);
    if (event === undefined || !why) continue;
    return {
      part,
      state: stateWords(chart, leaves),
      event: chart.events[event]?.label ?? { sv: event, en: event },
      rule: why.rule,
      cite: why.rule && rules[why.rule].cite,
      says: why.says,
      path: pathOf(graph, graph.wayTo(at)),
    };
  }
  return null;
}
