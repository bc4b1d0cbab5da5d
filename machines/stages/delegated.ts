/**
 * One decides for a committee: a delegate, or the chair in what cannot wait. The committee is notified at a meeting and
 * its minutes announce the decision, or the decision has minutes and a notice of its own.
 */
import * as z from 'zod';
import {
  type Action,
  all,
  assigning,
  causing,
  type DeadlineRule,
  type EventDeclaration,
  type JsonObject,
  type Named,
  type StateData,
  type TransitionData,
} from '../chart.ts';
import { clerical, deciding, line } from '../events.ts';
import type { Label } from '../label.ts';
import type { Delegation } from '../municipalities/delegation.ts';
import { appealPeriodOf, bodyOf, type Municipality } from '../municipalities/municipality.ts';
import { tell } from '../tell.ts';
import { agendaActions, agendaEvents, agendaGuards } from './body/agenda.ts';
import { secretary } from './body/secretary.ts';
import { asJson, orderGuards, type Taken, takenFields } from './delegated/orders.ts';
import { type Fault, fault, routeId, type Site, type Surroundings, stageKind } from './kind.ts';
import { dependentsOf, type MatterContext, type PointEntry, pointId } from './matter.ts';

const schema = z.strictObject({
  id: routeId,
  type: z.literal('delegated'),
  /** The committee for which it is decided. */
  body: routeId,
  /** True where what cannot wait is decided for it. */
  urgent: z.boolean().default(false),
});
type DelegatedStage = z.infer<typeof schema>;

interface DelegatedContext extends MatterContext {
  /** The day of the committee's next meeting, at which an urgent decision is to be notified. */
  readonly notifyBy: string | null;
}

const ordersOf = ({ body, urgent }: DelegatedStage, { delegations }: Municipality): readonly Delegation[] =>
  delegations.filter((it) => it.body === body && it.urgent === urgent);

/** The event by which it is decided: what is asked for differs. */
const takes = (urgent: boolean): string => (urgent ? 'urgent.decide' : 'decision.take');

const taking = (orders: readonly Delegation[], urgent: boolean): EventDeclaration =>
  deciding({
    label: urgent
      ? { sv: 'Besluta brådskande', en: 'Decide urgently' }
      : { sv: 'Besluta på delegation', en: 'Decide on delegation' },
    by: urgent ? secretary : ['caseOfficer', 'chair'],
    rule: urgent ? 'R-096' : 'R-091',
    fields: takenFields(orders, urgent),
  });

const notifiedEvents: Readonly<Record<string, EventDeclaration>> = {
  ...agendaEvents,
  'decision.note': deciding({
    label: { sv: 'Nämnden noterar', en: 'The committee notes it' },
    by: secretary,
    rule: 'R-095',
  }),
};

const recordedEvents: Readonly<Record<string, EventDeclaration>> = {
  'record.approve': clerical({
    label: { sv: 'Underteckna det särskilda protokollet', en: 'Sign the separate minutes' },
    by: ['caseOfficer', 'chair', 'integration'],
    rule: 'R-095',
    fields: { approvedBy: line('Undertecknat av', 'Signed by') },
  }),
  'record.announce': clerical({
    label: { sv: 'Anslå', en: 'Post the notice' },
    by: ['clerk', 'registrar', 'integration'],
    rule: 'R-082',
    fields: { minutesAt: line('Protokollet förvaras', 'Where the minutes are kept') },
  }),
};

const states: Readonly<Record<string, Label>> = {
  undecided: { sv: 'Väntar på beslut', en: 'Awaiting a decision' },
  minuting: { sv: 'Särskilt protokoll', en: 'Separate minutes' },
  minuted: { sv: 'Ska anslås', en: 'To be announced' },
  notifying: { sv: 'Ska anmälas', en: 'To be notified' },
  awaiting: { sv: 'Väntar på sammanträde', en: 'Awaiting a meeting' },
  onAgenda: { sv: 'På dagordningen', en: 'On the agenda' },
  noting: { sv: 'Anmäls', en: 'Being notified' },
};

const deadlines: Readonly<Record<string, DeadlineRule>> = {
  notifyDue: {
    label: { sv: 'Beslutet ska vara anmält', en: 'Decision to be notified' },
    rule: 'R-096',
    from: 'notifyBy',
    period: { days: 0 },
    roll: false,
  },
};

const isOf =
  (body: string) =>
  (point: PointEntry): boolean =>
    point.body === body;

/** Actor ids of the points that were decided for the body. */
const decidedFor = (context: MatterContext, body: string): readonly string[] =>
  context.points.filter(isOf(body)).map((point) => pointId(context, point.key));

interface For {
  readonly body: string;
}

