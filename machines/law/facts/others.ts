/** Facts of notices, contracts and joint matters. */
import { standstills } from '../../agreement/standstill.ts';
import { numberOfDay } from '../../day.ts';
import { asProposed, type Outcome } from '../../outcomes.ts';
import type { ObservedStep } from '../observed-step.ts';
import type { Fact } from '../observer.ts';
import { enters, facts, isDeadline, STARTED } from './reading.ts';

export function noticeFacts(step: ObservedStep): readonly Fact[] {
  const { event, input, self } = step;
  const notice = self.id;
  const others = event.type === STARTED && Array.isArray(input.otherBoards) ? input.otherBoards : [];
  return [
    ...others.map((board): Fact => ({ name: 'board.awaited', about: { notice, board } })),
    ...facts({ notice, board: String(event.board) }, ['board.confirmed', event.type === 'notice.confirm']),
    ...facts(
      { notice },
      ['board.posted', event.type === STARTED || event.type === 'notice.repost'],
      ['board.everywhere', enters(step, 'posted')],
      ['board.broken', event.type === 'notice.break'],
      ['board.periodEnded', isDeadline(step, 'appealPeriod')],
      ['board.removed', enters(step, 'removed')],
    ),
  ];
}

export const contractFacts = (step: ObservedStep): readonly Fact[] =>
  facts(
    { contract: step.self.id },
    ['contract.noticeGiven', step.event.type === 'notice.give'],
    ['contract.endAgreed', step.event.type === 'end.agree'],
    ['contract.periodEnded', isDeadline(step, 'noticePeriod') || isDeadline(step, 'agreedEnd')],
    ['contract.ended', enters(step, 'ended')],
  );

export function agreementFacts(step: ObservedStep): readonly Fact[] {
  const { event, input, self } = step;
  const awarded = event.type === 'award.notify';
  const ended = isDeadline(step, 'standstill');
  const { days } = event.how === 'electronic' ? standstills.electronic : standstills.other;
  const on = numberOfDay(String(event.on));
  return facts(
    { contract: self.id },
    ['contract.procured', event.type === STARTED && input.procured === true],
    ['contract.awarded', awarded],
    // At least: the last day is moved if it is a rest day.
    ['contract.barred', awarded, on + days],
    ['contract.challenged', event.type === 'award.challenge'],
    ['contract.ruled', event.type === 'award.rule', on],
    ['contract.standstillEnded', ended],
    ['contract.barred', ended, numberOfDay(String(event.lastDay))],
    ['contract.signed', enters(step, 'signed'), on],
  );
}

/** Each party that is told of a decision has a time of its own. */
export const partyFacts = (step: ObservedStep): readonly Fact[] =>
  facts(
    { party: step.self.id, point: step.self.parent ?? '' },
    ['party.notified', step.event.type === STARTED],
    ['party.over', isDeadline(step, 'partyPeriod')],
  );

export const initiativeFacts = (step: ObservedStep): readonly Fact[] =>
  facts(
    { initiative: step.self.id },
    ['initiative.closedByClock', isDeadline(step, 'oneYear') && enters(step, 'closed')],
    ['initiative.yearEnded', isDeadline(step, 'oneYear') && !enters(step, 'closed')],
    ['initiative.reported', step.event.type === 'initiative.report'],
    ['initiative.closed', step.event.type === 'initiative.closed'],
  );

export function jointFacts(step: ObservedStep): readonly Fact[] {
  const { event, input, self } = step;
  const joint = self.id;
  const decides = event.type === 'member.decided';
  const proposed = asProposed.includes(event.outcome as Outcome);
  const members = event.type === STARTED && Array.isArray(input.members) ? input.members : [];
  return [
    ...members.map(
      (it): Fact => ({ name: 'member.takesPart', about: { joint, municipality: it.municipality } }),
    ),
    ...facts(
      { joint, municipality: String(event.municipality) },
      ['member.asProposed', decides && proposed],
      ['member.otherwise', decides && !proposed],
      ['member.annulled', event.type === 'member.annulled'],
    ),
    ...facts(
      { joint },
      ['joint.adopted', enters(step, 'adoptedByAll')],
      ['joint.formed', enters(step, 'adoptedByAll') && typeof input.forms === 'string'],
    ),
  ];
}
