import type { ElkExtendedEdge, ElkLabel, ElkNode, LayoutOptions } from 'elkjs/lib/elk-api.js';
import type { Edge } from './edges.ts';
import type { ChartGraph, GraphState } from './graph.ts';
import { textWidth, wrapped } from './text.ts';

export const STATE_SIZE = 12;
export const STATE_LINE = 15;
export const HEADER_SIZE = 13;
export const HEADER_LINE = 17;
/** Beside an initial state: the dot and its arrow. */
export const DOT_ROOM = 28;
/** Beside a target of the whole chart: the arrow, a gap, and the words "from any state". */
export const ORIGIN_ROOM = { arrow: 18, gap: 10, words: 112 };

const PADDING = 14;
const STATE_WIDTH = { least: 84, text: 170, padding: 22 };
const HEADER_WIDTH = 260;
const HISTORY_SIZE = 26;

const WHOLE: LayoutOptions = {
  'elk.algorithm': 'layered',
  'elk.direction': 'DOWN',
  'elk.hierarchyHandling': 'INCLUDE_CHILDREN',
  'elk.json.shapeCoords': 'ROOT',
  'elk.json.edgeCoords': 'ROOT',
  'elk.separateConnectedComponents': 'false',
  'elk.padding': '[top=24,left=24,bottom=24,right=24]',
};

const LEVEL: LayoutOptions = {
  'elk.edgeRouting': 'ORTHOGONAL',
  'elk.layered.nodePlacement.strategy': 'NETWORK_SIMPLEX',
  'elk.layered.cycleBreaking.strategy': 'DEPTH_FIRST',
  'elk.spacing.nodeNode': '24',
  'elk.spacing.edgeNode': '14',
  'elk.spacing.edgeEdge': '12',
  'elk.spacing.nodeSelfLoop': '20',
  'elk.layered.spacing.nodeNodeBetweenLayers': '24',
  'elk.layered.spacing.edgeNodeBetweenLayers': '12',
  'elk.layered.spacing.edgeEdgeBetweenLayers': '10',
};

/** For the states of the whole chart; ELK throws when a level within another asks for it. */
const AS_DECLARED: LayoutOptions = { 'elk.layered.considerModelOrder.strategy': 'NODES_AND_EDGES' };

/** For regions, whose places `nodes` gives. */
const SIDE_BY_SIDE: LayoutOptions = { 'elk.layered.crossingMinimization.semiInteractive': 'true' };

/** The lines of a state's name, and the room they take. */
export function nameLines(state: GraphState, header: boolean): string[] {
  return header
    ? wrapped(state.label, HEADER_SIZE, 'bold', HEADER_WIDTH)
    : wrapped(state.label, STATE_SIZE, 'bold', STATE_WIDTH.text);
}

export const headerHeight = (lines: number): number => lines * HEADER_LINE + 12;

/** True when the edge goes back to what is declared earlier: it is laid out the other way round. */
export function goesBack(edge: Edge, order: ReadonlyMap<string, number>): boolean {
  const nested = within(edge.target, edge.source) || within(edge.source, edge.target);
  return !nested && (order.get(edge.target) ?? 0) < (order.get(edge.source) ?? 0);
}

const within = (inner: string, outer: string) => inner === outer || inner.startsWith(`${outer}.`);

/** On which side of an initial state its dot stands: self-loops are drawn on the left. */
export function dotSide(state: string, edges: readonly Edge[]): 'left' | 'right' {
  return edges.some((it) => it.source === state && it.target === state) ? 'right' : 'left';
}

export const originRoom = (edge: Edge): number =>
  ORIGIN_ROOM.arrow + edge.width + ORIGIN_ROOM.gap + ORIGIN_ROOM.words + ORIGIN_ROOM.gap;

/**
 * The chart as input of ELK's layered algorithm. Edges are named by their place in `edges`; those that start
 * at the root are no edges here, but room beside their target.
 */
export function elkGraph(graph: ChartGraph, edges: readonly Edge[]): ElkNode {
  const chart: Chart = {
    edges,
    children: Map.groupBy(graph.states, (it) => it.parent),
    initial: new Set(graph.states.map((it) => it.initial)),
  };
  const order = new Map(graph.states.map((it) => [it.id, it.order]));
  const stages = chart.children.get('') ?? [];
  const parallel = graph.states[0]?.kind === 'parallel';
  return {
    id: '',
    layoutOptions: { ...WHOLE, ...LEVEL, ...(parallel ? SIDE_BY_SIDE : AS_DECLARED) },
    children: nodes(stages, parallel, chart),
    edges: [
      ...edges.flatMap((it, index) => elkEdge(it, index, order)),
      ...(parallel ? [] : inOrder(stages, edges)),
    ],
  };
}

interface Chart {
  readonly children: ReadonlyMap<string | null, readonly GraphState[]>;
  readonly edges: readonly Edge[];
  /** The states that are the initial one of their parent. */
  readonly initial: ReadonlySet<string | null>;
}

