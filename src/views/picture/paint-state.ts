import { GROUNDS, LINE, STATES, TAKEN } from './colours.ts';
import { HEADER_LINE, HEADER_SIZE, STATE_LINE, STATE_SIZE } from './elk-graph.ts';
import { element, elementId, escaped } from './markup.ts';
import type { Box, PlacedState, Point } from './placed.ts';
import type { Taken } from './taken.ts';

/** One state: its box, the dot of an initial state, and its name unless that is a header. */
export function paintState(state: PlacedState, taken: Taken): string {
  const standing = taken.standing(state.id);
  return element(
    'g',
    { id: elementId('s', state.id), class: `state ${state.kind} ${standing}` },
    state.lines.join(' ') === state.label ? '' : element('title', {}, escaped(state.label)),
    ...outline(state, STATES[standing]),
    ...(state.dot ? [dot(state.dot, taken.begun(state.id))] : []),
    ...(state.header ? [] : name(state, state, STATES[standing].text, standing === 'current')),
  );
}

/** The name of a state that holds others, on a plate that keeps it clear of lines: to be painted above them. */
export function paintHeader(state: PlacedState, taken: Taken): string {
  if (!state.header) return '';
  const { x, y, width, height } = state.header;
  const plate = element('rect', {
    x: x - 3,
    y: y + 5,
    width: width + 6,
    height: height - 9,
    fill: ground(state),
  });
  const standing = taken.standing(state.id);
  return element(
    'g',
    { class: `header ${standing}` },
    plate,
    ...name(state, state.header, STATES[standing].text, true),
  );
}

const ground = (state: PlacedState) => GROUNDS[state.depth % 2 === 1 ? 0 : 1];

function outline(state: PlacedState, { border, thickness, fill }: (typeof STATES)['current']): string[] {
  const round = state.kind === 'history' ? state.width / 2 : state.header ? 8 : 6;
  const box = (inset: number, more: Readonly<Record<string, string | number | false>>) =>
    element('rect', {
      x: state.x + inset,
      y: state.y + inset,
      width: state.width - 2 * inset,
      height: state.height - 2 * inset,
      rx: Math.max(2, round - inset),
      stroke: border,
      ...more,
    });
  const dashes = state.region && '6 4';
  const outer = box(0, {
    fill: state.header ? ground(state) : fill,
    'stroke-width': thickness,
    'stroke-dasharray': dashes,
  });
  return state.kind === 'final' ? [outer, box(4, { fill: 'none', 'stroke-width': 1.2 })] : [outer];
}

function name(state: PlacedState, { x, y, width, height }: Box, colour: string, bold: boolean): string[] {
  const [size, line] = state.header ? [HEADER_SIZE, HEADER_LINE] : [STATE_SIZE, STATE_LINE];
  const first = y + height / 2 - ((state.lines.length - 1) * line) / 2 + size * 0.36;
  return state.lines.map((text, index) =>
    element(
      'text',
      {
        x: x + width / 2,
        y: first + index * line,
        'font-size': size,
        'font-weight': bold && 'bold',
        'text-anchor': 'middle',
        fill: colour,
      },
      escaped(text),
    ),
  );
}

function dot({ from, to }: { from: Point; to: Point }, begun: boolean): string {
  const stroke = begun ? TAKEN : LINE;
  const ahead = Math.sign(to.x - from.x);
  const tip = `M${to.x} ${to.y}l${-6 * ahead} -3.5v7z`;
  return element(
    'g',
    { class: begun ? 'initial taken' : 'initial' },
    element('path', {
      d: `M${from.x} ${from.y}H${to.x - 5 * ahead}`,
      stroke,
      'stroke-width': begun ? 2.2 : 1.2,
    }),
    element('circle', { cx: from.x, cy: from.y, r: 5, fill: '#2b333c' }),
    element('path', { d: tip, fill: stroke }),
  );
}
