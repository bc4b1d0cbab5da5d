/** What is sent to a delegation, and what it accepts. */
import * as z from 'zod';
import { type EventDeclaration, type Guard, guard } from '../chart.ts';
import { across, deciding, line, message, prose, reference } from '../events.ts';
import type { DelegationContext, HandedOn } from './given.ts';
import { handedOnShape } from './given.ts';

/** A decision that is to be made under it. */
export interface Use {
  readonly matter: string;
  readonly municipality: string;
  readonly body: string;
  readonly group: string;
  readonly by: string;
  readonly position: string;
  readonly amount?: number;
}

export const delegationEvents: Readonly<Record<string, EventDeclaration>> = {
  'delegation.use': across(
    message(
      { sv: 'Beslut enligt delegationen', en: 'Decision under the delegation' },
      {
        matter: reference('Ärende', 'Matter', 'matters'),
        municipality: line('Kommun', 'Municipality'),
        body: line('För organet', 'For the body'),
        group: line('Grupp av ärenden', 'Group of matters'),
        by: line('Beslutat av', 'Decided by'),
        position: line('Befattning', 'Position'),
        amount: z.int().min(0).optional(),
      },
      'R-091',
    ),
  ),
  'delegation.handOn': deciding({
    label: { sv: 'Lämna vidare till en anställd', en: 'Hand it on to an employee' },
    by: ['caseOfficer', 'chair'],
    rule: 'R-094',
    fields: handedOnShape,
  }),
  'delegation.revoke': deciding({
    label: { sv: 'Återkalla', en: 'Revoke' },
    by: ['clerk', 'chair'],
    rule: 'R-091',
    fields: {
      decision: line('Beslutet som återkallar den', 'The decision that revokes it'),
      reason: prose('Skäl', 'Reason').optional(),
    },
  }),
  'delegation.lapse': message({ sv: 'Upphör med den första', en: 'Ends with the first' }, {}, 'R-094'),
};

/** Until further notice is later than any day. */
const isUntil = (to: string | null, day: string): boolean => to === null || day <= to;

export const delegationGuards: Readonly<Record<string, Guard>> = {
  isForCommittee: guard<DelegationContext, Use>({
    rule: 'R-091',
    version: 1,
    says: {
      sv: 'Delegationen är en annan nämnds.',
      en: 'The delegation is that of another committee.',
    },
    holds: ({ self, body }, use) => use.municipality === self.tenant && use.body === body,
  }),
  isInScope: guard<DelegationContext, Use>({
    rule: 'R-091',
    version: 1,
    says: {
      sv: 'Ärendet hör inte till dem som delegationen omfattar.',
      en: 'The matter is not among those that the delegation covers.',
    },
    holds: ({ groups, matter }, use) =>
      groups.some(({ id }) => id === use.group) && (matter === null || matter === use.matter),
  }),
  isInForce: guard<DelegationContext, Use>({
    rule: 'R-091',
    version: 1,
    says: {
      sv: 'Delegationen gäller inte den dagen.',
      en: 'The delegation is not in force on that day.',
    },
    holds: ({ from, to }, { meta }) => from <= meta.on && isUntil(to, meta.on),
  }),
  isWithinLimit: guard<DelegationContext, Use>({
    rule: 'R-091',
    version: 1,
    says: {
      sv: 'Beloppet saknas eller är större än delegationen omfattar.',
      en: 'The amount is not stated, or larger than the delegation covers.',
    },
    holds: ({ limit }, { amount }) => limit === null || (amount !== undefined && amount <= limit),
  }),
  isDelegate: guard<DelegationContext, Use>({
    rule: 'R-094',
    version: 1,
    says: {
      sv: 'Beslutanderätten är inte given till den befattningen, och inte lämnad vidare till den.',
      en: 'The power is not given to that position, nor handed on to it.',
    },
    holds: ({ position }, use) => use.position === position,
  }),
  isHuman: guard<DelegationContext, Use>({
    rule: 'R-093',
    version: 1,
    says: {
      sv: 'En automatiserad beslutsfunktion beslutar inget som kan laglighetsprövas.',
      en: 'An automated decision function decides nothing whose legality may be reviewed.',
    },
    holds: ({ kind }) => kind !== 'automated',
  }),
  mayHandOn: guard<DelegationContext>({
    rule: 'R-094',
    version: 1,
    says: {
      sv: 'Bara en förvaltningschef som nämnden har låtit göra det lämnar uppdraget vidare.',
      en: 'Only a head of administration whom the committee lets do so hands the power on.',
    },
    holds: ({ kind, mayHandOn }) => kind === 'headOfAdministration' && mayHandOn,
  }),
  isNoMore: guard<DelegationContext, HandedOn>({
    rule: 'R-091',
    version: 1,
    says: {
      sv: 'Det går inte att lämna vidare mer, eller längre, än man själv har.',
      en: 'No more can be handed on, and for no longer, than one has oneself.',
    },
    holds: (own, { from, to = own.to, limit, meta }) =>
      from >= own.from &&
      from >= meta.on &&
      isUntil(to, from) &&
      (own.to === null || (to !== null && to <= own.to)) &&
      (limit === undefined || own.limit === null || limit <= own.limit),
  }),
};
