/** How a decision for a committee gets its minutes and its notice: the committee's own, or minutes apart. */
import {
  type Action,
  all,
  assigning,
  causing,
  type DeadlineRule,
  type EventDeclaration,
  type JsonObject,
  type StateData,
} from '../../chart.ts';
import { clerical, deciding, line } from '../../events.ts';
import { appealPeriodOf, type Municipality } from '../../municipalities/municipality.ts';
import { tell } from '../../tell.ts';
import { agendaEvents } from '../body/agenda.ts';
import { secretary } from '../body/secretary.ts';
import { openedBy } from '../body/special.ts';
import { type MatterContext, pointId } from '../matter.ts';
import { type For, isOf } from './taken.ts';

/** For whom it is decided, and whether that could not wait. */
interface Decided {
  readonly body: string;
  readonly urgent: boolean;
}

export const notifiedEvents: Readonly<Record<string, EventDeclaration>> = {
  ...agendaEvents,
  'decision.note': deciding({
    label: { sv: 'Nämnden noterar', en: 'The committee notes it' },
    by: secretary,
    rule: 'R-095',
  }),
};

export const recordedEvents: Readonly<Record<string, EventDeclaration>> = {
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

export const recordDeadlines: Readonly<Record<string, DeadlineRule>> = {
  notifyDue: {
    label: { sv: 'Beslutet ska vara anmält', en: 'Decision to be notified' },
    rule: 'R-096',
    from: 'notifyBy',
    period: { days: 0 },
    roll: false,
    duty: true,
  },
};

/** Actor ids of the points that were decided for the body. */
const decidedFor = (context: MatterContext, body: string): readonly string[] =>
  context.points.filter(isOf(body)).map((point) => pointId(context, point.key));

export const recordActions: Readonly<Record<string, Action>> = {
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

/** To the committee's meeting, whose minutes and notice are then the decision's. */
export const notifying = ({ body, urgent }: Decided, next: string): StateData => ({
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
          ...openedBy({}),
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
export const recorded = (
  { body }: Decided,
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
