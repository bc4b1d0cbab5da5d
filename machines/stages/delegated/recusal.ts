/** A delegate with a conflict of interest does not decide, and takes no part (KL 6:28–30, 7:4; R-038). */
import { type Action, assigning, type EventDeclaration, type Guard, guard } from '../../chart.ts';
import { clerical, line, oneOf, prose } from '../../events.ts';
import type { Label } from '../../label.ts';
import { isAmong } from '../../person.ts';
import type { MatterContext } from '../matter.ts';
import type { Taken } from './orders.ts';

/** KL 6:28. */
const grounds = {
  affected: { sv: 'saken angår en själv eller en närstående', en: 'affected, oneself or someone close' },
  representative: { sv: 'ställföreträdare eller ombud', en: 'representative or agent' },
  supervision: { sv: 'tillsyn över egen verksamhet', en: 'supervision of own operations' },
  other: { sv: 'annan särskild omständighet', en: 'other special circumstance' },
} as const satisfies Record<string, Label>;

/** It is said unasked, or where it is disputed the committee decides it. */
const ways = {
  unasked: { sv: 'anmält självmant', en: 'said unasked' },
  decided: { sv: 'nämnden har beslutat', en: 'decided by the committee' },
} as const satisfies Record<string, Label>;

export const delegateRecusalEvents: Readonly<Record<string, EventDeclaration>> = {
  'recusal.declare': clerical({
    label: { sv: 'Anteckna jäv', en: 'Record a conflict of interest' },
    by: ['caseOfficer', 'chair', 'clerk', 'registrar'],
    rule: 'R-038',
    fields: {
      person: line('Den det gäller', 'Whom it concerns'),
      ground: oneOf('Grund', 'Ground', grounds),
      how: oneOf('Hur', 'How', ways),
      remark: prose('Anmärkning', 'Remark').optional(),
    },
  }),
};

export const delegateRecusalGuards: Readonly<Record<string, Guard>> = {
  notRecused: guard<MatterContext, Taken>({
    rule: 'R-038',
    version: 1,
    says: {
      sv: 'Den som är jävig beslutar inte i ärendet, och tar ingen del i beslutet.',
      en: 'One who has a conflict of interest does not decide the matter, and takes no part in it.',
    },
    holds: ({ recused }, { by, meta }) => !isAmong(recused, by) && !isAmong(recused, meta.sender),
  }),
};

export const delegateRecusalActions: Readonly<Record<string, Action>> = {
  noteRecusal: assigning<MatterContext, { person: string }>(1, ({ recused }, { person }) => ({
    recused: isAmong(recused, person) ? recused : [...recused, person],
  })),
};
