/** What a check found, as what speaks against publishing the route. */
import type { Municipality } from '../../machines/municipalities/municipality.ts';
import type { Route } from '../../machines/routes/route.ts';
import type { CounterStep, FieldError } from '../engine/refusal.ts';
import { checkRoute } from './check.ts';
import { MATTER } from './matter-parts.ts';
import { written } from './path.ts';
import type { CheckResult, Finding, PathStep } from './result.ts';

/** Empty when the route is proved; otherwise each defect with a shortest path to it, and each limit that was hit. */
export const objectionsTo = async (
  route: Route,
  municipality: Municipality,
): Promise<readonly FieldError[]> =>
  objectionsIn(await checkRoute({ route, municipality })).map((it) => ({ pointer: '/route', ...it }));

type Objection = Omit<FieldError, 'pointer'>;

function objectionsIn(result: CheckResult): Objection[] {
  const shown = (what: string, findings: readonly Finding[]) =>
    findings.map(({ detail, path }) => along(`${what}: ${detail}`, path));
  const listed = (what: string, list: readonly string[]) => list.map((it) => ({ detail: `${what}: ${it}` }));
  return [
    ...result.violations.map(({ rule, cite, watches, path }) =>
      along(`${rule} (${cite}) is violated: ${watches}`, path),
    ),
    ...shown('a message is not taken', result.unaccepted),
    ...shown('there is no way on', result.trapped),
    ...listed('never reached', result.unreached),
    ...listed('never taken', result.dead),
    ...listed('left to chance', result.nondeterministic),
    ...listed('fails', result.failures),
    ...result.bounds.map((detail) => ({ detail })),
  ];
}

/** The path in words, and what the matter does on it. */
const along = (what: string, path: readonly PathStep[]): Objection => ({
  detail: `${what}\n${written(path)}`,
  path: path.map(
    ({ event, states, transitions }): CounterStep => ({
      event,
      transitions: transitions[MATTER] ?? [],
      states: states[MATTER] ?? [],
    }),
  ),
});
