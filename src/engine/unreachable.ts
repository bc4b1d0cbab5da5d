/** What can be seen of a composed route without exploring it. */
import { transitionsById } from '../../machines/law/taken.ts';
import type { Municipality } from '../../machines/municipalities/municipality.ts';
import { composeRoute } from '../../machines/routes/compose.ts';
import type { Route } from '../../machines/routes/route.ts';
import type { FieldError } from './refusal.ts';

/** The stages that no transition leads to, whatever its guard: a stage before them never lets a matter on. */
export async function unreachable(route: Route, municipality: Municipality): Promise<readonly FieldError[]> {
  const edges = [...transitionsById(composeRoute(route, municipality)).values()];
  const stageOf = (path: string) => path.split('.')[0] ?? '';
  const reached = new Set([route.stages[0]?.id ?? '']);
  for (const stage of reached)
    for (const { source, targets } of edges)
      if (stageOf(source) === stage) for (const target of targets) reached.add(stageOf(target));
  return route.stages.flatMap(({ id }, index) =>
    reached.has(id) ? [] : [{ pointer: `/route/stages/${index}`, detail: `no matter reaches ${id}` }],
  );
}
