/** Composes a matter's statechart from a route and a municipality's data. */
import type * as z from 'zod';
import {
  all,
  type Chart,
  conjuncts,
  defineChart,
  type EventDeclaration,
  type Json,
  type Law,
  type Named,
  type StateData,
  type TransitionData,
} from '../chart.ts';
import { clerical, line, message, prose, reference, several } from '../events.ts';
import { appealPeriodOf, bodyOf, isSwedish, type Municipality } from '../municipalities/municipality.ts';
import { type Ending, endings } from '../outcomes.ts';
import { isMarked } from '../secrecy.ts';
import type { Act } from '../stages/acts/act.ts';
import { acts } from '../stages/acts.ts';
import { afterActions, afterEvents, afterGuards, afterStage, afterStates } from '../stages/after.ts';
import { type AnyStage, councilsAt, type Parts, type Surroundings } from '../stages/kind.ts';
import { kindOf, kinds } from '../stages/kinds.ts';
import { matterActions, matterGuards } from '../stages/matter/acts.ts';
import { draftDecidedBy, matterInputOf } from '../stages/matter/draft.ts';
import { type PointTerms, withTerms } from '../stages/matter/points.ts';
import { type MatterContext, matterContext } from '../stages/matter.ts';
import { dateActions, dateContext, dateDeadlines, dated, dating } from './dates.ts';
import { faultsOf } from './faults.ts';
import type { Route } from './route.ts';
import { decidersOf, siteOf } from './site.ts';

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
  'point.annulled': message({ sv: 'Punkten upphävd', en: 'Point annulled' }, actor, 'R-079'),
  'point.stayed': message({ sv: 'Punkten inhiberad', en: 'Point stayed' }, actor, 'R-078'),
  'point.resumed': message(
    { sv: 'Punktens inhibition upphör', en: 'Stay of a point lifted' },
    actor,
    'R-078',
  ),
  'execution.opened': message({ sv: 'Verkställs', en: 'Execution opened' }, actor),
  'execution.finished': message({ sv: 'Verkställd', en: 'Executed' }, actor),
  'execution.reopened': message({ sv: 'Ska rättas', en: 'To be rectified' }, actor, 'R-079'),
  'consultation.answered': message(
    { sv: 'Svar in', en: 'Answer received' },
    { ...actor, body: line('Organ', 'Body'), how: line('Hur', 'How') },
  ),
  'dispatch.delivered': message({ sv: 'Mottaget', en: 'Delivered' }, actor),
};

const tellsDependents = (event: string): Named => ({ type: 'tellDependents', params: { event } });

/** What a matter hears wherever it is; a stage that has its own answer to a message comes first. */
const anywhere: Readonly<Record<string, TransitionData | readonly TransitionData[]>> = {
  'point.approved': { actions: [{ type: 'pointStands', params: { standing: 'approved' } }] },
  'point.settled': { actions: [{ type: 'pointStands', params: { standing: 'settled' } }] },
  'point.inForce': { actions: [tellsDependents('condition.inForce')] },
  'point.annulled': { actions: [tellsDependents('condition.annulled'), { type: 'tellJoint' }] },
  'point.stayed': { actions: [tellsDependents('condition.stayed')] },
  'point.resumed': { actions: [tellsDependents('condition.resumed')] },
  'point.returned': { actions: [{ type: 'reopenPoint' }] },
  'execution.opened': {
    actions: [{ type: 'pointExecutes', params: { executing: true } }, { type: 'terminateEarlier' }],
  },
  'execution.finished': { actions: [{ type: 'pointExecutes', params: { executing: false } }] },
  'execution.reopened': { actions: [{ type: 'pointExecutes', params: { executing: true } }] },
  'consultation.answered': { actions: [{ type: 'answered' }] },
  'dispatch.delivered': { actions: [{ type: 'delivered' }] },
};

/** What comes back to be decided anew holds on condition of another. */
const withoutReturn = <T>({ 'point.returned': _, ...rest }: Readonly<Record<string, T>>) => rest;

/**
 * The chart of a route in a municipality. Its name is `municipality/route`.
 * @throws Error when the route has faults (`faultsOf`).
 */
