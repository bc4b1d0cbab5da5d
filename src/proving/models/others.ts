/** The small actors: what each is started with, and what its model says beyond its declarations. */
import type { JsonObject } from '../../../machines/chart.ts';
import type { Model } from '../model.ts';
import { outcomeClasses } from './decision-point.ts';

interface Single {
  readonly model: Omit<Model, 'chart'>;
  readonly input: JsonObject;
}

const text = 'text';
const date = '2026-12-01';

const sorted = (list: unknown) => (list as readonly string[]).toSorted();

const member = (municipality: string) => ({ municipality, route: 'board-matter', body: 'ks', number: '1' });

/** A delegation for one group of matters, with an end and a limit. */
const given = {
  body: 'sn',
  groups: [{ id: 'g', label: text }],
  kind: 'headOfAdministration',
  position: 'Direktör',
  limit: 100,
  mayHandOn: true,
  decidedOn: '2026-01-01',
  decision: text,
  from: '2026-01-01',
  to: '2026-12-31',
};

const use = {
  matter: 'm',
  municipality: 'huddinge',
  body: 'sn',
  group: 'g',
  by: text,
  position: 'Direktör',
  amount: 100,
};
/** Covered, and in each way not. */
const uses: readonly JsonObject[] = [
  use,
  { ...use, amount: 101 },
  { ...use, group: 'h' },
  { ...use, body: 'ks' },
  { ...use, position: 'Annan' },
];

/** By the name of the chart. */
export const others: Readonly<Record<string, Single>> = {
  notice: {
    model: { values: { board: [text, 'elsewhere'] } },
    input: {
      kind: 'minutes',
      meeting: 'ks-1',
      body: 'ks',
      title: text,
      board: text,
      otherBoards: ['elsewhere'],
      minutesAt: text,
      postedOn: date,
      points: ['m.p1'],
    },
  },
  task: { model: {}, input: { title: text, assignee: text, due: date, point: 'm.p1' } },
  'follow-up': {
    // The reports are counted for people; nothing depends on how many they are.
    model: { abstract: (context) => ({ ...context, reports: 0 }) },
    input: { title: text, assignee: text, every: { years: 1 }, until: date, decidedOn: date },
  },
  consultation: {
    model: { values: { matter: ['m', 'other'], bodies: [['sn'], ['ks']] } },
    input: {
      body: 'sn',
      question: text,
      affected: false,
      due: date,
      within: { weeks: 4 },
      toCouncil: true,
      awaited: true,
    },
  },
  delegation: {
    model: {
      // How many it was handed on to only tells them apart.
      abstract: (context) => ({ ...context, handedOn: Math.min(context.handedOn as number, 1) }),
      payloads: {
        'delegation.use': uses,
        'delegation.handOn': [
          { position: 'Enhetschef', decision: text, from: '2026-12-10', limit: 100 },
          { position: 'Enhetschef', decision: text, from: '2026-12-10', limit: 101 },
        ],
      },
      assumes: ['a delegation is explored as it is given to a head of administration who may hand it on'],
    },
    input: given,
  },
  exit: { model: {}, input: { title: text, municipality: 'salem', givenOn: date, notice: { months: 36 } } },
  party: { model: {}, input: { party: text, title: text, notifiedOn: date } },
  request: { model: {}, input: { title: text, from: text, answerBy: date } },
  initiative: { model: {}, input: { title: text, of: 'citizenProposal', raisedOn: date } },
  agreement: {
    // On the last day of the standstill, and the two days after.
    model: {
      values: { title: ['Direktör', 'Annan'], on: [date, '2026-12-02', '2026-12-03'] },
      admits: (type, _, { otherReviews }) => type !== 'award.challenge' || !otherReviews,
      assumes: ['at most two reviews of an award are under way at a time'],
    },
    input: { contract: text, counterparty: text, signatory: 'Direktör', procured: true },
  },
  contract: { model: {}, input: { contract: text, counterparty: text, noticePeriod: { years: 1 } } },
  dispatch: {
    model: {},
    input: { name: text, group: null, recipient: null, channel: 'email', title: text, number: '1' },
  },
  'earlier-decision': {
    model: {},
    input: { body: 'sn', on: date, paragraph: '4', subject: text, relation: 'terminates' },
  },
  'joint-matter': {
    model: {
      // In which order they leave is nothing.
      abstract: (context) => ({ ...context, leaving: sorted(context.leaving), left: sorted(context.left) }),
      values: { municipality: ['huddinge', 'salem'], matter: ['m'], outcome: outcomeClasses },
      assumes: ['a joint matter is explored with two municipalities'],
    },
    input: {
      title: text,
      number: '1',
      text,
      members: [member('huddinge'), member('salem')],
      validFrom: date,
      validUntil: date,
      forms: 'federation',
      plans: { title: text, assignee: text, every: { years: 1 } },
    },
  },
};
