/** Facts of a matter's route. */

import type { ObservedStep } from '../observed-step.ts';
import type { Fact } from '../observer.ts';
import { stageOf } from '../taken.ts';
import { enters, facts, isByPerson, STARTED } from './reading.ts';

/** What only a body does; the rule that a system may not, must not rest on how a chart declares its events. */
const acts = new Set([
  'question.put',
  'vote.demand',
  'votes.count',
  'vote.casting',
  'decision.confirm',
  'item.defer',
  'item.referBack',
  'minority.delay',
]);

export function matterFacts(step: ObservedStep): readonly Fact[] {
  const { event, self, input } = step;
  const about = { matter: self.id };
  const kind = stageOf(step.chart, step.taken[0]?.source ?? '').bodyKind;
  const is = (type: string) => event.type === type;
  return [
    ...facts(
      about,
      ['registered', is(STARTED) && typeof input.number === 'string' && input.number.trim() !== ''],
      ['listed', is('agenda.listed')],
      ['opened.board', is('item.opened') && kind === 'board'],
      ['opened.council', is('item.opened') && kind === 'council', Math.ceil(Number(event.present) / 3)],
      ['act.bySystem', acts.has(event.type) && !isByPerson(step)],
    ),
    ...voting(step),
    ...conclusion(step),
    ...facts(
      about,
      ['minority.delayed', is('minority.delay') && kind === 'council', Number(event.requesters)],
      ['minority.delayedElsewhere', is('minority.delay') && kind !== 'council'],
      ['majority.delayedElsewhere', (is('item.defer') || is('item.referBack')) && kind !== 'council'],
      ['minority.motivated', is('minority.delay') && event.kind === 'refer' && Boolean(event.motivation)],
      ['minority.unmotivated', is('minority.delay') && event.kind === 'refer' && !event.motivation],
      ['withdrawn', enters(step, 'withdrawn')],
      ['dispatched', is('decision.dispatch')],
    ),
  ];
}

function voting({ event, self }: ObservedStep): Fact[] {
  const is = (type: string) => event.type === type;
  const [yes, no] = [Number(event.yes), Number(event.no)];
  return facts(
    { matter: self.id },
    ['question.put', is('question.put')],
    ['vote.demanded', is('vote.demand')],
    ['votes.first', is('votes.count') && yes > no],
    ['votes.second', is('votes.count') && no > yes],
    ['votes.tied', is('votes.count') && yes === no],
    ['cast.first', is('vote.casting') && event.proposal === 1],
    ['cast.second', is('vote.casting') && event.proposal === 2],
    ['confirmed.first', is('decision.confirm') && event.finds === 1],
    ['confirmed.second', is('decision.confirm') && event.finds === 2],
  );
}

/** What a body's conclusion of its question is, by the role and kind of body of the stage that concludes it. */
function conclusion(step: ObservedStep): Fact[] {
  const reached = step.taken.flatMap((it) => it.targets).find((target) => target.endsWith('.concluded'));
  if (!reached) return [];
  const { role, bodyKind: kind } = stageOf(step.chart, reached);
  const puts = role === 'propose';
  const prepares = puts || role === 'prepare';
  return facts(
    { matter: step.self.id },
    ['prepared.board', prepares && kind === 'board'],
    ['prepared.committee', prepares && kind === 'committee'],
    ['proposed.board', puts && kind === 'board'],
    ['proposed.committee', puts && kind === 'committee'],
    ['decided.council', role === 'decide' && kind === 'council'],
    ['decision.byPerson', isByPerson(step)],
    ['decision.bySystem', !isByPerson(step)],
  );
}
