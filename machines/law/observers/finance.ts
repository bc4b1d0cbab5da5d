/** Budget, accounts and audit (KL 5:24–25, 5:31–32, 8:14–16 a, 11:8–11, 12:12–13). */
import { watch } from '../observer.ts';

export const finance = [
  watch({
    rule: 'R-109',
    watches: 'in an election year the newly elected council adopts the budget',
    per: ['matter'],
    proved: 'alone',
    initial: 'proposed',
    held: ['announced'],
    states: {
      proposed: { 'budget.council': 'announced', 'budget.oldCouncil': 'violated' },
      announced: { 'budget.oldCouncil': 'violated', 'budget.byOldCouncil': 'violated' },
    },
  }),
  watch({
    rule: 'R-022',
    watches: 'a major change is negotiated before the council decides, but for exceptional reasons',
    per: ['matter'],
    proved: 'alone',
    initial: 'unjudged',
    held: ['cleared', 'decided'],
    states: {
      unjudged: { 'negotiation.due': 'owed', 'negotiation.needless': 'cleared' },
      owed: {
        'negotiation.done': 'cleared',
        'negotiation.excepted': 'cleared',
        'decided.council': 'violated',
      },
      cleared: { 'negotiation.due': 'owed', 'decided.council': 'decided' },
      decided: {},
    },
  }),
  watch({
    rule: 'R-110',
    watches: 'what is to be on the website is there when the meeting of the council is announced',
    per: ['matter'],
    proved: 'alone',
    initial: 'free',
    held: ['decided'],
    states: {
      free: { 'publication.due': 'due' },
      due: { published: 'published', 'published.late': 'violated', 'decided.council': 'violated' },
      published: { 'published.late': 'violated', 'decided.council': 'decided' },
      decided: {},
    },
  }),
  watch({
    rule: 'R-112',
    watches: 'the annual report is decided before any discharge',
    per: ['matter'],
    proved: 'alone',
    initial: 'unreported',
    held: ['reported'],
    states: {
      unreported: { 'report.asked': 'asked', 'discharge.asked': 'violated' },
      asked: {
        confirmed: 'reported',
        'discharge.asked': 'violated',
      },
      reported: {},
    },
  }),
  watch({
    rule: 'R-112',
    watches: 'a discharge is tried only when the annual report is approved',
    per: ['matter'],
    proved: 'together',
    initial: 'unreported',
    held: ['approved', 'tried'],
    states: {
      unreported: { 'report.asked': 'asked' },
      asked: { 'first.adopted': 'approved', 'first.refused': 'refused' },
      approved: { 'discharge.tried': 'tried' },
      refused: { 'discharge.tried': 'violated' },
      tried: {},
    },
  }),
  watch({
    rule: 'R-113',
    watches: 'the auditors give the reason for a remark, and for not recommending discharge',
    per: ['matter'],
    proved: 'alone',
    initial: 'unaudited',
    held: ['audited'],
    states: {
      unaudited: {
        'audit.clean': 'audited',
        'audit.reasoned': 'audited',
        'audit.unreasoned': 'violated',
      },
      audited: { 'audit.unreasoned': 'violated' },
    },
  }),
  watch({
    rule: 'R-014',
    watches:
      'whom the auditors remark on explains it, and the auditors are heard, before the council decides',
    per: ['matter'],
    proved: 'alone',
    initial: 'unaudited',
    held: ['explained'],
    states: {
      unaudited: { 'audit.reasoned': 'owed' },
      owed: { 'audit.explained': 'explained', 'decided.council': 'violated' },
      explained: { 'audit.reasoned': 'owed' },
    },
  }),
];
