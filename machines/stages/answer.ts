/**
 * An interpellation or a question in the council: permitted without debate or refused, and answered at that meeting or
 * a later one (KL 5:59–64, R-105, R-106). The council decides that it may be put, and nothing in its substance.
 */
import * as z from 'zod';
import { all, type DeadlineRule, type Period, type StateData, type TransitionData } from '../chart.ts';
import type { Label } from '../label.ts';
import { bodyOf, isSwedish, type Municipality, periodOf } from '../municipalities/municipality.ts';
import { answerActions, answerEvents, answerGuards } from './answer/acts.ts';
import { demands } from './body/counter-proposal.ts';
import { openedBy, votingOf } from './body/special.ts';
import { votingStates } from './body/voting.ts';
import { bodyStates } from './body.ts';
import { inquiryKind, isInquiry } from './inquiry.ts';
import { type Fault, fault, routeId, type Site, type Surroundings, stageKind } from './kind.ts';

const schema = z.strictObject({
  id: routeId,
  type: z.literal('answer'),
  body: routeId,
  of: inquiryKind,
});
type AnswerStage = z.infer<typeof schema>;

const states: Readonly<Record<string, Label>> = {
  ...bodyStates,
  permitting: { sv: 'Får den ställas?', en: 'May it be put?' },
  postponed: { sv: 'Svaret väntar på ett senare sammanträde', en: 'Answer at a later meeting' },
  toAnswer: { sv: 'På dagordningen för svar', en: 'On the agenda to be answered' },
  answering: { sv: 'Besvaras', en: 'Being answered' },
};

/** How long before the meeting it is handed in, by the council's rules of procedure; null where they do not say. */
function leadOf({ body, of }: AnswerStage, municipality: Municipality): Period | null {
  const lead = bodyOf(municipality, body).inquiries?.[of];
  return lead ? periodOf(lead) : null;
}

/** The last whole day between: a meeting on the day after it is far enough away. */
function lessOneDay({ weeks, days = 0, workingDays }: Period): Period {
  if (workingDays !== undefined) return { workingDays: workingDays - 1 };
  return { days: (weeks ?? 0) * 7 + days - 1 };
}

/** Where the stage is, and how it goes on from there. */
interface Place {
  readonly stage: AnswerStage;
  readonly lead: Period | null;
  readonly votes: NonNullable<StateData['states']>;
  /** The answer is given, or there is none. */
  readonly done: TransitionData;
}

function stateOf(stage: AnswerStage, { municipality, next }: Surroundings): StateData {
  const { id, body, of } = stage;
  const lead = leadOf(stage, municipality);
  const place: Place = {
    stage,
    lead,
    votes: votingStates(votingOf({}, bodyOf(municipality, body))),
    done: { target: `#${next}`, actions: [{ type: 'conclude' }] },
  };
  return {
    id,
    initial: 'awaiting',
    meta: {
      stage: id,
      body,
      bodyKind: 'council',
      role: 'answer',
      of,
      refuses: { 'matter.withdraw': 'R-063' },
    },
    entry: [{ type: 'seize' }],
    ...(lead && { after: { leadTime: { actions: [{ type: 'leadPasses' }] } } }),
    states: { ...permission(place), ...answered(place) },
  };
}

/** Waiting for a meeting, on whose agenda it comes. */
const waiting = (body: string, target: string): StateData => ({
  entry: [{ type: 'arrive', params: { body } }],
  on: {
    'agenda.listed': {
      target,
      guard: all({ type: 'ownMunicipality' }, { type: 'isBody', params: { body } }),
      actions: [{ type: 'join' }],
    },
  },
});

const leavesFor = (target: string): TransitionData => ({
  target,
  actions: [{ type: 'leave', params: { how: 'deferred' } }],
});

