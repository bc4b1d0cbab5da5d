/** Opinions that are asked for (KL 6:12, 6:38). */
import { watch } from '../observer.ts';

export const consultation = [
  watch({
    rule: 'R-019',
    watches: 'a consultation that is not answered in its time is overdue, and does not count as answered',
    per: ['consultation'],
    proved: 'alone',
    initial: 'asked',
    held: ['overdue', 'answered'],
    states: {
      asked: { 'answer.given': 'answered', 'answer.timeOut': 'overdue', 'answer.byClock': 'violated' },
      overdue: { 'answer.given': 'answered', 'answer.byClock': 'violated' },
      answered: {},
    },
  }),
  watch({
    rule: 'R-020',
    watches: 'the full body, and no other for it, makes a statement to the council',
    per: ['consultation'],
    proved: 'alone',
    initial: 'unanswered',
    held: ['answered'],
    states: {
      unanswered: { 'answer.byFullBody': 'answered', 'answer.delegated': 'violated' },
      answered: {},
    },
  }),
];
