import type { Standing } from './taken.ts';

/** Text holds 4.5:1 and lines 3:1 against every ground they stand on (WCAG 2.1, 1.4.3 and 1.4.11). */
export const LINE = '#7a8490';
export const LABEL = '#4d5763';
export const TAKEN = '#005b94';
export const CHIP = '#ffffff';
export const CHIP_BORDER = '#dde3ea';

interface StateColours {
  readonly border: string;
  readonly thickness: number;
  readonly fill: string;
  readonly text: string;
}

/** The colours of a state without inner states; those that hold others keep a quiet ground. */
export const STATES: Readonly<Record<Standing, StateColours>> = {
  unvisited: { border: '#7a8490', thickness: 1.2, fill: '#ffffff', text: '#2b333c' },
  visited: { border: '#0b6cab', thickness: 1.6, fill: '#dceefa', text: '#06304f' },
  current: { border: '#1c661f', thickness: 3, fill: '#dcf3da', text: '#0d3a10' },
};

/** The grounds of states that hold others, by turns from the outermost. */
export const GROUNDS = ['#f5f7fa', '#ffffff'] as const;
