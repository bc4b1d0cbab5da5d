/** What is counted in a vote: for which two proposals, how many, and who for which. */
import * as z from 'zod';
import { line, oneOf } from '../../events.ts';
import type { MatterContext, Question } from '../matter.ts';

/** The number of a proposal. */
export const proposal = (sv: string, en: string) => z.int().min(1).max(10).meta({ sv, en });

export const Vote = z.strictObject({
  member: line('Ledamot', 'Member'),
  vote: oneOf('Röst', 'Vote', {
    yes: { sv: 'Ja', en: 'Yes' },
    no: { sv: 'Nej', en: 'No' },
    abstained: { sv: 'Avstår', en: 'Abstains' },
  }),
});

export interface Count {
  readonly yes: number;
  readonly no: number;
  readonly abstained: number;
  /** The proposals that yes and no were for, where there are more than two. */
  readonly between?: readonly number[];
  readonly votes?: readonly z.infer<typeof Vote>[];
  readonly secret?: boolean;
}

/** The two proposals that are voted between: those that compete first, then the main proposal and the one left. */
export function pairOf({ question }: MatterContext): readonly number[] {
  const { main, contenders } = question ?? {};
  const [first, second] = contenders ?? [];
  return second === undefined ? [main ?? 1, first ?? 2] : [first ?? 1, second];
}

/** The proposal with more votes; the second where a tie is a vote lost. */
export const wonBy = (context: MatterContext, { yes, no }: Count): number =>
  pairOf(context)[yes > no ? 0 : 1] ?? 1;

/** The question with a part of it changed. */
export const changed = (context: MatterContext, change: Partial<Question>) => ({
  question: context.question && { ...context.question, ...change },
});
