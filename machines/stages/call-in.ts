/**
 * Between a decision and its execution: a time within which some may have it looked at again (rulebook section 4).
 * A suspensive window holds the decision as a condition does: its points are executed when the window is passed. A
 * decision that is returned is made anew by its own body.
 */
import * as z from 'zod';
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
import { clerical, count, deciding, line, pastDate, prose } from '../events.ts';
import type { Label } from '../label.ts';
import { type ReviewWindow, windowOf } from '../municipalities/municipality.ts';
import type { Outcome } from '../outcomes.ts';
import { tell } from '../tell.ts';
import { type AnyStage, type Fault, fault, routeId, type Site, stageKind } from './kind.ts';
import { dependentsOf, type MatterContext } from './matter.ts';
import { isMeeting } from './meeting.ts';

/** Between the decision and its execution: the municipality's review window of that id. */
const schema = z.strictObject({ id: routeId, type: z.literal('callIn'), window: routeId });
type CallInStage = z.infer<typeof schema>;

interface CalledContext extends MatterContext {
  /** The day from which the window is counted. */
  readonly windowFrom: string | null;
  readonly windowLength: Period;
  /** How often the decision has been called in. */
  readonly calledIn: number;
}

const secretary = ['clerk', 'chair'] as const;

const events: Readonly<Record<string, EventDeclaration>> = {
  'decision.publish': clerical({
    label: { sv: 'Beslutet offentliggjort', en: 'Decision published' },
    by: ['clerk', 'registrar', 'integration'],
    fields: { on: pastDate('Datum', 'Date') },
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

const states: Readonly<Record<string, Label>> = {
  entered: { sv: 'Fattat', en: 'Made' },
  unpublished: { sv: 'Väntar på offentliggörande', en: 'Awaiting publication' },
  window: { sv: 'Kan begäras omprövat', en: 'May be called in' },
  calledIn: { sv: 'Omprövning begärd', en: 'Called in' },
};

const deadlines = (label: Label): Readonly<Record<string, DeadlineRule>> => ({
  reviewWindow: { label, rule: null, from: 'windowFrom', periodFrom: 'windowLength', roll: false },
});

const guards: Readonly<Record<string, Guard>> = {
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

const actions: Readonly<Record<string, Action>> = {
  countFromDecision: assigning<CalledContext>(1, (_, event) => ({ windowFrom: event.meta.on })),
  countFromPublication: assigning<CalledContext, { on: string }>(1, (_, event) => ({ windowFrom: event.on })),
  countCallIn: assigning<CalledContext>(1, (context) => ({ calledIn: context.calledIn + 1 })),
  letStand: tellHeld('condition.decided', 'approved'),
  demandAnew: tellHeld('condition.decided', 'approvedAmended'),
  passToForce: tellHeld('condition.inForce'),
};

/** What a matter on a route with the window remembers besides the rest. */
const contextOf = ({ length, unit, startsAt, receiptAfter }: ReviewWindow): JsonObject => {
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

/** `decidedAt` is the stage whose decision it is about; `others` decide on the route too. */
function stateOf(
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

function faultsOf({ window: id }: CallInStage, { municipality, stages, index }: Site): readonly Fault[] {
  const { name, reviewWindows } = municipality;
  const window = reviewWindows.find((it) => it.id === id);
  if (!window)
    return [
      fault(
        '/window',
        `${name} har inget granskningsfönster ”${id}”`,
        `${name} has no review window "${id}"`,
      ),
    ];
  const wrong: readonly (readonly [boolean, Fault])[] = [
    [
      index < stages.length - 1,
      fault(
        '',
        'ett granskningsfönster står sist, före verkställigheten',
        'a review window stands last, before execution',
      ),
    ],
    [
      !decides(stages[index - 1], window.of),
      fault(
        '',
        `fönstret gäller beslut av ${window.of}, som inte beslutar närmast före det`,
        `the window is about decisions of ${window.of}, which does not decide just before it`,
      ),
    ],
    [
      !window.suspensive,
      fault(
        '/window',
        'ett fönster som inte skjuter upp verkställigheten är inget steg: ingenting väntar på det',
        'a window that does not suspend is no stage: nothing waits for it',
      ),
    ],
    [
      window.maxUses > 1,
      fault('/window', 'ett beslut kan lämnas tillbaka en gång', 'a decision can be returned once'),
    ],
    [
      window.target !== 'sameBody',
      fault(
        '/window',
        `ett beslut kan lämnas tillbaka till det organ som fattade det, inte till ${window.target}`,
        `a decision can be returned to the body that made it, not to ${window.target}`,
      ),
    ],
  ];
  return wrong.flatMap(([is, its]) => (is ? [its] : []));
}

const decides = (stage: AnyStage | undefined, body: string): boolean =>
  stage !== undefined && isMeeting(stage) && stage.role === 'decide' && stage.body === body;

export const callIn = stageKind(schema, {
  isOpen: false,
  enters: 'entered',
  label: ({ window }, municipality) => windowOf(municipality, window).label,
  holds: ({ window }, municipality) => windowOf(municipality, window).of,
  faults: faultsOf,
  state: (stage, { municipality, stages, index, deciders, next }) =>
    stateOf(stage, windowOf(municipality, stage.window), {
      decidedAt: stages[index - 1]?.id ?? '',
      others: deciders.length > 1,
      next,
    }),
  parts: ([stage], municipality) => {
    const window = windowOf(municipality, stage?.window ?? '');
    return {
      events,
      states,
      guards,
      actions,
      deadlines: deadlines(window.label),
      context: contextOf(window),
      withdrawal: { type: 'neverCalledIn' },
    };
  },
});
