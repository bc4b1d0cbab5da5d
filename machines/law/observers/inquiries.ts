/** Interpellations and questions (KL 5:45, 5:59–64). */
import { watch } from '../observer.ts';

export const inquiries = [
  watch({
    rule: 'R-105',
    watches: 'what is answered was handed in as the act says, and permitted by the council',
    per: ['matter'],
    proved: 'alone',
    initial: 'unasked',
    held: ['answered'],
    states: {
      unasked: { 'inquiry.proper': 'asked', 'inquiry.improper': 'violated', 'inquiry.answered': 'violated' },
      asked: { 'inquiry.permitted': 'permitted', 'inquiry.answered': 'violated' },
      permitted: { 'inquiry.answered': 'answered' },
      answered: {},
    },
  }),
  watch({
    rule: 'R-106',
    watches: 'a question is debated only by the one who asks and the one who answers',
    per: ['matter'],
    proved: 'alone',
    initial: 'unanswered',
    held: ['answered'],
    states: {
      unanswered: { 'question.betweenTwo': 'answered', 'question.amongOthers': 'violated' },
      answered: {},
    },
  }),
  watch({
    rule: 'R-029',
    watches: 'answers are given without a quorum only where the council has allowed it',
    per: ['meeting'],
    proved: 'alone',
    initial: 'none',
    held: ['answered'],
    states: {
      none: { 'answer.allowed': 'answered', 'answer.unallowed': 'violated' },
      answered: { 'answer.unallowed': 'violated' },
    },
  }),
];
