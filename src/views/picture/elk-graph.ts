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
  'elk.layered.considerModelOrder.strategy': 'NODES_AND_EDGES', // throws on any other level
  'elk.padding': '[top=24,left=24,bottom=24,right=24]',
};

const LEVEL: LayoutOptions = {
  'elk.edgeRouting': 'ORTHOGONAL',
  'elk.layered.nodePlacement.strategy': 'NETWORK_SIMPLEX',
  'elk.layered.cycleBreaking.strategy': 'DEPTH_FIRST',
  'elk.spacing.nodeNode': '24',
  'elk.spacing.edgeNode': '14',
  'elk.spacing.edgeEdge': '12',
  'elk.layered.spacing.nodeNodeBetweenLayers': '24',
  'elk.layered.spacing.edgeNodeBetweenLayers': '12',
  'elk.layered.spacing.edgeEdgeBetweenLayers': '10',
};

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
  const children = Map.groupBy(graph.states, (it) => it.parent);
  const order = new Map(graph.states.map((it) => [it.id, it.order]));
  const root = children.get(null)?.[0];
  const top = root ? (children.get(root.id) ?? []) : [];
  const nest = new Nest(graph, edges, children);
  return {
    id: '',
    layoutOptions: { ...WHOLE, ...LEVEL },
    children: top.map((it) => nest.node(it)),
    edges: [...edges.flatMap((it, index) => elkEdge(it, index, order)), ...stageOrder(top, edges)],
  };
}
