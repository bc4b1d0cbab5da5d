/** Another's request for an opinion, with the day by which it is to be sent (routes U and V). */
import * as z from 'zod';
import { assigning, defineChart } from '../chart.ts';
import { clerical, date, line, message } from '../events.ts';

interface RequestContext {
  readonly from: string;
  readonly title: string;
  readonly answerBy: string;
  readonly overdue: boolean;
}

export const request = defineChart({
  name: 'request',
  version: 1,
  label: { sv: 'Begäran om yttrande', en: 'Request for an opinion' },
  input: z.strictObject({
    title: line('Rubrik', 'Title'),
    from: line('Från', 'From'),
    answerBy: date('Svar senast', 'Answer by'),
  }),
  context: { overdue: false },
  card: (context) => {
    const { title, from } = context as unknown as RequestContext;
    return { title: `${from}: ${title}`, number: null, body: null };
  },
  events: {
    'request.extend': clerical({
      label: { sv: 'Anstånd', en: 'Extend the time' },
      by: ['registrar', 'clerk', 'caseOfficer'],
      fields: { until: date('Svar senast', 'Answer by'), by: line('Beviljat av', 'Granted by') },
    }),
    'request.answered': message({ sv: 'Svaret avsänt', en: 'Answer sent' }, {}, 'R-019'),
    'request.dropped': message({ sv: 'Besvaras inte', en: 'Not answered' }, {}, 'R-019'),
  },
  deadlines: {
    answerDue: {
      label: { sv: 'Svaret ska vara avsänt', en: 'Answer to be sent' },
      rule: 'R-019',
      from: 'answerBy',
      period: { days: 0 },
      roll: false,
    },
  },
  actions: {
    markOverdue: assigning<RequestContext>(1, () => ({ overdue: true })),
    extend: assigning<RequestContext, { until: string }>(1, (_, { until }) => ({
      answerBy: until,
      overdue: false,
    })),
  },
  states: {
    open: { sv: 'Ska besvaras', en: 'To be answered' },
    overdue: { sv: 'Svaret är försenat', en: 'Overdue' },
    answered: { sv: 'Besvarad', en: 'Answered' },
    dropped: { sv: 'Besvaras inte', en: 'Not answered' },
  },
  data: {
    initial: 'open',
    states: {
      open: {
        after: { answerDue: { target: 'overdue', actions: [{ type: 'markOverdue' }] } },
        on: {
          'request.extend': { target: 'open', reenter: true, actions: [{ type: 'extend' }] },
          'request.answered': { target: 'answered' },
          'request.dropped': { target: 'dropped' },
        },
      },
      overdue: {
        on: {
          'request.extend': { target: 'open', actions: [{ type: 'extend' }] },
          'request.answered': { target: 'answered' },
          'request.dropped': { target: 'dropped' },
        },
      },
      answered: { meta: { end: true } },
      dropped: { meta: { end: true } },
    },
  },
});
