import { paintInternals } from './internals.ts';
import { element, escaped } from './markup.ts';
import { paintEdge } from './paint-edge.ts';
import { paintHeader, paintState } from './paint-state.ts';
import type { Layout, PlacedEdge } from './placed.ts';
import { type PaintedPath, takenIn } from './taken.ts';

export type { PaintedPath } from './taken.ts';

/**
 * A complete `<svg>` element: the chart, and the path laid over it. States have the ids `s-<path>`, transitions
 * `t-<transition id>` (a transition with several targets at its first), other signs than letters, digits, `.` and
 * `-` written `_hex_`. Same input, same bytes.
 */
export function paint(
  layout: Layout,
  path: PaintedPath | null,
  text: { title: string; description: string; language: 'sv' | 'en' },
): string {
  const { width, height } = layout;
  const taken = takenIn(layout, path);
  const first = new Map<string, PlacedEdge>();
  for (const edge of layout.edges.toReversed()) {
    for (const id of edge.rows.flatMap((row) => row.transitions)) first.set(id, edge);
  }
  const isTaken = (edge: PlacedEdge) => edge.rows.some((row) => taken.numbers(row.transitions).length > 0);
  const edges = [...layout.edges.filter((it) => !isTaken(it)), ...layout.edges.filter(isTaken)];
  return element(
    'svg',
    {
      xmlns: 'http://www.w3.org/2000/svg',
      viewBox: `0 0 ${width} ${height}`,
      width,
      height,
      role: 'img',
      lang: text.language,
      class: 'statechart',
      'font-family': 'DejaVu Sans, Verdana, Arial, sans-serif',
    },
    element('title', {}, escaped(text.title)),
    element('desc', {}, escaped(text.description)),
    element('rect', { width, height, fill: '#ffffff' }),
    ...layout.states.map((state) => paintState(state, taken)),
    ...edges.map((edge) => paintEdge(edge, taken, text.language, (id) => first.get(id) === edge)),
    ...layout.states.map((state) => paintHeader(state, taken)),
    ...paintInternals(layout, taken, text.language),
  );
}
