/** The minority's right to delay (KL 5:50), and withdrawal. */
import { watch } from '../observer.ts';

export const minority = [
  watch({
    rule: 'R-055',
    watches: 'a third of the council members present demands the delay',
    per: ['matter'],
    proved: 'alone',
    keeps: 'opened.council',
    initial: 'undelayed',
    held: ['delayed'],
    states: {
      undelayed: { 'minority.delayed': { if: 'isAtLeast', to: 'delayed', otherwise: 'violated' } },
      delayed: { 'minority.delayed': { if: 'isAtLeast', to: 'delayed', otherwise: 'violated' } },
    },
  }),
  watch({
    rule: 'R-056',
    watches: 'a minority delays a matter once',
    per: ['matter'],
    proved: 'alone',
    initial: 'unused',
    held: ['used'],
    states: {
      unused: { 'minority.delayed': 'used' },
      used: { 'minority.delayed': 'violated' },
    },
  }),
  watch({
    rule: 'R-058',
    watches: 'those who demand a referral back say why',
    per: ['matter'],
    proved: 'alone',
    initial: 'undemanded',
    held: ['motivated'],
    states: {
      undemanded: { 'minority.motivated': 'motivated', 'minority.unmotivated': 'violated' },
      motivated: { 'minority.unmotivated': 'violated' },
    },
  }),
  watch({
    rule: 'R-060',
    watches: 'outside the council only the majority delays',
    per: ['matter'],
    proved: 'alone',
    initial: 'undelayed',
    held: ['byMajority'],
    states: {
      undelayed: { 'majority.delayedElsewhere': 'byMajority', 'minority.delayedElsewhere': 'violated' },
      byMajority: { 'minority.delayedElsewhere': 'violated' },
    },
  }),
  watch({
    rule: 'R-063',
    watches: 'a matter is withdrawn, or ends otherwise without a decision, only before any point is decided',
    per: ['matter'],
    proved: 'together',
    initial: 'undecided',
    held: ['decided', 'withdrawn'],
    states: {
      undecided: { 'decision.made': 'decided', withdrawn: 'withdrawn' },
      decided: { withdrawn: 'violated' },
      withdrawn: { 'decision.made': 'violated' },
    },
  }),
  watch({
    rule: 'R-063',
    watches:
      'a matter that has come to the council is not withdrawn, and does not end otherwise without a decision',
    per: ['matter'],
    proved: 'alone',
    initial: 'before',
    held: ['seized', 'withdrawn'],
    states: {
      before: { 'reached.council': 'seized', withdrawn: 'withdrawn' },
      seized: { withdrawn: 'violated' },
      withdrawn: {},
    },
  }),
];
