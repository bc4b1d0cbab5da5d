/** One visit to a body: waiting, on the agenda, deliberated, put to the question, decided (rulebook 2.5 and 2.6). */
import {
  type Action,
  all,
  type EventDeclaration,
  type Guard,
  type Named,
  type StateData,
  type TransitionData,
} from '../chart.ts';
import type { Label } from '../label.ts';
import { type Body, isThird } from '../municipalities/municipality.ts';
import type { StageRole } from '../outcomes.ts';
import { agendaActions, agendaEvents, agendaGuards } from './body/agenda.ts';
import { counterActions, counterEvents, counterGuards, demands } from './body/counter-proposal.ts';
import {
  type Back,
  defers,
  delayActions,
  delayEvents,
  delayGuards,
  minorityDelay,
  referrals,
} from './body/delay.ts';
import { motionActions, motionEvents, motionGuards, motionsOn } from './body/motions.ts';
import { questionActions, questionEvents, questionGuards } from './body/question.ts';
import { decidingConflict, recusalActions, recusalEvents } from './body/recusal.ts';
import { acclaimedBy, hasMinority, openedBy, type Special, votingOf } from './body/special.ts';
import { disagreement, voteActions, voteEvents, voteGuards } from './body/vote.ts';
import { votingStates } from './body/voting.ts';
import { balloting, electionOn } from './election/proportional.ts';
import { records } from './matter/outcomes.ts';

export const bodyEvents: Readonly<Record<string, EventDeclaration>> = {
  ...agendaEvents,
  ...questionEvents,
  ...voteEvents,
  ...counterEvents,
  ...delayEvents,
  ...motionEvents,
  ...recusalEvents,
};

export const bodyStates: Readonly<Record<string, Label>> = {
  awaiting: { sv: 'Väntar på sammanträde', en: 'Awaiting a meeting' },
  onAgenda: { sv: 'På dagordningen', en: 'On the agenda' },
  deliberating: { sv: 'Överläggning', en: 'Deliberation' },
  decidingConflict: { sv: 'Jävsfråga avgörs', en: 'Recusal decided' },
  deferred: { sv: 'Bordlagt', en: 'Deferred' },
  proposition: { sv: 'Proposition', en: 'Question put' },
  eliminating: { sv: 'Kontraproposition', en: 'Counter-proposal' },
  roundTied: { sv: 'Lika röstetal om motförslag', en: 'Counter-proposal tied' },
  voting: { sv: 'Votering', en: 'Vote' },
  tied: { sv: 'Lika röstetal', en: 'Tied' },
  counted: { sv: 'Röster räknade', en: 'Votes counted' },
  concluded: { sv: 'Beslut', en: 'Decision' },
};

export const bodyGuards: Readonly<Record<string, Guard>> = {
  ...agendaGuards,
  ...questionGuards,
  ...voteGuards,
  ...counterGuards,
  ...delayGuards,
  ...motionGuards,
};

export const bodyActions: Readonly<Record<string, Action>> = {
  ...agendaActions,
  ...questionActions,
  ...voteActions,
  ...counterActions,
  ...delayActions,
  ...motionActions,
  ...recusalActions,
};

/** Where a body's stage leads once every point in its scope has been treated. */
export interface Onward {
  /** Stages that still have open points, in the order in which they are asked; `null` body: the last resort. */
  readonly to: readonly { readonly stage: string; readonly scope: readonly string[] }[];
  readonly otherwise: string;
  /** The stages of preparation: a matter that is referred back to one is drafted again. */
  readonly drafting: readonly string[];
}

/** Whose preparation the council needs: a working committee prepares for its board, not for the council. */
const preparing: readonly Body['kind'][] = ['board', 'committee', 'draftingCommittee'];

/** A body's meeting as a route has it. */
interface AtBody extends Special {
  readonly id: string;
  readonly role: StageRole;
  /** Stages to which this one may refer the matter back, nearest first. */
  readonly referTo: readonly string[];
  /** What must hold besides for a question to be put. */
  readonly besides: readonly Named[];
  /** What is done besides when one is confirmed. */
  readonly confirmed: readonly Named[];
  /** Whether it decides what no body has prepared: if it is urgent, and all present agree on the decision. */
  readonly unprepared: boolean;
  /** Whether the election there is proportional where enough demand it. */
  readonly elects: boolean;
  /** Whether the chair may refuse to put a motion, as that of a council may under the Swedish act. */
  readonly chairMayRefuse: boolean;
}

