import { Resvg } from '@resvg/resvg-js';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { type AnyStateMachine, createMachine } from 'xstate';
import { transitionId } from '../../src/engine/transition-id.ts';
import { type ChartGraph, chartGraph, type GraphState, type Naming } from '../../src/views/picture/graph.ts';
import { type Layout, layoutChart, MAX_STATES } from '../../src/views/picture/layout.ts';
import { type PaintedPath, paint } from '../../src/views/picture/paint.ts';
import type { Box } from '../../src/views/picture/placed.ts';
import { textWidth, wrapped } from '../../src/views/picture/text.ts';
import { crossedHeaders, faults, meet } from './picture-geometry.ts';
import { events, route, swedish, walked } from './picture-route.ts';

const plain: Naming = { state: (path) => path, event: (type) => type, guard: (type) => type };
const text = { title: 'Ärende KS 2026/123', description: 'Vägen genom organen', language: 'sv' } as const;
const machine = (config: object) => createMachine({ id: 'm', ...config } as never) as AnyStateMachine;
const graphOf = (config: object) => chartGraph(machine(config), plain);

const graph = chartGraph(route, swedish);
const path = walked(route, events);
let layout: Layout;
beforeAll(async () => {
  layout = await layoutChart(graph);
});

describe('the graph of a chart', () => {
  it('has the eventless, the delayed and the concluding transitions beside those on events', () => {
    const { transitions } = graphOf({
      initial: 'a',
      states: {
        a: { after: { appealPeriod: 'b' }, on: { go: { target: 'b', guard: 'ready' } } },
        b: {
          initial: 'x',
          states: { x: { always: { target: 'y', guard: 'sure' } }, y: { type: 'final' } },
          onDone: 'a',
        },
      },
    });
    expect(transitions.map((it) => [it.id, it.event, it.label])).toEqual([
      ['a>go#0', 'go', 'go [ready]'],
      ['a>xstate.after.appealPeriod.m.a#0', 'after:appealPeriod', 'after:appealPeriod'],
      ['b>xstate.done.state.m.b#0', 'done', 'done'],
      ['b.x>always#0', 'always', '[sure]'],
    ]);
  });

  it('leaves out a message that is accepted and ignored, but not one that causes something', () => {
    const { transitions } = graphOf({ on: { ignored: {}, noted: { actions: 'note' } } });
    expect(transitions).toMatchObject([{ id: '>noted#0', internal: true, source: '', target: '' }]);
  });

  it('gives a transition to several targets one id, and the candidates of an event different ones', () => {
    const region = { initial: 'a', states: { a: {}, b: {} } };
    const { transitions } = graphOf({
      type: 'parallel',
      states: { p: region, q: region },
      on: { both: { target: ['.p.b', '.q.b'] }, either: ['.p.b', '.q.b'] },
    });
    expect(transitions.map((it) => `${it.id} ${it.target}`)).toEqual([
      '>both#0 p.b',
      '>both#0 q.b',
      '>either#0 p.b',
      '>either#1 q.b',
    ]);
  });

  it('keeps the order of declaration, and knows where a compound state starts', () => {
    expect(graph.states.map((it) => it.order)).toEqual(graph.states.map((_, index) => index));
    expect(graph.states.find((it) => it.id === 'ks')).toMatchObject({
      initial: 'ks.agenda',
      kind: 'compound',
    });
    expect(graph.states.find((it) => it.id === 'execution')).toMatchObject({
      initial: null,
      kind: 'parallel',
    });
    expect(graph.states.find((it) => it.kind === 'history')).toMatchObject({ label: 'H' });
  });
});

describe('the id of a transition', () => {
  it('is the same in the graph and in what the machine reports to have taken', () => {
    const known = new Set(graph.transitions.map((it) => it.id));
    const taken = path.steps.flatMap((step) => step.transitions);
    expect(taken.length).toBeGreaterThan(events.length);
    expect(taken.filter((id) => !known.has(id))).toEqual([]);
  });

  it('is refused to a copy, which could not be told from its neighbours', () => {
    const [transition] = [...route.root.transitions.values()].flat();
    if (!transition) throw new Error('no transition');
    expect(transitionId(transition)).toBe('>case.writeOff#0');
    expect(() => transitionId({ ...transition })).toThrow('not a transition of');
  });
});

