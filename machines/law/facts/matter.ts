/** Facts of a matter's route. */

import type { JsonObject } from '../../chart.ts';
import { isEnding } from '../../outcomes.ts';
import type { ObservedStep } from '../observed-step.ts';
import type { Fact } from '../observer.ts';
import { stageOf } from '../taken.ts';
import { delegationFacts } from './delegation.ts';
import { electionFacts } from './elections.ts';
import { financeFacts } from './finance.ts';
import { inquiryFacts } from './inquiries.ts';
import { petitionFacts } from './petitions.ts';
import { planFacts } from './plans.ts';
import { enters, facts, isByPerson, STARTED } from './reading.ts';

/** What only a body does; the rule that a system may not, must not rest on how a chart declares its events. */
const acts = new Set([
  'motion.make',
  'motion.withdraw',
  'motion.decline',
  'motion.refuse',
  'motion.allow',
  'question.put',
  'vote.demand',
  'counter.find',
  'votes.count',
  'vote.casting',
  'vote.chair',
  'lot.draw',
  'election.demand',
  'ballots.count',
  'decision.confirm',
  'decision.take',
  'urgent.decide',
  'decision.note',
  'item.defer',
  'item.referBack',
  'minority.delay',
  'review.request',
  'initiative.remit',
  'initiative.assign',
  'review.release',
  'review.return',
  'answer.give',
  'inquiry.writeOff',
]);

export function matterFacts(step: ObservedStep): readonly Fact[] {
  const { event, self, input } = step;
  const about = { matter: self.id };
  const { bodyKind: kind, brake, concerns } = stageOf(step.chart, step.taken[0]?.source ?? '');
  const isThird = brake !== 'own';
  const counts = event.type === 'item.opened' || event.type === 'recusal.decided';
  const is = (type: string) => event.type === type;
  return [
    ...facts(
      about,
      ['registered', is(STARTED) && typeof input.number === 'string' && input.number.trim() !== ''],
      ['listed', is('agenda.listed')],
      ['listed.urgent', is('agenda.listed') && event.urgent === true],
      ['reached.council', step.taken.some((it) => it.targets.some((to) => isAtCouncil(step, to)))],
      ['opened.board', is('item.opened') && kind === 'board'],
      ['opened.committee', is('item.opened') && kind === 'committee'],
      ['opened.council', counts && kind === 'council', Math.ceil(Number(event.present) / 3)],
      ['act.bySystem', acts.has(event.type) && !isByPerson(step)],
    ),
    ...facts(
      about,
      ['authority.closed', is('item.opened') && concerns === 'authority' && event.public !== true],
      ['authority.open', is('item.opened') && concerns === 'authority' && event.public === true],
    ),
    ...voting(step),
    ...electionFacts(step),
    ...conclusion(step),
    ...callIn(step),
    ...opportunity(step),
    ...delegationFacts(step),
    ...financeFacts(step),
    ...initiative(step),
    ...petitionFacts(step),
    ...inquiryFacts(step),
    ...planFacts(step),
    ...facts(
      about,
      ['minority.delayed', is('minority.delay') && isThird && kind === 'council', Number(event.requesters)],
      ['minority.delayedElsewhere', is('minority.delay') && isThird && kind !== 'council'],
      ['majority.delayedElsewhere', (is('item.defer') || is('item.referBack')) && kind !== 'council'],
      ['minority.motivated', is('minority.delay') && event.kind === 'refer' && Boolean(event.motivation)],
      ['minority.unmotivated', is('minority.delay') && event.kind === 'refer' && !event.motivation],
      ['withdrawn', step.taken.some((it) => it.targets.some(isEnding))],
      ['dispatched', is('decision.dispatch')],
      ['closed', enters(step, 'after.closed')],
    ),
  ];
}

const isAtCouncil = ({ chart }: ObservedStep, path: string): boolean => {
  const { bodyKind, law } = stageOf(chart, path);
  return bodyKind === 'council' && law === undefined;
};

