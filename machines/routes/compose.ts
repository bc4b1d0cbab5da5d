/** Composes a matter's statechart from a route and a municipality's data. */
import {
  type Chart,
  defineChart,
  type EventDeclaration,
  type StateData,
  type TransitionData,
} from '../chart.ts';
import { clerical, line, message, prose, reference, several } from '../events.ts';
import {
  appealPeriodOf,
  bodyOf,
  type Municipality,
  type ReviewWindow,
  windowOf,
} from '../municipalities/municipality.ts';
import { afterActions, afterEvents, afterGuards, afterStage, afterStates } from '../stages/after.ts';
import { bodyActions, bodyEvents, bodyGuards, bodyStage, bodyStates, type Onward } from '../stages/body.ts';
import {
  callInActions,
  callInContext,
  callInDeadline,
  callInEvents,
  callInGuards,
  callInStage,
  callInStates,
} from '../stages/call-in.ts';
import {
  draftDecidedBy,
  type MatterContext,
  matterActions,
  matterContext,
  matterGuards,
  matterInputOf,
  type PointTerms,
  withTerms,
} from '../stages/matter.ts';
import { ownEvents, ownGuards } from '../stages/own-rules.ts';
import {
  preparation,
  preparationActions,
  preparationEvents,
  preparationGuards,
  preparationStates,
} from '../stages/preparation.ts';
import { faultsOf } from './faults.ts';
import type { CallInStage, MeetingStage, Route, Stage } from './route.ts';

const actor = { actor: reference('Aktör', 'Actor', 'actors') };

const matterEvents: Readonly<Record<string, EventDeclaration>> = {
  'matter.withdraw': clerical({
    label: { sv: 'Återkalla', en: 'Withdraw' },
    by: ['registrar', 'clerk'],
    rule: 'R-063',
    fields: { by: line('Återkallat av', 'Withdrawn by'), reason: prose('Skäl', 'Reason').optional() },
  }),
  'recipients.revise': clerical({
    label: { sv: 'Ändra mottagare', en: 'Revise recipients' },
    by: ['registrar', 'clerk'],
    rule: 'R-087',
    fields: { recipients: several('Mottagare', 'Recipients', line('Mottagare', 'Recipient')) },
  }),
  'point.approved': message({ sv: 'Punkten justerad', en: 'Point approved' }, actor),
  'point.inForce': message({ sv: 'Punkten har laga kraft', en: 'Point in final force' }, actor),
  'point.settled': message({ sv: 'Punkten slutligt avgjord', en: 'Point settled' }, actor),
  'point.returned': message(
    { sv: 'Åter för nytt beslut', en: 'Returned for a new decision' },
    {
      ...actor,
      body: line('Organ', 'Body'),
    },
    'R-065',
  ),
  'execution.opened': message({ sv: 'Verkställs', en: 'Execution opened' }, actor),
  'execution.finished': message({ sv: 'Verkställd', en: 'Executed' }, actor),
  'consultation.answered': message({ sv: 'Svar in', en: 'Answer received' }, actor),
  'dispatch.delivered': message({ sv: 'Mottaget', en: 'Delivered' }, actor),
};

/** What a matter hears wherever it is; a stage that has its own answer to a message comes first. */
const anywhere: Readonly<Record<string, TransitionData | readonly TransitionData[]>> = {
  'point.approved': { actions: [{ type: 'pointStands', params: { standing: 'approved' } }] },
  'point.settled': { actions: [{ type: 'pointStands', params: { standing: 'settled' } }] },
  'point.inForce': { actions: [{ type: 'tellDependents' }] },
  'point.returned': { actions: [{ type: 'reopenPoint' }] },
  'execution.opened': {
    actions: [{ type: 'pointExecutes', params: { executing: true } }, { type: 'terminateEarlier' }],
  },
  'execution.finished': { actions: [{ type: 'pointExecutes', params: { executing: false } }] },
  'consultation.answered': { actions: [{ type: 'answered' }] },
  'dispatch.delivered': { actions: [{ type: 'delivered' }] },
};

/**
 * The chart of a route in a municipality. Its name is `municipality/route`.
 * @throws Error when the route has faults (`faultsOf`).
 */
export function composeRoute(route: Route, municipality: Municipality): Chart {
  const [fault] = faultsOf(route, municipality);
  if (fault) throw new Error(`route ${route.name}: ${fault.pointer}: ${fault.detail}`);
  const meetings = route.stages.filter((stage) => stage.type === 'meeting');
  const bodies = meetings.map((it) => bodyOf(municipality, it.body));
  const callIn = callInOf(route, municipality);
  const terms = termsOf(municipality, callIn);
  const states: Record<string, StateData> = Object.fromEntries(
    route.stages.map((stage) => [stage.id, stageData(stage, route, municipality, terms)]),
  );
  // A point comes back to its body when one that it depended on was decided otherwise.
  states.after = afterStage(municipality, callIn ? [] : deciding(meetings));
  states.withdrawn = { id: 'withdrawn', meta: { end: true } };
  const labels = deciding(meetings).map(({ body }) => [body, bodyOf(municipality, body).label]);
  const anyDraft = draftDecidedBy(Object.fromEntries(labels));
  // What may be returned to be decided anew cannot be what another point has relied on.
  const draft = callIn ? anyDraft.omit({ onCondition: true }) : anyDraft;
  // A decision that may be called in has been made.
  for (const { id, type } of route.stages)
    if (type !== 'callIn') states[id] = withdrawable(states[id] ?? {}, callIn !== null);
  return defineChart({
    name: `${municipality.id}/${route.name}`,
    version: route.version,
    label: route.label,
    record: { startedBy: ['registrar', 'clerk'] },
    input: matterInputOf(draft),
    context: { ...matterContext, ...(callIn && callInContext(callIn.window)) },
    events: {
      ...preparationEvents(draft.shape),
      ...bodyEvents,
      ...ownEvents(bodies),
      ...(callIn && callInEvents),
      ...afterEvents,
      ...matterEvents,
    },
    deadlines: callIn ? callInDeadline(callIn.window.label) : {},
    guards: {
      ...matterGuards,
      ...preparationGuards,
      ...bodyGuards,
      ...ownGuards(bodies),
      ...(callIn && callInGuards),
      ...afterGuards,
    },
    actions: {
      ...matterActions,
      ...preparationActions,
      ...bodyActions,
      ...(callIn && callInActions),
      ...afterActions,
    },
    states: {
      ...preparationStates,
      ...bodyStates,
      ...(callIn && callInStates),
      ...afterStates,
      withdrawn: { sv: 'Återkallat', en: 'Withdrawn' },
      ...Object.fromEntries(route.stages.map((stage) => [stage.id, labelOf(stage, municipality)])),
    },
    card: (context) => {
      const matter = context as unknown as MatterContext;
      return { title: matter.title, number: matter.number, body: matter.body };
    },
    data: {
      initial: route.stages[0]?.id ?? 'after',
      entry: [
        withTerms('startPoints', terms),
        { type: 'startEarlierDecisions' },
        { type: 'askAffected' },
        withTerms('enterPoints', terms),
      ],
      on: {
        ...anywhere,
        'recipients.revise': { guard: { type: 'notDispatched' }, actions: [{ type: 'reviseRecipients' }] },
      },
      states,
    },
  });
}

