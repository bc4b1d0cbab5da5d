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
      deliberating: {
        'question.put': 'put',
        'vote.demanded': 'violated',
        'confirmed.first': 'violated',
        'confirmed.second': 'violated',
      },
      put: { 'vote.demanded': 'voting', 'confirmed.first': 'confirmed', 'confirmed.second': 'confirmed' },
      voting: {
        'votes.first': 'counted',
        'votes.second': 'counted',
        'votes.tied': 'tied',
        'confirmed.first': 'violated',
        'confirmed.second': 'violated',
      },
      tied: {
        'cast.first': 'counted',
        'cast.second': 'counted',
        'confirmed.first': 'violated',
        'confirmed.second': 'violated',
      },
      counted: { 'confirmed.first': 'confirmed', 'confirmed.second': 'confirmed' },
      confirmed: {
        'question.put': 'put',
        'vote.demanded': 'violated',
        'confirmed.first': 'violated',
        'confirmed.second': 'violated',
      },
    },
  }),
  watch({
    rule: 'R-049',
    watches: "the majority of a vote decides, and in a tie the chair's casting vote",
    per: ['matter'],
    proved: 'alone',
    initial: 'unvoted',
    held: ['decided'],
    states: {
      unvoted: { 'votes.first': 'first', 'votes.second': 'second', 'votes.tied': 'tied' },
      first: { 'confirmed.first': 'decided', 'confirmed.second': 'violated' },
      second: { 'confirmed.second': 'decided', 'confirmed.first': 'violated' },
      tied: {
        'cast.first': 'first',
        'cast.second': 'second',
        'confirmed.first': 'violated',
        'confirmed.second': 'violated',
      },
      decided: { 'votes.first': 'first', 'votes.second': 'second', 'votes.tied': 'tied' },
    },
  }),
];
