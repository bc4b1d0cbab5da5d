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
import { line, message, oneOf, prose } from '../events.ts';
import type { Label } from '../label.ts';
import { adopting, asProposed, type Outcome, outcomes } from '../outcomes.ts';
import { tell } from '../tell.ts';
import type { PointContext, Reference } from './memory.ts';

const isAmong = ({ outcome }: Reference, among: readonly Outcome[]): boolean =>
  outcome !== 'annulled' && among.includes(outcome);

const isAdopted = ({ conditionalOn, references }: PointContext): boolean =>
  conditionalOn.every((key) => references[key] && isAmong(references[key], adopting));

/** Adopted in the wording that the body had before it, or before the body decided: it has decided in knowledge of it. */
const isAsSeen = ({ references, saw, knew }: PointContext, key: string): boolean => {
  const reference = references[key];
  if (!reference || knew.includes(key)) return reference !== undefined;
  return reference.wording === null ? isAmong(reference, asProposed) : reference.wording === saw[key];
};

export const conditionEvents: Readonly<Record<string, EventDeclaration>> = {
  'condition.decided': message(
    { sv: 'Villkorspunkten beslutad', en: 'Referenced point decided' },
    {
      point: line('Punkt', 'Point'),
      outcome: oneOf('Utgång', 'Outcome', outcomes),
      wording: prose('Lydelse', 'Wording').optional(),
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
    holds: ({ references }) => Object.values(references).some((it) => !isAmong(it, adopting)),
  }),
  changedReference: guard<PointContext>({
    rule: 'R-065',
    version: 1,
    says: {
      sv: 'Ingen villkorspunkt har fått en annan lydelse än organet hade framför sig.',
      en: 'No referenced point has another wording than the body had before it.',
    },
    holds: (context) => isAdopted(context) && !context.conditionalOn.every((key) => isAsSeen(context, key)),
  }),
  metAsSeen: guard<PointContext>({
    rule: 'R-064',
    version: 1,
    says: { sv: 'Villkoret är inte uppfyllt.', en: 'The condition is not met.' },
    holds: (context) => isAdopted(context) && context.conditionalOn.every((key) => isAsSeen(context, key)),
  }),
};

export const conditionActions: Readonly<Record<string, Action>> = {
  recordReference: assigning<PointContext, { point: string; outcome: Outcome; wording?: string }>(
    1,
    ({ references }, { point, outcome, wording = null }) => ({
      references: { ...references, [point]: { outcome, wording } },
    }),
  ),
  recordAnnulment: assigning<PointContext, { point: string }>(1, (context, { point }) => ({
    references: { ...context.references, [point]: { outcome: 'annulled', wording: null } },
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
      },
      always: [
        { target: 'failed', guard: { type: 'rejectedReference' } },
        { target: 'anew', guard: all({ type: 'isDecided' }, { type: 'changedReference' }) },
        { target: 'met', guard: all({ type: 'isDecided' }, { type: 'metAsSeen' }) },
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
        'point.decided': { target: 'pending' },
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