export function composeRoute(route: Route, municipality: Municipality): Chart {
  const [fault] = faultsOf(route, municipality);
  if (fault) throw new Error(`route ${route.name}: ${fault.pointer}: ${fault.detail.en}`);
  const { stages, dates = [] } = route;
  const terms = termsOf(stages, municipality);
  const draft = draftOn(stages, municipality, terms);
  const parts = partsOf(stages, municipality, draft);
  return defineChart({
    name: `${municipality.id}/${route.name}`,
    version: route.version,
    label: route.label,
    record: { startedBy: ['registrar', 'clerk'] },
    input: matterInputOf(
      draft,
      councilsAt({ deciders: decidersOf(stages), municipality }),
      route.must,
    ).extend({ ...merged(acts, 'input'), ...merged(parts, 'input') }),
    context: {
      ...matterContext,
      ...merged(acts, 'context'),
      ...merged(parts, 'context'),
      ...(dates.length > 0 && dateContext(dates)),
    },
    events: {
      ...merged(acts, 'events'),
      ...merged(parts, 'events'),
      ...afterEvents,
      ...(isUnconditional(stages) ? withoutReturn(matterEvents) : matterEvents),
    },
    deadlines: { ...merged(acts, 'deadlines'), ...merged(parts, 'deadlines'), ...dateDeadlines(dates) },
    guards: { ...matterGuards, ...merged(acts, 'guards'), ...merged(parts, 'guards'), ...afterGuards },
    actions: {
      ...matterActions,
      ...merged(acts, 'actions'),
      ...merged(parts, 'actions'),
      ...(dates.length > 0 && dateActions),
      ...afterActions,
    },
    states: {
      ...merged(parts, 'states'),
      ...afterStates,
      ...Object.fromEntries(endingsOf(parts).map((it) => [it, endings[it]])),
      ...Object.fromEntries(stages.map((stage) => [stage.id, kindOf(stage).label(stage, municipality)])),
    },
    card: (context) => {
      const matter = context as unknown as MatterContext;
      const { title, number, body } = matter;
      return { title, number, body, confidential: isMarked(matter) };
    },
    law: ({ body }) => lawOf(municipality, body),
    data: {
      initial: stages[0]?.id ?? 'after',
      ...(route.must && { meta: { must: route.must } }),
      entry: [
        withTerms('startPoints', terms),
        { type: 'startEarlierDecisions' },
        { type: 'askAffected' },
        withTerms('enterPoints', terms),
        ...parts.flatMap((it) => it.entry ?? []),
      ],
      on: {
        ...(isUnconditional(stages) ? withoutReturn(anywhere) : anywhere),
        ...heldTo(withdrawalOf(parts), merged(acts, 'on')),
        ...merged(parts, 'on'),
        'recipients.revise': { guard: { type: 'notDispatched' }, actions: [{ type: 'reviseRecipients' }] },
      },
      states: statesOf(route, municipality, terms, parts),
    },
  });
}

function lawOf(municipality: Municipality, body: Json | undefined): Law {
  if (!isSwedish(municipality)) return 'own';
  return municipality.bodies.find(({ id }) => id === body)?.kind === 'council' ? 'council' : 'committee';
}

/** What the kinds of stages on the route bring to its chart. */
const partsOf = (
  stages: readonly AnyStage[],
  municipality: Municipality,
  draft: z.ZodObject,
): readonly Parts[] =>
  kinds.flatMap((kind) => {
    const own = stages.filter((it) => it.type === kind.type);
    return own.length === 0 ? [] : [kind.parts(own, municipality, draft)];
  });

type Brought = Parts & Act;

/** What several bring under a name, together. */
const merged = <Name extends keyof Brought>(by: readonly Pick<Brought, Name>[], name: Name) =>
  Object.assign({}, ...by.map((it) => it[name])) as NonNullable<Brought[Name]>;

/** The ends without a decision of a matter on the route. */
const endingsOf = (parts: readonly Parts[]): readonly Ending[] => [
  'withdrawn',
  ...acts.flatMap((it) => it.ends ?? []),
  ...parts.flatMap((it) => it.ends ?? []),
];

/** What the municipality's data say of every point: nothing where they say what a decision point says itself. */
function termsOf(stages: readonly AnyStage[], municipality: Municipality): PointTerms {
  const appealPeriod = appealPeriodOf(municipality);
  const isUsual = JSON.stringify(appealPeriod) === JSON.stringify({ weeks: 3 });
  const holding = stages.flatMap((stage) => {
    const body = kindOf(stage).holds?.(stage, municipality);
    return body === undefined ? [] : [[body, [stage.id]] as const];
  });
  return {
    ...(!isUsual && { appealPeriod }),
    ...(holding.length > 0 && { held: Object.fromEntries(holding) }),
  };
}

const isUnconditional = (stages: readonly AnyStage[]): boolean =>
  stages.some((it) => kindOf(it).unconditional);

/** What may be returned to be decided anew cannot be what another point has relied on; nor what is decided with it. */
function draftOn(stages: readonly AnyStage[], municipality: Municipality, { held }: PointTerms): z.ZodObject {
  const labels = decidersOf(stages).map(({ body }) => [body, bodyOf(municipality, body).label]);
  const [regime = 'legality'] = stages.flatMap((it) => kindOf(it).regime ?? []);
  const draft = draftDecidedBy(Object.fromEntries(labels), regime);
  return held || isUnconditional(stages) ? draft.omit({ onCondition: true }) : draft;
}

