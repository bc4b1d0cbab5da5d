/** The question, the vote and the decision (KL 5:53–56). */
import { watch } from '../observer.ts';

export const voting = [
  watch({
    rule: 'R-045',
    watches: 'the question is put before the decision, and a vote demanded only before it is confirmed',
    per: ['matter'],
    proved: 'alone',
    initial: 'deliberating',
    held: ['confirmed'],
    states: {
      deliberating: { 'question.put': 'put', 'vote.demanded': 'violated', confirmed: 'violated' },
      put: { 'vote.demanded': 'voting', confirmed: 'confirmed' },
      voting: { 'votes.counted': 'counted', 'votes.tied': 'tied', confirmed: 'violated' },
      tied: { cast: 'counted', confirmed: 'violated' },
      counted: { confirmed: 'confirmed' },
      confirmed: { 'question.put': 'put', 'vote.demanded': 'violated', confirmed: 'violated' },
    },
  }),
  watch({
    rule: 'R-046',
    watches:
      'among more than two proposals one is chosen to be put against the main one, before the last vote',
    per: ['matter'],
    proved: 'alone',
    initial: 'few',
    held: ['chosen', 'settled'],
    states: {
      few: { 'question.many': 'many' },
      many: { 'vote.demanded': 'contested', 'agreement.lacking': 'few', confirmed: 'settled' },
      contested: { 'counter.chosen': 'chosen', 'votes.counted': 'violated', confirmed: 'violated' },
      chosen: { confirmed: 'settled' },
      settled: { 'question.many': 'many' },
    },
  }),
  watch({
    rule: 'R-048',
    watches: 'votes are open except in elections and employment, and no one is named in a secret ballot',
    per: ['matter'],
    proved: 'alone',
    initial: 'unvoted',
    held: ['open'],
    states: {
      unvoted: {
        'ballot.open': 'open',
        'ballot.secretElsewhere': 'violated',
        'ballot.secretNamed': 'violated',
      },
      open: { 'ballot.secretElsewhere': 'violated', 'ballot.secretNamed': 'violated' },
    },
  }),
  watch({
    rule: 'R-049',
    watches: "the majority of a vote decides, and in a tie the chair's casting vote or the lot",
    per: ['matter'],
    proved: 'alone',
    keeps: 'vote.won',
    initial: 'unvoted',
    held: ['decided'],
    states: {
      unvoted: { 'vote.won': 'won', 'votes.tied': 'tied' },
      won: { confirmed: { if: 'isSame', to: 'decided', otherwise: 'violated' } },
      tied: { 'vote.won': 'won', confirmed: 'violated' },
      decided: { 'vote.won': 'won', 'votes.tied': 'tied' },
    },
  }),
  watch({
    rule: 'R-050',
    watches: 'where the votes are equal the chair votes, or a lot is drawn, before anything is decided',
    per: ['matter'],
    proved: 'alone',
    initial: 'unvoted',
    held: ['settled'],
    states: {
      unvoted: { 'votes.tied': 'owed' },
      owed: { cast: 'settled', confirmed: 'violated' },
      settled: { 'votes.tied': 'owed' },
    },
  }),
  watch({
    rule: 'R-050',
    watches: 'nobody abstains in a matter of public authority',
    per: ['matter'],
    proved: 'alone',
    initial: 'unvoted',
    held: ['voted'],
    states: {
      unvoted: { 'ballot.full': 'voted', 'ballot.abstained': 'violated' },
      voted: { 'ballot.abstained': 'violated' },
    },
  }),
];
