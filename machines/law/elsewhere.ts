/** What the Swedish act says of the council in one place and of committees in another; of a body abroad its own rules do. */
import type { RuleId } from './rules.ts';

/** Where a rule is the council's: the one that says the same of committees, if any does. */
export const ofCommittees = (rule: RuleId | null) => ({ committee: rule, own: null });

/** Where a rule is that of committees: the one that says the same of the council, if any does. */
export const ofCouncil = (rule: RuleId | null) => ({ council: rule, own: null });
