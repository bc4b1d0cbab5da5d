/** Facts of a meeting. The quorum is reckoned here from the seats and those present, whatever the chart does. */

import type { JsonObject } from '../../chart.ts';
import { isMoreThanHalf, moreThanHalf, Quorum } from '../../municipalities/municipality.ts';
import { peopleIn } from '../../person.ts';
import type { ObservedStep } from '../observed-step.ts';
import type { Fact } from '../observer.ts';
import { agendaFacts } from './agenda.ts';
import { enters, facts, isByPerson } from './reading.ts';

const acts = new Set([
  'meeting.open',
  'attendance.change',
  'item.open',
  'recusal.raise',
  'recusal.decide',
  'answer.open',
  'reservation.record',
  'meeting.close',
]);

export function meetingFacts(step: ObservedStep): readonly Fact[] {
  const { event, self } = step;
  const about = { meeting: self.id };
  const is = (type: string) => event.type === type;
  // Some points of an item may be decided before the rest of it is deferred.
  const leaves = is('item.concluded') || is('item.left');
  return [
    ...facts(about, ['act.bySystem', acts.has(event.type) && !isByPerson(step)]),
    ...(is('meeting.open') ? opening(step) : []),
    ...(is('attendance.change') ? attendance(step) : []),
    ...(is('item.open') ? item(step) : []),
    ...agendaFacts(step),
    ...facts(
      { ...about, matter: String(event.matter) },
      ['treated', leaves && Array.isArray(event.points) && event.points.length > 0],
      ['reservation', is('reservation.record')],
      ['recusal.raised', is('recusal.raise')],
      ['recusal.decided', is('recusal.decide')],
      ['item.concluded', is('item.concluded')],
      ['item.left', is('item.left')],
      ['votes.unlisted', leaves && event.unlisted === true],
      ['paragraph.approved', is('paragraph.approve') && event.written === true],
      ['paragraph.unwritten', is('paragraph.approve') && event.written !== true],
      ['paragraph.listed', is('paragraph.approve') && event.voteLists !== undefined],
    ),
    ...facts(
      about,
      ['answer.allowed', is('answer.open') && step.input.answersBelowQuorum === true],
      ['answer.unallowed', is('answer.open') && step.input.answersBelowQuorum !== true],
      ['meeting.closed', is('meeting.close')],
      ['minutes.completed', is('minutes.complete')],
      ['minutes.reopened', is('minutes.reopen')],
      ['minutes.listed', is('minutes.complete') && event.voteLists !== undefined],
      ['minutes.unlisted', is('minutes.complete') && event.voteLists === undefined],
    ),
    ...minutes(step),
  ];
}

const isQuorum = (present: number, seats: number) => 2 * present > seats;

/** How many may leave without breaking the quorum. */
const toSpare = (present: number, seats: number) => present - Math.floor(seats / 2) - 1;

const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

/** The seats, where the body decides with more than half of them: of any other rule the Swedish act knows nothing. */
function seatsOf({ seats, quorum }: JsonObject): number | null {
  const rule = Quorum.safeParse(quorum).data ?? moreThanHalf;
  return typeof seats === 'number' && isMoreThanHalf(rule) ? seats : null;
}

function opening({ event, input, self }: ObservedStep): Fact[] {
  const seats = seatsOf(input);
  const present = Number(event.present);
  const committee = ['committee.opened', input.kind !== 'council'] as const;
  if (seats === null) return facts({ meeting: self.id }, committee, ['meeting.openedUnseated', true]);
  return facts(
    { meeting: self.id },
    committee,
    ['quorum.present', isQuorum(present, seats), toSpare(present, seats)],
    ['meeting.openedInquorate', !isQuorum(present, seats)],
  );
}

/** People come and go: the quorum may be lost, and found again. */
function attendance({ event, input, self }: ObservedStep): Fact[] {
  const seats = seatsOf(input);
  const present = Number(event.present);
  if (seats === null) return [];
  return facts(
    { meeting: self.id },
    ['quorum.present', isQuorum(present, seats), toSpare(present, seats)],
    ['quorum.lost', !isQuorum(present, seats)],
  );
}

/** In the council a conflict of interest does not break the quorum, in a committee it does. */
function item({ event, input, self }: ObservedStep): Fact[] {
  const { kind } = input;
  const seats = seatsOf(input);
  const council = kind === 'council';
  // Those who serve in their place are present as well.
  const leaving = council ? 0 : new Set(listOf(event.recused)).size - listOf(event.substitutes).length;
  const own = seats !== null && typeof event.present === 'number';
  const quorate = !own || isQuorum(Number(event.present) - leaving, seats);
  return facts(
    { meeting: self.id, matter: String(event.matter) },
    ['item.opened', !own && leaving === 0],
    ['item.recused', !own && leaving > 0, leaving],
    ['item.quorate', own && quorate],
    ['item.inquorateCouncil', !quorate && council],
    ['item.inquorate', !quorate && !council],
  );
}

function minutes(step: ObservedStep): Fact[] {
  const { event, input, self } = step;
  const approves = enters(step, 'approved');
  const enough = peopleIn(listOf(event.approvedBy).map(String)) > Number(input.approvers);
  return facts(
    { meeting: self.id },
    ['minutes.approved', approves],
    ['minutes.approvedByAll', approves && enough],
    ['minutes.approvedByFew', approves && !enough],
    ['announced', enters(step, 'announced')],
  );
}
