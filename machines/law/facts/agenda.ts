/** Facts of a meeting's agenda: when it is summoned, what is added to it late, and who is let in. */
import type { ObservedStep } from '../observed-step.ts';
import type { Fact } from '../observer.ts';
import { facts } from './reading.ts';

export function agendaFacts(step: ObservedStep): readonly Fact[] {
  const { swedish = true } = step.input;
  return swedish ? [...summons(step), ...lateMatter(step), ...doors(step)] : [];
}

/** Whether every day that is given is by the last one; where there is no last day, all are. */
const isBy = (last: unknown, ...days: readonly unknown[]): boolean =>
  typeof last !== 'string' || days.every((it) => it === undefined || String(it) <= last);

function summons({ event, input, self }: ObservedStep): Fact[] {
  if (event.type !== 'meeting.summon') return [];
  const { sentOn, announcedOn, urgency } = event;
  const isCouncil = input.kind === 'council';
  const inTime = isBy(input.summonBy, sentOn, announcedOn);
  const byLast = isBy(input.urgentBy, sentOn, announcedOn);
  return facts(
    { meeting: self.id },
    ['summoned.inTime', isCouncil && inTime],
    ['summoned.urgent', isCouncil && !inTime && byLast && urgency !== undefined],
    ['summoned.unexcused', isCouncil && !inTime && urgency === undefined],
    ['summoned.tooLate', isCouncil && !byLast],
    ['summoned.committee', !isCouncil && inTime],
    ['summoned.committeeLate', !isCouncil && !inTime],
  );
}

/** What is added when the council has opened was not announced. */
function lateMatter({ event, input, self, taken }: ObservedStep): Fact[] {
  const isLate = event.type === 'agenda.add' && input.kind === 'council' && taken[0]?.source === 'open';
  const byAll = event.urgency !== undefined && event.unanimous === true;
  return facts(
    { meeting: self.id, matter: String(event.matter) },
    ['late.byAll', isLate && byAll],
    ['late.notByAll', isLate && !byAll],
  );
}

/** Where nothing is said, a council meets in public and a committee does not. */
function doors({ event, input, self }: ObservedStep): Fact[] {
  const opens = event.type === 'item.open';
  const isCouncil = input.kind === 'council';
  const isPublic = (event.doors ?? (isCouncil ? 'open' : 'closed')) === 'open';
  const mayBe = event.secret !== true && (isCouncil || input.openDoors === true);
  return facts(
    { meeting: self.id, matter: String(event.matter) },
    ['doors.closed', opens && !isPublic],
    ['doors.opened', opens && isPublic && mayBe],
    ['doors.openedWrongly', opens && isPublic && !mayBe],
  );
}