interface CallIn {
  readonly stage: CallInStage;
  readonly window: ReviewWindow;
}

function callInOf({ stages }: Route, municipality: Municipality): CallIn | null {
  const stage = stages.find((it) => it.type === 'callIn');
  return stage ? { stage, window: windowOf(municipality, stage.window) } : null;
}

/** What the municipality's data say of every point: nothing where they say what a decision point says itself. */
function termsOf(municipality: Municipality, callIn: CallIn | null): PointTerms {
  const appealPeriod = appealPeriodOf(municipality);
  const isUsual = JSON.stringify(appealPeriod) === JSON.stringify({ weeks: 3 });
  return {
    ...(!isUsual && { appealPeriod }),
    ...(callIn && { held: { [callIn.window.of]: [callIn.stage.id] } }),
  };
}

const labelOf = (stage: Stage, municipality: Municipality) =>
  stage.type === 'preparation'
    ? stage.label
    : stage.type === 'meeting'
      ? bodyOf(municipality, stage.body).label
      : windowOf(municipality, stage.window).label;

function stageData(
  stage: Stage,
  { stages }: Route,
  municipality: Municipality,
  terms: PointTerms,
): StateData {
  const meetings = stages.filter((it) => it.type === 'meeting');
  const index = stages.indexOf(stage);
  const next = stages[index + 1]?.id ?? 'after';
  if (stage.type === 'preparation') return preparation(stage, next, terms);
  if (stage.type === 'callIn')
    return callInStage(stage, windowOf(municipality, stage.window), {
      decidedAt: stages[index - 1]?.id ?? '',
      others: deciding(meetings).length > 1,
      next,
    });
  const data = bodyStage(stage, bodyOf(municipality, stage.body), scopeFrom(meetings, stage), {
    ...onwardFrom(meetings, stage, endOf({ stages })),
    drafting: stages.filter((it) => it.type === 'preparation').map((it) => it.id),
  });
  return { ...data, meta: { ...data.meta, ...lawOf(municipality) } };
}

/** Whose law a body stands under, where it is not the Swedish: the order of preparation is then another. */
function lawOf({ calendar }: Municipality): { readonly law?: string } {
  return calendar.country === 'SE' ? {} : { law: calendar.country };
}

/** Where a matter goes when every body has decided: a window that follows is entered where it looks at its decisions. */
function endOf({ stages }: Pick<Route, 'stages'>): string {
  const callIn = stages.find((it) => it.type === 'callIn');
  return callIn ? `${callIn.id}.entered` : 'after';
}

/** The bodies whose points a stage puts: its own and those of the stages after it. */
const scopeFrom = (meetings: readonly MeetingStage[], stage: MeetingStage): string[] =>
  meetings.slice(meetings.indexOf(stage)).map((it) => it.body);

const deciding = (meetings: readonly MeetingStage[]) =>
  meetings.filter((it) => it.role !== 'prepare').map((it) => ({ stage: it.id, body: it.body }));

/** Forward to the next stage while points remain for it or later; else back to an earlier body whose point came back. */
function onwardFrom(
  meetings: readonly MeetingStage[],
  stage: MeetingStage,
  end: string,
): Omit<Onward, 'drafting'> {
  const index = meetings.indexOf(stage);
  const next = meetings[index + 1];
  // What is only prepared stays open: it always goes on.
  if (stage.role === 'prepare' && next) return { to: [], otherwise: next.id };
  const earlier = deciding(meetings.slice(0, index)).map((it) => ({ stage: it.stage, scope: [it.body] }));
  return {
    to: [...(next ? [{ stage: next.id, scope: scopeFrom(meetings, next) }] : []), ...earlier],
    otherwise: end,
  };
}

/** A decision that has been called in is made anew, and not withdrawn. */
const withdrawable = (state: StateData, mayBeCalledIn: boolean): StateData => ({
  ...state,
  on: {
    ...state.on,
    'matter.withdraw': {
      target: '#withdrawn',
      guard: mayBeCalledIn
        ? { type: 'all', params: { guards: [{ type: 'undecided' }, { type: 'neverCalledIn' }] } }
        : { type: 'undecided' },
      actions: [{ type: 'leaveAgenda' }],
    },
  },
});
