/** Why an event is not possible: pure, for refusals and for showing what cannot be done yet. */
import type { AnyStateNode } from 'xstate';
import {
  type Chart,
  conjuncts,
  type Guard,
  type JsonObject,
  type Law,
  type Named,
  type Received,
  ruleFor,
  type StateData,
  stateLabel,
} from '../../machines/chart.ts';
import type { Label } from '../../machines/label.ts';
import type { RuleId } from '../../machines/law/rules.ts';
import type { Deadline } from '../store/deadlines.ts';
import { citeOf, type Explanation, type Unmet } from './refusal.ts';
import type { Snapshot } from './transition.ts';

type Candidate = { readonly guard?: Named | string | undefined };

/**
 * The guards that stand in the way in the present state. Of several candidate transitions the one that fails
 * latest is what the sender meant: a candidate whose discriminating guard fails (another target, another kind)
 * says less than one that only lacks a condition.
 * @returns null when the state does not offer the event at all; empty when it would be accepted.
 */
function unmetGuards(chart: Chart, snapshot: Snapshot, event: Received): readonly Unmet[] | null {
  const candidates = waysOf(snapshot, event.type);
  if (candidates.length === 0) return null;
  const failures = candidates.map((candidate) =>
    failing(chart, snapshot.context as JsonObject, event, candidate),
  );
  return failures.reduce((best, it) => (it.passed > best.passed ? it : best)).unmet;
}

/** The transitions that the present states have for an event. */
export const waysOf = (snapshot: Snapshot, type: string): readonly Candidate[] =>
  snapshot._nodes.flatMap((node) => (node.transitions.get(type) ?? []) as Candidate[]);

function failing(chart: Chart, context: JsonObject, event: Received, candidate: Candidate) {
  const named = guardsOf(candidate);
  const held = named.map((it) => chart.guards[it.type]?.holds(context, event, it.params ?? {}) ?? false);
  const first = held.indexOf(false);
  const unmet = named
    .filter((_, index) => !held[index])
    .map((it): Unmet => describe(chart.guards[it.type], it.type, chart.law(context)));
  return { passed: first === -1 ? Number.POSITIVE_INFINITY : first, unmet };
}

/** The single guards of a transition. */
export const guardsOf = ({ guard }: Candidate): readonly Named[] =>
  guard === undefined ? [] : conjuncts(typeof guard === 'string' ? { type: guard } : guard);

function describe(guard: Guard | undefined, name: string, law: Law): Unmet {
  const rule = guard ? ruleFor(guard, law) : null;
  return { guard: name, rule, cite: citeOf(rule), says: guard?.says ?? { sv: name, en: name } };
}

/** What an event that the chart takes asks for besides and does not have; null where that is nothing. */
export function lackOf(chart: Chart, snapshot: Snapshot, event: Received): Explanation | null {
  const { asks = {}, by = [] } = chart.events[event.type] ?? {};
  const context = snapshot.context as JsonObject;
  const unmet = Object.entries(asks)
    .filter(([, it]) => !it.holds(context, event, {}))
    .map(([name, it]) => describe(it, name, chart.law(context)));
  const [first] = unmet;
  return first ? { ...first, unmet, who: by, when: { states: [], from: null } } : null;
}

/** Why the event was not accepted, who could send it, and when it becomes possible. */
export function explain(
  chart: Chart,
  snapshot: Snapshot,
  event: Received,
  deadlines: readonly Pick<Deadline, 'state' | 'name' | 'dueAt'>[],
): Explanation {
  const declaration = chart.events[event.type];
  const unmet = unmetGuards(chart, snapshot, event) ?? [];
  const law = chart.law(snapshot.context as JsonObject);
  const declared = declaration ? ruleFor(declaration, law) : null;
  const rule = unmet[0] ? unmet[0].rule : (refusedBy(snapshot, event.type) ?? declared);
  return {
    rule,
    cite: citeOf(rule),
    says: unmet[0]?.says ?? notHere(chart, snapshot, event.type),
    unmet,
    who: declaration?.by ?? [],
    when: {
      states: unmet.length > 0 ? [] : offering(chart, event.type),
      from: opensAt(chart, event.type, deadlines),
    },
  };
}

/** The rule by which one of the present states refuses the event. */
const refusedBy = (snapshot: Snapshot, type: string): RuleId | null =>
  snapshot._nodes.map((node) => (node.meta as StateData['meta'])?.refuses?.[type]).find(Boolean) ?? null;

function notHere(chart: Chart, snapshot: Snapshot, type: string): Label {
  const event = chart.events[type]?.label ?? { sv: type, en: type };
  const here = snapshot._nodes
    .filter((node) => node.type === 'atomic' || node.type === 'final')
    .map((node) => stateLabel(chart, node.path.join('.')));
  return {
    sv: `”${event.sv}” är inte möjligt i läget ”${here.map((it) => it.sv).join(', ')}”.`,
    en: `"${event.en}" is not possible in the state "${here.map((it) => it.en).join(', ')}".`,
  };
}

const everyNode = (node: AnyStateNode): AnyStateNode[] => [
  node,
  ...Object.values(node.states).flatMap(everyNode),
];

/** The states that offer an event, by their full names: stage and state. */
function offering(chart: Chart, type: string): Label[] {
  return everyNode(chart.machine.root)
    .filter((node) => node.transitions.has(type))
    .map((node) => {
      const names = node.path.map((_, index) => stateLabel(chart, node.path.slice(0, index + 1).join('.')));
      return { sv: names.map((it) => it.sv).join(': '), en: names.map((it) => it.en).join(': ') };
    });
}

/** The earliest day on which a running deadline leads to a state that offers the event. */
function opensAt(
  chart: Chart,
  type: string,
  deadlines: readonly Pick<Deadline, 'state' | 'name' | 'dueAt'>[],
): string | null {
  const nodes = everyNode(chart.machine.root);
  const opening = deadlines.filter(({ state, name }) => {
    const node = nodes.find((it) => it.path.join('.') === state);
    const after = node?.transitions.get(`xstate.after.${name}.${node.id}`) ?? [];
    return after.some((transition) => transition.target?.some((target) => target.transitions.has(type)));
  });
  return opening.map((it) => it.dueAt).sort()[0] ?? null;
}
