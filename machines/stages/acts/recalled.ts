/** The sender takes a matter back before the one that has received it acts: before it is on an agenda there. */
import { assigning, guard } from '../../chart.ts';
import { clerical, line, prose } from '../../events.ts';
import { records } from '../matter/outcomes.ts';
import type { MatterContext } from '../matter.ts';
import type { VisitAct } from './visit-act.ts';

export const recalled: VisitAct = {
  events: {
    'matter.recall': clerical({
      label: { sv: 'Återta', en: 'Take back' },
      by: ['registrar', 'clerk', 'caseOfficer'],
      rule: 'R-063',
      fields: { decidedBy: line('Beslutat av', 'Decided by'), reason: prose('Skäl', 'Reason') },
    }),
  },
  guards: {
    sentBy: guard<MatterContext, unknown, { stage: string }>({
      rule: 'R-063',
      version: 1,
      says: {
        sv: 'Mottagaren har redan haft ärendet uppe, eller har det från någon annan: avsändaren kan inte återta det.',
        en: 'The receiver has already had the matter up, or has it from someone else: the sender cannot take it back.',
      },
      holds: ({ sender }, _, { stage }) => sender === stage,
    }),
  },
  actions: {
    sendOn: assigning<MatterContext, unknown, { stage: string }>(1, (_, __, { stage }) => ({
      sender: stage,
    })),
    receive: assigning<MatterContext>(1, () => ({ sender: null })),
  },
  at: ({ sender }) =>
    sender === null
      ? { refuses: { 'matter.recall': 'R-063' } }
      : {
          on: {
            awaiting: {
              'matter.recall': {
                target: `#${sender.state}`,
                guard: { type: 'sentBy', params: { stage: sender.stage } },
                actions: [records('recalled'), { type: 'sendBackPoints' }, { type: 'receive' }],
              },
            },
          },
        },
};
