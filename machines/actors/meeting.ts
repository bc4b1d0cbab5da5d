/** A body's meeting: planned, summoned, opened, its items one by one, closed, its minutes approved and announced. */
import * as z from 'zod';
import { all, defineChart } from '../chart.ts';
import { comingDate, count, date, line, period, yesNo } from '../events.ts';
import { saying } from '../label.ts';
import { agendaActions, agendaEvents, agendaGuards, agendaOn, inTime } from '../meeting/agenda.ts';
import { attendanceActions, attendanceEvents, attendanceGuards, quorum } from '../meeting/attendance.ts';
import { doorGuards } from '../meeting/doors.ts';
import { firstActions, firstDecision, firstGuards, firstOpen } from '../meeting/first.ts';
import { itemActions, itemEvents, itemGuards } from '../meeting/items.ts';
import { type MeetingContext, matterField, meetingMemory } from '../meeting/memory.ts';
import {
  announcesParagraphs,
  approvesParagraphs,
  minutesActions,
  minutesDeadlines,
  minutesEvents,
  minutesGuards,
} from '../meeting/minutes.ts';
import { recusalActions, recusalEvents, recusalGuards, recusalOn } from '../meeting/recusal.ts';
import { bodyKinds, moreThanHalf, Quorum } from '../municipalities/municipality.ts';

const CLOCK = /^([01]?\d|2[0-3])[:.][0-5]\d$/;

