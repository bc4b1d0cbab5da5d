/** What is tried with interpellations and questions, whose asker and answerer both go by the name that every text has. */
import type { JsonObject } from '../../../machines/chart.ts';
import { TEXT } from '../samples.ts';

const proper: JsonObject = {
  capacity: 'member',
  office: 'committeeChair',
  definite: true,
  reasons: TEXT,
  authority: false,
};
const { reasons: _, ...unreasoned } = proper;
const answer: JsonObject = { answeredBy: TEXT, speakers: [TEXT] };

/** As the act says, and in each way not; with those who may speak, and with others. */
export const inquiryPayloads: Readonly<Record<string, readonly JsonObject[]>> = {
  'inquiry.register': [
    proper,
    unreasoned,
    { ...proper, capacity: 'other' },
    { ...proper, office: 'other' },
    { ...proper, definite: false },
    { ...proper, authority: true },
  ],
  'answer.give': [
    answer,
    { ...answer, speakers: ['Annan'] },
    { ...answer, answeredBy: 'Annan' },
    { ...answer, answeredBy: 'Annan', inPlace: TEXT },
  ],
};
