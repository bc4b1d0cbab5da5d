/** A matter that lapses by its own terms if nobody has decided by a day: an offer that is no longer held, say. */
import { comingDate, prose } from '../../events.ts';
import type { Act } from './act.ts';
import { endable } from './endable.ts';

export const lapsed: Act = {
  input: {
    lapsesOn: comingDate('Förfaller om det inte är avgjort', 'Lapses if it is not decided by').optional(),
    lapsesFor: prose('Varför det förfaller', 'Why it lapses').optional(),
  },
  context: { lapsesOn: null, lapsesFor: null },
  deadlines: {
    lapse: {
      label: { sv: 'Ärendet förfaller', en: 'The matter lapses' },
      rule: null,
      from: 'lapsesOn',
      period: { days: 0 },
      roll: false,
    },
  },
  ends: 'lapsed',
  // What has been before the council, or is being decided, does not lapse by the clock.
  after: { lapse: [{ target: '#lapsed', guard: endable(), actions: [{ type: 'leaveAgenda' }] }, {}] },
};
