/** The acts at a visit to a body, put into the stage of that visit. */
import { conjuncts, type Named, type StateData, type TransitionData } from '../../chart.ts';
import { bodyOf, type Municipality } from '../../municipalities/municipality.ts';
import { visitActs } from '../acts.ts';
import type { AnyStage, Surroundings } from '../kind.ts';
import type { Visit } from './visit-act.ts';

interface AtMeeting extends AnyStage {
  readonly body: string;
  readonly role: string;
}

const isMeeting = (stage: AnyStage | undefined): stage is AtMeeting => stage?.type === 'meeting';

/** What is done besides when a stage has sent a matter on to a body: it can be taken back. */
export const sendingOn = ({ id }: AnyStage, { stages, index }: Surroundings): readonly Named[] =>
  isMeeting(stages[index + 1]) ? [{ type: 'sendOn', params: { stage: id } }] : [];

/** The state in which the matter is with its sender again. */
function senderOf({ stages, index, drafting }: Surroundings): Visit['sender'] {
  const before = stages[index - 1];
  if (before && drafting.includes(before.id)) return { stage: before.id, state: `${before.id}.signed` };
  return isMeeting(before) ? { stage: before.id, state: before.id } : null;
}

/** A working committee's part can be left out; that of the only one who prepares for the council not. */
function isDispensable({ body, role }: AtMeeting, { stages, index, municipality }: Surroundings): boolean {
  const next = stages[index + 1];
  const kindOf = (id: string): string => bodyOf(municipality, id).kind;
  return (
    role === 'prepare' &&
    kindOf(body) === 'workingCommittee' &&
    isMeeting(next) &&
    kindOf(next.body) !== 'council'
  );
}

function visitOf(stage: AtMeeting, data: StateData, around: Surroundings): Visit {
  const { stages, index, municipality, next } = around;
  const listed = data.states?.awaiting?.on?.['agenda.listed'] as TransitionData | undefined;
  return {
    stage: stage.id,
    body: stage.body,
    dispensable: isDispensable(stage, around),
    next,
    later: stages.slice(index + 1).flatMap((it) => (isMeeting(it) ? [it.body] : [])),
    sender: senderOf(around),
    sends: sendingOn(stage, around),
    listing: listed?.guard ? conjuncts(listed.guard) : [],
    toCouncil: isCouncil(stage, municipality),
  };
}

const isCouncil = ({ body }: AtMeeting, municipality: Municipality): boolean =>
  bodyOf(municipality, body).kind === 'council';

const doing = (it: TransitionData, actions: readonly Named[]): TransitionData => ({
  ...it,
  actions: [...(it.actions ?? []), ...actions],
});

/** What is possible while a matter waits for its meeting is no work that waits for someone. */
const resting = (state: StateData = {}): StateData => ({ ...state, meta: { ...state.meta, rest: true } });

/** The stage of a visit with the acts that are possible there. */
export function withActs(stage: AtMeeting, data: StateData, around: Surroundings): StateData {
  const visit = visitOf(stage, data, around);
  const { awaiting = {}, concluded = {}, ...others } = data.states ?? {};
  const listed = awaiting.on?.['agenda.listed'] as TransitionData;
  const states: Record<string, StateData> = {
    awaiting: visit.sender
      ? { ...awaiting, on: { ...awaiting.on, 'agenda.listed': doing(listed, [{ type: 'receive' }]) } }
      : awaiting,
    ...others,
    concluded: {
      ...concluded,
      always: (concluded.always ?? []).map((it) =>
        it.target === `#${visit.next}` ? doing(it, visit.sends) : it,
      ),
    },
  };
  let refuses = data.meta?.refuses ?? {};
  for (const act of visitActs) {
    const { on = {}, states: own = {}, refuses: also = {} } = act.at(visit);
    refuses = { ...refuses, ...also };
    for (const [name, more] of Object.entries(on))
      states[name] = { ...states[name], on: { ...states[name]?.on, ...more } };
    Object.assign(states, own);
  }
  return {
    ...data,
    meta: { ...data.meta, refuses },
    states: { ...states, awaiting: resting(states.awaiting), deferred: resting(states.deferred) },
  };
}
