/** Facts of initiatives from outside the bodies: popular initiatives and resignations. */
import type { Chart } from '../../chart.ts';
import type { ObservedStep } from '../observed-step.ts';
import type { Fact } from '../observer.ts';
import { stageOf } from '../taken.ts';
import { facts, STARTED } from './reading.ts';

const has = ({ data }: Chart, role: string): boolean =>
  Object.values(data.states ?? {}).some(({ meta }) => meta?.role === role);

interface Put {
  readonly outcome: string;
  readonly text?: string;
}

export function petitionFacts(step: ObservedStep): readonly Fact[] {
  const { chart, event, self, taken } = step;
  const { role } = stageOf(chart, taken[0]?.source ?? '');
  const resigns = event.type === 'question.put' && role === 'decide' && has(chart, 'resignation');
  const put = (Array.isArray(event.proposals) ? event.proposals : []) as unknown as readonly Put[];
  const refuses = put.filter(({ outcome }) => outcome === 'rejected');
  const verified = event.type === 'petition.verify';
  const enough = 10 * Number(event.signatures) >= Number(event.voters);
  return facts(
    { matter: self.id },
    ['petition.due', event.type === STARTED && has(chart, 'petition')],
    ['petition.tenth', verified && enough],
    ['petition.few', verified && !enough],
    ['resignation.granted', resigns && refuses.length === 0],
    ['resignation.refused', resigns && refuses.length > 0 && refuses.every(({ text }) => Boolean(text))],
    ['resignation.refusedUnreasoned', resigns && refuses.some(({ text }) => !text)],
  );
}
