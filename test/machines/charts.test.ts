import { describe, expect, it } from 'vitest';
import { type Chart, conjuncts, statesOf, transitionsOf } from '../../machines/chart.ts';
import { isRuleId } from '../../machines/law/rules.ts';
import { builtIn, municipalities } from '../../machines/registry.ts';
import { composeRoute } from '../../machines/routes/compose.ts';
import { Route } from '../../machines/routes/route.ts';
import { hashOfChart } from '../../src/engine/definitions.ts';

const charts = builtIn().all();
const huddinge = municipalities.find((it) => it.id === 'huddinge');
if (!huddinge) throw new Error('Huddinge is missing');

/** Every state that some transition or initial state leads to, by XState's own resolved targets. */
function reached(chart: Chart): Set<string> {
  const seen = new Set<string>();
  const visit = (node: Chart['machine']['root']): void => {
    if (seen.has(node.id)) return;
    seen.add(node.id);
    if (node.parent) visit(node.parent);
    const initial = node.type === 'parallel' ? Object.values(node.states) : (node.initial?.target ?? []);
    for (const child of initial) visit(child);
    for (const it of [...node.transitions.values()].flat().concat(node.always ?? []))
      for (const to of it.target ?? []) visit(to);
  };
  visit(chart.machine.root);
  return seen;
}

const allNodes = (node: Chart['machine']['root']): Chart['machine']['root'][] => [
  node,
  ...Object.values(node.states).flatMap(allNodes),
];

describe.each(charts.map((chart) => [chart.name, chart] as const))('%s', (_, chart) => {
  it('is plain data: it survives JSON unchanged', () => {
    expect(JSON.parse(JSON.stringify(chart.data))).toEqual(chart.data);
  });

  it('can reach every one of its states', () => {
    const seen = reached(chart);
    expect(
      allNodes(chart.machine.root)
        .map((node) => node.id)
        .filter((id) => !seen.has(id)),
    ).toEqual([]);
  });

  it('uses every guard, action and deadline that is declared for it alone', () => {
    const used = new Set<string>();
    for (const [, state] of statesOf(chart.data)) {
      for (const it of [...(state.entry ?? []), ...(state.exit ?? [])]) used.add(it.type);
      for (const name of Object.keys(state.after ?? {})) used.add(name);
      for (const [, transition] of transitionsOf(state)) {
        for (const it of transition.actions ?? []) used.add(it.type);
        for (const it of transition.guard ? conjuncts(transition.guard) : []) used.add(it.type);
      }
    }
    const shared = chart.name.includes('/');
    const declared = shared ? [] : Object.keys({ ...chart.guards, ...chart.actions, ...chart.deadlines });
    expect(declared.filter((name) => !used.has(name))).toEqual([]);
  });

  it('offers every event that people may send in at least one state, or refuses it there by a rule of its own', () => {
    const offered = new Set(
      allNodes(chart.machine.root).flatMap((node) => [
        ...node.transitions.keys(),
        ...Object.keys(node.meta?.refuses ?? {}),
      ]),
    );
    const shared = chart.name.includes('/');
    const missing = Object.keys(chart.events).filter((type) => !offered.has(type));
    expect(shared ? missing.filter((type) => !type.startsWith('minority')) : missing).toEqual([]);
  });

  it('cites only rules that exist, and speaks both languages', () => {
    const said = [...Object.values(chart.events), ...Object.values(chart.deadlines)];
    for (const { rule, label } of said) {
      expect(rule === null || isRuleId(rule)).toBe(true);
      expect(label.sv && label.en).toBeTruthy();
    }
    for (const { says } of Object.values(chart.guards)) expect(says.sv && says.en).toBeTruthy();
    const unnamed = allNodes(chart.machine.root)
      .filter((node) => node.parent)
      .filter((node) => !(node.path.join('.') in chart.states || node.key in chart.states));
    expect(unnamed.map((node) => node.id)).toEqual([]);
  });
});

describe('A definition is identified by what it says', () => {
  const route = { name: 'r', version: 1, label: { sv: 'R', en: 'R' } };
  const administration = { id: 'administration', type: 'preparation', label: { sv: 'F', en: 'A' } };
  const ks = { id: 'ks', type: 'meeting', body: 'ks', role: 'decide', referTo: ['administration'] };
  const compose = (...stages: object[]) =>
    composeRoute(Route.parse({ ...route, stages: [administration, ...stages] }), huddinge);

  it('the same route gives the same hash, another route another', () => {
    expect(hashOfChart(compose(ks))).toBe(hashOfChart(compose(ks)));
    expect(hashOfChart(compose(ks))).not.toBe(hashOfChart(compose({ ...ks, referTo: [] })));
  });

  it('a route that names a body or a stage that does not exist is refused', () => {
    expect(() => compose({ ...ks, body: 'nope' })).toThrow('Huddinge kommun has no body "nope"');
    expect(() => compose({ ...ks, referTo: ['kf'] })).toThrow('refers back to kf');
  });
});
