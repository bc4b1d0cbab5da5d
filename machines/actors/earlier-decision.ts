/** A decision made before the matter, known by body, date and paragraph; a new decision may end it (seed 004). */
import * as z from 'zod';
import { assigning, defineChart } from '../chart.ts';
import { date, line, message } from '../events.ts';

interface Earlier {
  readonly body: string;
  readonly on: string;
  readonly paragraph: string;
  readonly subject: string;
  readonly terminatedOn: string | null;
}

export const earlierDecision = defineChart({
  name: 'earlier-decision',
  version: 1,
  label: { sv: 'Tidigare beslut', en: 'Earlier decision' },
  input: z.strictObject({
    body: line('Organ', 'Body'),
    on: date('Datum', 'Date'),
    paragraph: line('Paragraf', 'Paragraph'),
    subject: line('Avser', 'Subject'),
    relation: z.string(),
  }),
  context: { terminatedOn: null },
  card: (context) => {
    const it = context as unknown as Earlier;
    return { title: it.subject, number: `${it.on} § ${it.paragraph}`, body: it.body };
  },
  events: {
    'decision.terminated': message({ sv: 'Upphävs', en: 'Terminated' }, { by: line('Genom', 'By') }),
  },
  actions: { terminate: assigning<Earlier>(1, (_, event) => ({ terminatedOn: event.meta.on })) },
  states: {
    inForce: { sv: 'Gäller', en: 'In force' },
    terminated: { sv: 'Upphävt', en: 'Terminated' },
  },
  data: {
    initial: 'inForce',
    states: {
      inForce: { on: { 'decision.terminated': { target: 'terminated', actions: [{ type: 'terminate' }] } } },
      terminated: { meta: { end: true }, on: { 'decision.terminated': {} } },
    },
  },
});