function statesOf(
  { stages, dates = [] }: Route,
  municipality: Municipality,
  terms: PointTerms,
  parts: readonly Parts[],
): Record<string, StateData> {
  const question = parts.flatMap((it) => (it.question ? conjuncts(it.question) : []));
  const confirmed = parts.flatMap((it) => it.confirmed ?? []);
  const deciders = decidersOf(stages);
  const enteredAt = (index: number): string => {
    const stage = stages[index];
    const enters = stage && kindOf(stage).enters;
    return [stage?.id ?? 'after', ...(enters ? [enters] : [])].join('.');
  };
  const around = (index: number): Surroundings => ({
    ...siteOf(stages, index, municipality),
    next: enteredAt(index + 1),
    end: enteredAt((deciders.at(-1)?.index ?? stages.length) + 1),
    drafting: stages.flatMap((it) => (kindOf(it).drafts ? [it.id] : [])),
    returns: !isUnconditional(stages),
    terms,
    question,
    confirmed,
  });
  const seized = stages.flatMap(
    (it, index) => kindOf(it).seizes?.(it, siteOf(stages, index, municipality)) ?? [],
  );
  const own = stages.map((stage, index) => {
    const { state, isOpen } = kindOf(stage);
    const leftLater = dates.filter((it) => stages.findIndex(({ id }) => id === it.leaves) >= index);
    const bare = state(stage, around(index));
    const data = index === 0 ? dating(bare, dates) : dated(bare, leftLater);
    return [
      stage.id,
      isOpen === false || seized.includes(stage.id) ? refusing(data) : endable(data, withdrawalOf(parts)),
    ] as const;
  });
  return {
    ...Object.fromEntries(own),
    // A point comes back to its body when one that it depended on was decided otherwise.
    after: afterwards(afterStage(municipality, terms.held || isUnconditional(stages) ? [] : deciders), parts),
    ...Object.fromEntries(endingsOf(parts).map((it) => [it, ended(it, parts)])),
  };
}

/** Where a matter has ended without a decision. */
const ended = (as: Ending, parts: readonly Parts[]): StateData =>
  reaching(
    refusing({ id: as, meta: { end: true }, entry: [{ type: 'end', params: { as } }] }),
    parts,
    'ended',
  );

function afterwards(after: StateData, parts: readonly Parts[]): StateData {
  const { dispatched = {}, ...states } = after.states ?? {};
  const all = { ...states, dispatched: reaching(dispatched, parts, 'dispatched') };
  return reaching(refusing({ ...after, states: all }), parts, 'after');
}

/** The state with what the kinds of stages on the route do when the matter comes there. */
function reaching(
  state: StateData,
  parts: readonly Parts[],
  name: keyof NonNullable<Parts['reaching']>,
): StateData {
  const actions = parts.flatMap((it) => it.reaching?.[name] ?? []);
  return actions.length === 0 ? state : { ...state, entry: [...(state.entry ?? []), ...actions] };
}

/** The acts that end a matter without a decision, wherever that is possible. */
const endingActs = acts.flatMap(({ ends, on = {} }) => (ends ? Object.keys(on) : []));

/** A state in which a matter has come too far to end without a decision. */
const refusing = (state: StateData): StateData => ({
  ...state,
  meta: {
    ...state.meta,
    refuses: {
      ...state.meta?.refuses,
      ...Object.fromEntries(endingActs.map((it) => [it, 'R-063' as const])),
    },
  },
});

/** What the stages of a route say besides of when a matter may end without a decision. */
const withdrawalOf = (parts: readonly Parts[]): readonly Named[] =>
  parts.flatMap((it) => (it.withdrawal ? conjuncts(it.withdrawal) : []));

/** Transitions, of which those that lead to an end are held to more conditions. */
function heldTo(besides: readonly Named[], of: NonNullable<StateData['on']>): NonNullable<StateData['on']> {
  const held = (it: TransitionData): TransitionData =>
    it.target === undefined || besides.length === 0
      ? it
      : { ...it, guard: all(...(it.guard ? conjuncts(it.guard) : []), ...besides) };
  return Object.fromEntries(
    Object.entries(of).map(([name, it]) => [
      name,
      Array.isArray(it) ? it.map(held) : held(it as TransitionData),
    ]),
  );
}

/** Besides, the stages of a route may say when a matter is not withdrawn any more; one may refuse it altogether. */
const endable = (state: StateData, besides: readonly Named[]): StateData =>
  state.meta?.refuses?.['matter.withdraw']
    ? refusing(state)
    : {
        ...state,
        on: {
          ...state.on,
          'matter.withdraw': {
            target: '#withdrawn',
            guard: all({ type: 'undecided' }, ...besides),
            actions: [{ type: 'leaveAgenda' }],
          },
        },
        after: { ...state.after, ...heldTo(besides, merged(acts, 'after')) },
      };
