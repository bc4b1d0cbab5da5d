/** Proves a chart: explores its parts, runs the observers over them, and looks at its structure. */
import type { Observer } from '../../machines/law/observer.ts';
import { observers } from '../../machines/law/observers.ts';
import { rules } from '../../machines/law/rules.ts';
import { causeOf } from './cause.ts';
import { Exploration, type Limits } from './exploration.ts';
import { type Fired, judge } from './judge.ts';
import type { Part } from './part.ts';
import { partsOf, type Subject } from './parts.ts';
import { pathOf, refusedStep } from './path.ts';
import type { CheckResult, Explored, Finding, Violation } from './result.ts';
import { dead, idle, nondeterministic, trapped, unreached } from './structure.ts';
import { System } from './system.ts';
import { threadTime } from './thread-time.ts';

/** A defect is looked for in the first states before the rest are explored: most show themselves early. */
const FIRST = 1000;

interface Examined {
  readonly explored: Explored;
  readonly graph: Exploration;
  readonly violations: readonly Violation[];
  readonly unaccepted: readonly Finding[];
  readonly trapped: readonly Finding[];
  readonly bounds: readonly string[];
}

export interface Options {
  /** Is told of every row of an observer's table that was used. */
  readonly fired?: Fired;
  /** Leaves out the parts for which it is false. */
  readonly only?: (part: string) => boolean;
}

/** @param limits states of one part, and the `threadTime()` at which to stop. */
export function prove(
  subject: Subject,
  limits: Limits,
  { fired, only = () => true }: Options = {},
): CheckResult {
  const began = threadTime();
  const { chart, municipality } = subject;
  const parts = partsOf(subject).filter((part) => only(part.name));
  const all = parts.map((part) => examine(part, municipality.id, limits, fired));
  const locals = all.flatMap(({ graph }) => graph.system.locals.filter(({ model }) => model.chart === chart));
  const isComplete = all.every(({ graph }) => graph.isComplete);
  const every = all.flatMap(({ graph }) => graph.system.locals);
  const sum = (of: (it: Explored) => number) => all.reduce((total, { explored }) => total + of(explored), 0);
  const found = {
    violations: shortest(
      all.flatMap((it) => it.violations),
      ({ watches }) => watches,
    ),
    // What was not explored may have been reached there.
    unreached: isComplete ? unreached(chart, locals) : [],
    dead: isComplete ? dead(chart, locals) : [],
    nondeterministic: nondeterministic(chart, locals),
    unaccepted: shortest(
      all.flatMap((it) => it.unaccepted),
      ({ detail }) => detail,
    ),
    trapped: all.flatMap((it) => it.trapped),
    failures: [...new Set(every.flatMap((it) => [...it.failures]))],
    bounds: all.flatMap((it) => it.bounds),
  };
  const causes =
    found.unreached.length === 0
      ? []
      : all.flatMap(({ explored, graph }) => causeOf(explored.part, graph, chart) ?? []).slice(0, 1);
  return {
    route: chart.name,
    states: sum((it) => it.states),
    transitions: sum((it) => it.transitions),
    explored: sum((it) => it.explored),
    milliseconds: Math.round(threadTime() - began),
    parts: all.map((it) => it.explored),
    ...found,
    causes,
    assumptions: [
      ...new Set(parts.flatMap((part) => part.members.flatMap(({ model }) => model.assumes ?? []))),
    ],
    proved: Object.values(found).every((list) => list.length === 0),
  };
}

/** What several parts found is told once, by the shortest path. */
function shortest<T extends Pick<Finding, 'path'>>(found: readonly T[], what: (it: T) => string): T[] {
  const byLength = [...found].sort((a, b) => a.path.length - b.path.length);
  return [...Map.groupBy(byLength, what).values()].flatMap(([first]) => first ?? []);
}

function examine(part: Part, tenant: string, limits: Limits, fired?: Fired): Examined {
  const began = threadTime();
  const graph = new Exploration(new System(part.members, tenant));
  const watching = observers.filter((it) => part.isWhole || it.proved === 'alone');
  const violations = violationsOf(part, graph, watching, limits, fired);
  const stuck = graph.isComplete && part.isEnd ? trapped(graph, part.isEnd) : null;
  return {
    graph,
    violations,
    unaccepted: graph.unaccepted.map(({ detail, state, trigger }) => ({
      part: part.name,
      detail,
      path: [...pathOf(graph, graph.wayTo(state)), refusedStep(graph, trigger)],
    })),
    trapped:
      stuck === null
        ? []
        : [{ part: part.name, detail: 'no end in reach', path: pathOf(graph, graph.wayTo(stuck)) }],
    bounds: [
      ...(graph.isComplete || violations.length > 0 ? [] : [boundOf(part, graph, limits)]),
      ...[...graph.crowded].map((pool) => `${part.name}: not proved: limit of ${pool} at once`),
      ...(graph.isComplete ? idle(graph) : []).map((id) => `${part.name}: not proved: ${id} takes no part`),
    ],
    explored: {
      part: part.name,
      states: graph.states.length,
      transitions: graph.to.length,
      explored: graph.tried,
      milliseconds: Math.round(threadTime() - began),
    },
  };
}

function violationsOf(
  { name }: Part,
  graph: Exploration,
  watching: readonly Observer[],
  limits: Limits,
  fired?: Fired,
): Violation[] {
  const found = () =>
    judge(graph, watching, fired).map(({ observer, subject, path }): Violation => {
      const { rule, watches } = observer;
      return { part: name, rule, cite: rules[rule].cite, watches, subject, path: pathOf(graph, path) };
    });
  graph.grow({ ...limits, states: Math.min(FIRST, limits.states) });
  const early = graph.isComplete ? [] : found();
  if (early.length > 0) return early;
  graph.grow(limits);
  return found();
}

const boundOf = ({ name }: Part, graph: Exploration, limits: Limits): string =>
  graph.states.length >= limits.states
    ? `${name}: not proved: limit of ${limits.states} states`
    : `${name}: not proved: limit of time, after ${graph.states.length} states`;