/** Whether it may be put: a question of its own, that nobody debates. */
function permission({ stage: { body }, lead, votes, done }: Place): NonNullable<StateData['states']> {
  const at = { body, role: 'answer', scope: [body] };
  const confirmed: TransitionData = {
    target: 'concluded',
    actions: [
      { type: 'recordPermission' },
      { type: 'treat', params: at },
      { type: 'markTreated', params: at },
    ],
  };
  return {
    awaiting: waiting(body, 'onAgenda'),
    onAgenda: {
      on: {
        'item.opened': {
          target: 'permitting',
          ...openedBy({}),
          actions: [{ type: 'open' }, { type: 'recuseNobody' }],
        },
        'item.struck': { target: 'awaiting' },
        'item.leftOver': { target: 'awaiting' },
      },
    },
    permitting: {
      on: {
        'question.put': {
          target: 'proposition',
          guard: all(
            { type: 'pointsOpen', params: at },
            { type: 'asOne', params: at },
            { type: 'permitsOrRefuses' },
            ...(lead ? [{ type: 'handedInInTime' }] : []),
          ),
          actions: [{ type: 'putQuestion', params: at }],
        },
        'item.defer': leavesFor('awaiting'),
      },
    },
    proposition: {
      on: {
        'vote.demand': demands.filter(({ target }) => target === 'voting'),
        'decision.confirm': { ...confirmed, guard: { type: 'wasPut' } },
      },
    },
    ...only(votes, 'voting', 'tied'),
    counted: { on: { 'decision.confirm': { ...confirmed, guard: { type: 'voteDecides' } } } },
    concluded: { always: [{ target: 'answering', guard: { type: 'isPermitted' } }, done] },
  };
}

const only = (states: NonNullable<StateData['states']>, ...names: readonly string[]) =>
  Object.fromEntries(Object.entries(states).filter(([name]) => names.includes(name)));

/** The answer, at that meeting or a later one, which may be below quorum where the council has allowed it. */
const answered = ({ stage: { body, of }, done }: Place): NonNullable<StateData['states']> => ({
  answering: {
    on: {
      'answer.give': {
        ...done,
        guard: all({ type: 'answersHimself' }, ...(of === 'question' ? [{ type: 'onlyTwoSpeak' }] : [])),
      },
      'item.defer': leavesFor('postponed'),
      'inquiry.writeOff': done,
    },
  },
  postponed: waiting(body, 'toAnswer'),
  toAnswer: {
    on: {
      'item.opened': { target: 'answering', ...openedBy({}), actions: [{ type: 'open' }] },
      'answer.opened': { target: 'answering', actions: [{ type: 'open' }] },
      'item.struck': { target: 'postponed' },
      'item.leftOver': { target: 'postponed' },
    },
  },
});

function faultsOf({ id, body, of }: AnswerStage, { municipality, stages, index }: Site): readonly Fault[] {
  const { name, bodies } = municipality;
  const asked = stages[index - 1];
  return [
    ...(isSwedish(municipality) && bodies.some((it) => it.id === body && it.kind === 'council')
      ? []
      : [
          fault(
            '/body',
            `${name} har inget fullmäktige ”${body}” enligt kommunallagen`,
            `${name} has no council "${body}" under the Swedish act`,
          ),
        ]),
    ...(asked && isInquiry(asked) && asked.of === of
      ? []
      : [
          fault(
            '/of',
            `steget ${id} kommer inte efter ett där sådana lämnas in`,
            `stage ${id} does not follow one at which such is handed in`,
          ),
        ]),
    ...(index === stages.length - 1
      ? []
      : [fault('/id', `steget ${id} är inte det sista`, `stage ${id} is not the last`)]),
  ];
}

export const answer = stageKind(schema, {
  unconditional: true,
  label: ({ body }, municipality) => bodyOf(municipality, body).label,
  decides: ({ body }) => body,
  ends: () => true,
  faults: faultsOf,
  state: stateOf,
  parts: (stages, municipality) => {
    const [lead] = stages.flatMap((it) => leadOf(it, municipality) ?? []);
    return {
      events: answerEvents(),
      guards: answerGuards,
      actions: answerActions,
      states,
      context: { permitted: false, inTime: false },
      ...(lead && { deadlines: leadTime(lead) }),
    };
  },
});

const leadTime = (lead: Period): Readonly<Record<string, DeadlineRule>> => ({
  leadTime: {
    label: {
      sv: 'Inlämnad tillräckligt långt före sammanträdet',
      en: 'Handed in long enough before a meeting',
    },
    rule: 'R-105',
    from: 'handedInOn',
    period: lessOneDay(lead),
    roll: false,
  },
});
