import { BADGE_HEIGHT, badge, badgeWidth } from './badges.ts';
import { LABEL } from './colours.ts';
import { type Segment, segments } from './headers.ts';
import { element, escaped } from './markup.ts';
import type { Box, Layout, PlacedState, Point } from './placed.ts';
import type { Taken } from './taken.ts';

const OUTSIDE = 6;
/** In the margin above the stages. */
const WHOLE = { x: OUTSIDE, y: 12 };
const UNMOVED = { sv: 'utan att byta läge', en: 'without a change of state' };

/**
 * The badges of the transitions that only cause effects: on a corner of their state that no edge passes, or, with
 * words, in the corner of the picture for those of the whole chart.
 */
export function paintInternals(layout: Layout, taken: Taken, language: 'sv' | 'en'): string[] {
  return [...Map.groupBy(layout.internals, (it) => it.state)].flatMap(([id, all]) => {
    const numbers = taken.numbers(all.map((it) => it.id));
    if (numbers.length === 0) return [];
    const labels = new Set(all.filter((it) => taken.numbers([it.id]).length > 0).map((it) => it.label));
    const state = layout.states.find((it) => it.id === id);
    const width = badgeWidth(numbers);
    const at = state ? freeCorner(state, width, layout) : WHOLE;
    const painted = badge(at.x, at.y, numbers, [...labels].join(', '));
    return state ? painted : [painted, words(UNMOVED[language], width)];
  });
}

const words = (text: string, badge: number): string =>
  element(
    'text',
    { x: WHOLE.x + badge + OUTSIDE, y: WHOLE.y + 3.5, 'font-size': 10, 'font-style': 'italic', fill: LABEL },
    escaped(text),
  );

/** Left end and middle of a badge on a corner of a state: over its border if there is room, else beside it. */
function freeCorner(state: PlacedState, width: number, layout: Layout): Point {
  const [left, right] = [state.x, state.x + state.width];
  const ends = [right + OUTSIDE - width, left - OUTSIDE, right - OUTSIDE, left + OUTSIDE - width];
  const corners = ends.flatMap((x) => [state.y, state.y + state.height].map((y) => ({ x, y })));
  const obstacles = [
    ...layout.edges.flatMap((edge) => segments(edge.points)).map(around),
    ...layout.edges.flatMap((edge) => [...edge.rows, ...(edge.origin ? [edge.origin] : [])]),
    ...layout.states.filter((it) => it !== state && it.header === null),
    ...layout.states.flatMap((it) => [
      ...(it.header ? [it.header] : []),
      ...(it.dot ? [around([it.dot.from, it.dot.to])] : []),
    ]),
  ];
  const free = ({ x, y }: Point) => {
    const box = { x, y: y - BADGE_HEIGHT / 2, width, height: BADGE_HEIGHT };
    return x >= 0 && x + width <= layout.width && !obstacles.some((it) => meet(it, box));
  };
  return corners.find(free) ?? { x: right + OUTSIDE - width, y: state.y };
}

const around = ([a, b]: Segment): Box => ({
  x: Math.min(a.x, b.x),
  y: Math.min(a.y, b.y),
  width: Math.abs(a.x - b.x),
  height: Math.abs(a.y - b.y),
});

function meet(a: Box, b: Box): boolean {
  return a.x <= b.x + b.width && b.x <= a.x + a.width && a.y <= b.y + b.height && b.y <= a.y + a.height;
}
