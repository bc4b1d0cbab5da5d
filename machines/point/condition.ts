/** The condition of a point: it holds only if others are decided as proposed. */
import {
  type Action,
  all,
  assigning,
  causing,
  type EventDeclaration,
  type Guard,
  guard,
  type StateData,
} from '../chart.ts';
import { line, message, oneOf } from '../events.ts';
import type { Label } from '../label.ts';
import { adopting, asProposed, type Outcome, outcomes } from '../outcomes.ts';
import { tell } from '../tell.ts';
import type { PointContext } from './memory.ts';

const isAmong = (outcome: Outcome | 'annulled', among: readonly Outcome[]): boolean =>
  outcome !== 'annulled' && among.includes(outcome);

const referencesAll = (context: PointContext, among: readonly Outcome[]) =>
  context.conditionalOn.every((key) => {
    const outcome = context.references[key];
    return outcome !== undefined && isAmong(outcome, among);
  });

export const conditionEvents: Readonly<Record<string, EventDeclaration>> = {
  'condition.decided': message(
    { sv: 'Villkorspunkten beslutad', en: 'Referenced point decided' },
    {
      point: line('Punkt', 'Point'),
      outcome: oneOf('Utgång', 'Outcome', outcomes),
    },
    'R-064',
  ),
  'condition.annulled': message(
    { sv: 'Villkorspunkten upphävd', en: 'Referenced point annulled' },
    { point: line('Punkt', 'Point') },
    'R-065',
  ),
  'condition.inForce': message(
    { sv: 'Villkorspunkten har laga kraft', en: 'Referenced point in final force' },
    { point: line('Punkt', 'Point') },
    'R-077',
  ),
};

export const conditionGuards: Readonly<Record<string, Guard>> = {
  decidedAnew: guard<PointContext>({
    rule: 'R-065',
    version: 1,
    says: { sv: 'Punkten är redan beslutad.', en: 'The point is already decided.' },
    holds: (context) => context.condition === 'anew',
  }),
  isDecided: guard<PointContext>({
    rule: 'R-065',
    version: 1,
    says: { sv: 'Punkten är inte beslutad.', en: 'The point is not decided.' },
    holds: (context) => context.outcome !== null,
  }),
  isConditional: guard<PointContext>({
    rule: 'R-064',
    version: 1,
    says: { sv: 'Punkten är inte villkorad.', en: 'The point is not conditional.' },
    holds: (context) => context.conditionalOn.length > 0,
  }),
  rejectedReference: guard<PointContext>({
    rule: 'R-065',
    version: 1,
    says: { sv: 'Villkoret har inte fallit.', en: 'The condition has not failed.' },
    holds: (context) => Object.values(context.references).some((outcome) => !isAmong(outcome, adopting)),
  }),
  adoptedReferences: guard<PointContext>({
    rule: 'R-065',
    version: 1,
    says: { sv: 'En villkorspunkt är inte antagen.', en: 'A referenced point is not adopted.' },
    holds: (context) => referencesAll(context, adopting),
  }),
  amendedReference: guard<PointContext>({
    rule: 'R-065',
    version: 1,
    says: { sv: 'Ingen villkorspunkt har ändrats.', en: 'No referenced point was amended.' },
    holds: (context) => referencesAll(context, adopting) && !referencesAll(context, asProposed),
  }),
  metAsProposed: guard<PointContext>({
    rule: 'R-064',
    version: 1,
    says: { sv: 'Villkoret är inte uppfyllt.', en: 'The condition is not met.' },
    holds: (context) => referencesAll(context, asProposed),
  }),
};

export const conditionActions: Readonly<Record<string, Action>> = {
  recordReference: assigning<PointContext, { point: string; outcome: Outcome }>(
    1,
    (context, { point, outcome }) => ({
      references: { ...context.references, [point]: outcome },
    }),
  ),
  recordAnnulment: assigning<PointContext, { point: string }>(1, (context, { point }) => ({
    references: { ...context.references, [point]: 'annulled' },
  })),
  recordForce: assigning<PointContext, { point: string }>(1, ({ referencesInForce }, { point }) => ({
    referencesInForce: [...referencesInForce, point],
  })),
  setCondition: assigning<PointContext, unknown, { is: PointContext['condition'] }>(1, (_, __, { is }) => ({
    condition: is,
  })),
  askAnew: causing<PointContext>(1, (context) =>
    tell(context.matter, 'point.returned', { actor: context.self.id, body: context.body }),
  ),
};

export const conditionStates: Readonly<Record<string, Label>> = {
  condition: { sv: 'Villkor', en: 'Condition' },
  unconditional: { sv: 'Ovillkorad', en: 'Unconditional' },
  pending: { sv: 'Villkoret prövas', en: 'Condition pending' },
  met: { sv: 'Villkoret uppfyllt', en: 'Condition met' },
  failed: { sv: 'Förfallen', en: 'Lapsed' },
  anew: { sv: 'Ska beslutas på nytt', en: 'To be decided anew' },
};

const annulled = { actions: [{ type: 'recordAnnulment' }] };

/** The region as data. A decision on condition of one that a court annuls has nothing left to hold by. */
export const condition: StateData = {
  initial: 'unconditional',
  states: {
    unconditional: { always: [{ target: 'pending', guard: { type: 'isConditional' } }] },
    pending: {
      entry: [{ type: 'setCondition', params: { is: 'pending' } }],
      on: {
        'condition.decided': { actions: [{ type: 'recordReference' }] },
        'condition.annulled': annulled,
        // Whoever decides after the change decides in knowledge of it.
        'point.decided': { target: 'met', guard: { type: 'amendedReference' } },
      },
      always: [
        { target: 'failed', guard: { type: 'rejectedReference' } },
        { target: 'anew', guard: all({ type: 'isDecided' }, { type: 'amendedReference' }) },
        { target: 'met', guard: { type: 'metAsProposed' } },
      ],
    },
    met: {
      entry: [{ type: 'setCondition', params: { is: 'met' } }],
      on: { 'condition.annulled': { target: 'failed', ...annulled } },
    },
    anew: {
      entry: [{ type: 'setCondition', params: { is: 'anew' } }, { type: 'askAnew' }],
      on: {
        'condition.annulled': annulled,
        'point.decided': [
          { target: 'failed', guard: { type: 'rejectedReference' } },
          { target: 'met', guard: { type: 'adoptedReferences' } },
        ],
      },
    },
    failed: {
      entry: [{ type: 'setCondition', params: { is: 'failed' } }],
      on: {
        'condition.decided': { actions: [{ type: 'recordReference' }] },
        'condition.annulled': annulled,
      },
    },
  },
};
