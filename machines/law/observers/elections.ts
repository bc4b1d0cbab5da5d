/** Proportional elections (KL 5:58, 2022:629). */
import { watch } from '../observer.ts';

export const elections = [
  watch({
    rule: 'R-052',
    watches: 'an election is proportional when enough demand it, and is then decided by sealed ballots',
    per: ['matter'],
    proved: 'alone',
    keeps: 'opened.election',
    initial: 'plain',
    held: ['elected'],
    states: {
      plain: { 'proportional.demanded': { if: 'isAtLeast', to: 'demanded', otherwise: 'violated' } },
      demanded: { 'ballots.counted': 'counted', confirmed: 'violated', 'vote.demanded': 'violated' },
      counted: { confirmed: 'elected' },
      elected: { 'proportional.demanded': { if: 'isAtLeast', to: 'demanded', otherwise: 'violated' } },
    },
  }),
  watch({
    rule: 'R-052',
    watches: 'substitutes are elected proportionally only if the members were',
    per: ['matter'],
    proved: 'alone',
    initial: 'none',
    held: ['substitutes'],
    states: {
      none: { 'proportional.members': 'asked', 'proportional.substitutes': 'violated' },
      asked: { 'ballots.counted': 'members', 'proportional.substitutes': 'violated' },
      members: { 'proportional.substitutes': 'substitutes' },
      substitutes: {},
    },
  }),
];
