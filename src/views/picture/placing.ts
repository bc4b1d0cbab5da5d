import type { ElkNode } from 'elkjs/lib/elk-api.js';
import type { Edge } from './edges.ts';
import {
  DOT_ROOM,
  dotSide,
  goesBack,
  headerHeight,
  nameLines,
  ORIGIN_ROOM,
  originRoom,
} from './elk-graph.ts';
import type { ChartGraph, GraphState } from './graph.ts';
import type { Box, PlacedEdge, PlacedRow, PlacedState, Point } from './placed.ts';

const ORIGIN_HEIGHT = 20;
/** How far apart a dot and an origin on the same side of a state pass. */
const APART = 7;

const tenths = (value: number | undefined) => Math.round((value ?? 0) * 10) / 10;

const boxOf = (it: Partial<Box>): Box => ({
  x: tenths(it.x),
  y: tenths(it.y),
  width: tenths(it.width),
  height: tenths(it.height),
});

/** The states where ELK has put them, parents before children, the root left out. */
export function placedStates(elk: ElkNode, graph: ChartGraph, edges: readonly Edge[]): PlacedState[] {
  const nodes = new Map([...withInner(elk)].map((it) => [it.id, it] as const));
  const states = new Map(graph.states.map((it) => [it.id, it]));
  return graph.states.slice(1).map((state) => {
    const parent = states.get(state.parent ?? '');
    return placedState(state, boxOf(nodes.get(state.id) ?? {}), parent, edges, graph);
  });
}

function* withInner(node: ElkNode): Generator<ElkNode> {
  yield node;
  for (const inner of node.children ?? []) yield* withInner(inner);
}

function placedState(
  state: GraphState,
  at: Box,
  parent: GraphState | undefined,
  edges: readonly Edge[],
  graph: ChartGraph,
): PlacedState {
  const outer = graph.states.some((it) => it.parent === state.id);
  const lines = state.kind === 'history' ? [state.label] : nameLines(state, outer);
  return {
    ...at,
    id: state.id,
    parent: state.parent,
    kind: state.kind,
    initial: state.initial,
    label: state.label,
    lines,
    header: outer ? { ...at, height: headerHeight(lines.length) } : null,
    depth: state.id.split('.').length,
    region: parent?.kind === 'parallel',
    dot: parent?.initial === state.id ? dot(state.id, at, outer, edges) : null,
  };
}

function dot(state: string, at: Box, outer: boolean, edges: readonly Edge[]): PlacedState['dot'] {
  const y = tenths(at.y + (outer ? headerHeight(1) : at.height) / 2);
  if (dotSide(state, edges) === 'left') return { from: { x: at.x - DOT_ROOM + 8, y }, to: { x: at.x, y } };
  const apart = edges.some((it) => it.source === '' && it.target === state) ? APART : 0;
  const right = at.x + at.width;
  return { from: { x: right + DOT_ROOM - 8, y: y - apart }, to: { x: right, y: y - apart } };
}

/** The edges where ELK has put them, and those "from any state" beside their targets. */
export function placedEdges(
  elk: ElkNode,
  graph: ChartGraph,
  edges: readonly Edge[],
  states: readonly PlacedState[],
): PlacedEdge[] {
  const order = new Map(graph.states.map((it) => [it.id, it.order]));
  const laid = new Map((elk.edges ?? []).map((it) => [it.id, it]));
  return edges.map((edge, index) => {
    const target = states.find((it) => it.id === edge.target);
    if (edge.source === '' && target) return fromAnywhere(edge, target);
    const { sections, labels } = laid.get(`${index}`) ?? {};
    const section = sections?.[0];
    const points = section ? [section.startPoint, ...(section.bendPoints ?? []), section.endPoint] : [];
    if (goesBack(edge, order)) points.reverse();
    const route = target?.header === null && edge.source === edge.target ? loop(target, points) : points;
    return placedEdge(edge, route, boxOf(labels?.[0] ?? {}), null);
  });
}

/** A loop on the left side of a state, as far out as ELK has left room for it. */
function loop({ x, y, height }: Box, points: readonly Point[]): Point[] {
  const out = Math.min(...points.map((it) => it.x));
  const [upper, lower] = [y + height / 4, y + (3 * height) / 4];
  return [
    { x, y: upper },
    { x: out, y: upper },
    { x: out, y: lower },
    { x, y: lower },
  ];
}

function placedEdge(edge: Edge, points: readonly Point[], label: Box, origin: Box | null): PlacedEdge {
  let y = label.y;
  const rows = edge.rows.map(({ lines, transitions, width, height }): PlacedRow => {
    const row = {
      x: tenths(label.x + (label.width - width) / 2),
      y: tenths(y),
      width,
      height,
      lines,
      transitions,
    };
    y += height;
    return row;
  });
  const { source, target } = edge;
  return { source, target, points: points.map((it) => ({ x: tenths(it.x), y: tenths(it.y) })), rows, origin };
}

function fromAnywhere(edge: Edge, target: PlacedState): PlacedEdge {
  const dotBetween = target.dot !== null && target.dot.from.x > target.x;
  const y = tenths(target.y + target.height / 2) + (dotBetween ? APART : 0);
  const tip = { x: target.x + target.width, y };
  const from = tip.x + (dotBetween ? DOT_ROOM : 0);
  const label = {
    x: from + ORIGIN_ROOM.arrow,
    y: y - edge.height / 2,
    width: edge.width,
    height: edge.height,
  };
  const x = from + originRoom(edge) - ORIGIN_ROOM.words - ORIGIN_ROOM.gap;
  const origin = boxOf({ x, y: y - ORIGIN_HEIGHT / 2, width: ORIGIN_ROOM.words, height: ORIGIN_HEIGHT });
  return placedEdge(edge, [{ x: origin.x, y }, tip], label, origin);
}
