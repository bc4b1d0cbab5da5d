/** Several municipalities decide in parallel (KL 1:2, 13:1–5). */
import { watch } from '../observer.ts';

export const joint = [
  watch({
    rule: 'R-114',
    watches: 'a joint matter counts as adopted only when every municipality has adopted it as proposed',
    per: ['joint', 'municipality'],
    proved: 'alone',
    initial: 'undecided',
    held: ['adopted', 'otherwise'],
    states: {
      undecided: {
        'member.asProposed': 'agreed',
        'member.otherwise': 'otherwise',
        'joint.adopted': 'violated',
      },
      agreed: { 'joint.adopted': 'adopted', 'member.otherwise': 'otherwise' },
      otherwise: { 'member.asProposed': 'agreed', 'joint.adopted': 'violated' },
      adopted: { 'member.otherwise': 'otherwise' },
    },
  }),
];
