import { badge, badgeWidth } from './badges.ts';
import { CHIP, CHIP_BORDER, LABEL, LINE, TAKEN } from './colours.ts';
import { LABEL_LINE, LABEL_SIZE } from './edges.ts';
import { element, elementId, escaped } from './markup.ts';
import type { Box, PlacedEdge, PlacedRow, Point } from './placed.ts';
import type { Taken } from './taken.ts';
import { textWidth } from './text.ts';

const CORNER = 6;
const FROM_ANY = { sv: 'från varje läge', en: 'from any state' };

/** One edge: its line, and a label with a badge for each of its rows. `named` says which transitions get their id here. */
export function paintEdge(
  edge: PlacedEdge,
  taken: Taken,
  language: 'sv' | 'en',
  named: (transition: string) => boolean,
): string {
  const isTaken = edge.rows.some((row) => taken.numbers(row.transitions).length > 0);
  return element(
    'g',
    { class: isTaken ? 'edge taken' : 'edge' },
    ...line(edge.points, isTaken),
    edge.origin ? origin(edge.origin, FROM_ANY[language]) : '',
    ...edge.rows.map((row) =>
      inIds(row.transitions.filter(named), label(row, taken.numbers(row.transitions))),
    ),
  );
}

function inIds(transitions: readonly string[], inner: string): string {
  return transitions.reduceRight((svg, id) => element('g', { id: elementId('t', id) }, svg), inner);
}

function line(points: readonly Point[], taken: boolean): string[] {
  const [tip, before] = points.toReversed();
  if (!tip || !before) return [];
  const [size, stroke] = taken ? [9, TAKEN] : [7, LINE];
  const [dx, dy] = [Math.sign(tip.x - before.x), Math.sign(tip.y - before.y)];
  const [back, side] = [{ x: tip.x - dx * size, y: tip.y - dy * size }, size * 0.5];
  const ends = [1, -1].map((sign) => `L${back.x + sign * dy * side} ${back.y - sign * dx * side}`);
  return [
    element('path', {
      d: rounded([...points.slice(0, -1), back]),
      fill: 'none',
      stroke,
      'stroke-width': taken ? 2.6 : 1.2,
    }),
    element('path', { d: `M${tip.x} ${tip.y}${ends.join('')}z`, fill: stroke }),
  ];
}

/** A line through the points, its corners rounded. */
function rounded(points: readonly Point[]): string {
  let d = '';
  points.forEach((at, index) => {
    const [from, to] = [points[index - 1], points[index + 1]];
    if (!from) d += `M${at.x} ${at.y}`;
    else if (!to) d += `L${at.x} ${at.y}`;
    else d += `L${toward(at, from)}Q${at.x} ${at.y} ${toward(at, to)}`;
  });
  return d;
}

function toward(at: Point, to: Point): string {
  const length = Math.hypot(to.x - at.x, to.y - at.y) || 1;
  const share = Math.min(CORNER, length / 2) / length;
  return `${tenth(at.x + (to.x - at.x) * share)} ${tenth(at.y + (to.y - at.y) * share)}`;
}

const tenth = (value: number) => Math.round(value * 10) / 10;

function origin({ x, y, width, height }: Box, words: string): string {
  const middle = { x: x + width / 2, y: y + height / 2 + 3.6 };
  return element(
    'g',
    { class: 'origin' },
    element('rect', {
      x,
      y,
      width,
      height,
      rx: height / 2,
      fill: CHIP,
      stroke: LINE,
      'stroke-dasharray': '3 3',
    }),
    element(
      'text',
      { ...middle, 'font-size': 10, 'font-style': 'italic', 'text-anchor': 'middle', fill: LABEL },
      words,
    ),
  );
}

/** The label of a row on its line: a badge if it was taken, then the text, together in the middle of their room. */
function label(row: PlacedRow, numbers: readonly number[]): string {
  const text = Math.max(0, ...row.lines.map((it) => textWidth(it, LABEL_SIZE)));
  const front = badgeWidth(numbers);
  const gap = front > 0 && text > 0 ? 4 : 0;
  const start = row.x + (row.width - front - gap - text) / 2;
  const middle = row.y + row.height / 2;
  const colour = numbers.length > 0 ? TAKEN : LABEL;
  return [
    text > 0 ? chip(start - 5, front + gap + text + 10, row, numbers.length > 0) : '',
    front > 0 ? badge(start, middle, numbers) : '',
    ...row.lines.map((it, index) => {
      const y = middle + (index - (row.lines.length - 1) / 2) * LABEL_LINE + LABEL_SIZE * 0.36;
      const x = start + front + gap + text / 2;
      return element(
        'text',
        { x, y, 'font-size': LABEL_SIZE, 'text-anchor': 'middle', fill: colour },
        escaped(it),
      );
    }),
  ].join('');
}

function chip(x: number, width: number, { y, height }: Box, taken: boolean): string {
  const border = { stroke: taken ? TAKEN : CHIP_BORDER, 'stroke-width': taken ? 1.2 : 1 };
  return element('rect', { x, y: y + 1, width, height: height - 2, rx: 5, fill: CHIP, ...border });
}
