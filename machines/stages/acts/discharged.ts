/** A later body takes over what a body that only prepares has not treated. The board is not passed by. */
import { guard } from '../../chart.ts';
import { deciding, line, prose } from '../../events.ts';
import { secretary } from '../body/secretary.ts';
import { records } from '../matter/outcomes.ts';
import type { MatterContext } from '../matter.ts';
import type { Visit, VisitAct } from './visit-act.ts';

const discharge = ({ next, later }: Visit) => ({
  'matter.discharge': {
    target: `#${next}`,
    guard: { type: 'isLater', params: { bodies: later } },
    actions: [records('discharged'), { type: 'receive' }],
  },
});

export const discharged: VisitAct = {
  events: {
    'matter.discharge': deciding({
      label: { sv: 'Överta från beredande organ', en: 'Discharge from committee' },
      by: secretary,
      rule: 'R-012',
      fields: {
        by: line('Organ som övertar', 'Body that takes over'),
        paragraph: line('Paragraf', 'Paragraph').optional(),
        reason: prose('Skäl', 'Reason'),
      },
    }),
  },
  guards: {
    isLater: guard<MatterContext, { by: string }, { bodies: readonly string[] }>({
      rule: 'R-025',
      version: 1,
      says: {
        sv: 'Bara ett organ som ärendet ska till senare på sin väg kan överta det.',
        en: 'Only a body that the matter comes to later on its route can take it over.',
      },
      holds: (_, { by }, { bodies }) => bodies.includes(by),
    }),
  },
  at: (visit) =>
    visit.dispensable
      ? { on: { awaiting: discharge(visit), deferred: discharge(visit) } }
      : { refuses: { 'matter.discharge': 'R-012' } },
};