export const meeting = defineChart({
  name: 'meeting',
  version: 2,
  label: { sv: 'Sammanträde', en: 'Meeting' },
  record: { startedBy: ['clerk', 'registrar', 'chair'] },
  input: z.strictObject({
    body: line('Organ', 'Body'),
    bodyName: line('Organets namn', 'Name of the body'),
    kind: z.enum(bodyKinds),
    date: comingDate('Datum', 'Date'),
    time: line('Klockslag', 'Time')
      .refine(
        (it) => CLOCK.test(it),
        saying('ett klockslag från 00:00 till 23:59', 'a time from 00:00 to 23:59'),
      )
      .optional(),
    place: line('Plats', 'Place').optional(),
    seats: z.int().positive().nullable(),
    approvers: z.int().min(0),
    noticeBoard: line('Anslagstavla', 'Notice board'),
    /** The boards of the other municipalities of a joint committee. */
    otherBoards: z.array(line('Anslagstavla', 'Notice board')).optional(),
    firstParagraph: count('Första paragraf', 'First paragraph').default(1),
    quorum: Quorum.optional(),
    appealPeriod: period('Överklagandetid', 'Appeal period').optional(),
    swedish: yesNo('Enligt kommunallagen', 'Under the Swedish act').optional(),
    summonBy: date('Kallas senast', 'Summoned by').optional(),
    urgentBy: date('Brådskande ärenden kungörs senast', 'Urgent matters announced by').optional(),
    /** What the council has deferred, and comes up at this meeting. */
    deferred: z.array(matterField).max(1000).optional(),
    openDoors: yesNo('Öppna sammanträden medgivna', 'Meetings in public allowed').optional(),
    remote: yesNo('Deltagande på distans tillåtet', 'Taking part at a distance allowed').optional(),
    answersBelowQuorum: yesNo(
      'Interpellationer och frågor får besvaras utan beslutförhet',
      'Interpellations and questions may be answered below quorum',
    ).optional(),
  }),
  context: { quorum: moreThanHalf, ...meetingMemory },
  card: (context) => {
    const it = context as unknown as MeetingContext;
    return { title: `${it.bodyName} ${it.date}`, number: it.date, body: it.body };
  },
  law: ({ swedish, kind }) => (swedish ? (kind === 'council' ? 'council' : 'committee') : 'own'),
  events: { ...agendaEvents, ...attendanceEvents, ...itemEvents, ...recusalEvents, ...minutesEvents },
  deadlines: minutesDeadlines,
  guards: {
    ...agendaGuards,
    ...attendanceGuards,
    ...doorGuards,
    ...itemGuards,
    ...recusalGuards,
    ...minutesGuards,
  },
  actions: { ...agendaActions, ...attendanceActions, ...itemActions, ...recusalActions, ...minutesActions },
  states: {
    planned: { sv: 'Planerat', en: 'Planned' },
    summoned: { sv: 'Kallat', en: 'Summoned' },
    cancelled: { sv: 'Inställt', en: 'Cancelled' },
    open: { sv: 'Pågår', en: 'In session' },
    minutes: { sv: 'Protokoll', en: 'Minutes' },
    draft: { sv: 'Protokoll skrivs', en: 'Minutes in draft' },
    complete: { sv: 'Protokollet klart', en: 'Minutes complete' },
    approved: { sv: 'Justerat', en: 'Approved' },
    announced: { sv: 'Anslaget', en: 'Announced' },
  },
  data: {
    initial: 'planned',
    entry: [{ type: 'inviteDeferred' }, { type: 'listDeferred' }],
    states: {
      planned: {
        on: {
          ...agendaOn(),
          'meeting.summon': { target: 'summoned', guard: inTime },
          'meeting.cancel': {
            target: 'cancelled',
            actions: [{ type: 'releaseUnopened' }, { type: 'dropUnopened' }],
          },
        },
      },
      summoned: {
        on: {
          ...agendaOn('announcedInTime', 'announcedAtLast'),
          'meeting.open': {
            target: 'open',
            guard: all(
              { type: 'onItsDay' },
              ...quorum,
              { type: 'quorumFound' },
              { type: 'notMoreThanSeats' },
              { type: 'rollAddsUp' },
              { type: 'atDistance' },
              { type: 'approversNamed' },
            ),
            actions: [{ type: 'attend' }],
          },
          'meeting.cancel': {
            target: 'cancelled',
            actions: [{ type: 'releaseUnopened' }, { type: 'dropUnopened' }],
          },
        },
      },
      cancelled: { meta: { end: true } },
      open: {
        on: {
          ...agendaOn('takenUpByAll'),
          'item.open': {
            guard: all(
              { type: 'isListed' },
              { type: 'noneOpen' },
              { type: 'byRoll' },
              { type: 'recusedFit' },
              { type: 'substitutesFit' },
              { type: 'chairTakesPart' },
              { type: 'notMoreThanSeats' },
              { type: 'mayMeetInPublic' },
              { type: 'closedForSecrets' },
              ...quorum,
            ),
            actions: [{ type: 'openMatter' }, { type: 'openItem' }],
          },
          // No decision is made of it (KL 5:45).
          'answer.open': {
            guard: all({ type: 'isListed' }, { type: 'noneOpen' }, { type: 'answersBelowQuorum' }),
            actions: [{ type: 'openForAnswer' }, { type: 'openItem' }],
          },
          ...recusalOn,
          'item.concluded': {
            guard: all({ type: 'isUnderWay' }, { type: 'recusalDecided' }),
            actions: [{ type: 'concludeItem' }],
          },
          'attendance.change': {
            guard: all(
              { type: 'noneOpen' },
              { type: 'notMoreThanSeats' },
              { type: 'rollStillAddsUp' },
              { type: 'notReturning' },
              { type: 'atDistance' },
            ),
            actions: [{ type: 'changeAttendance' }],
          },
          ...approvesParagraphs,
          ...announcesParagraphs,
          'note.record': { guard: { type: 'openedHere' } },
          'reservation.record': { guard: all({ type: 'treatedHere' }, { type: 'tookPart' }) },
          'meeting.close': {
            target: 'minutes',
            guard: { type: 'noneOpen' },
            actions: [{ type: 'releaseUnopened' }, { type: 'dropUnopened' }],
          },
        },
      },
      minutes: {
        initial: 'draft',
        on: announcesParagraphs,
        after: { minutesDue: { actions: [{ type: 'flag', params: { as: 'minutesOverdue' } }] } },
        states: {
          draft: { on: { 'minutes.complete': { target: 'complete', guard: { type: 'votesListed' } } } },
          complete: {
            on: {
              'minutes.reopen': { target: 'draft' },
              'minutes.approve': {
                target: '#approved',
                guard: { type: 'enoughApprovers' },
                actions: [{ type: 'approve' }, { type: 'tellApproval' }],
              },
            },
          },
        },
      },
      approved: {
        id: 'approved',
        after: { noticeDue: { actions: [{ type: 'flag', params: { as: 'noticeOverdue' } }] } },
        on: {
          'notice.post': { target: 'announced', actions: [{ type: 'startNotice' }] },
        },
      },
      announced: { meta: { end: true } },
    },
  },
});

/** As it was first; what runs on it goes on with it. */
export const firstMeeting = defineChart({
  ...meeting,
  version: 1,
  events: { ...meeting.events, 'recusal.decide': firstDecision },
  guards: firstGuards(meeting.guards),
  actions: { ...meeting.actions, ...firstActions },
  data: { ...meeting.data, states: { ...meeting.data.states, open: firstOpen(meeting.data.states?.open) } },
});
