/** A body that only prepares hands a matter on without a decision of its own. */
import { deciding, prose } from '../../events.ts';
import { secretary } from '../body/secretary.ts';
import { records } from '../matter/outcomes.ts';
import type { VisitAct } from './visit-act.ts';

export const transferred: VisitAct = {
  events: {
    'item.transfer': deciding({
      label: { sv: 'Överlämna utan beslut', en: 'Transfer without a decision' },
      by: secretary,
      rule: 'R-013',
      fields: { reason: prose('Skäl', 'Reason') },
    }),
  },
  at: ({ dispensable, next, sends }) =>
    dispensable
      ? {
          on: {
            deliberating: {
              'item.transfer': {
                target: `#${next}`,
                actions: [records('transferred'), { type: 'conclude' }, ...sends],
              },
            },
          },
        }
      : { refuses: { 'item.transfer': 'R-013' } },
};
