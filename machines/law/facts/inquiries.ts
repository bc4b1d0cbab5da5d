/** Facts of interpellations and questions. */
import type { ObservedStep } from '../observed-step.ts';
import type { Fact } from '../observer.ts';
import { stageOf } from '../taken.ts';
import { facts } from './reading.ts';

export function inquiryFacts({ chart, event, input, self, taken }: ObservedStep): readonly Fact[] {
  const { of } = stageOf(chart, taken[0]?.source ?? '');
  const registers = event.type === 'inquiry.register';
  const proper =
    event.capacity !== 'other' &&
    event.office !== 'other' &&
    event.definite === true &&
    event.authority === false &&
    (of === 'question' || Boolean(event.reasons));
  const answers = event.type === 'answer.give';
  const heard = [input.askedBy, event.answeredBy];
  const others = (Array.isArray(event.speakers) ? event.speakers : []).some((it) => !heard.includes(it));
  const permits = taken.some(
    ({ source, targets }) =>
      source.endsWith('.concluded') && targets.some((target) => target.endsWith('.answering')),
  );
  return facts(
    { matter: self.id },
    ['inquiry.proper', registers && proper],
    ['inquiry.improper', registers && !proper],
    ['inquiry.permitted', permits],
    ['inquiry.answered', answers],
    ['question.betweenTwo', answers && of === 'question' && !others],
    ['question.amongOthers', answers && of === 'question' && others],
  );
}
