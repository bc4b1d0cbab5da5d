/** A party who is told of a decision, and the time in which that party may appeal it, from the day of receipt. */
import * as z from 'zod';
import { assigning, defineChart, guard } from '../chart.ts';
import { clerical, date, line, oneOf, pastDate } from '../events.ts';
import { tellParent } from '../tell.ts';

interface PartyContext {
  readonly party: string;
  readonly title: string;
  readonly notifiedOn: string;
}

export const party = defineChart({
  name: 'party',
  version: 1,
  label: { sv: 'Underrättelse till part', en: 'Notification of a party' },
  input: z.strictObject({
    party: line('Part', 'Party'),
    title: line('Rubrik', 'Title'),
    notifiedOn: date('Underrättad', 'Notified on'),
  }),
  context: { receivedOn: null, appealPeriod: { weeks: 3 } },
  card: (context) => {
    const { party: name, title } = context as unknown as PartyContext;
    return { title: `${name}: ${title}`, number: null, body: null };
  },
  events: {
    'receipt.record': clerical({
      label: { sv: 'Parten har fått del av beslutet', en: 'The party has received the decision' },
      by: ['registrar', 'clerk', 'integration'],
      rule: 'R-085',
      fields: {
        on: pastDate('Fick del av beslutet', 'Received on'),
        how: oneOf('Hur det är visat', 'How it is shown', {
          receipt: { sv: 'delgivningskvitto', en: 'receipt' },
          service: { sv: 'annan delgivning', en: 'other service' },
          otherwise: { sv: 'på annat sätt', en: 'in another way' },
        }),
      },
    }),
  },
  deadlines: {
    partyPeriod: {
      label: { sv: 'Partens överklagandetid går ut', en: "The party's time to appeal ends" },
      rule: 'R-085',
      from: 'receivedOn',
      periodFrom: 'appealPeriod',
      roll: true,
    },
  },
  guards: {
    plausible: guard<PartyContext, { on: string }>({
      rule: 'R-085',
      version: 1,
      says: {
        sv: 'Parten får del av beslutet tidigast när underrättelsen skickades, och senast i dag.',
        en: 'The party receives it at the earliest when it was sent, and today at the latest.',
      },
      holds: ({ notifiedOn }, { on, meta }) => notifiedOn <= on && on <= meta.on,
    }),
  },
  actions: {
    receive: assigning<{ receivedOn: string | null }, { on: string }>(1, (_, { on }) => ({ receivedOn: on })),
    tellParent,
  },
  states: {
    sent: { sv: 'Underrättelsen skickad', en: 'Notification sent' },
    received: { sv: 'Överklagandetiden löper', en: 'Time to appeal running' },
    over: { sv: 'Överklagandetiden ute', en: 'Time to appeal over' },
  },
  data: {
    initial: 'sent',
    states: {
      sent: {
        on: {
          'receipt.record': {
            target: 'received',
            guard: { type: 'plausible' },
            actions: [{ type: 'receive' }],
          },
        },
      },
      received: {
        after: {
          partyPeriod: {
            target: 'over',
            actions: [{ type: 'tellParent', params: { event: 'party.over' } }],
          },
        },
      },
      over: { meta: { end: true } },
    },
  },
});
