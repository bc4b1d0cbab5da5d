/** The outcomes of a matter, in the order in which it had them: each with what belongs to it. */
import { type Action, assigning, type JsonObject, type Named } from '../../chart.ts';
import type { Had, HadOutcome, MatterContext } from '../matter.ts';

/** The outcomes of a matter with one more. What a deadline says is nothing of the matter's. */
export function withOutcome(
  { outcomes, body }: Pick<MatterContext, 'outcomes' | 'body'>,
  { type, meta, ...said }: { readonly type: string; readonly meta: { readonly on: string } },
  outcome: Had,
  more: JsonObject = {},
): readonly HadOutcome[] {
  const isTime = type.startsWith('xstate.');
  const all = { ...(isTime ? {} : (said as JsonObject)), ...more };
  return [...outcomes, { outcome, on: meta.on, body, event: type, said: all }];
}

/** The action that records an outcome with what the event says of it. */
export const records = (outcome: Had): Named => ({ type: 'recordOutcome', params: { outcome } });

const referrals: ReadonlySet<Had> = new Set<Had>(['referredBack', 'recommitted', 'minorityReferral']);

export const outcomeActions: Readonly<Record<string, Action>> = {
  recordOutcome: assigning<MatterContext, unknown, { outcome: Had }>(1, (context, event, { outcome }) => ({
    outcomes: withOutcome(context, event, outcome),
  })),
  /** What goes back to where it has been sent back before is recommitted. */
  recordReferral: assigning<MatterContext, { to: string }>(1, (context, event) => {
    const again = context.outcomes.some((it) => referrals.has(it.outcome) && it.said.to === event.to);
    return { outcomes: withOutcome(context, event, again ? 'recommitted' : 'referredBack') };
  }),
};
