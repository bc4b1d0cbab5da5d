/**
 * Between a decision and its execution: a time within which some may have it looked at again (rulebook section 4).
 * A suspensive window holds the decision as a condition does: its points are executed when the window is passed. A
 * decision that is returned is made anew by its own body.
 */
import {
  type Action,
  assigning,
  causing,
  type DeadlineRule,
  type EventDeclaration,
  type Guard,
  guard,
  type JsonObject,
  type Period,
  type StateData,
} from '../chart.ts';
import { clerical, count, date, deciding, line, prose } from '../events.ts';
import type { Label } from '../label.ts';
import type { ReviewWindow } from '../municipalities/municipality.ts';
import type { Outcome } from '../outcomes.ts';
import type { CallInStage } from '../routes/route.ts';
import { tell } from '../tell.ts';
import { dependentsOf, type MatterContext } from './matter.ts';

interface CalledContext extends MatterContext {
  /** The day from which the window is counted. */
  readonly windowFrom: string | null;
  readonly windowLength: Period;
  /** How often the decision has been called in. */
  readonly calledIn: number;
}

const secretary = ['clerk', 'chair'] as const;

export const callInEvents: Readonly<Record<string, EventDeclaration>> = {
  'decision.publish': clerical({
    label: { sv: 'Beslutet offentliggjort', en: 'Decision published' },
    by: ['clerk', 'registrar', 'integration'],
    fields: { on: date('Datum', 'Date') },
  }),
  'review.request': deciding({
    label: { sv: 'Begär omprövning', en: 'Call in' },
    by: secretary,
    fields: {
      requesters: count('Antal som begär', 'Members calling in'),
      by: line('Begärd av', 'Called in by'),
      reason: prose('Skäl', 'Reason'),
    },
  }),
  'review.release': deciding({
    label: { sv: 'Låt beslutet stå', en: 'Let the decision stand' },
    by: secretary,
    fields: { by: line('Organ', 'Body'), reason: prose('Skäl', 'Reason').optional() },
  }),
  'review.return': deciding({
    label: { sv: 'Återlämna för nytt beslut', en: 'Return for a new decision' },
    by: secretary,
    fields: { by: line('Organ', 'Body'), reason: prose('Skäl', 'Reason') },
  }),
};

export const callInStates: Readonly<Record<string, Label>> = {
  entered: { sv: 'Fattat', en: 'Made' },
  unpublished: { sv: 'Väntar på offentliggörande', en: 'Awaiting publication' },
  window: { sv: 'Kan begäras omprövat', en: 'May be called in' },
  calledIn: { sv: 'Omprövning begärd', en: 'Called in' },
};

export const callInDeadline = (label: Label): Readonly<Record<string, DeadlineRule>> => ({
  reviewWindow: { label, rule: null, from: 'windowFrom', periodFrom: 'windowLength', roll: false },
});

export const callInGuards: Readonly<Record<string, Guard>> = {
  nothingHeld: guard<CalledContext, unknown, { key: string }>({
    rule: null,
    version: 1,
    says: {
      sv: 'Det finns beslut som kan begäras omprövade.',
      en: 'There are decisions that may be called in.',
    },
    holds: (context, _, { key }) => dependentsOf(context, key).length === 0,
  }),
  neverCalledIn: guard<CalledContext>({
    rule: 'R-063',
    version: 1,
    says: {
      sv: 'Ärendet har varit avgjort: beslutet fattas på nytt.',
      en: 'The matter has been decided: the decision is made anew.',
    },
    holds: (context) => context.calledIn === 0,
  }),
  isUsedUp: guard<CalledContext, unknown, { most: number }>({
    rule: null,
    version: 1,
    says: { sv: 'Beslutet kan begäras omprövat igen.', en: 'The decision may be called in again.' },
    holds: (context, _, { most }) => context.calledIn >= most,
  }),
  enoughCallIn: guard<CalledContext, { requesters: number }, { threshold: number }>({
    rule: null,
    version: 1,
    says: {
      sv: 'Färre begär omprövning än vad som krävs.',
      en: 'Fewer call the decision in than are required.',
    },
    holds: (_, event, { threshold }) => event.requesters >= threshold,
  }),
};

/** What is told to the points that a window holds, as if the window were a point that they depend on. */
const tellHeld = (type: string, outcome?: Outcome): Action =>
  causing<CalledContext, unknown, { key: string }>(1, (context, _, { key }) =>
    tell(dependentsOf(context, key), type, { point: key, ...(outcome && { outcome }) }),
  );

export const callInActions: Readonly<Record<string, Action>> = {
  countFromDecision: assigning<CalledContext>(1, (_, event) => ({ windowFrom: event.meta.on })),
  countFromPublication: assigning<CalledContext, { on: string }>(1, (_, event) => ({ windowFrom: event.on })),
  countCallIn: assigning<CalledContext>(1, (context) => ({ calledIn: context.calledIn + 1 })),
  letStand: tellHeld('condition.decided', 'approved'),
  demandAnew: tellHeld('condition.decided', 'approvedAmended'),
  passToForce: tellHeld('condition.inForce'),
};

/** What a matter on a route with the window remembers besides the rest. */
export const callInContext = ({ length, unit, startsAt, receiptAfter }: ReviewWindow): JsonObject => {
  const days = startsAt === 'deemedReceipt' ? receiptAfter : 0;
  const lengths = { calendarDays: 0, workingDays: 0, weeks: 0, [unit]: length };
  return {
    windowFrom: null,
    windowLength: {
      ...(lengths.weeks > 0 && { weeks: lengths.weeks }),
      ...(days + lengths.calendarDays > 0 && { days: days + lengths.calendarDays }),
      ...(lengths.workingDays > 0 && { workingDays: lengths.workingDays }),
    },
    calledIn: 0,
  };
};

/** The stage as data. `decidedAt` is the stage whose decision it is about; `others` decide on the route too. */
export function callInStage(
  { id }: CallInStage,
  { of, threshold, maxUses, startsAt }: ReviewWindow,
  { decidedAt, others, next }: { decidedAt: string; others: boolean; next: string },
): StateData {
  const params = { key: id };
  const onwards = (...first: string[]) => ({
    target: `#${next}`,
    actions: [...first, 'passToForce'].map((type) => ({ type, params })),
  });
  const counts = startsAt === 'decision';
  return {
    id,
    initial: 'entered',
    meta: { stage: id, role: 'review' },
    on: {
      'point.returned': {
        target: `#${decidedAt}`,
        guard: { type: 'returnsTo', params: { body: of } },
        actions: [{ type: 'reopenPoint' }],
      },
    },
    states: {
      entered: {
        always: [
          ...(others ? [{ target: `#${next}`, guard: { type: 'nothingHeld', params } }] : []),
          { ...onwards(), guard: { type: 'isUsedUp', params: { most: maxUses } } },
          counts ? { target: 'window', actions: [{ type: 'countFromDecision' }] } : { target: 'unpublished' },
        ],
      },
      ...(!counts && {
        unpublished: {
          on: { 'decision.publish': { target: 'window', actions: [{ type: 'countFromPublication' }] } },
        },
      }),
      window: {
        after: { reviewWindow: onwards('letStand') },
        on: {
          'review.request': {
            target: 'calledIn',
            guard: { type: 'enoughCallIn', params: { threshold } },
            actions: [{ type: 'countCallIn' }],
          },
        },
      },
      calledIn: {
        on: {
          'review.release': onwards('letStand'),
          'review.return': { actions: [{ type: 'demandAnew', params }] },
        },
      },
    },
  };
}
