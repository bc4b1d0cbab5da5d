/** The examples of each collection: a record of it, a page of them, and an event that it takes. */
import type { z } from 'zod';
import type { Collection } from '../views/labels.ts';
import { item, newDelegation, newEvent, newJointMatter, newMeeting } from './examples.ts';
import type * as answers from './schemas.ts';

type Item = z.input<typeof answers.Item>;

/** Of a chart that has the name of what it is, in its first state. */
const first = (name: string, label: Item['label'], [state]: Item['states'], more: Partial<Item>): Item => ({
  ...item,
  chart: { name, version: 1, label },
  label,
  number: null,
  states: state ? [state] : [],
  warnings: [],
  ...more,
});

const { body, date, place } = newMeeting;
const meeting = first(
  'meeting',
  { sv: 'Sammanträde', en: 'Meeting' },
  [{ path: 'planned', label: { sv: 'Planerat', en: 'Planned' } }],
  { collection: 'meetings', title: `Kommunstyrelsen ${date}`, number: date, body, context: { date, place } },
);

const { title, text } = newJointMatter;
const jointMatter = first(
  'joint-matter',
  { sv: 'Gemensamt ärende', en: 'Joint matter' },
  [{ path: 'draft', label: { sv: 'Förslag tas fram', en: 'Proposal in draft' } }],
  {
    collection: 'joint-matters',
    title,
    number: 'BKS 2026/1',
    body: null,
    municipality: 'botkyrka',
    context: { title, text },
  },
);

const { position, from, to = null } = newDelegation;
const delegation = first(
  'delegation',
  { sv: 'Delegation', en: 'Delegation' },
  [{ path: 'given', label: { sv: 'Given', en: 'Given' } }],
  {
    collection: 'delegations',
    title: 'Socialdirektör: SN 2.1 Avtal om insatser och tjänster',
    body: newDelegation.body,
    context: { position, from, to },
  },
);

export const items: Readonly<Record<Collection, Item>> = {
  matters: item,
  meetings: meeting,
  'joint-matters': jointMatter,
  delegations: delegation,
  actors: item,
};

export function pageOf(collection: Collection): z.input<typeof answers.Page> {
  const { parts, warnings, label, root, parent, context, deadlines, ...summary } = items[collection];
  return { items: [summary], total: 1, next: null };
}

export const newEvents: Readonly<Record<Collection, { readonly type: string; readonly payload: object }>> = {
  matters: newEvent,
  meetings: { type: 'meeting.summon', payload: { sentOn: '2026-11-20' } },
  'joint-matters': { type: 'joint.propose', payload: {} },
  delegations: { type: 'delegation.revoke', payload: { decision: 'SN 2026-11-18 § 120' } },
  actors: newEvent,
};
