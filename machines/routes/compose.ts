/** Composes a matter's statechart from a route and a municipality's data. */
import {
  type Chart,
  defineChart,
  type EventDeclaration,
  type StateData,
  type TransitionData,
} from '../chart.ts';
import { clerical, line, message, prose, reference, several } from '../events.ts';
import { bodyOf, type Municipality } from '../municipalities/municipality.ts';
import { afterActions, afterEvents, afterGuards, afterStage, afterStates } from '../stages/after.ts';
import { bodyActions, bodyEvents, bodyGuards, bodyStage, bodyStates, type Onward } from '../stages/body.ts';
import {
  draftDecidedBy,
  type MatterContext,
  matterActions,
  matterContext,
  matterGuards,
  matterInputOf,
} from '../stages/matter.ts';
import {
  preparation,
  preparationActions,
  preparationEvents,
  preparationGuards,
  preparationStates,
} from '../stages/preparation.ts';
import type { MeetingStage, Route } from './route.ts';

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
 * @throws Error when the route names a body that the municipality lacks, or a stage that the route lacks.
 */
export function composeRoute(route: Route, municipality: Municipality): Chart {
  const meetings = route.stages.filter((stage): stage is MeetingStage => stage.type === 'meeting');
  for (const stage of meetings) assertReferrals(route, stage);
  const states: Record<string, StateData> = {};
  route.stages.forEach((stage, index) => {
    const next = route.stages[index + 1]?.id ?? 'after';
    states[stage.id] =
      stage.type === 'preparation'
        ? preparation(stage, next)
        : bodyStage(
            stage,
            bodyOf(municipality, stage.body),
            scopeFrom(meetings, stage),
            onwardFrom(meetings, stage),
          );
  });
  states.after = afterStage(municipality, deciding(meetings));
  states.withdrawn = { id: 'withdrawn', meta: { end: true } };
  const draft = draftDecidedBy(
    Object.fromEntries(deciding(meetings).map(({ body }) => [body, bodyOf(municipality, body).label])),
  );
  const beforeEnd = route.stages.map((stage) => stage.id);
  for (const id of beforeEnd) states[id] = withdrawable(states[id] ?? {});
  return defineChart({
    name: `${municipality.id}/${route.name}`,
    version: route.version,
    label: route.label,
    record: { startedBy: ['registrar', 'clerk'] },
    input: matterInputOf(draft),
    context: matterContext,
    events: { ...preparationEvents(draft.shape), ...bodyEvents, ...afterEvents, ...matterEvents },
    guards: { ...matterGuards, ...preparationGuards, ...bodyGuards, ...afterGuards },
    actions: { ...matterActions, ...preparationActions, ...bodyActions, ...afterActions },
    states: {
      ...preparationStates,
      ...bodyStates,
      ...afterStates,
      withdrawn: { sv: 'Återkallat', en: 'Withdrawn' },
      ...Object.fromEntries(
        route.stages.map((stage) => [
          stage.id,
          stage.type === 'preparation' ? stage.label : bodyOf(municipality, stage.body).label,
        ]),
      ),
    },
    card: (context) => {
      const matter = context as unknown as MatterContext;
      return { title: matter.title, number: matter.number, body: matter.body };
    },
    data: {
      initial: route.stages[0]?.id ?? 'after',
      entry: [
        { type: 'startPoints' },
        { type: 'startEarlierDecisions' },
        { type: 'askAffected' },
        { type: 'enterPoints' },
      ],
      on: {
        ...anywhere,
        'recipients.revise': { guard: { type: 'notDispatched' }, actions: [{ type: 'reviseRecipients' }] },
      },
      states,
    },
  });
}

/** The bodies whose points a stage puts: its own and those of the stages after it. */
const scopeFrom = (meetings: readonly MeetingStage[], stage: MeetingStage): string[] =>
  meetings.slice(meetings.indexOf(stage)).map((it) => it.body);

const deciding = (meetings: readonly MeetingStage[]) =>
  meetings.filter((it) => it.role !== 'prepare').map((it) => ({ stage: it.id, body: it.body }));

/** Forward to the next stage while points remain for it or later; else back to an earlier body whose point came back. */
function onwardFrom(meetings: readonly MeetingStage[], stage: MeetingStage): Onward {
  const index = meetings.indexOf(stage);
  const next = meetings[index + 1];
  // What is only prepared stays open: it always goes on.
  if (stage.role === 'prepare' && next) return { to: [], otherwise: next.id };
  const earlier = deciding(meetings.slice(0, index)).map((it) => ({ stage: it.stage, scope: [it.body] }));
  return {
    to: [...(next ? [{ stage: next.id, scope: scopeFrom(meetings, next) }] : []), ...earlier],
    otherwise: 'after',
  };
}

const withdrawable = (state: StateData): StateData => ({
  ...state,
  on: {
    ...state.on,
    'matter.withdraw': {
      target: '#withdrawn',
      guard: { type: 'undecided' },
      actions: [{ type: 'leaveAgenda' }],
    },
  },
});

function assertReferrals(route: Route, stage: MeetingStage): void {
  const earlier = route.stages.slice(0, route.stages.indexOf(stage)).map((it) => it.id);
  const wrong = stage.referTo.find((id) => !earlier.includes(id));
  if (wrong)
    throw new Error(
      `route ${route.name}: stage ${stage.id} refers back to ${wrong}, which does not come before it`,
    );
}
