/** The legal rules of the municipal decision process, by the stable ids of the rulebook. */
import type { Rule } from './rule.ts';
import { budget } from './rules/budget.ts';
import { competence } from './rules/competence.ts';
import { conditions } from './rules/conditions.ts';
import { cooperation } from './rules/cooperation.ts';
import { deferral } from './rules/deferral.ts';
import { delegation } from './rules/delegation.ts';
import { execution } from './rules/execution.ts';
import { initiatives } from './rules/initiatives.ts';
import { meetings } from './rules/meetings.ts';
import { minutes } from './rules/minutes.ts';
import { preparation } from './rules/preparation.ts';
import { records } from './rules/records.ts';
import { recusal } from './rules/recusal.ts';
import { votes } from './rules/votes.ts';

export type { Rule } from './rule.ts';

/** Every rule, in the order of its id. */
export const rules = {
  ...competence,
  ...preparation,
  ...meetings,
  ...recusal,
  ...votes,
  ...deferral,
  ...conditions,
  ...minutes,
  ...execution,
  ...delegation,
  ...initiatives,
  ...budget,
  ...cooperation,
  ...records,
} as const satisfies Record<string, Rule>;

export type RuleId = keyof typeof rules;

/** True for the id of a rule that exists, `R-001` to `R-132`; anything else, however close, is false. */
export function isRuleId(value: string): value is RuleId {
  return Object.hasOwn(rules, value);
}
