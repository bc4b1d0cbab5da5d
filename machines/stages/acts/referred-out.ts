/**
 * A body asks others before it decides. The matter waits with it until they have answered, or their
 * time is out; their opinions stay with the matter, whatever becomes of it.
 */
import { all, assigning, causing, type Effect, guard } from '../../chart.ts';
import { bodyName, comingDate, deciding, line, message, prose, several } from '../../events.ts';
import { saying } from '../../label.ts';
import { secretary } from '../body/secretary.ts';
import { records } from '../matter/outcomes.ts';
import type { MatterContext } from '../matter.ts';
import type { VisitAct } from './visit-act.ts';

interface Asked {
  readonly bodies: readonly string[];
  readonly question: string;
  readonly due: string;
}

/** The keys of those asked: a matter may be referred out more than once. */
const keysOf = ({ outcomes }: MatterContext, { bodies }: Asked): readonly string[] => {
  const round = outcomes.filter((it) => it.outcome === 'referredOut').length + 1;
  return bodies.map((_, index) => `referral${round}-${index + 1}`);
};

const heard = assigning<MatterContext, { actor: string }>(1, ({ awaited }, { actor }) => ({
  awaited: awaited.filter((it) => it !== actor),
}));

export const referredOut: VisitAct = {
  events: {
    'item.referOut': deciding({
      label: { sv: 'Remittera', en: 'Refer out' },
      by: secretary,
      rule: 'R-019',
      fields: {
        bodies: several('Remissinstanser', 'Bodies consulted', bodyName('Organ', 'Body'), 20).refine(
          (all) => new Set(all).size === all.length,
          saying('ett organ anges en gång', 'a body is named once'),
        ),
        question: prose('Fråga', 'Question'),
        due: comingDate('Svar senast', 'Answer by'),
      },
    }),
    'consultation.expired': message(
      { sv: 'Svarstiden har gått ut', en: 'The time to answer is out' },
      { actor: line('Aktör', 'Actor'), body: line('Organ', 'Body') },
      'R-019',
    ),
  },
  states: { referredOut: { sv: 'Utremitterat', en: 'Referred out' } },
  guards: {
    allHeard: guard<MatterContext>({
      rule: 'R-019',
      version: 1,
      says: {
        sv: 'Remissen är inte besvarad, och svarstiden har inte gått ut.',
        en: 'The referral has not been answered, and its time is not out.',
      },
      holds: ({ awaited }) => awaited.length === 0,
    }),
  },
  actions: {
    referOut: causing<MatterContext, Asked, { toCouncil: boolean }>(1, (context, event, { toCouncil }) =>
      keysOf(context, event).map(
        (key, index): Effect => ({
          kind: 'start',
          chart: 'consultation',
          key,
          input: {
            body: event.bodies[index] ?? '',
            question: event.question,
            due: event.due,
            affected: false,
            toCouncil,
            awaited: true,
          },
        }),
      ),
    ),
    awaitReferral: assigning<MatterContext, Asked>(1, (context, event) => ({
      awaited: keysOf(context, event).map((key) => `${context.self.id}.${key}`),
    })),
    heard,
  },
  on: { 'consultation.expired': {} },
  at: ({ body, listing, toCouncil }) => ({
    on: {
      deliberating: {
        'item.referOut': {
          target: 'referredOut',
          actions: [
            { type: 'referOut', params: { toCouncil } },
            { type: 'awaitReferral' },
            records('referredOut'),
            { type: 'leave', params: { how: 'referredOut' } },
          ],
        },
      },
    },
    states: {
      referredOut: {
        entry: [{ type: 'arrive', params: { body } }],
        on: {
          'agenda.listed': {
            target: 'onAgenda',
            guard: all(...listing, { type: 'allHeard' }),
            actions: [{ type: 'join' }],
          },
          'consultation.answered': {
            actions: [{ type: 'answered' }, { type: 'heard' }, records('returned')],
          },
          'consultation.expired': { actions: [{ type: 'heard' }] },
        },
      },
    },
  }),
};
