/** One who wants to leave an office: it is granted unless special reasons speak against it (KL 4:6, R-108). */
import * as z from 'zod';
import { type EventDeclaration, type Guard, guard } from '../chart.ts';
import { clerical, line, oneOf, pastDate } from '../events.ts';
import type { Label } from '../label.ts';
import { routeId, routeLabel, stageKind } from './kind.ts';
import type { MatterContext, Question } from './matter.ts';

const schema = z.strictObject({ id: routeId, type: z.literal('resignation'), label: routeLabel });

const events: Readonly<Record<string, EventDeclaration>> = {
  'resignation.record': clerical({
    label: { sv: 'Avsägelse inkommen', en: 'Resignation received' },
    by: ['registrar', 'clerk'],
    rule: 'R-108',
    fields: {
      by: line('Den som avsäger sig', 'Who resigns'),
      office: line('Uppdrag', 'Office'),
      on: pastDate('Inkommen', 'Received on'),
      successor: oneOf('Efterträdaren', 'The successor', {
        elected: { sv: 'väljs av fullmäktige', en: 'is elected by the council' },
        countyBoard: { sv: 'utses av länsstyrelsen', en: 'is appointed by the county administrative board' },
      }),
    },
  }),
};

const guards: Readonly<Record<string, Guard>> = {
  refusalReasoned: guard<MatterContext, Pick<Question, 'proposals'>>({
    rule: 'R-108',
    version: 1,
    says: {
      sv: 'En avsägelse får vägras bara av särskilda skäl, som ska anges.',
      en: 'A resignation may be refused for special reasons only, which must be stated.',
    },
    holds: (_, event) => event.proposals.every(({ outcome, text }) => outcome !== 'rejected' || text),
  }),
};

const states: Readonly<Record<string, Label>> = {
  received: { sv: 'Avsägelsen diarieförs', en: 'Resignation to be recorded' },
};

export const resignation = stageKind(schema, {
  label: ({ label }) => label,
  state: ({ id }, { next }) => ({
    id,
    initial: 'received',
    meta: { stage: id, role: 'resignation' },
    entry: [{ type: 'arrive', params: { body: id } }],
    states: { received: { on: { 'resignation.record': { target: `#${next}` } } } },
  }),
  parts: () => ({ events, guards, states, question: { type: 'refusalReasoned' } }),
});
