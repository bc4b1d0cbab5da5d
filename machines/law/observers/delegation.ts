/** Who decides for a committee, in what, and how the committee and the public learn of it (KL 6:37–40, 7:5–8). */
import { watch } from '../observer.ts';

export const delegation = [
  watch({
    rule: 'R-091',
    watches: 'whoever decides for a committee names the delegation under which they do',
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
    rule: 'R-091',
    watches: 'it is decided under a delegation only while it is in force, and as far as it goes',
    per: ['delegation'],
    proved: 'alone',
    initial: 'unused',
    held: ['used', 'over'],
    states: {
      unused: { 'delegation.used': 'used', 'delegation.exceeded': 'violated', 'delegation.over': 'over' },
      used: { 'delegation.exceeded': 'violated', 'delegation.over': 'over' },
      over: { 'delegation.used': 'violated', 'delegation.exceeded': 'violated' },
    },
  }),
  watch({
    rule: 'R-093',
    watches: 'no automated function decides what may be reviewed',
    per: ['delegation'],
    proved: 'alone',
    initial: 'unused',
    held: ['used'],
    states: {
      unused: { 'delegation.byAutomation': 'violated', 'delegation.used': 'used' },
      used: {},
    },
  }),
  watch({
    rule: 'R-094',
    watches: 'the delegate decides, or one to whom a head of administration was let to hand it on',
    per: ['delegation'],
    proved: 'alone',
    initial: 'unused',
    held: ['own', 'handedOn'],
    states: {
      unused: {
        'delegation.used': 'own',
        'delegation.handedOn': 'handedOn',
        'delegation.byOther': 'violated',
        'delegation.handedOnUnasked': 'violated',
      },
      own: {
        'delegation.handedOn': 'handedOn',
        'delegation.byOther': 'violated',
        'delegation.handedOnUnasked': 'violated',
      },
      handedOn: { 'delegation.byOther': 'violated', 'delegation.handedOnUnasked': 'violated' },
    },
  }),
  watch({
    rule: 'R-097',
    watches: 'what is only carried out is not decided on delegation',
    per: ['matter'],
    proved: 'alone',
    initial: 'undecided',
    held: ['decided'],
    states: {
      undecided: { 'delegate.execution': 'violated', 'delegate.decided': 'decided' },
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