function node(state: GraphState, chart: Chart): ElkNode {
  const labels = besides(state, chart);
  const inner = chart.children.get(state.id) ?? [];
  if (inner.length > 0) return compound(state, inner, labels, chart);
  if (state.kind === 'history') return { id: state.id, width: HISTORY_SIZE, height: HISTORY_SIZE, labels };
  const last = state.parent === '' && state.kind === 'final';
  return {
    id: state.id,
    labels,
    width: leafWidth(state),
    height: nameLines(state, false).length * STATE_LINE + 13,
    ...(last && { layoutOptions: { 'elk.layered.layering.layerConstraint': 'LAST' } }),
  };
}

function compound(
  state: GraphState,
  inner: readonly GraphState[],
  labels: ElkLabel[],
  chart: Chart,
): ElkNode {
  const header = nameLines(state, true);
  const name = Math.max(...header.map((line) => textWidth(line, HEADER_SIZE, 'bold'))) + 2 * PADDING;
  const side = Math.ceil(Math.max(PADDING, (name - innerWidth(state, chart)) / 2));
  const top = headerHeight(header.length) + PADDING;
  const parallel = state.kind === 'parallel';
  return {
    id: state.id,
    labels,
    children: nodes(inner, parallel, chart),
    layoutOptions: {
      ...LEVEL,
      'elk.padding': `[top=${top},left=${side},bottom=${PADDING + 4},right=${side}]`,
      ...(parallel && SIDE_BY_SIDE),
    },
  };
}

/** The nodes of one level. Regions stand side by side in the order of their declaration, their tops in line. */
function nodes(states: readonly GraphState[], parallel: boolean, chart: Chart): ElkNode[] {
  const all = states.map((it) => node(it, chart));
  if (!parallel) return all;
  return all.map((it, index) => {
    const place = { 'elk.alignment': 'TOP', 'elk.position': `(${index * 1000},0)` };
    return { ...it, layoutOptions: { ...it.layoutOptions, ...place } };
  });
}

function leafWidth(state: GraphState): number {
  const text = Math.max(...nameLines(state, false).map((line) => textWidth(line, STATE_SIZE, 'bold')));
  return Math.ceil(Math.max(STATE_WIDTH.least, text + STATE_WIDTH.padding));
}

/** At least this wide is what a compound state holds; ELK does not widen one for the sake of its header. */
function innerWidth(state: GraphState, chart: Chart): number {
  const inner = chart.children.get(state.id) ?? [];
  if (state.kind === 'history') return HISTORY_SIZE;
  if (inner.length === 0) return leafWidth(state);
  return Math.max(...inner.map((it) => innerWidth(it, chart)));
}

/** Room on both sides of a state, in the shape of labels, for its dot and for edges "from any state". */
function besides(state: GraphState, { edges, initial }: Chart): ElkLabel[] {
  const room = { left: 0, right: 0, height: 12 };
  if (initial.has(state.id)) room[dotSide(state.id, edges)] += DOT_ROOM;
  for (const edge of edges.filter((it) => it.source === '' && it.target === state.id)) {
    room.right += originRoom(edge);
    room.height = edge.height;
  }
  return (['left', 'right'] as const).flatMap((side) =>
    room[side] === 0
      ? []
      : {
          id: `${side}:${state.id}`,
          text: '\u00a0',
          width: room[side],
          height: room.height,
          layoutOptions: { 'elk.nodeLabels.placement': `[OUTSIDE, H_${side.toUpperCase()}, V_CENTER]` },
        },
  );
}

function elkEdge(edge: Edge, index: number, order: ReadonlyMap<string, number>): ElkExtendedEdge[] {
  if (edge.source === '') return [];
  const back = goesBack(edge, order);
  const siblings = parentOf(edge.source) === parentOf(edge.target);
  const label: ElkLabel = {
    id: `label:${index}`,
    text: '\u00a0',
    width: edge.width,
    height: edge.height,
    layoutOptions: {
      'elk.edgeLabels.inline': 'true',
      'elk.edgeLabels.placement': 'CENTER',
      'elk.layered.edgeLabels.centerLabelPlacementStrategy': back ? 'HEAD_LAYER' : 'TAIL_LAYER',
    },
  };
  return [
    {
      id: `${index}`,
      sources: [back ? edge.target : edge.source],
      targets: [back ? edge.source : edge.target],
      labels: [label],
      layoutOptions: { 'elk.layered.priority.straightness': siblings && !back ? '5' : '1' },
    },
  ];
}

const parentOf = (id: string) => id.slice(0, Math.max(0, id.lastIndexOf('.')));

/** An invisible edge between neighbouring stages that no edge joins, so that each starts below the former. */
function inOrder(states: readonly GraphState[], edges: readonly Edge[]): ElkExtendedEdge[] {
  const stages = states.filter((it) => it.kind === 'compound' || it.kind === 'parallel');
  const joined = (a: string, b: string) =>
    edges.some(
      (it) =>
        (within(it.source, a) && within(it.target, b)) || (within(it.source, b) && within(it.target, a)),
    );
  return stages.slice(1).flatMap((stage, index) => {
    const former = stages[index]?.id ?? '';
    return joined(former, stage.id) ? [] : { id: `order:${index}`, sources: [former], targets: [stage.id] };
  });
}
