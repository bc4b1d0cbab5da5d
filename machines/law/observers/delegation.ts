/** Who decides for a committee, in what, and how the committee and the public learn of it (KL 6:37–40, 7:5–8). */
import { watch } from '../observer.ts';

export const delegation = [
  watch({
    rule: 'R-091',
    watches: 'a delegate decides under an order that is in force and covers the decision',
    per: ['matter'],
    proved: 'alone',
    initial: 'undecided',
    held: ['decided'],
    states: {
      undecided: { 'delegate.decided': 'decided', 'delegate.unauthorised': 'violated' },
      decided: {},
    },
  }),
  watch({
    rule: 'R-092',
    watches: 'what only the committee may decide is not decided by a delegate',
    per: ['matter'],
    proved: 'alone',
    initial: 'undecided',
    held: ['decided'],
    states: {
      undecided: { 'delegate.reserved': 'violated', 'delegate.decided': 'decided' },
      decided: {},
    },
  }),
  watch({
    rule: 'R-094',
    watches: 'only a head of administration hands delegated power on, and only where the committee lets it',
    per: ['matter'],
    proved: 'alone',
    initial: 'undecided',
    held: ['decided'],
    states: {
      undecided: {
        'delegate.handedOnUnasked': 'violated',
        'delegate.handedOn': 'decided',
        'delegate.decided': 'decided',
      },
      decided: {},
    },
  }),
  watch({
    rule: 'R-095',
    watches: 'a delegated decision is notified to the committee, or has minutes of its own',
    per: ['matter'],
    proved: 'alone',
    initial: 'undecided',
    held: ['told'],
    states: {
      undecided: { 'delegate.decided': 'owed' },
      owed: { 'delegate.notified': 'told', 'delegate.minuted': 'told', dispatched: 'violated' },
      told: {},
    },
  }),
  watch({
    rule: 'R-096',
    watches: 'what could not wait is said to be so, and notified to the committee',
    per: ['matter'],
    proved: 'alone',
    initial: 'undecided',
    held: ['notified'],
    states: {
      undecided: { 'delegate.urgent': 'owed', 'delegate.notUrgent': 'violated' },
      owed: { 'delegate.notified': 'notified', 'delegate.minuted': 'violated', dispatched: 'violated' },
      notified: {},
    },
  }),
];