describe('the layout of a route', () => {
  it('puts no label on a label, a state or another line, every state in its parent, stages in order', () => {
    expect(faults(graph, layout)).toEqual([]);
    expect(crossedHeaders(layout)).toEqual([]);
  });

  it('is held to that by an eye that sees planted faults', () => {
    const [first, second, ...rest] = layout.edges;
    const [stage] = layout.states;
    if (!first || !second || !stage) throw new Error('no edges');
    const onAnother = { ...second, rows: first.rows };
    expect(faults(graph, { ...layout, edges: [first, onAnother, ...rest] }).join()).toMatch(
      /label on label.*line through label.*label off its line/s,
    );
    const low = { ...stage, y: layout.height };
    const seen = faults(graph, { ...layout, states: [low, ...layout.states.slice(1)] }).join();
    expect(seen).toMatch(/outside its parent.*stage not below the former/s);
  });

  it('leads from state to state in the order of declaration, downwards, and back upwards', () => {
    const [forward, back] = [
      edgeFrom('kf.deliberating', 'kf.proposition'),
      edgeFrom('kf.deferred', 'kf.agenda'),
    ];
    expect(forward.at(-1)?.y).toBeGreaterThan(forward[0]?.y ?? 0);
    expect(back.at(-1)?.y).toBeLessThan(back[0]?.y ?? 0);
  });

  const edgeFrom = (source: string, target: string) =>
    layout.edges.find((it) => it.source === source && it.target === target)?.points ?? [];

  it('draws transitions between the same states as one line that remembers each of them', () => {
    const edge = layout.edges.find((it) => it.source === 'au.proposed');
    expect(edge?.rows.map((row) => row.transitions)).toEqual([
      ['au.proposed>decision.support#0'],
      ['au.proposed>decision.oppose#0'],
    ]);
    expect(edge?.rows.map((row) => row.lines)).toEqual([['Tillstyrk'], ['Avstyrk']]);
  });

  it('draws what can happen in every state once, beside its target', () => {
    const edges = layout.edges.filter((it) => it.target === 'writtenOff');
    expect(edges).toHaveLength(1);
    expect(edges[0]?.origin).not.toBeNull();
    expect(layout.edges.filter((it) => it.origin !== null)).toHaveLength(1);
  });

  it('is the same every time', async () => {
    expect(JSON.stringify(await layoutChart(graph))).toBe(JSON.stringify(layout));
    expect(JSON.stringify(await layoutChart(chartGraph(route, plain)))).not.toBe(JSON.stringify(layout));
  });

  it('is refused above a limit, or when a state is missing, and the next is laid out all the same', async () => {
    const [state] = graph.states;
    const many = { states: Array<GraphState>(MAX_STATES + 1).fill(state as GraphState), transitions: [] };
    await expect(layoutChart(many)).rejects.toThrow(RangeError);
    const lost = { ...graph, states: graph.states.filter((it) => it.id !== 'withdrawn') };
    await expect(layoutChart(lost)).rejects.toThrow('ELK: ');
    await expect(layoutChart(graph)).resolves.toEqual(layout);
  });
});

