/** What a check found, as what speaks against publishing the route. */
import type { Municipality } from '../../machines/municipalities/municipality.ts';
import type { Route } from '../../machines/routes/route.ts';
import type { FieldError } from '../engine/refusal.ts';
import { checkRoute } from './check.ts';
import { written } from './path.ts';
import type { CheckResult, Finding } from './result.ts';

/** Empty when the route is proved; otherwise each defect with a shortest path to it, and each limit that was hit. */
export const objectionsTo = async (
  route: Route,
  municipality: Municipality,
): Promise<readonly FieldError[]> =>
  detailsOf(await checkRoute({ route, municipality })).map((detail) => ({ pointer: '/route', detail }));

function detailsOf(result: CheckResult): string[] {
  const shown = (what: string, findings: readonly Finding[]) =>
    findings.map(({ detail, path }) => `${what}: ${detail}\n${written(path)}`);
  const listed = (what: string, list: readonly string[]) => list.map((it) => `${what}: ${it}`);
  return [
    ...result.violations.map(
      ({ rule, cite, watches, path }) => `${rule} (${cite}) is violated: ${watches}\n${written(path)}`,
    ),
    ...shown('a message is not taken', result.unaccepted),
    ...shown('there is no way on', result.trapped),
    ...listed('never reached', result.unreached),
    ...listed('never taken', result.dead),
    ...listed('left to chance', result.nondeterministic),
    ...listed('fails', result.failures),
    ...result.bounds,
  ];
}
