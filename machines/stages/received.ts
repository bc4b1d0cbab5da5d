/** How a matter begins that another has sent: to be noted, or with a request for an opinion (routes U, V and Y). */
import * as z from 'zod';
import { type Action, causing, type EventDeclaration, type StateData } from '../chart.ts';
import { clerical, date, line, pastDate, reference } from '../events.ts';
import { tell } from '../tell.ts';
import { type Fault, fault, type Parts, routeId, routeLabel, type Site, stageKind } from './kind.ts';
import type { MatterContext } from './matter.ts';

const schema = z.strictObject({
  id: routeId,
  type: z.literal('received'),
  label: routeLabel,
  /** The sender wants an opinion by a certain day. */
  answer: z.boolean().default(false),
  /** The sender is a body of the municipality: its consultation gets the answer of the body that is asked. */
  within: z.boolean().default(false),
});
type ReceivedStage = z.infer<typeof schema>;

interface ReceivedContext extends MatterContext {
  readonly from: string;
  readonly answerBy: string;
  /** The consultation that asks, where that is known. */
  readonly consultation: string | null;
}

const events: Readonly<Record<string, EventDeclaration>> = {
  'matter.receive': clerical({
    label: { sv: 'Ta emot', en: 'Receive' },
    by: ['registrar', 'clerk'],
    rule: 'R-119',
    fields: { on: pastDate('Inkommen', 'Received on') },
  }),
};

const actions: Readonly<Record<string, Action>> = {
  startRequest: causing<ReceivedContext>(1, ({ title, from, answerBy }) => [
    { kind: 'start', chart: 'request', key: 'request', input: { title, from, answerBy } },
  ]),
  tellRequest: causing<ReceivedContext, unknown, { event: string }>(1, ({ self }, _, { event }) =>
    tell(`${self.id}.request`, event),
  ),
  takeUpConsultation: causing<ReceivedContext>(1, ({ self, consultation, points }) =>
    tell(consultation, 'consultation.takenUp', { matter: self.id, bodies: points.map(({ body }) => body) }),
  ),
  giveOpinion: causing<ReceivedContext>(1, ({ self, consultation, points }) =>
    tell(consultation, 'consultation.given', {
      matter: self.id,
      opinion: points.map(({ text }) => text).join('\n'),
    }),
  ),
};

const stateOf = ({ id }: ReceivedStage, next: string): StateData => ({
  id,
  initial: 'received',
  meta: { stage: id, role: 'received' },
  entry: [{ type: 'arrive', params: { body: id } }],
  states: { received: { on: { 'matter.receive': { target: `#${next}` } } } },
});

/** The opinion is given when it has been sent. */
const answering: Parts = {
  actions,
  input: {
    from: line('Begärt av', 'Requested by'),
    answerBy: date('Svar senast', 'Answer by'),
  },
  entry: [{ type: 'startRequest' }],
  reaching: {
    dispatched: [{ type: 'tellRequest', params: { event: 'request.answered' } }],
    ended: [{ type: 'tellRequest', params: { event: 'request.dropped' } }],
  },
};

/** The same, where the opinion goes to the consultation that asks for it. */
const answeringWithin: Parts = {
  ...answering,
  context: { consultation: null },
  input: { ...answering.input, consultation: reference('Remiss', 'Consultation', 'actors').optional() },
  entry: [{ type: 'startRequest' }, { type: 'takeUpConsultation' }],
  reaching: {
    ...answering.reaching,
    dispatched: [{ type: 'tellRequest', params: { event: 'request.answered' } }, { type: 'giveOpinion' }],
  },
};

/** What a body of the municipality asks of another, that one answers itself. */
const faultsOf = ({ within }: ReceivedStage, { stages }: Site): readonly Fault[] =>
  within && stages.some(({ type }) => type === 'delegated')
    ? [
        fault(
          '/within',
          'organet yttrar sig självt, inte på delegation (R-020)',
          'the body gives its opinion itself, not on delegation (R-020)',
        ),
      ]
    : [];

export const received = stageKind(schema, {
  begins: true,
  label: ({ label }) => label,
  faults: faultsOf,
  state: (stage, { next }) => stateOf(stage, next),
  parts: (stages) => ({
    events,
    states: { received: { sv: 'Inkommet', en: 'Received' } },
    ...(stages.some((it) => it.answer) ? (stages.some((it) => it.within) ? answeringWithin : answering) : {}),
  }),
});
