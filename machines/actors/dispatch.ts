/** One decision on its way to one recipient. */
import * as z from 'zod';
import { causing, defineChart } from '../chart.ts';
import { clerical, line, pastDate } from '../events.ts';
import { tellParent } from '../tell.ts';

interface DispatchContext {
  readonly self: { readonly id: string };
  readonly name: string;
  readonly recipient: string | null;
  readonly channel: string;
  readonly title: string;
  readonly number: string;
}

const sender = ['registrar', 'clerk', 'integration'] as const;

export const dispatch = defineChart({
  name: 'dispatch',
  version: 1,
  label: { sv: 'Expediering', en: 'Dispatch' },
  input: z.strictObject({
    name: line('Mottagare', 'Recipient'),
    /** The group that the recipient was expanded from. */
    group: z.string().nullable(),
    /** The recipient's id in the municipality's registry; null for one that is not in it. */
    recipient: z.string().nullable(),
    channel: z.string(),
    title: line('Rubrik', 'Title'),
    number: line('Diarienummer', 'Registry number'),
  }),
  context: {},
  card: (context) => {
    const it = context as unknown as DispatchContext;
    return { title: it.name, number: it.number, body: null };
  },
  events: {
    'dispatch.send': clerical({
      label: { sv: 'Skickat', en: 'Sent' },
      by: sender,
      rule: 'R-087',
      fields: { on: pastDate('Datum', 'Date') },
    }),
    'dispatch.acknowledge': clerical({
      label: { sv: 'Mottaget', en: 'Acknowledged' },
      by: sender,
      fields: { on: pastDate('Datum', 'Date') },
    }),
    'dispatch.fail': clerical({
      label: { sv: 'Gick inte fram', en: 'Failed' },
      by: sender,
      fields: { reason: line('Orsak', 'Reason') },
    }),
  },
  actions: {
    publish: causing<DispatchContext>(1, ({ self, name, recipient, channel, title, number }) => [
      {
        kind: 'publish',
        topic: 'decision.dispatched',
        payload: { dispatch: self.id, name, recipient, channel, title, number },
      },
    ]),
    tellParent,
  },
  states: {
    queued: { sv: 'Att skicka', en: 'To be sent' },
    sent: { sv: 'Skickat', en: 'Sent' },
    acknowledged: { sv: 'Mottaget', en: 'Acknowledged' },
    failed: { sv: 'Gick inte fram', en: 'Failed' },
  },
  data: {
    initial: 'queued',
    states: {
      queued: {
        entry: [{ type: 'publish' }],
        on: { 'dispatch.send': { target: 'sent' }, 'dispatch.fail': { target: 'failed' } },
      },
      sent: {
        meta: { rest: true },
        entry: [{ type: 'tellParent', params: { event: 'dispatch.delivered' } }],
        on: { 'dispatch.acknowledge': { target: 'acknowledged' }, 'dispatch.fail': { target: 'failed' } },
      },
      acknowledged: { meta: { end: true } },
      failed: { on: { 'dispatch.send': { target: 'sent' } } },
    },
  },
});
