/** The summons, what was not announced, and who is let in (KL 5:13–15, 5:42, 5:52, 6:25, 6:44). */
import { watch } from '../observer.ts';

export const agenda = [
  watch({
    rule: 'R-026',
    watches: 'a council is announced and summoned a week before, or later only because it is urgent',
    per: ['meeting'],
    proved: 'alone',
    initial: 'planned',
    held: ['summoned'],
    states: {
      planned: {
        'summoned.inTime': 'summoned',
        'summoned.urgent': 'summoned',
        'summoned.unexcused': 'violated',
      },
      summoned: {},
    },
  }),
  watch({
    rule: 'R-027',
    watches: 'what is urgent is announced by the last weekday before the council meets',
    per: ['meeting'],
    proved: 'alone',
    initial: 'planned',
    held: ['announced'],
    states: {
      planned: { 'summoned.urgent': 'announced', 'summoned.tooLate': 'violated' },
      announced: {},
    },
  }),
  watch({
    rule: 'R-028',
    watches: 'a committee is summoned as early as its regulations say',
    per: ['meeting'],
    proved: 'alone',
    initial: 'planned',
    held: ['summoned'],
    states: {
      planned: { 'summoned.committee': 'summoned', 'summoned.committeeLate': 'violated' },
      summoned: {},
    },
  }),
  watch({
    rule: 'R-016',
    watches: 'what was not announced is taken up only as urgent, and by all present',
    per: ['meeting', 'matter'],
    proved: 'alone',
    initial: 'absent',
    held: ['takenUp'],
    states: {
      absent: { 'late.byAll': 'takenUp', 'late.notByAll': 'violated' },
      takenUp: { 'late.notByAll': 'violated' },
    },
  }),
  watch({
    rule: 'R-034',
    watches: 'secret data are handled behind closed doors, and a committee is public only where it may be',
    per: ['meeting', 'matter'],
    proved: 'alone',
    initial: 'unopened',
    held: ['opened'],
    states: {
      unopened: { 'doors.closed': 'opened', 'doors.opened': 'opened', 'doors.openedWrongly': 'violated' },
      opened: { 'doors.openedWrongly': 'violated' },
    },
  }),
  watch({
    rule: 'R-034',
    watches: 'public authority is exercised behind closed doors',
    per: ['matter'],
    proved: 'alone',
    initial: 'unopened',
    held: ['opened'],
    states: {
      unopened: { 'authority.closed': 'opened', 'authority.open': 'violated' },
      opened: { 'authority.open': 'violated' },
    },
  }),
];