describe('the layout of any chart', () => {
  it('holds what the eye asks for', { timeout: 300_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(anyChart, async (chart) => {
        expect(faults(chart, await layoutChart(chart))).toEqual([]);
      }),
      { numRuns: 40 },
    );
  });

  it('may be without states, or with regions only', async () => {
    expect((await layoutChart(graphOf({}))).states).toEqual([]);
    const regions = { type: 'parallel', states: { a: { initial: 'x', states: { x: {} } }, b: {}, c: {} } };
    const { states } = await layoutChart(graphOf(regions));
    const [a, b, c] = states.filter((it) => it.region).map((it) => it.x);
    expect(a).toBeLessThan(b ?? 0);
    expect(b).toBeLessThan(c ?? 0);
  });

  const words = fc.string({ unit: fc.constantFrom(...'abcåäö [<&>"] ', 'beslut '), maxLength: 40 });

  /** Trees of up to 25 states, three levels deep, with edges between any of them. */
  const anyChart: fc.Arbitrary<ChartGraph> = fc
    .record({
      states: fc.array(fc.record({ parent: fc.nat(), kind: fc.nat(9), label: words }), {
        minLength: 2,
        maxLength: 24,
        size: 'max',
      }),
      edges: fc.array(fc.tuple(fc.nat(), fc.nat(), words), { maxLength: 30, size: 'max' }),
    })
    .map(({ states, edges }) => {
      const placed = treeOf(states);
      const sources = placed.filter((it) => it.kind !== 'final' && it.kind !== 'history');
      const targets = placed.slice(1);
      const at = <T>(all: readonly T[], n: number) => all[n % all.length] as T;
      const transitions = edges.map(([from, to, label], index) => {
        const [source, target] = [at(sources, from).id, at(targets, to).id];
        return {
          id: `${source}>e${index}#0`,
          source,
          target,
          label: label.trim(),
          event: 'e',
          internal: false,
        };
      });
      return { states: placed, transitions };
    });

  function treeOf(drawn: readonly { parent: number; kind: number; label: string }[]): GraphState[] {
    const ids = [''];
    for (const { parent } of drawn) {
      const above = ids[parent % ids.length] ?? '';
      ids.push(`${above.split('.').length > 2 || above === '' ? '' : `${above}.`}s${ids.length}`);
    }
    const parentOf = (id: string) => (id === '' ? null : id.slice(0, Math.max(0, id.lastIndexOf('.'))));
    const inner = (id: string) => ids.filter((it) => parentOf(it) === id);
    const walk = (id: string): string[] => [id, ...inner(id).flatMap(walk)];
    return walk('').map((id, order): GraphState => {
      const { kind, label } = drawn[ids.indexOf(id) - 1] ?? { kind: 9, label: '' };
      const outer = inner(id).length > 0;
      const kinds = outer ? (['parallel', 'compound'] as const) : (['final', 'history', 'atomic'] as const);
      const drawnKind = kinds[Math.min(kind, kinds.length - 1)] ?? 'atomic';
      const initial = drawnKind === 'compound' ? (inner(id)[0] ?? null) : null;
      return { id, label: `${label} ${id}`, parent: parentOf(id), kind: drawnKind, initial, order };
    });
  }
});

