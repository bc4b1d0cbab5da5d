/** Several municipalities decide in parallel, or through a committee of theirs (KL 1:2, 9:19–35, 13:1–5). */
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
      adopted: { 'member.annulled': 'fallen' },
      fallen: { 'member.asProposed': 'agreed', 'member.otherwise': 'otherwise', 'joint.adopted': 'violated' },
    },
  }),
  watch({
    rule: 'R-117',
    watches: 'a body of several municipalities is formed only when every council has adopted its charter',
    per: ['joint', 'municipality'],
    proved: 'alone',
    initial: 'undecided',
    held: ['formed'],
    states: {
      undecided: { 'member.asProposed': 'agreed', 'joint.formed': 'violated' },
      agreed: { 'joint.formed': 'formed', 'member.otherwise': 'undecided' },
      formed: {},
    },
  }),
  watch({
    rule: 'R-116',
    watches: "a joint committee's decisions can be appealed from the day when they are on every board",
    per: ['notice', 'board'],
    proved: 'alone',
    initial: 'awaited',
    held: ['up'],
    states: {
      awaited: { 'board.awaited': 'missing' },
      missing: { 'board.confirmed': 'up', 'board.everywhere': 'violated' },
      up: {},
    },
  }),
];
