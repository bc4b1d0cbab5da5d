/** When a matter may end without a decision: while it goes on, before a point is decided, and not from the council. */
import { all, type Named } from '../../chart.ts';

const conditions: readonly Named[] = [
  { type: 'goesOn' },
  { type: 'undecided' },
  { type: 'nothingPut' },
  { type: 'notSeized' },
];

export const endable = (...besides: readonly Named[]): Named => all(...conditions, ...besides);
