/** A plan as it was published, which entries of the log name by its hash. */
import type { Registry } from '../../../machines/registry.ts';
import type { StoredPlan } from '../../store/moves.ts';
import { sha256 } from '../chain.ts';
import { MovePlan } from './plan.ts';

export interface PublishedPlan {
  readonly plan: MovePlan;
  readonly hash: string;
  readonly publishedAt: string;
  readonly publishedBy: string;
}

/** @throws Error for a stored plan that is not the one that was published, or one of whose versions is gone. */
export function publishedPlan(
  { id, hash, data, ...signed }: StoredPlan,
  registry: Pick<Registry, 'find'>,
): PublishedPlan {
  if (sha256(data) !== hash) throw new Error(`the plan ${id} is not the one that was published`);
  const plan = MovePlan.parse(JSON.parse(data));
  for (const { chart, from, to } of plan.charts)
    for (const version of [from, to])
      if (!registry.find(chart, version))
        throw new Error(`matters were moved from or to ${chart}@${version}, which is not registered`);
  return { plan, hash, ...signed };
}
