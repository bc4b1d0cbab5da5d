/** The minutes: complete, approved, announced. */
import {
  type Action,
  assigning,
  causing,
  type DeadlineRule,
  type EventDeclaration,
  type Guard,
  guard,
} from '../chart.ts';
import { clerical, line, several } from '../events.ts';
import { tell } from '../tell.ts';
import { clerks, type MeetingContext } from './memory.ts';

/** Every point put to the question at the meeting. */
const treatedPoints = (context: MeetingContext) => context.items.flatMap((item) => item.points);

export const minutesEvents: Readonly<Record<string, EventDeclaration>> = {
  'minutes.complete': clerical({
    label: { sv: 'Protokollet klart', en: 'Minutes complete' },
    by: ['clerk'],
    rule: 'R-068',
  }),
  'minutes.approve': clerical({
    label: { sv: 'Justera protokollet', en: 'Approve the minutes' },
    by: ['chair', 'integration'],
    rule: 'R-069',
    fields: { approvedBy: several('Justerat av', 'Approved by', line('Namn', 'Name'), 20) },
  }),
  'notice.post': clerical({
    label: { sv: 'Anslå', en: 'Post the notice' },
    by: [...clerks, 'integration'],
    rule: 'R-071',
    fields: { minutesAt: line('Protokollet förvaras', 'Where the minutes are kept') },
  }),
};

export const minutesDeadlines: Readonly<Record<string, DeadlineRule>> = {
  minutesDue: {
    label: { sv: 'Protokollet ska vara justerat', en: 'Minutes to be approved' },
    rule: 'R-069',
    from: 'date',
    period: { days: 14 },
    roll: true,
  },
  noticeDue: {
    label: { sv: 'Justeringen ska vara anslagen', en: 'Approval to be announced' },
    rule: 'R-071',
    from: 'approvedOn',
    period: { days: 2 },
    roll: true,
  },
};

export const minutesGuards: Readonly<Record<string, Guard>> = {
  enoughApprovers: guard<MeetingContext, { approvedBy: readonly string[] }>({
    rule: 'R-069',
    version: 1,
    says: {
      sv: 'Ordföranden och alla justerare måste ha justerat, de som utsågs när sammanträdet öppnades.',
      en: 'The chair and every approver must have approved, those named when the meeting opened.',
    },
    holds: ({ chair, approving, approvers }, event) => {
      const names = new Set(event.approvedBy);
      const named = [...(chair === null ? [] : [chair]), ...approving];
      return named.every((it) => names.has(it)) && names.size >= approvers + 1;
    },
  }),
};

export const minutesActions: Readonly<Record<string, Action>> = {
  approve: assigning<MeetingContext>(1, (_, event) => ({ approvedOn: event.meta.on })),
  tellApproval: causing<MeetingContext>(1, (context, event) =>
    tell(treatedPoints(context), 'minutes.approved', { meeting: context.self.id, on: event.meta.on }),
  ),
  startNotice: causing<MeetingContext, { minutesAt: string }>(1, (context, { minutesAt, meta }) => [
    {
      kind: 'start',
      chart: 'notice',
      key: 'notice',
      input: {
        meeting: context.self.id,
        body: context.body,
        title: `${context.bodyName} ${context.date}`,
        board: context.noticeBoard,
        otherBoards: context.otherBoards,
        minutesAt,
        postedOn: meta.on,
        points: treatedPoints(context),
        appealPeriod: { ...context.appealPeriod },
      },
    },
  ]),
  flag: assigning<MeetingContext, unknown, { as: 'minutesOverdue' | 'noticeOverdue' }>(
    1,
    (_, __, { as }) => ({ [as]: true }),
  ),
};
