/** Decisions that hold only if others are made as proposed (KL 13:8). */
import { watch } from '../observer.ts';

export const conditions = [
  watch({
    rule: 'R-064',
    watches: 'a conditional decision is not executed before the point it depends on is decided',
    per: ['point', 'referenced'],
    proved: 'together',
    initial: 'none',
    held: ['executed'],
    states: {
      none: { conditional: 'pending' },
      pending: {
        'reference.asProposed': 'settled',
        'reference.amended': 'settled',
        'reference.otherwise': 'settled',
        'execution.opened': 'violated',
      },
      settled: { 'execution.opened': 'executed' },
      executed: {},
    },
  }),
  watch({
    rule: 'R-065',
    watches: 'it lapses if that point is not adopted, and is decided anew if it is changed',
    per: ['point', 'referenced'],
    proved: 'together',
    initial: 'none',
    held: ['met', 'lapsed', 'renewed'],
    states: {
      none: { conditional: 'pending' },
      pending: {
        'reference.asProposed': 'met',
        'reference.amended': 'changed',
        'reference.otherwise': 'lapsed',
      },
      met: {
        'reference.amended': 'changed',
        'reference.otherwise': 'lapsed',
        'reference.annulled': 'lapsed',
      },
      changed: { 'decision.made': 'renewed', 'reference.annulled': 'lapsed', 'execution.opened': 'violated' },
      lapsed: { 'execution.opened': 'violated', 'execution.begun': 'violated' },
      renewed: { 'reference.annulled': 'lapsed' },
    },
  }),
];
