/** A system never decides (KL 6:38). */
import { watch } from '../observer.ts';

export const automation = [
  watch({
    rule: 'R-093',
    watches: "no integration and no timer carries out a body's act on a matter",
    per: ['matter'],
    proved: 'alone',
    initial: 'undecided',
    held: ['byPersons'],
    states: {
      undecided: {
        'decision.byPerson': 'byPersons',
        'decision.bySystem': 'violated',
        'act.bySystem': 'violated',
      },
      byPersons: { 'decision.bySystem': 'violated', 'act.bySystem': 'violated' },
    },
  }),
  watch({
    rule: 'R-093',
    watches: "no integration and no timer carries out a body's act at a meeting",
    per: ['meeting'],
    proved: 'alone',
    initial: 'planned',
    held: ['byPersons'],
    states: {
      planned: {
        'quorum.present': 'byPersons',
        'meeting.openedUnseated': 'byPersons',
        'act.bySystem': 'violated',
      },
      byPersons: { 'act.bySystem': 'violated' },
    },
  }),
  watch({
    rule: 'R-093',
    watches: 'no decision point is decided without a person',
    per: ['point'],
    proved: 'together',
    initial: 'undecided',
    held: ['byPersons'],
    states: {
      undecided: { 'decided.byPerson': 'byPersons', 'decided.bySystem': 'violated' },
      byPersons: { 'decided.bySystem': 'violated' },
    },
  }),
];
