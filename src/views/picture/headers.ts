import { HEADER_SIZE } from './elk-graph.ts';
import type { Box, PlacedEdge, PlacedState, Point } from './placed.ts';
import { textWidth } from './text.ts';

const CLEARANCE = 8;

/** Moves the name of each state along its upper border to where no edge passes, as near the middle as it gets. */
export function placeHeaders(states: readonly PlacedState[], edges: readonly PlacedEdge[]): PlacedState[] {
  const strokes = edges.flatMap((edge) => segments(edge.points));
  return states.map((state) =>
    state.header ? { ...state, header: clear(state, state.header, strokes) } : state,
  );
}

export type Segment = readonly [Point, Point];

/** The straight pieces of a line. */
export function segments(points: readonly Point[]): Segment[] {
  return points.slice(1).map((to, index): Segment => [points[index] ?? to, to]);
}

function clear(state: PlacedState, band: Box, strokes: readonly Segment[]): Box {
  const width = Math.ceil(Math.max(...state.lines.map((line) => textWidth(line, HEADER_SIZE, 'bold'))));
  const taken = strokes
    .filter((it) => crosses(it, band))
    .map(([a, b]) => [Math.min(a.x, b.x), Math.max(a.x, b.x)] as const);
  const middle = state.x + (state.width - width) / 2;
  const candidates = [middle, ...taken.flatMap(([from, to]) => [from - CLEARANCE - width, to + CLEARANCE])];
  const free = candidates.filter(
    (x) =>
      x >= state.x + CLEARANCE &&
      x + width <= state.x + state.width - CLEARANCE &&
      taken.every(([from, to]) => x + width < from || x > to),
  );
  const [x = middle] = free.sort((a, b) => Math.abs(a - middle) - Math.abs(b - middle));
  return { x: Math.round(x), y: band.y, width, height: band.height };
}

/** True when a stroke passes through a box; one that only reaches its upper border does not. */
function crosses([a, b]: Segment, it: Box): boolean {
  return (
    Math.max(a.x, b.x) > it.x &&
    Math.min(a.x, b.x) < it.x + it.width &&
    Math.max(a.y, b.y) > it.y + 1 &&
    Math.min(a.y, b.y) < it.y + it.height
  );
}
