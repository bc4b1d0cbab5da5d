/** Minutes, their approval and its announcement (KL 5:65–69, 8:12). */
import { watch } from '../observer.ts';

export const minutes = [
  watch({
    rule: 'R-068',
    watches: 'the minutes are complete before they are approved',
    per: ['meeting'],
    proved: 'alone',
    initial: 'draft',
    held: ['approved'],
    states: {
      draft: { 'minutes.completed': 'complete', 'minutes.approved': 'violated' },
      complete: { 'minutes.approved': 'approved', 'minutes.reopened': 'draft' },
      approved: {},
    },
  }),
  watch({
    rule: 'R-068',
    watches: 'the minutes show who voted how in an open vote',
    per: ['meeting', 'matter'],
    proved: 'alone',
    initial: 'unvoted',
    held: ['listed'],
    states: {
      unvoted: { 'votes.unlisted': 'wanting' },
      wanting: { 'minutes.unlisted': 'violated', 'minutes.listed': 'listed', 'paragraph.listed': 'listed' },
      listed: { 'votes.unlisted': 'wanting' },
    },
  }),
  watch({
    rule: 'R-070',
    watches: 'what is approved at once is decided and exists in writing',
    per: ['meeting', 'matter'],
    proved: 'alone',
    initial: 'undecided',
    held: ['approved'],
    states: {
      undecided: { treated: 'decided', 'paragraph.approved': 'violated', 'paragraph.unwritten': 'violated' },
      decided: { 'paragraph.approved': 'approved', 'paragraph.unwritten': 'violated' },
      approved: { treated: 'decided', 'paragraph.unwritten': 'violated' },
    },
  }),
  watch({
    rule: 'R-069',
    watches: 'the chair and every approver approve the minutes',
    per: ['meeting'],
    proved: 'alone',
    initial: 'unapproved',
    held: ['approved'],
    states: {
      unapproved: { 'minutes.approvedByAll': 'approved', 'minutes.approvedByFew': 'violated' },
      approved: {},
    },
  }),
  watch({
    rule: 'R-071',
    watches: 'what is announced is approved minutes',
    per: ['meeting'],
    proved: 'alone',
    initial: 'unapproved',
    held: ['announced'],
    states: {
      unapproved: { 'minutes.approved': 'approved', announced: 'violated' },
      approved: { announced: 'announced' },
      announced: {},
    },
  }),
  watch({
    rule: 'R-071',
    watches: 'the notice stays up until the period of appeal has ended',
    per: ['notice'],
    proved: 'alone',
    initial: 'up',
    held: ['removed'],
    states: {
      up: { 'board.periodEnded': 'ended', 'board.removed': 'violated' },
      ended: { 'board.posted': 'up', 'board.removed': 'removed' },
      removed: { 'board.posted': 'up' },
    },
  }),
  watch({
    rule: 'R-073',
    watches: 'the period of a broken notice does not end before it is posted again',
    per: ['notice'],
    proved: 'alone',
    initial: 'up',
    held: ['ended'],
    states: {
      up: { 'board.broken': 'down', 'board.periodEnded': 'ended' },
      down: { 'board.posted': 'up', 'board.periodEnded': 'violated', 'board.removed': 'violated' },
      ended: { 'board.broken': 'down' },
    },
  }),
  watch({
    rule: 'R-066',
    watches: 'a decision is approved by the minutes of its own meeting, and its own notice opens its appeal',
    per: ['point', 'meeting'],
    proved: 'alone',
    initial: 'elsewhere',
    held: ['announced'],
    states: {
      elsewhere: {
        decided: 'decided',
        notified: 'decided',
        approved: 'violated',
        'appeal.opened': 'violated',
      },
      decided: {
        moved: 'elsewhere',
        approved: 'approved',
        'appeal.opened': 'violated',
        'decision.made': 'elsewhere',
      },
      approved: { 'appeal.opened': 'announced', 'decision.made': 'elsewhere' },
      announced: { 'decision.made': 'elsewhere' },
    },
  }),
];
