/** A recurring follow-up that a decision creates (seeds 000 and 001; ): due again and again. */
import * as z from 'zod';
import { assigning, defineChart } from '../chart.ts';
import { clerical, date, line, message, pastDate, period, prose } from '../events.ts';

interface FollowUpContext {
  readonly title: string;
  readonly assignee: string;
  readonly from: string;
  readonly reports: number;
}

const reporter = ['caseOfficer', 'clerk', 'registrar'] as const;

export const followUp = defineChart({
  name: 'follow-up',
  version: 1,
  label: { sv: 'Uppföljning', en: 'Follow-up' },
  input: z.strictObject({
    title: line('Uppföljning', 'Follow-up'),
    assignee: line('Ansvarig roll', 'Responsible role'),
    every: period('Hur ofta', 'How often'),
    until: date('Till och med', 'Until').optional(),
    decidedOn: date('Beslutad', 'Decided on'),
  }),
  context: { from: null, reports: 0 },
  card: (context) => {
    const it = context as unknown as FollowUpContext;
    return { title: it.title, number: null, body: it.assignee };
  },
  events: {
    'followUp.report': clerical({
      label: { sv: 'Rapportera', en: 'Report' },
      by: reporter,
      rule: 'R-088',
      fields: { on: pastDate('Datum', 'Date'), report: prose('Rapport', 'Report') },
    }),
    'followUp.end': clerical({
      label: { sv: 'Upphör', en: 'End' },
      by: reporter,
      fields: { reason: prose('Skäl', 'Reason') },
    }),
    'task.withdrawn': message({ sv: 'Återtas', en: 'Withdrawn' }, {}, 'R-079'),
  },
  deadlines: {
    nextOccasion: {
      label: { sv: 'Uppföljning ska göras', en: 'Follow-up due' },
      rule: 'R-088',
      from: 'from',
      periodFrom: 'every',
      roll: false,
    },
    ends: {
      label: { sv: 'Uppföljningen upphör', en: 'Follow-up ends' },
      rule: null,
      from: 'until',
      period: { days: 0 },
      roll: false,
    },
  },
  actions: {
    startClock: assigning<FollowUpContext & { decidedOn: string }>(1, (context) => ({
      from: context.from ?? context.decidedOn,
    })),
    nextRound: assigning<FollowUpContext>(1, (context, event) => ({
      from: event.meta.on,
      reports: context.reports + 1,
    })),
  },
  states: {
    running: { sv: 'Löper', en: 'Running' },
    waiting: { sv: 'Väntar på nästa tillfälle', en: 'Awaiting the next occasion' },
    due: { sv: 'Ska göras', en: 'Due' },
    ended: { sv: 'Upphörd', en: 'Ended' },
  },
  data: {
    initial: 'running',
    states: {
      running: {
        initial: 'waiting',
        entry: [{ type: 'startClock' }],
        after: { ends: { target: 'ended' } },
        on: { 'followUp.end': { target: 'ended' }, 'task.withdrawn': { target: 'ended' } },
        states: {
          waiting: {
            after: { nextOccasion: { target: 'due' } },
            on: { 'followUp.report': { target: 'waiting', reenter: true, actions: [{ type: 'nextRound' }] } },
          },
          due: { on: { 'followUp.report': { target: 'waiting', actions: [{ type: 'nextRound' }] } } },
        },
      },
      ended: { meta: { end: true }, on: { 'task.withdrawn': {} } },
    },
  },
});
