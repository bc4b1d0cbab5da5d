/** Decisions that hold only if others are made as proposed (KL 13:8). */
import { watch } from '../observer.ts';

/** Adopted word for word as the body had it before it. */
const comparing = { if: 'isSame', to: 'met', otherwise: 'changed' } as const;

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
        'window.passed': 'settled',
        'window.returned': 'settled',
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
    keeps: 'reference.seen',
    initial: 'none',
    held: ['met', 'lapsed', 'renewed'],
    states: {
      none: { conditional: 'pending' },
      pending: {
        'reference.asProposed': comparing,
        'reference.amended': comparing,
        'reference.otherwise': 'lapsed',
        'window.passed': 'met',
        'window.returned': 'changed',
      },
      met: { 'reference.annulled': 'lapsed' },
      changed: { 'decision.made': 'renewed', 'reference.annulled': 'lapsed', 'execution.opened': 'violated' },
      lapsed: { 'execution.opened': 'violated', 'execution.begun': 'violated' },
      renewed: { 'reference.annulled': 'lapsed' },
    },
  }),
];