function voting(step: ObservedStep): Fact[] {
  const { event, self } = step;
  const is = (type: string) => event.type === type;
  const { tie, majority, concerns } = stageOf(step.chart, step.taken[0]?.source ?? '');
  const proposals = Array.isArray(event.proposals) ? event.proposals.length : 0;
  const isLast = !inRound(step);
  const [yes, no] = [Number(event.yes), Number(event.no)];
  const counts = is('votes.count') && isLast;
  // Where a tie is a vote lost, or the majority is another, there is nothing to cast.
  const isTied = yes === no && tie !== 'rejected' && majority === undefined;
  const [first = 1, second = 2] = Array.isArray(event.between) ? event.between.map(Number) : [];
  const casts = isLast && castings.has(event.type);
  return facts(
    { matter: self.id },
    ['question.put', is('question.put') || is('election.demand')],
    ['question.many', is('question.put') && proposals > 2],
    ['vote.demanded', is('vote.demand') && !enters(step, 'deliberating')],
    ['agreement.lacking', is('vote.demand') && enters(step, 'deliberating')],
    ['counter.chosen', enters(step, 'voting') && !is('vote.demand')],
    ['ballot.open', is('votes.count') && event.secret !== true],
    ['ballot.secretElsewhere', event.secret === true && !hasSecretBallot(step)],
    ['ballot.full', is('votes.count') && concerns === 'authority' && event.abstained === 0],
    ['ballot.abstained', is('votes.count') && concerns === 'authority' && event.abstained !== 0],
    ['ballot.secretNamed', event.secret === true && event.votes !== undefined],
    ['votes.counted', counts && !isTied],
    ['votes.tied', counts && isTied],
    ['cast', casts],
    ['vote.won', counts && !isTied && majority === undefined, yes > no ? first : second],
    ['vote.won', casts, Number(event.proposal)],
    ['confirmed', is('decision.confirm'), Number(event.finds)],
  );
}

const castings = new Set(['vote.casting', 'vote.chair', 'lot.draw']);

/** A vote among the proposals that compete to be put against the main one. */
const inRound = ({ taken }: ObservedStep): boolean =>
  /\.(eliminating|roundTied)$/.test(taken[0]?.source ?? '');

/** In elections and in matters of employment. */
const hasSecretBallot = ({ chart, taken }: ObservedStep): boolean =>
  ['election', 'employment'].includes(String(stageOf(chart, taken[0]?.source ?? '').concerns));

/** A window that holds decisions is to them what a point is that they depend on. */
function callIn({ chart, event, self, taken }: ObservedStep): Fact[] {
  const source = taken[0]?.source ?? '';
  const { role, stage } = stageOf(chart, source);
  if (role !== 'review') return [];
  const passes = event.type === 'review.release' || event.type.startsWith('xstate.after.reviewWindow.');
  return facts(
    { referenced: `${self.id}.${stage}` },
    ['window.passed', passes],
    ['window.returned', event.type === 'review.return'],
  );
}

/** Who raises what, and what the council assigns to a committee. */
function initiative({ chart, event, self, taken }: ObservedStep): Fact[] {
  const { of } = stageOf(chart, taken[0]?.source ?? '');
  const raises = event.type === 'initiative.register';
  const byMember = event.capacity === 'member' || event.capacity === 'servingSubstitute';
  const byResident = event.capacity === 'resident';
  const assigns = event.type === 'initiative.assign';
  return facts(
    { matter: self.id },
    ['motion.byMember', raises && of === 'motion' && byMember],
    ['motion.byOther', raises && of === 'motion' && !byMember],
    ['proposal.byResident', raises && of === 'citizenProposal' && byResident],
    ['proposal.byOther', raises && of === 'citizenProposal' && !byResident],
    ['assigned', assigns && event.reserved !== true],
    ['assigned.reserved', assigns && event.reserved === true],
  );
}

/** A body has had its opportunity when it has answered where it was asked, or its time is out. */
function opportunity({ chart, event, self, taken }: ObservedStep): Fact[] {
  const { consulted } = stageOf(chart, taken[0]?.source ?? '');
  const heard = event.type === 'consultation.answered' || event.type === 'consultation.expired';
  const kind = (consulted as JsonObject | undefined)?.[String(event.body)];
  return facts(
    { matter: self.id },
    ['opportunity.board', heard && kind === 'board'],
    ['opportunity.committee', heard && kind === 'committee'],
  );
}

/** What a body's conclusion of its question is, by the role and kind of body of the stage that concludes it. */
function conclusion(step: ObservedStep): Fact[] {
  const reached = step.taken.flatMap((it) => it.targets).find((target) => target.endsWith('.concluded'));
  if (!reached) return [];
  const { role, bodyKind: kind, law, concerns, unprepared } = stageOf(step.chart, reached);
  // Elections need no preparation; who must have prepared it is said by the Swedish act alone.
  const decides = role === 'decide' && kind === 'council' && law === undefined && concerns !== 'election';
  const isByAll = unprepared === true && step.event.unanimous === true;
  const puts = role === 'propose';
  const prepares = puts || role === 'prepare';
  return facts(
    { matter: step.self.id },
    ['prepared.board', prepares && kind === 'board'],
    ['prepared.committee', prepares && kind === 'committee'],
    ['prepared.drafting', prepares && kind === 'draftingCommittee'],
    ['proposed.board', puts && kind === 'board'],
    ['proposed.committee', puts && (kind === 'committee' || kind === 'draftingCommittee')],
    ['decided.council', decides && !isByAll],
    ['decided.unprepared', decides && isByAll],
    ['decision.byPerson', isByPerson(step)],
    ['decision.bySystem', !isByPerson(step)],
  );
}
