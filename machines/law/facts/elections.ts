/** Facts of proportional elections: who demand them, for whom, and that their ballots are counted. */
import type { ObservedStep } from '../observed-step.ts';
import type { Fact } from '../observer.ts';
import { stageOf } from '../taken.ts';
import { facts } from './reading.ts';

export function electionFacts({ chart, event, self, taken }: ObservedStep): readonly Fact[] {
  const { concerns } = stageOf(chart, taken[0]?.source ?? '');
  const counts = event.type === 'item.opened' || event.type === 'recusal.decided';
  const demands = event.type === 'election.demand';
  return facts(
    { matter: self.id },
    ['opened.election', counts && concerns === 'election', Number(event.present)],
    ['proportional.demanded', demands, Number(event.requesters) * (Number(event.places) + 1)],
    ['proportional.members', demands && event.of === 'members'],
    ['proportional.substitutes', demands && event.of === 'substitutes'],
    ['ballots.counted', event.type === 'ballots.count'],
  );
}
