import type { Chart } from '../chart.ts';
import type { MatterContext } from '../stages/matter.ts';

/**
 * The keys of a matter's open points that are decided at its stage or at a later one; those of another actor: none. A
 * body decides the points that are its own at each of its stages that does more than prepare.
 * @param path of a state in which the matter is.
 */
export function decidedAhead(
  { data }: Chart,
  path: string,
  { points = [] }: Partial<MatterContext>,
): readonly string[] {
  const [stage] = path.split('.');
  const stages = Object.entries(data.states ?? {});
  const bodies = stages
    .slice(stages.findIndex(([id]) => id === stage))
    .flatMap(([, { meta }]) => (meta?.role === 'prepare' ? [] : [meta?.body]));
  return points.filter((it) => it.standing === 'open' && bodies.includes(it.body)).map((it) => it.key);
}
