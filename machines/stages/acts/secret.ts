import { assigning, guard } from '../../chart.ts';
import { message } from '../../events.ts';
import {
  isMarked,
  type Secrecy,
  SecrecyMark,
  secrecyActions,
  secrecyEvents,
  secrecyGuards,
  secrecyOn,
} from '../../secrecy.ts';
import type { MatterContext } from '../matter.ts';
import type { Act } from './act.ts';

const fields = SecrecyMark.shape;

const isSame = (a: Secrecy | null, b: Secrecy): boolean =>
  a?.provision === b.provision && a.authority === b.authority && a.on === b.on;

/** The mark of a matter: its own, or that of the joint matter that it is part of. */
export const secret: Act = {
  context: { secrecy: null },
  events: {
    ...secrecyEvents,
    'joint.marked': {
      ...message(
        { sv: 'Det gemensamma ärendet sekretessmarkerat', en: 'Joint matter marked as confidential' },
        fields,
        'R-120',
      ),
      across: true,
      register: true,
    },
    'joint.unmarked': {
      ...message(
        {
          sv: 'Det gemensamma ärendets sekretessmarkering hävd',
          en: 'Secrecy mark of the joint matter lifted',
        },
        fields,
        'R-120',
      ),
      across: true,
      register: true,
    },
  },
  guards: {
    ...secrecyGuards,
    closedForSecrecy: guard<MatterContext, { open?: boolean }>({
      rule: 'R-034',
      version: 1,
      says: {
        sv: 'Ärendet är sekretessmarkerat: det handläggs inom stängda dörrar.',
        en: 'The matter is marked as confidential: it is handled behind closed doors.',
      },
      holds: (context, { open }) => !isMarked(context) || open !== true,
    }),
    unmarked: guard<MatterContext>({
      rule: 'R-120',
      version: 1,
      says: {
        sv: 'Ärendet är redan sekretessmarkerat.',
        en: 'The matter is already marked as confidential.',
      },
      holds: (context) => !isMarked(context),
    }),
    markedWithJoint: guard<MatterContext, Secrecy>({
      rule: 'R-120',
      version: 1,
      says: {
        sv: 'Ärendet har en egen sekretessmarkering.',
        en: 'The matter has a secrecy mark of its own.',
      },
      holds: ({ secrecy }, event) => isSame(secrecy, event),
    }),
  },
  actions: {
    ...secrecyActions,
    markAlike: assigning<MatterContext, Secrecy>(1, (_, { provision, authority, on }) => ({
      secrecy: { provision, authority, on },
    })),
  },
  on: {
    ...secrecyOn,
    'joint.marked': [{ guard: { type: 'unmarked' }, actions: [{ type: 'markAlike' }] }, {}],
    'joint.unmarked': [{ guard: { type: 'markedWithJoint' }, actions: [{ type: 'liftMark' }] }, {}],
  },
};
