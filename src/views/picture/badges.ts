import { BADGE_ROOM } from './edges.ts';
import { element, escaped } from './markup.ts';
import { textWidth } from './text.ts';

export const BADGE_HEIGHT = 15;
const SIZE = 10;
const WIDEST = BADGE_ROOM - 4;
const COLOUR = '#005b94';

/** The steps as a badge says them: all of one or two; of more the first and the last, or the first and how many more. */
function said(numbers: readonly number[]): string {
  const [first = 0] = numbers;
  if (numbers.length <= 2) return numbers.join(' · ');
  const inARow = numbers.every((it, index) => it === first + index);
  return inARow ? `${first}–${numbers.at(-1)}` : `${first} +${numbers.length - 1}`;
}

export function badgeWidth(numbers: readonly number[]): number {
  return numbers.length === 0 ? 0 : Math.min(WIDEST, Math.ceil(textWidth(said(numbers), SIZE, 'bold')) + 10);
}

/** A badge with its left end at x and its middle at y. The signs shrink where the numbers are too long. */
export function badge(x: number, y: number, numbers: readonly number[], title = ''): string {
  const width = badgeWidth(numbers);
  const text = said(numbers);
  const size = Math.min(SIZE, (SIZE * (width - 6)) / textWidth(text, SIZE, 'bold'));
  const all = [title, numbers.join(', ')].filter(Boolean).join(': ');
  return element(
    'g',
    { class: 'badge' },
    title !== '' || numbers.length > 2 ? element('title', {}, escaped(all)) : '',
    element('rect', {
      x,
      y: y - BADGE_HEIGHT / 2,
      width,
      height: BADGE_HEIGHT,
      rx: BADGE_HEIGHT / 2,
      fill: COLOUR,
    }),
    element(
      'text',
      {
        x: x + width / 2,
        y: y + size * 0.36,
        'font-size': size,
        'font-weight': 'bold',
        'text-anchor': 'middle',
        fill: '#ffffff',
      },
      escaped(text),
    ),
  );
}
