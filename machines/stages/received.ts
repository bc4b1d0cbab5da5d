/** How a matter begins that another has sent: to be noted, or with a request for an opinion (routes U, V and Y). */
import * as z from 'zod';
import { type Action, causing, type EventDeclaration, type StateData } from '../chart.ts';
import { clerical, date, line } from '../events.ts';
import { tell } from '../tell.ts';
import { type Parts, routeId, routeLabel, stageKind } from './kind.ts';
import type { MatterContext } from './matter.ts';

const schema = z.strictObject({
  id: routeId,
  type: z.literal('received'),
  label: routeLabel,
  /** The sender wants an opinion by a certain day. */
  answer: z.boolean().default(false),
});
type ReceivedStage = z.infer<typeof schema>;

interface ReceivedContext extends MatterContext {
  readonly from: string;
  readonly answerBy: string;
}

const events: Readonly<Record<string, EventDeclaration>> = {
  'matter.receive': clerical({
    label: { sv: 'Ta emot', en: 'Receive' },
    by: ['registrar', 'clerk'],
    rule: 'R-119',
    fields: { on: date('Inkommen', 'Received on') },
  }),
};

const actions: Readonly<Record<string, Action>> = {
  startRequest: causing<ReceivedContext>(1, ({ title, from, answerBy }) => [
    { kind: 'start', chart: 'request', key: 'request', input: { title, from, answerBy } },
  ]),
  tellRequest: causing<ReceivedContext, unknown, { event: string }>(1, ({ self }, _, { event }) =>
    tell(`${self.id}.request`, event),
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

export const received = stageKind(schema, {
  begins: true,
  label: ({ label }) => label,
  state: (stage, { next }) => stateOf(stage, next),
  parts: (stages) => ({
    events,
    states: { received: { sv: 'Inkommet', en: 'Received' } },
    ...(stages.some((it) => it.answer) && answering),
  }),
});
