/** A contract that a decision ends: the day of the decision and the day the contract ends are apart. */
import * as z from 'zod';
import { assigning, defineChart } from '../chart.ts';
import { clerical, date, line, message, pastDate, period } from '../events.ts';
import { tellParent } from '../tell.ts';

interface ContractContext {
  readonly contract: string;
  readonly counterparty: string;
  readonly noticeGivenOn: string | null;
  readonly agreedEnd: string | null;
  readonly endedOn: string | null;
}

const officer = ['caseOfficer', 'clerk', 'registrar'] as const;

export const contract = defineChart({
  name: 'contract',
  version: 1,
  label: { sv: 'Avtal som sägs upp', en: 'Contract being terminated' },
  input: z.strictObject({
    contract: line('Avtal', 'Contract'),
    counterparty: line('Motpart', 'Counterparty'),
    noticePeriod: period('Uppsägningstid', 'Notice period'),
  }),
  context: { noticeGivenOn: null, agreedEnd: null, endedOn: null },
  card: (context) => {
    const it = context as unknown as ContractContext;
    return { title: it.contract, number: null, body: it.counterparty };
  },
  events: {
    'notice.give': clerical({
      label: { sv: 'Uppsägning skickad', en: 'Notice given' },
      by: officer,
      rule: 'R-077',
      fields: { on: pastDate('Uppsagt den', 'Given on') },
    }),
    'end.agree': clerical({
      label: { sv: 'Tidigare slut avtalat', en: 'Earlier end agreed' },
      by: officer,
      rule: 'R-090',
      fields: { end: date('Avtalet upphör', 'Contract ends') },
    }),
    'task.withdrawn': message({ sv: 'Återtas', en: 'Withdrawn' }, {}, 'R-079'),
  },
  deadlines: {
    noticePeriod: {
      label: { sv: 'Uppsägningstiden går ut', en: 'The notice period ends' },
      rule: 'R-090',
      from: 'noticeGivenOn',
      periodFrom: 'noticePeriod',
      roll: false,
    },
    agreedEnd: {
      label: { sv: 'Avtalat slut', en: 'Agreed end' },
      rule: 'R-090',
      from: 'agreedEnd',
      period: { days: 0 },
      roll: false,
    },
  },
  actions: {
    tellParent,
    giveNotice: assigning<ContractContext, { on: string }>(1, (_, { on }) => ({ noticeGivenOn: on })),
    agreeEnd: assigning<ContractContext, { end: string }>(1, (_, { end }) => ({ agreedEnd: end })),
    end: assigning<ContractContext, { lastDay: string }>(1, (_, { lastDay }) => ({ endedOn: lastDay })),
  },
  states: {
    inForce: { sv: 'Gäller, ska sägas upp', en: 'In force, to be terminated' },
    noticeGiven: { sv: 'Uppsagt, uppsägningstid löper', en: 'Notice given, period running' },
    endAgreed: { sv: 'Tidigare slut avtalat', en: 'Earlier end agreed' },
    ended: { sv: 'Upphört', en: 'Ended' },
    kept: { sv: 'Sägs inte upp', en: 'Not terminated' },
  },
  data: {
    initial: 'inForce',
    states: {
      inForce: {
        on: {
          'notice.give': {
            target: 'noticeGiven',
            actions: [{ type: 'giveNotice' }, { type: 'tellParent', params: { event: 'execution.begun' } }],
          },
          'task.withdrawn': { target: 'kept' },
        },
      },
      kept: { meta: { end: true } },
      // Notice once given is the counterparty's to answer; a decision that is annulled does not take it back.
      noticeGiven: {
        after: { noticePeriod: { target: 'ended' } },
        on: { 'task.withdrawn': {}, 'end.agree': { target: 'endAgreed', actions: [{ type: 'agreeEnd' }] } },
      },
      endAgreed: {
        after: { agreedEnd: { target: 'ended' } },
        on: {
          'task.withdrawn': {},
          'end.agree': { target: 'endAgreed', reenter: true, actions: [{ type: 'agreeEnd' }] },
        },
      },
      ended: {
        meta: { end: true },
        entry: [{ type: 'end' }, { type: 'tellParent', params: { event: 'task.done' } }],
      },
    },
  },
});
