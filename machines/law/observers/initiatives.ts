/** Who raises what, who decides it, and that no clock does (KL 5:22, 5:23, 5:35, 8:1). */
import { watch } from '../observer.ts';

export const initiatives = [
  watch({
    rule: 'R-006',
    watches: 'a motion is raised by a member of the council, or by a substitute who serves',
    per: ['matter'],
    proved: 'alone',
    initial: 'unraised',
    held: ['raised'],
    states: {
      unraised: { 'motion.byMember': 'raised', 'motion.byOther': 'violated' },
      raised: {},
    },
  }),
  watch({
    rule: 'R-103',
    watches: 'a citizen proposal is raised by one who may',
    per: ['matter'],
    proved: 'alone',
    initial: 'unraised',
    held: ['raised'],
    states: {
      unraised: { 'proposal.byResident': 'raised', 'proposal.byOther': 'violated' },
      raised: {},
    },
  }),
  watch({
    rule: 'R-008',
    watches: 'what only the council may decide is not assigned to a committee',
    per: ['matter'],
    proved: 'alone',
    initial: 'kept',
    held: ['assigned'],
    states: {
      kept: { assigned: 'assigned', 'assigned.reserved': 'violated' },
      assigned: {},
    },
  }),
  watch({
    rule: 'R-101',
    watches: 'that a year has passed ends no initiative: it is reported to the council',
    per: ['initiative'],
    proved: 'alone',
    initial: 'running',
    held: ['reported', 'closed'],
    states: {
      running: {
        'initiative.closedByClock': 'violated',
        'initiative.reported': 'reported',
        'initiative.closed': 'closed',
        'initiative.yearEnded': 'owed',
      },
      owed: { 'initiative.reported': 'reported', 'initiative.closed': 'closed' },
      reported: {},
      closed: {},
    },
  }),
];
