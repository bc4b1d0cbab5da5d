/** Facts of a consultation: who answers, and that silence is no answer. */
import type { ObservedStep } from '../observed-step.ts';
import type { Fact } from '../observer.ts';
import { enters, facts, isDeadline } from './reading.ts';

export function consultationFacts(step: ObservedStep): readonly Fact[] {
  const { event, input, self } = step;
  const isOut = isDeadline(step, 'answerDue') || isDeadline(step, 'answerTime');
  const answers = event.type === 'consultation.answer';
  const states = answers && input.toCouncil === true && event.how !== 'waived';
  return facts(
    { consultation: self.id },
    ['answer.given', answers],
    ['answer.timeOut', isOut && !enters(step, 'answered')],
    ['answer.byClock', isOut && enters(step, 'answered')],
    ['answer.byFullBody', states && event.by === 'full'],
    ['answer.delegated', states && event.by !== 'full'],
  );
}
