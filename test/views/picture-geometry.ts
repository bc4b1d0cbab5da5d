import type { ChartGraph } from '../../src/views/picture/graph.ts';
import type { Box, Layout, PlacedEdge, Point } from '../../src/views/picture/placed.ts';

/** What is wrong with a layout to the eye, one line per fault, each beginning with the rule that it breaks. */
export function faults(graph: ChartGraph, layout: Layout): string[] {
  return [
    ...labelFaults(layout),
    ...lineFaults(layout),
    ...stateFaults(layout),
    ...dotFaults(layout),
    ...orderFaults(graph, layout),
  ];
}

/** True when two boxes share more than a hair. */
export function meet(a: Box, b: Box, hair = 0.2): boolean {
  const apart = (p: number, size: number, q: number, other: number) =>
    p >= q + other - hair || q >= p + size - hair;
  return !apart(a.x, a.width, b.x, b.width) && !apart(a.y, a.height, b.y, b.height);
}

const inside = (a: Box, b: Box) =>
  a.x >= b.x && a.y >= b.y && a.x + a.width <= b.x + b.width + 0.2 && a.y + a.height <= b.y + b.height + 0.2;

const pieces = ({ points }: PlacedEdge): Box[] =>
  points.slice(1).map((to, i) => between(points[i] ?? to, to));

const between = (a: Point, b: Point): Box => ({
  x: Math.min(a.x, b.x),
  y: Math.min(a.y, b.y),
  width: Math.abs(a.x - b.x),
  height: Math.abs(a.y - b.y),
});

const name = (edge: PlacedEdge) => `${edge.source}>${edge.target}`;
const rowsOf = (layout: Layout) => layout.edges.flatMap((edge) => edge.rows.map((row) => ({ ...row, edge })));
const leaves = (layout: Layout) => layout.states.filter((it) => it.header === null);

function labelFaults(layout: Layout): string[] {
  const rows = rowsOf(layout);
  const page = { x: 0, y: 0, width: layout.width, height: layout.height };
  return rows.flatMap((row, i) => [
    ...rows
      .slice(i + 1)
      .flatMap((it) => (meet(row, it) ? `label on label: ${name(row.edge)} ${name(it.edge)}` : [])),
    ...leaves(layout).flatMap((it) => (meet(row, it) ? `label on state: ${name(row.edge)} ${it.id}` : [])),
    ...layout.states.flatMap((it) => (it.header && meet(row, it.header) ? `label on header: ${it.id}` : [])),
    ...(inside(row, page) ? [] : [`label off the page: ${name(row.edge)}`]),
  ]);
}

function lineFaults(layout: Layout): string[] {
  const rows = rowsOf(layout);
  return layout.edges.flatMap((edge) => {
    const line = pieces(edge);
    const crossed = rows.filter((row) => row.edge !== edge && line.some((it) => meet(it, row, 0)));
    const hit = leaves(layout).filter((state) => line.some((it) => meet(it, state, 0.5)));
    return [
      ...(line.length === 0 ? [`no line: ${name(edge)}`] : []),
      ...crossed.map((row) => `line through label: ${name(edge)} ${name(row.edge)}`),
      ...hit.map((state) => `line through state: ${name(edge)} ${state.id}`),
      ...(edge.source === edge.target || onLine(edge, line) ? [] : [`label off its line: ${name(edge)}`]),
    ];
  });
}

function onLine(edge: PlacedEdge, line: readonly Box[]): boolean {
  const [first, last] = [edge.rows[0], edge.rows.at(-1)];
  if (!first || !last) return false;
  const middle = { x: first.x + first.width / 2, y: (first.y + last.y + last.height) / 2 };
  return line.some((it) => meet(it, { x: middle.x - 1.5, y: middle.y - 1.5, width: 3, height: 3 }, 0));
}

function stateFaults(layout: Layout): string[] {
  const byId = new Map(layout.states.map((it) => [it.id, it]));
  return layout.states.flatMap((state) => {
    const parent = byId.get(state.parent ?? '');
    const beside = layout.states.filter((it) => it !== state && it.parent === state.parent);
    const inner = layout.states.filter((it) => it.parent === state.id);
    const { header } = state;
    return [
      ...(parent && !inside(state, parent) ? [`outside its parent: ${state.id}`] : []),
      ...beside.flatMap((it) => (meet(state, it) ? `state on state: ${state.id} ${it.id}` : [])),
      ...(header && inner.some((it) => meet(it, header)) ? [`state on header: ${state.id}`] : []),
      ...(header && !inside(header, state) ? [`header outside: ${state.id}`] : []),
    ];
  });
}

function dotFaults(layout: Layout): string[] {
  const strokes = layout.edges.flatMap(pieces);
  return layout.states.flatMap(({ dot, id }) => {
    if (!dot) return [];
    const box = { x: dot.from.x - 5, y: dot.from.y - 5, width: 10, height: 10 };
    const inTheWay = [...leaves(layout), ...rowsOf(layout)].some((it) => meet(box, it));
    return inTheWay || strokes.some((it) => meet(it, box, 0)) ? [`dot in the way: ${id}`] : [];
  });
}

function orderFaults(graph: ChartGraph, layout: Layout): string[] {
  if (graph.states[0]?.kind === 'parallel') return [];
  const stages = layout.states.filter((it) => it.parent === '' && it.header !== null);
  return stages
    .slice(1)
    .flatMap((it, i) => (it.y > (stages[i]?.y ?? 0) ? [] : `stage not below the former: ${it.id}`));
}

/** The headers through which an edge passes. */
export function crossedHeaders(layout: Layout): string[] {
  const strokes = layout.edges.flatMap(pieces);
  return layout.states.flatMap(({ header, id }) => {
    const text = header && { ...header, y: header.y + 3, height: header.height - 3 };
    return text && strokes.some((it) => meet(it, text, 0)) ? id : [];
  });
}
