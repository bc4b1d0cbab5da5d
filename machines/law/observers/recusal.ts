/** Conflicts of interest (KL 5:47, 6:30). */
import { watch } from '../observer.ts';

export const recusal = [
  watch({
    rule: 'R-038',
    watches: 'a delegate with a conflict of interest takes no part in the decision',
    per: ['matter', 'person'],
    proved: 'alone',
    initial: 'free',
    held: ['tookPart'],
    states: {
      free: { 'delegate.recused': 'recused', 'delegate.tookPart': 'tookPart' },
      recused: { 'delegate.tookPart': 'violated' },
      tookPart: {},
    },
  }),
  watch({
    rule: 'R-039',
    watches: 'a question of recusal is decided before the item goes on',
    per: ['meeting', 'matter'],
    proved: 'alone',
    initial: 'none',
    held: ['decided'],
    states: {
      none: { 'recusal.raised': 'asked' },
      asked: { 'recusal.decided': 'decided', 'item.left': 'none', 'item.concluded': 'violated' },
      decided: { 'recusal.raised': 'asked' },
    },
  }),
];
