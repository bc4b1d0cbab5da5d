/** Facts of a plan in the making: what it is judged to be, and who decides on it. */
import type { ObservedStep } from '../observed-step.ts';
import type { Fact } from '../observer.ts';
import { stageOf } from '../taken.ts';
import { facts } from './reading.ts';

export function planFacts({ chart, event, self, taken }: ObservedStep): readonly Fact[] {
  const judges = event.type === 'plan.account';
  const isPlan = Object.values(chart.data.states ?? {}).some(({ meta }) => meta?.role === 'planning');
  const reached = taken.flatMap((it) => it.targets).find((target) => target.endsWith('.concluded'));
  const { role, bodyKind } = stageOf(chart, reached ?? '');
  return facts(
    { matter: self.id },
    ['plan.ofPrinciple', judges && event.principle === true],
    ['plan.lesser', judges && event.principle === false],
    ['plan.adoptedBelow', isPlan && role === 'decide' && bodyKind !== 'council'],
  );
}