/** What the council treats has been prepared, except elections, or is urgent. */
function preparationOf({ concerns, unprepared }: AtBody, { kind }: Body): readonly Named[] {
  if (kind !== 'council' || concerns === 'election') return [];
  return [{ type: unprepared ? 'cannotWait' : 'prepared' }];
}

/** The stage as data: a body in a role, the bodies that its scope covers, and where it leads. */
export function bodyStage(stage: AtBody, body: Body, scope: readonly string[], onward: Onward): StateData {
  const at = { body: body.id, role: stage.role, scope };
  const own = [{ type: 'ownMunicipality' }, { type: 'isBody', params: { body: body.id } }];
  const comesUp: TransitionData = { target: 'onAgenda', guard: all(...own), actions: [{ type: 'join' }] };
  const listed: TransitionData = { ...comesUp, guard: all(...own, ...preparationOf(stage, body)) };
  const confirmed: TransitionData = {
    target: 'concluded',
    actions: [...stage.confirmed, { type: 'treat', params: at }, { type: 'markTreated', params: at }],
  };
  const prepares = stage.role !== 'decide' && preparing.includes(body.kind);
  const done: Named[] = [
    { type: 'conclude' },
    ...(prepares ? [{ type: 'rememberPreparation', params: { body: body.id } }] : []),
  ];
  const back: Back = { referTo: stage.referTo, drafting: onward.drafting };
  const voting = votingOf(stage, body);
  const brake = hasMinority(stage) ? body.minorityBrake : null;
  return {
    id: stage.id,
    initial: 'awaiting',
    meta: {
      stage: stage.id,
      body: body.id,
      bodyKind: body.kind,
      role: stage.role,
      ...(voting.tie === null && { tie: 'rejected' }),
      ...(stage.concerns && { concerns: stage.concerns }),
      ...(stage.majority && { majority: stage.majority.to }),
      ...(stage.unprepared && { unprepared: true }),
      ...(brake && !isThird(brake) && { brake: 'own' }),
    },
    states: {
      awaiting: { entry: [{ type: 'arrive', params: { body: body.id } }], on: { 'agenda.listed': listed } },
      onAgenda: {
        on: {
          'item.opened': { target: 'deliberating', ...openedBy(stage), actions: [{ type: 'open' }] },
          'item.struck': { target: 'awaiting', actions: [records('struck')] },
          'item.leftOver': { target: 'awaiting' },
        },
      },
      deliberating: {
        on: {
          'question.put': {
            target: 'proposition',
            guard: all(
              { type: 'pointsOpen', params: { scope } },
              { type: 'outcomesAllowed', params: { role: stage.role } },
              { type: 'wordingGiven' },
              { type: 'formalFirst' },
              { type: 'motionsPut' },
              ...stage.besides,
            ),
            actions: [{ type: 'putQuestion', params: at }, { type: 'tryMotions' }],
          },
          'recusal.raised': { target: 'decidingConflict' },
          ...motionsOn(stage.chairMayRefuse),
          ...(stage.elects && electionOn(scope)),
          'item.defer': defers,
          'item.referBack': referrals(back, 'referredBack', [], [{ type: 'recordReferral' }]),
          ...(brake ? minorityDelay(brake, back) : {}),
        },
      },
      decidingConflict,
      // What was urgent once need not be urgent still.
      deferred: {
        entry: [{ type: 'arrive', params: { body: body.id } }],
        on: { 'agenda.listed': stage.unprepared ? comesUp : listed },
      },
      proposition: {
        on: {
          'vote.demand': stage.unprepared ? disagreement : demands,
          'decision.confirm': { ...confirmed, guard: all(...acclaimedBy(stage)) },
        },
      },
      ...(stage.elects && { balloting }),
      ...(stage.unprepared
        ? {}
        : {
            ...votingStates(voting),
            counted: { on: { 'decision.confirm': { ...confirmed, guard: { type: 'voteDecides' } } } },
          }),
      concluded: {
        always: [
          { target: 'deliberating', guard: { type: 'openFor', params: { scope } } },
          ...onward.to.map((next) => ({
            target: `#${next.stage}`,
            guard: { type: 'openElsewhere', params: { scope: next.scope } },
            actions: done,
          })),
          { target: `#${onward.otherwise}`, actions: done },
        ],
      },
    },
  };
}
