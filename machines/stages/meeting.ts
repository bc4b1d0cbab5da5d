/** The stage of a route that is a body's meeting: in which role, with which points, and where the matter goes from it. */
import * as z from 'zod';
import { all, type StateData } from '../chart.ts';
import { bodyOf, isSwedish, type Municipality } from '../municipalities/municipality.ts';
import { stageRoles } from '../outcomes.ts';
import { withActs } from './acts/visiting.ts';
import { visitActs } from './acts.ts';
import { refusalActions, refusalEvents, refusalGuards } from './body/motions.ts';
import {
  concerns,
  Majority,
  specialActions,
  specialEvents,
  specialGuards,
  votingOf,
} from './body/special.ts';
import { bodyActions, bodyEvents, bodyGuards, bodyStage, bodyStates, type Onward } from './body.ts';
import {
  electionActions,
  electionContext,
  electionEvents,
  electionGuards,
  electionStates,
} from './election/proportional.ts';
import {
  type AnyStage,
  type Decider,
  type Fault,
  fault,
  type Parts,
  routeId,
  type Site,
  type Surroundings,
  stageKind,
} from './kind.ts';
import { ownEvents, ownGuards } from './own-rules.ts';

const schema = z.strictObject({
  id: routeId,
  type: z.literal('meeting'),
  body: routeId,
  role: z.enum(Object.keys(stageRoles) as [keyof typeof stageRoles]),
  /** Stages to which this one may refer the matter back, nearest first. */
  referTo: z.array(routeId).default([]),
  /** What the body's decision is about, where the law has other rules for its vote. */
  concerns: concerns.optional(),
  /** Where the decision takes more than a simple majority. */
  majority: Majority.optional(),
  /** Where the council decides what no body has prepared: if it is urgent, and all agree on the decision. */
  unprepared: z.literal(true).optional(),
});
type MeetingStage = z.infer<typeof schema>;

export const isMeeting = (stage: AnyStage): stage is MeetingStage => stage.type === 'meeting';

/** Forward to the next stage while points remain for it or later; else back to an earlier body whose point came back. */
function onwardFrom({ role }: MeetingStage, around: Surroundings): Onward {
  const { deciders, index, next, end, drafting, returns } = around;
  const scope = laterBodies(deciders, index);
  const forward = scope.length > 0 ? [{ stage: next, scope }] : [];
  // What is only prepared stays open: it always goes on.
  if (role === 'prepare' && scope.length > 0) return { to: [], otherwise: next, drafting };
  const earlier = returns ? deciders.filter((it) => it.index < index) : [];
  const back = earlier.map(({ stage, body }) => ({ stage, scope: [body] }));
  return { to: [...forward, ...back], otherwise: end, drafting };
}

const laterBodies = (deciders: readonly Decider[], index: number): readonly string[] =>
  deciders.flatMap((it) => (it.index > index ? [it.body] : []));

/** Whose law a body stands under, where it is not the Swedish: the order of preparation is then another. */
function lawOf(municipality: Municipality): { readonly law?: string } {
  return isSwedish(municipality) ? {} : { law: municipality.calendar.country };
}

function stateOf(stage: MeetingStage, around: Surroundings): StateData {
  const { municipality, deciders, index } = around;
  const besides = stage.role === 'decide' ? around.question : [];
  // The bodies whose points it puts: its own and those of the stages after it.
  const scope = [stage.body, ...laterBodies(deciders, index)];
  const data = bodyStage(
    {
      ...stage,
      unprepared: stage.unprepared === true,
      elects: elects(stage, municipality),
      besides,
      confirmed: stage.role === 'decide' ? around.confirmed : [],
      chairMayRefuse: isSwedishCouncil(stage, municipality),
    },
    bodyOf(municipality, stage.body),
    scope,
    onwardFrom(stage, around),
  );
  const made = withActs(stage, { ...data, meta: { ...data.meta, ...lawOf(municipality) } }, around);
  return isSwedishCouncil(stage, municipality) ? seizing(made) : made;
}

const isSwedishCouncil = ({ body }: MeetingStage, municipality: Municipality): boolean =>
  isSwedish(municipality) && bodyOf(municipality, body).kind === 'council';

/** Elections under the Swedish act are proportional where enough demand it. */
const elects = ({ concerns: about }: MeetingStage, municipality: Municipality): boolean =>
  about === 'election' && isSwedish(municipality);

