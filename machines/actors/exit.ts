/** A municipality that leaves a federation: three years after its notice, or sooner where the charter says so. */
import * as z from 'zod';
import { defineChart } from '../chart.ts';
import { date, line } from '../events.ts';
import { tellParent } from '../tell.ts';

interface ExitContext {
  readonly title: string;
  readonly municipality: string;
}

export const exit = defineChart({
  name: 'exit',
  version: 1,
  label: { sv: 'Utträde', en: 'Exit' },
  input: z.strictObject({
    title: line('Rubrik', 'Title'),
    municipality: line('Kommun', 'Municipality'),
    givenOn: date('Uppsagt', 'Notice given on'),
    notice: z.strictObject({ months: z.int().min(1).max(36) }),
  }),
  context: {},
  card: (context) => {
    const { title, municipality } = context as unknown as ExitContext;
    return { title: `${municipality}: ${title}`, number: null, body: null };
  },
  events: {},
  deadlines: {
    exitNotice: {
      label: { sv: 'Medlemskapet upphör', en: 'The membership ends' },
      rule: 'R-117',
      from: 'givenOn',
      periodFrom: 'notice',
      roll: false,
    },
  },
  actions: { tellParent },
  states: {
    leaving: { sv: 'Uppsagt, uppsägningstiden löper', en: 'Notice given, period running' },
    left: { sv: 'Har trätt ut', en: 'Has left' },
  },
  data: {
    initial: 'leaving',
    states: {
      leaving: {
        after: {
          exitNotice: {
            target: 'left',
            actions: [{ type: 'tellParent', params: { event: 'member.left', copy: ['municipality'] } }],
          },
        },
      },
      left: { meta: { end: true } },
    },
  },
});
