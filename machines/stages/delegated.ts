/**
 * One decides for a committee: a delegate, or the chair in what cannot wait. The committee is notified at a meeting and
 * its minutes announce the decision, or the decision has minutes and a notice of its own.
 */
import * as z from 'zod';
import { all, type EventDeclaration, type Named, type StateData, type TransitionData } from '../chart.ts';
import { deciding } from '../events.ts';
import type { Label } from '../label.ts';
import type { MatterGroup } from '../municipalities/delegation.ts';
import { bodyOf, type Municipality } from '../municipalities/municipality.ts';
import { agendaActions, agendaGuards } from './body/agenda.ts';
import { secretary } from './body/secretary.ts';
import { asJson, nextToCome, orderGuards, takenFields } from './delegated/orders.ts';
import {
  notifiedEvents,
  notifying,
  recordActions,
  recordDeadlines,
  recorded,
  recordedEvents,
} from './delegated/record.ts';
import { delegateRecusalActions, delegateRecusalEvents, delegateRecusalGuards } from './delegated/recusal.ts';
import { takenActions } from './delegated/taken.ts';
import { type Fault, fault, routeId, type Site, type Surroundings, stageKind } from './kind.ts';

const schema = z.strictObject({
  id: routeId,
  type: z.literal('delegated'),
  /** The committee for which it is decided. */
  body: routeId,
  /** True where what cannot wait is decided for it. */
  urgent: z.boolean().default(false),
});
type DelegatedStage = z.infer<typeof schema>;

const ordersOf = ({ body, urgent }: DelegatedStage, { delegations }: Municipality): readonly MatterGroup[] =>
  delegations.filter((it) => it.body === body && it.urgent === urgent);

/** The event by which it is decided: what is asked for differs. */
const takes = (urgent: boolean): string => (urgent ? 'urgent.decide' : 'decision.take');

const taking = (orders: readonly MatterGroup[], urgent: boolean): EventDeclaration =>
  deciding({
    label: urgent
      ? { sv: 'Besluta brådskande', en: 'Decide urgently' }
      : { sv: 'Besluta på delegation', en: 'Decide on delegation' },
    by: urgent ? secretary : ['caseOfficer', 'chair'],
    rule: urgent ? 'R-096' : 'R-091',
    ...(urgent && { asks: { nextToCome } }),
    fields: takenFields(orders, urgent),
  });

const states: Readonly<Record<string, Label>> = {
  undecided: { sv: 'Väntar på beslut', en: 'Awaiting a decision' },
  minuting: { sv: 'Särskilt protokoll', en: 'Separate minutes' },
  minuted: { sv: 'Ska anslås', en: 'To be announced' },
  notifying: { sv: 'Ska anmälas', en: 'To be notified' },
  awaiting: { sv: 'Väntar på sammanträde', en: 'Awaiting a meeting' },
  onAgenda: { sv: 'På dagordningen', en: 'On the agenda' },
  noting: { sv: 'Anmäls', en: 'Being notified' },
};

/** What must hold of any decision; whether the delegation covers it is for the register to say. */
const sound = ({ urgent }: DelegatedStage): readonly Named[] => [
  ...(urgent ? [{ type: 'cannotWait' }] : [{ type: 'delegable' }, { type: 'isDecision' }]),
  { type: 'newWording' },
  { type: 'notRecused' },
];

function stateOf(stage: DelegatedStage, { municipality, next }: Surroundings): StateData {
  const { id, body, urgent } = stage;
  const all_ = ordersOf(stage, municipality);
  const orders = asJson(all_);
  const params = { body };
  const taken = (target: string, as: MatterGroup['recorded']): TransitionData[] =>
    all_.some((it) => it.recorded === as)
      ? [
          {
            target,
            guard: all({ type: 'recordedAs', params: { orders, as } }, ...sound(stage)),
            actions: [
              { type: 'useDelegation', params },
              { type: 'takeDecision', params },
              { type: 'markTaken', params },
            ],
          },
        ]
      : [];
  return {
    id,
    initial: 'undecided',
    meta: {
      stage: id,
      body,
      bodyKind: bodyOf(municipality, body).kind,
      role: 'delegated',
      orders,
      ...(urgent && { urgent }),
    },
    entry: [{ type: 'arrive', params }],
    states: {
      undecided: {
        on: {
          [takes(urgent)]: [...taken('notifying', 'notified'), ...taken('minuting', 'separately')],
          'recusal.declare': { actions: [{ type: 'noteRecusal' }] },
        },
      },
      ...(all_.some((it) => it.recorded === 'notified') && { notifying: notifying(stage, next) }),
      ...(all_.some((it) => it.recorded === 'separately') && recorded(stage, municipality, next)),
    },
  };
}

function faultsOf(stage: DelegatedStage, { municipality }: Site): readonly Fault[] {
  const { body, urgent } = stage;
  const { name, bodies } = municipality;
  const orders = ordersOf(stage, municipality);
  return [
    ...(bodies.some((it) => it.id === body)
      ? []
      : [fault('/body', `${name} har inget organ ”${body}”`, `${name} has no body "${body}"`)]),
    ...(orders.length > 0
      ? []
      : [
          fault(
            '/body',
            `${body} har inga ${urgent ? 'brådskande ' : ''}ärenden att delegera`,
            `${body} has no ${urgent ? 'urgent ' : ''}matters to delegate`,
          ),
        ]),
    ...orders
      .filter((it) => it.urgent && it.recorded === 'separately')
      .map(({ id }) =>
        fault(
          '/body',
          `ärendegrupp ${id}: ett brådskande beslut anmäls till nämnden (R-096)`,
          `group ${id}: an urgent decision is notified to the committee (R-096)`,
        ),
      ),
  ];
}

export const delegated = stageKind(schema, {
  label: ({ urgent, body }, municipality) => {
    const { sv, en } = bodyOf(municipality, body).label;
    return urgent
      ? { sv: `Brådskande för ${sv}`, en: `Urgently for ${en}` }
      : { sv: `På delegation från ${sv}`, en: `On delegation from ${en}` };
  },
  decides: ({ body }) => body,
  unconditional: true,
  ends: () => true,
  faults: faultsOf,
  state: stateOf,
  parts: (stages, municipality) => {
    const orders = stages.flatMap((it) => ordersOf(it, municipality));
    const urgent = stages.some((it) => it.urgent);
    return {
      events: {
        [takes(urgent)]: taking(orders, urgent),
        ...delegateRecusalEvents,
        ...(orders.some((it) => it.recorded === 'notified') && notifiedEvents),
        ...(orders.some((it) => it.recorded === 'separately') && recordedEvents),
      },
      states,
      guards: { ...agendaGuards, ...orderGuards, ...delegateRecusalGuards },
      actions: { ...agendaActions, ...takenActions, ...delegateRecusalActions, ...recordActions },
      deadlines: urgent ? recordDeadlines : {},
      context: { notifyBy: null, notificationOverdue: false },
    };
  },
});
