/** Who decides on a route, as its chart says. */
import type { Chart } from '../chart.ts';

/** What a body may do with a matter at a stage without deciding its points. */
const undecided: readonly unknown[] = ['prepare', 'remit'];

/** The bodies that can decide points on the route of a matter's chart, in its order. */
export const decidingBodies = ({ data }: Pick<Chart, 'data'>): readonly string[] =>
  Object.values(data.states ?? {}).flatMap(({ meta }) =>
    typeof meta?.body === 'string' && !undecided.includes(meta.role) ? [meta.body] : [],
  );
