/** A body asked for its opinion, or a body that a decision affects and that must decide or answer. */
import * as z from 'zod';
import { assigning, defineChart } from '../chart.ts';
import { clerical, date, line, oneOf, prose } from '../events.ts';
import { tellParent } from '../tell.ts';

interface ConsultationContext {
  readonly body: string;
  readonly question: string;
  readonly overdue: boolean;
}

export const consultation = defineChart({
  name: 'consultation',
  version: 1,
  label: { sv: 'Remiss', en: 'Consultation' },
  input: z.strictObject({
    body: line('Organ', 'Body'),
    question: prose('Fråga', 'Question'),
    affected: z.boolean(),
    due: date('Svar senast', 'Answer by').optional(),
  }),
  context: { overdue: false },
  card: (context) => {
    const it = context as unknown as ConsultationContext;
    return { title: it.question, number: null, body: it.body };
  },
  events: {
    'consultation.answer': clerical({
      label: { sv: 'Svar in', en: 'Record the answer' },
      by: ['clerk', 'registrar', 'caseOfficer'],
      rule: 'R-019',
      fields: {
        how: oneOf('Hur', 'How', {
          decided: { sv: 'eget beslut', en: 'own decision' },
          answered: { sv: 'yttrande', en: 'opinion' },
          waived: { sv: 'avstår', en: 'waived' },
        }),
        on: date('Datum', 'Date'),
        paragraph: line('Paragraf', 'Paragraph').optional(),
        opinion: prose('Yttrande', 'Opinion').optional(),
      },
    }),
  },
  deadlines: {
    answerDue: {
      label: { sv: 'Svar ska ha kommit', en: 'Answer due' },
      rule: 'R-019',
      from: 'due',
      period: { days: 0 },
      roll: false,
    },
  },
  actions: { tellParent, markOverdue: assigning<ConsultationContext>(1, () => ({ overdue: true })) },
  states: {
    sent: { sv: 'Väntar på svar', en: 'Awaiting an answer' },
    overdue: { sv: 'Svar saknas', en: 'Overdue' },
    answered: { sv: 'Besvarad', en: 'Answered' },
  },
  data: {
    initial: 'sent',
    on: {
      'consultation.answer': {
        target: '.answered',
        actions: [{ type: 'tellParent', params: { event: 'consultation.answered' } }],
      },
    },
    states: {
      sent: { after: { answerDue: { target: 'overdue', actions: [{ type: 'markOverdue' }] } } },
      overdue: {},
      answered: { meta: { end: true } },
    },
  },
});