describe('a painted path', () => {
  const painted = (it: PaintedPath | null) => paint(layout, it, text);
  const classOf = (svg: string, id: string) => new RegExp(`id="s-${id}" class="([^"]*)"`).exec(svg)?.[1];

  it('numbers each step at the label of its transition, and a transition taken twice with both', () => {
    const svg = painted(path);
    expect(svg).toContain('>14 · 17<');
    expect(badges(svg).length).toBeGreaterThan(events.length - 2);
    expect(badges(painted(null))).toEqual([]);
  });

  it('tells current, visited and other states apart, also the ones that a step only passed', () => {
    const svg = painted(path);
    expect(classOf(svg, 'execution.minutes.announced')).toContain('current');
    expect(classOf(svg, 'execution')).toBe('state parallel current');
    expect(classOf(svg, 'kf.approved')).toContain('visited');
    expect(classOf(svg, 'kf.rejected')).toContain('unvisited');
    expect(classOf(painted(null), 'execution')).toContain('unvisited');
  });

  it('covers no label with a badge', () => {
    const often = { ...path, steps: path.steps.flatMap((it) => [it, { ...it, number: it.number + 100 }]) };
    const rows = layout.edges.flatMap((edge) => edge.rows);
    const within = (a: Box, b: Box) => a.x >= b.x && a.x + a.width <= b.x + b.width && meet(a, b);
    const stray = badges(painted(often)).filter((it) =>
      rows.some((row) => meet(it, row) && !within(it, row)),
    );
    expect(badges(painted(often)).length).toBeGreaterThan(events.length - 2);
    expect(stray).toEqual([]);
  });

  it('shows a step that only caused something at the state itself', () => {
    expect(painted(path)).toContain('<title>Handling inkommen: 2</title>');
    const without = { ...path, steps: path.steps.filter((it) => it.number !== 2) };
    expect(painted(without)).not.toContain('Handling inkommen');
  });

  it('gives every state and every drawn transition an id of its own', () => {
    const ids = [...painted(path).matchAll(/ id="([^"]*)"/g)].map((it) => it[1]);
    expect(new Set(ids).size).toBe(ids.length);
    const drawn = new Set(graph.transitions.filter((it) => !it.internal).map((it) => it.id));
    expect(ids.filter((it) => it?.startsWith('t-'))).toHaveLength(drawn.size);
    expect(ids.filter((it) => it?.startsWith('s-'))).toHaveLength(graph.states.length - 1);
    expect(ids).toContain('s-ks.deliberating');
    expect(ids).toContain('t-kf.voting_3e_vote.count_23_2');
  });

  it('holds any label, and is well-formed with every one of them', async () => {
    const odd = 'a<b & "c" \'d\' \u0007\ud800 ]]> 委員会 🏛';
    const naming = { state: () => odd, event: () => odd };
    const small = await layoutChart(
      chartGraph(machine({ initial: odd, states: { [odd]: { on: { x: odd } } } }), naming),
    );
    const svg = paint(small, null, { title: odd, description: odd, language: 'en' });
    expect(() => new Resvg(svg)).not.toThrow();
    expect(() => new Resvg(svg.replace('&#60;', '<'))).toThrow();
    expect(svg.isWellFormed()).toBe(true);
  });

  it('has a name and a description, and asks for no style sheet and no other file', () => {
    const svg = painted(path);
    expect(svg).toMatch(
      /^<svg [^>]*role="img"[^>]*><title>Ärende KS 2026\/123<\/title><desc>Vägen genom organen</,
    );
    expect(/ style=|<style|href=|url\(/.test(svg)).toBe(false);
    expect(svg).toContain('från varje läge');
    expect(paint(layout, path, { ...text, language: 'en' })).toContain('from any state');
  });

  it('is the same bytes every time and ignores what the chart does not have', () => {
    const stranger = { ...path, steps: [...path.steps, { number: 99, transitions: ['nowhere>x#0'] }] };
    expect(painted(stranger)).toBe(painted(path));
  });

  function badges(svg: string): Box[] {
    const rect =
      /class="badge">(?:<title>[^<]*<\/title>)?<rect x="([^"]*)" y="([^"]*)" width="([^"]*)" height="([^"]*)"/g;
    return [...svg.matchAll(rect)].map((it) => {
      const [x = 0, y = 0, width = 0, height = 0] = it.slice(1).map(Number);
      return { x, y, width, height };
    });
  }
});

describe('the width of a text', () => {
  const drawn = (words: string, weight: string) =>
    new Resvg(
      `<svg xmlns="http://www.w3.org/2000/svg"><text y="50" font-size="12" font-weight="${weight}" font-family="DejaVu Sans">${words}</text></svg>`,
      { font: { loadSystemFonts: true } },
    ).getBBox()?.width ?? 0;

  it.for(['normal', 'bold'] as const)('is not estimated below what %s DejaVu Sans needs', (weight) => {
    for (const state of graph.states) {
      const width = textWidth(state.label, 12, weight);
      expect(width + 2).toBeGreaterThan(drawn(state.label, weight));
      expect(width).toBeLessThan(drawn(state.label, weight) * 1.3 + 10);
    }
  });

  it('decides where lines break: none wider than the limit, four at most, every word kept up to then', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme', size: 'max', maxLength: 300 }),
        fc.integer({ min: 20, max: 200 }),
        (words, max) => {
          const lines = wrapped(words, 11, 'normal', max);
          expect(lines.length).toBeLessThanOrEqual(4);
          const bare = (it: string) => it.replace(/\s/gu, '');
          expect(
            bare(words).startsWith(bare(lines.length < 4 ? lines.join('') : lines.slice(0, 3).join(''))),
          ).toBe(true);
          for (const line of lines) expect(textWidth(line, 11)).toBeLessThanOrEqual(max + 11);
        },
      ),
    );
    expect(wrapped('Fastställ [fullmäktigeärende]', 11, 'normal', 150)).toEqual([
      'Fastställ',
      '[fullmäktigeärende]',
    ]);
    expect(wrapped('Kort', 11, 'normal', 150)).toEqual(['Kort']);
  });
});
