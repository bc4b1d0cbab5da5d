/**
 * A plan by which matters under way are moved to a new version of what they run on, as data. Each moves as a whole or
 * not at all, by one entry of its log; what has been is not rewritten.
 */
import * as z from 'zod';

const slug = z.string().regex(/^[a-z][a-z0-9-]{0,59}$/);
const statePath = z.string().min(1).max(200);
const line = z.string().trim().min(1).max(200);

/**
 * What becomes of a deadline that runs. `keep`: its last day stays. `recompute`: by the new version's rule, from the
 * day on which its state was entered. `restart`: by that rule, from the day of the move. `end`: it runs no more. One
 * that was left, cancelled or has fired is in no case revived.
 */
export const policies = ['keep', 'recompute', 'restart', 'end'] as const;
export type Policy = (typeof policies)[number];

export const ChartMove = z.strictObject({
  /** `municipality/route`, or the name of another actor's chart. */
  chart: z.string().min(1).max(200),
  from: z.int().positive(),
  to: z.int().positive(),
  /** Old state → new state, by their paths; a state within one that is named goes along; the rest keep theirs. */
  states: z.record(statePath, statePath).default({}),
  /** What a moved actor remembers otherwise than before, by field. Fields that are new begin as the chart says. */
  context: z.record(z.string().min(1), z.unknown()).default({}),
  /** By the name of the deadline. */
  deadlines: z.record(z.string().min(1), z.enum(policies)).default({}),
});
export type ChartMove = z.infer<typeof ChartMove>;

export const MovePlan = z.strictObject({
  id: slug,
  /** Whose matters are moved. */
  municipalities: z.array(slug).min(1).max(400),
  charts: z.array(ChartMove).min(1).max(100),
  /** Only these records; without it every one that runs on the old versions. */
  matters: z.array(z.string().min(1).max(200)).min(1).max(1000).optional(),
  /** Whether those move whose log would have taken another course under the new version. */
  diverging: z.enum(['stay', 'move']).default('stay'),
  /** Whether a municipality's part of a joint matter moves without the others that are under way. */
  peers: z.enum(['together', 'alone']).default('together'),
  reason: z.string().trim().min(1).max(2000),
  /** The person who has approved it, by name. */
  approver: line,
});
export type MovePlan = z.infer<typeof MovePlan>;

/** Where a state of the old version is found in the new one. */
export function renamed(states: Readonly<Record<string, string>>, path: string): string {
  for (let outer = path; outer !== ''; outer = outer.slice(0, Math.max(outer.lastIndexOf('.'), 0))) {
    const to = Object.hasOwn(states, outer) ? states[outer] : undefined;
    if (to !== undefined) return to + path.slice(outer.length);
  }
  return path;
}

/** Whether a state is another one, or within it; every state is within the root, `''`. */
export const isWithin = (path: string, outer: string): boolean =>
  outer === '' || path === outer || path.startsWith(`${outer}.`);