const actions: Readonly<Record<string, Action>> = {
  ...agendaActions,
  takeDecision: causing<MatterContext, Taken, For>(1, (context, { outcome, text }, { body }) =>
    context.points.filter(isOf(body)).flatMap((point) => [
      ...tell(pointId(context, point.key), 'point.decided', {
        body,
        outcome,
        meeting: context.self.id,
        paragraph: 0,
        ...(text !== undefined && { text }),
      }),
      ...tell(dependentsOf(context, point.key), 'condition.decided', { point: point.key, outcome }),
    ]),
  ),
  markTaken: assigning<DelegatedContext, Taken, For>(1, (context, { nextMeeting }, { body }) => ({
    notifyBy: nextMeeting ?? null,
    treated: context.points.filter(isOf(body)).map((point) => point.key),
    points: context.points.map((point) => (point.body === body ? { ...point, standing: 'decided' } : point)),
  })),
  notifyPoints: causing<MatterContext, { paragraph: number }, For>(1, (context, { paragraph }, { body }) =>
    tell(decidedFor(context, body), 'point.notified', { meeting: context.meeting, paragraph }),
  ),
  flagNotification: assigning<MatterContext & { notificationOverdue: boolean }>(1, () => ({
    notificationOverdue: true,
  })),
  approveRecord: causing<MatterContext, unknown, For>(1, (context, { meta }, { body }) =>
    tell(decidedFor(context, body), 'minutes.approved', { meeting: context.self.id, on: meta.on }),
  ),
  announceRecord: causing<
    MatterContext,
    { minutesAt: string },
    For & { readonly board: string; readonly appealPeriod: JsonObject }
  >(1, (context, { minutesAt, meta }, { body, board, appealPeriod }) => [
    {
      kind: 'start',
      chart: 'notice',
      key: 'notice',
      input: {
        kind: 'separateMinutes',
        meeting: context.self.id,
        body,
        title: context.title,
        board,
        minutesAt,
        postedOn: meta.on,
        points: decidedFor(context, body),
        appealPeriod,
      },
    },
  ]),
};

/** What must hold of a decision under any of the orders. */
const covered = ({ urgent }: DelegatedStage, orders: readonly JsonObject[]): readonly Named[] => [
  { type: 'orderInForce', params: { orders } },
  ...(urgent
    ? [{ type: 'cannotWait' }]
    : [{ type: 'delegable' }, { type: 'withinLimit', params: { orders } }]),
  { type: 'isDelegate', params: { orders } },
  { type: 'newWording' },
];

function stateOf(stage: DelegatedStage, { municipality, next }: Surroundings): StateData {
  const { id, body, urgent } = stage;
  const all_ = ordersOf(stage, municipality);
  const orders = asJson(all_);
  const params = { body };
  const taken = (target: string, as: Delegation['recorded']): TransitionData[] =>
    all_.some((it) => it.recorded === as)
      ? [
          {
            target,
            guard: all({ type: 'recordedAs', params: { orders, as } }, ...covered(stage, orders)),
            actions: [
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
        on: { [takes(urgent)]: [...taken('notifying', 'notified'), ...taken('minuting', 'separately')] },
      },
      ...(all_.some((it) => it.recorded === 'notified') && { notifying: notifying(stage, next) }),
      ...(all_.some((it) => it.recorded === 'separately') && recorded(stage, municipality, next)),
    },
  };
}

/** To the committee's meeting, whose minutes and notice are then the decision's. */
const notifying = ({ body, urgent }: DelegatedStage, next: string): StateData => ({
  initial: 'awaiting',
  ...(urgent && { after: { notifyDue: { actions: [{ type: 'flagNotification' }] } } }),
  states: {
    awaiting: {
      on: {
        'agenda.listed': {
          target: 'onAgenda',
          guard: all({ type: 'ownMunicipality' }, { type: 'isBody', params: { body } }),
          actions: [{ type: 'join' }],
        },
      },
    },
    onAgenda: {
      on: {
        'item.opened': {
          target: 'noting',
          actions: [{ type: 'open' }, { type: 'notifyPoints', params: { body } }],
        },
        'item.struck': { target: 'awaiting' },
        'item.leftOver': { target: 'awaiting' },
      },
    },
    noting: { on: { 'decision.note': { target: `#${next}`, actions: [{ type: 'conclude' }] } } },
  },
});

/** Minutes and a notice of the decision's own. */
const recorded = (
  { body }: DelegatedStage,
  municipality: Municipality,
  next: string,
): Readonly<Record<string, StateData>> => ({
  minuting: {
    on: { 'record.approve': { target: 'minuted', actions: [{ type: 'approveRecord', params: { body } }] } },
  },
  minuted: {
    on: {
      'record.announce': {
        target: `#${next}`,
        actions: [
          {
            type: 'announceRecord',
            params: { body, board: municipality.noticeBoard, appealPeriod: appealPeriodOf(municipality) },
          },
        ],
      },
    },
  },
});

function faultsOf(stage: DelegatedStage, { municipality }: Site): readonly Fault[] {
  const { body, urgent } = stage;
  const { name, bodies } = municipality;
  const orders = ordersOf(stage, municipality);
  const automated = orders.filter((it) => it.delegate.kind === 'automated');
  return [
    ...(bodies.some((it) => it.id === body)
      ? []
      : [fault('/body', `${name} har inget organ ”${body}”`, `${name} has no body "${body}"`)]),
    ...(orders.length > 0
      ? []
      : [
          fault(
            '/body',
            `${body} har ingen ${urgent ? 'brådskande ' : ''}delegation`,
            `${body} has no ${urgent ? 'urgent ' : ''}delegation`,
          ),
        ]),
    ...orders
      .filter((it) => it.urgent && it.recorded === 'separately')
      .map(({ id }) =>
        fault(
          '/body',
          `delegation ${id}: ett brådskande beslut anmäls till nämnden (R-096)`,
          `delegation ${id}: an urgent decision is notified to the committee (R-096)`,
        ),
      ),
    ...automated.map(({ id }) =>
      fault(
        '/body',
        `delegation ${id}: en automatiserad funktion fattar inga beslut som laglighetsprövas (R-093)`,
        `delegation ${id}: an automated function takes no decision whose legality is reviewed (R-093)`,
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
        ...(orders.some((it) => it.recorded === 'notified') && notifiedEvents),
        ...(orders.some((it) => it.recorded === 'separately') && recordedEvents),
      },
      states,
      guards: { ...agendaGuards, ...orderGuards },
      actions,
      deadlines: urgent ? deadlines : {},
      context: { notifyBy: null, notificationOverdue: false },
    };
  },
});
