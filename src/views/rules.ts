/** How each legal rule is kept: read off the statecharts and the observers, with what its chapter says beside them. */
import { type Chart, conjuncts, rulesOf, statesOf, transitionsOf } from '../../machines/chart.ts';
import type { Label } from '../../machines/label.ts';
import { observers } from '../../machines/law/observers.ts';
import type { Kept, Rule, Way } from '../../machines/law/rule.ts';
import { type RuleId, rules } from '../../machines/law/rules.ts';
import type { Registry } from '../../machines/registry.ts';

/** What holds a rule. The first four are parts of a statechart. */
export type Means =
  | 'guard'
  | 'state'
  | 'event'
  | 'deadline'
  | 'observer'
  | 'program'
  | 'data'
  | 'judgement'
  | 'outside';

/** What people call them, beside a name. */
export const means = {
  guard: { sv: 'villkor', en: 'condition' },
  state: { sv: 'läge som nekar', en: 'state that refuses' },
  event: { sv: 'händelse', en: 'event' },
  deadline: { sv: 'tid', en: 'deadline' },
  program: { sv: 'programmets', en: 'program' },
  data: { sv: 'uppgiften', en: 'field' },
  judgement: { sv: 'antecknas i', en: 'recorded in' },
} as const satisfies Record<Exclude<Means, 'outside' | 'observer'>, Label>;

export interface Holding {
  readonly way: Way;
  readonly by: Means;
  /** Its name: of the guard, the path of the state, the file, the field; empty for `outside`. */
  readonly name: string;
  /** The charts that have it, by name; `matter` for every route. */
  readonly charts: readonly string[];
  /** For people: what a guard says when it refuses, what an event is called, what an observer watches. */
  readonly says: Label;
}

export interface RuleRow {
  readonly id: RuleId;
  readonly rule: Rule;
  readonly held: readonly Holding[];
}

/** Every rule in the order of its id, with what holds it among these charts: what is started now. */
export function rulesTable(registry: Registry): readonly RuleRow[] {
  const charts = registry.newest();
  const places = [...charts.flatMap(placesOf), ...watched];
  const byRule = Map.groupBy(places, (it) => it.rule);
  const routes = new Set(charts.map(({ name }) => name).filter(isRoute));
  return (Object.keys(rules) as RuleId[]).map((id) => {
    const rule: Rule = rules[id];
    const derived = gathered(byRule.get(id) ?? [], routes);
    const kept = (rule.kept ?? []).map(holdingOf);
    const held = [...derived, ...kept];
    const within = held.filter(({ by }) => by !== 'outside');
    return { id, rule, held: within.length > 0 ? within : held };
  });
}

interface Place extends Omit<Holding, 'charts'> {
  readonly rule: RuleId;
  readonly chart: string | null;
}

const known = new WeakMap<Chart, readonly Place[]>();

/** What a chart's data makes use of. What is declared there and never used holds nothing. */
function placesOf(chart: Chart): readonly Place[] {
  const found = known.get(chart) ?? placesIn(chart);
  known.set(chart, found);
  return found;
}

function placesIn(chart: Chart): readonly Place[] {
  const { data, guards, events, deadlines, name } = chart;
  const states = [...statesOf(data)];
  const transitions = states.flatMap(([, state]) => transitionsOf(state));
  const place = (by: Means, named: string, cited: readonly RuleId[], says: Label): Place[] =>
    cited.map((rule) => ({ rule, way: 'enforced', by, name: named, chart: name, says }));
  const used = (taken: readonly string[]) => [...new Set(taken)];
  const tested = transitions.flatMap(([, { guard }]) => (guard ? conjuncts(guard).map((it) => it.type) : []));
  return [
    ...used(tested).flatMap((it) =>
      place('guard', it, rulesOf(guards[it] ?? { rule: null }), guards[it]?.says ?? nameless(it)),
    ),
    ...states.flatMap(([path, { meta }]) =>
      Object.entries(meta?.refuses ?? {}).flatMap(([type, rule]) =>
        place('state', path.join('.'), [rule], events[type]?.label ?? nameless(type)),
      ),
    ),
    ...used(transitions.map(([on]) => on)).flatMap((on) => {
      if (on.startsWith('after:')) {
        const deadline = deadlines[on.slice('after:'.length)];
        return deadline
          ? place('deadline', on.slice('after:'.length), rulesOf(deadline), deadline.label)
          : [];
      }
      const { [on]: event } = events;
      return [event, ...Object.values(event?.asks ?? {}).map((it) => ({ ...it, label: it.says }))].flatMap(
        (it) => (it ? place('event', on, rulesOf(it), it.label) : []),
      );
    }),
  ];
}

const nameless = (name: string): Label => ({ sv: name, en: name });

const watched: readonly Place[] = observers.map(({ rule, watches }) => ({
  rule,
  way: 'watched',
  by: 'observer',
  name: watches,
  chart: null,
  says: {
    sv: 'Prövas mot varje steg på varje väg, och i varje ärendes logg.',
    en: `On every path and in every log: ${watches}.`,
  },
}));

const isRoute = (chart: string): boolean => chart.includes('/');

/** The same thing in several charts is told once. */
function gathered(places: readonly Place[], routes: ReadonlySet<string>): Holding[] {
  const groups = Map.groupBy(places, ({ by, name }) => `${by} ${name}`);
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    if (!first) return [];
    const { way, by, name, says } = first;
    const charts = [...new Set(group.flatMap(({ chart }) => chart ?? []))];
    const everywhere = [...routes].every((route) => charts.includes(route));
    return {
      way,
      by,
      name,
      says,
      charts: everywhere ? ['matter', ...charts.filter((it) => !isRoute(it))] : charts,
    };
  });
}

function holdingOf(kept: Kept): Holding {
  if ('outside' in kept)
    return { way: 'notApplicable', by: 'outside', name: '', charts: [], says: kept.outside };
  const { says } = kept;
  if ('program' in kept) return { way: 'enforced', by: 'program', name: kept.program, charts: [], says };
  const by = 'data' in kept ? 'data' : 'judgement';
  const [chart = '', name = ''] = ('data' in kept ? kept.data : kept.judgement).split(': ');
  return { way: by, by, name, charts: [chart], says };
}
