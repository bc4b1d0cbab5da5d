/** Whether the plans by which matters were moved are there as they were published. */
import type { Db } from '../../../db/tables.ts';
import type { Label } from '../../../machines/label.ts';
import { sha256 } from '../../engine/chain.ts';
import { MOVED, type MovedPayload } from '../../engine/moves/moved.ts';
import type { Folded } from '../../engine/replay.ts';
import { findPlan, storedPlans } from '../../store/moves.ts';
import type { Finding } from './evidence.ts';

/** An entry by which an actor was moved, and the plan that it names. */
export interface Planned {
  readonly actor: string;
  readonly version: number;
  readonly plan: string;
  readonly hash: string;
}

export function plannedIn({ entry: { actor, version, type, payload } }: Folded): Planned[] {
  if (type !== MOVED) return [];
  const { plan, planHash } = JSON.parse(payload) as MovedPayload;
  return [{ actor, version, plan: String(plan), hash: planHash }];
}

/** The moves whose plan is not there as it was then. */
export async function plannedFindings(db: Db, planned: readonly Planned[]): Promise<Finding[]> {
  const found: Finding[] = [];
  for (const { actor, version, plan, hash } of planned) {
    const stored = await findPlan(db, plan);
    if (!stored || sha256(stored.data) !== hash)
      found.push({ actor, version, kind: 'plan', detail: goneOf(plan) });
  }
  return found;
}

/** The plans that are not what was published, whether or not anything was moved by them. */
export const planFindings = async (db: Db): Promise<Finding[]> =>
  (await storedPlans(db))
    .filter((it) => sha256(it.data) !== it.hash)
    .map((it) => ({ actor: '', version: null, kind: 'plan', detail: alteredOf(it.id) }));

const goneOf = (plan: string): Label => ({
  sv: `Planen ${plan} som posten flyttade efter finns inte kvar som den publicerades.`,
  en: `The plan ${plan} by which the entry moved is not there as it was published.`,
});

const alteredOf = (plan: string): Label => ({
  sv: `Planen ${plan} är inte den som publicerades.`,
  en: `The plan ${plan} is not the one that was published.`,
});