/** What has come to the council is not withdrawn, neither there nor after it has referred the matter back. */
const seizing = (data: StateData): StateData => ({
  ...data,
  entry: [...(data.entry ?? []), { type: 'seize' }],
  meta: { ...data.meta, refuses: { ...data.meta?.refuses, 'matter.withdraw': 'R-063' } },
});

function faultsOf(stage: MeetingStage, site: Site): readonly Fault[] {
  const { id, body, role, referTo } = stage;
  const { municipality, deciders, index, earlier } = site;
  const { name, bodies } = municipality;
  const twice = role !== 'prepare' && deciders.some((it) => it.index < index && it.body === body);
  return [
    ...(bodies.some((it) => it.id === body)
      ? []
      : [fault('/body', `${name} har inget organ ”${body}”`, `${name} has no body "${body}"`)]),
    ...unpreparedFaults(stage, site),
    ...(twice ? [fault('/body', `${body} beslutar i två steg`, `${body} decides at two stages`)] : []),
    ...referTo.flatMap((to, nth) =>
      earlier.includes(to)
        ? []
        : [
            fault(
              `/referTo/${nth}`,
              `steget ${id} återremitterar till ${to}, som inte kommer före det`,
              `stage ${id} refers back to ${to}, which does not come before it`,
            ),
          ],
    ),
  ];
}

/** Only a council under the Swedish act needs the matter prepared, and only where nobody prepares it. */
function unpreparedFaults({ unprepared, body, role, concerns }: MeetingStage, site: Site): readonly Fault[] {
  const { municipality, stages, index } = site;
  if (!unprepared) return [];
  const its = municipality.bodies.find((it) => it.id === body);
  const needsIt = isSwedish(municipality) && its?.kind === 'council' && role === 'decide';
  if (!needsIt || concerns === 'election')
    return [
      fault(
        '/unprepared',
        `${body} behöver ingen beredning där (R-010, R-014)`,
        `${body} needs no preparation there (R-010, R-014)`,
      ),
    ];
  const before = stages.slice(0, index).filter((it) => it.type !== 'preparation');
  return before.map((it) =>
    fault(
      '/unprepared',
      `ärendet har varit i ${it.id} före det (R-015)`,
      `the matter has been to ${it.id} before (R-015)`,
    ),
  );
}

type Brought = 'events' | 'states' | 'guards' | 'actions' | 'on';

/** What the acts at a visit bring. */
const brought = <Name extends Brought>(name: Name) =>
  Object.assign({}, ...visitActs.map((it) => it[name])) as NonNullable<Parts[Name]>;

export const meeting = stageKind(schema, {
  label: ({ body }, municipality) => bodyOf(municipality, body).label,
  decides: ({ role, body }) => (role === 'prepare' ? null : body),
  ends: ({ role }) => role === 'decide',
  faults: faultsOf,
  state: stateOf,
  parts: (stages, municipality) => {
    const bodies = stages.map((it) => bodyOf(municipality, it.body));
    const refusing = stages.some((it) => isSwedishCouncil(it, municipality));
    const electing = stages.some((it) => elects(it, municipality));
    const {
      'vote.casting': casting,
      'votes.count': counted,
      'counter.find': counter,
      ...others
    } = bodyEvents;
    const votes = stages.some((it) => !it.unprepared);
    const casts = stages.some(
      (it) => !it.unprepared && votingOf(it, bodyOf(municipality, it.body)).tie !== 'lot.draw',
    );
    return {
      events: {
        ...brought('events'),
        ...others,
        ...(votes && counted && counter && { 'votes.count': counted, 'counter.find': counter }),
        ...(casts && casting && { 'vote.casting': casting }),
        ...(refusing && refusalEvents),
        ...ownEvents(bodies),
        ...specialEvents(stages),
        ...(electing && electionEvents),
      },
      states: { ...bodyStates, ...brought('states'), ...(electing && electionStates) },
      guards: {
        ...bodyGuards,
        ...brought('guards'),
        ...(refusing && refusalGuards),
        ...ownGuards(bodies),
        ...specialGuards(stages),
        ...(electing && electionGuards),
      },
      actions: {
        ...bodyActions,
        ...brought('actions'),
        ...(refusing && refusalActions),
        ...specialActions(stages),
        ...(electing && electionActions),
      },
      on: brought('on'),
      context: electing ? electionContext : {},
      withdrawal: stages.some((it) => isSwedishCouncil(it, municipality))
        ? all({ type: 'nothingPut' }, { type: 'notSeized' })
        : { type: 'nothingPut' },
    };
  },
});
