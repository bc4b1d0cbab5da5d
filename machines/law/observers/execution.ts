/** Dispatch, execution and contracts (KL 13:14, FPL 28 §). */
import { watch } from '../observer.ts';

export const execution = [
  watch({
    rule: 'R-077',
    watches: 'execution before final force rests on an assessment of that decision',
    per: ['point'],
    proved: 'alone',
    initial: 'unassessed',
    held: ['begun'],
    states: {
      unassessed: {
        assessed: 'assessed',
        force: 'inForce',
        'force.unappealable': 'inForce',
        'execution.begun': 'violated',
        'ruling.annulled': 'annulled',
      },
      assessed: {
        'execution.begun': 'begun',
        force: 'inForce',
        'force.unappealable': 'inForce',
        'ruling.annulled': 'annulled',
        'decision.made': 'unassessed',
      },
      inForce: { 'execution.begun': 'begun', 'decision.made': 'unassessed' },
      begun: { 'ruling.annulled': 'annulled', 'decision.made': 'unassessed' },
      annulled: {
        'execution.opened': 'violated',
        'execution.begun': 'violated',
        'decision.made': 'unassessed',
      },
    },
  }),
  watch({
    rule: 'R-078',
    watches: 'nothing is executed while a court stays it',
    per: ['point'],
    proved: 'alone',
    initial: 'free',
    held: ['stayed', 'lifted'],
    states: {
      free: { 'execution.stayed': 'stayed' },
      stayed: { 'execution.resumed': 'lifted', 'execution.begun': 'violated' },
      lifted: { 'execution.stayed': 'stayed' },
    },
  }),
  watch({
    rule: 'R-087',
    watches: 'a decision is dispatched only when the minutes of every point are approved',
    per: ['matter', 'point'],
    proved: 'together',
    initial: 'unraised',
    held: ['dispatched'],
    states: {
      unraised: { 'point.raised': 'undecided' },
      undecided: { 'decision.made': 'decided', dispatched: 'violated' },
      decided: { approved: 'approved', dispatched: 'violated' },
      approved: { dispatched: 'dispatched', 'decision.made': 'decided' },
      dispatched: { 'decision.made': 'decided' },
    },
  }),
  watch({
    rule: 'R-084',
    watches: 'a procured contract is not signed before the standstill, or a review of the award, is over',
    per: ['contract'],
    proved: 'alone',
    initial: 'free',
    held: ['signed'],
    states: {
      free: { 'contract.procured': 'unnotified', 'contract.signed': 'signed' },
      unnotified: { 'contract.awarded': 'waiting', 'contract.signed': 'violated' },
      waiting: {
        'contract.released': 'free',
        'contract.challenged': 'challenged',
        'contract.signed': 'violated',
      },
      challenged: { 'contract.released': 'free', 'contract.signed': 'violated' },
      signed: {},
    },
  }),
  watch({
    rule: 'R-090',
    watches: 'a contract ends when its notice period or an agreed time has passed, not with the decision',
    per: ['contract'],
    proved: 'alone',
    initial: 'inForce',
    held: ['ended'],
    states: {
      inForce: { 'contract.noticeGiven': 'noticeGiven', 'contract.ended': 'violated' },
      noticeGiven: {
        'contract.periodEnded': 'over',
        'contract.endAgreed': 'agreed',
        'contract.ended': 'violated',
      },
      agreed: { 'contract.periodEnded': 'over', 'contract.ended': 'violated' },
      over: { 'contract.ended': 'ended' },
      ended: {},
    },
  }),
];
