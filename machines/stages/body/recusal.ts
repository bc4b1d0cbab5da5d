/** While the body decides whether somebody is recused, the matter waits. */

import * as z from 'zod';
import { type Action, assigning, type EventDeclaration, type StateData } from '../../chart.ts';
import { count, message } from '../../events.ts';
import type { MatterContext } from '../matter.ts';
import { defers } from './delay.ts';

export const recusalEvents: Readonly<Record<string, EventDeclaration>> = {
  'recusal.raised': message({ sv: 'Fråga om jäv', en: 'Question of recusal' }, {}, 'R-039'),
  'recusal.decided': message(
    { sv: 'Frågan om jäv avgjord', en: 'Question of recusal decided' },
    {
      present: count('Närvarande', 'Present'),
      recused: z.array(z.string()),
    },
    'R-039',
  ),
};

export const recusalActions: Readonly<Record<string, Action>> = {
  recuse: assigning<MatterContext, { present: number; recused: readonly string[] }>(
    1,
    (_, { present, recused }) => ({ present, recused }),
  ),
};

/** Nothing else is done with the matter until it is decided; it may be deferred. */
export const decidingConflict: StateData = {
  on: {
    'recusal.decided': { target: 'deliberating', actions: [{ type: 'recuse' }] },
    'item.defer': defers,
  },
};
