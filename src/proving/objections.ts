/** What a check found, as what speaks against publishing the route. */
import type { Label } from '../../machines/label.ts';
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
  const shown = ({ sv, en }: Label, findings: readonly Finding[]) =>
    findings.map(({ detail, path }) => along({ sv: `${sv}: ${detail}`, en: `${en}: ${detail}` }, path));
  const listed = ({ sv, en }: Label, list: readonly string[]) =>
    list.map((it) => ({ detail: { sv: `${sv}: ${it}`, en: `${en}: ${it}` } }));
  return [
    ...result.violations.map(({ rule, cite, watches, path }) =>
      along(
        { sv: `${rule} (${cite}) överträds: ${watches}`, en: `${rule} (${cite}) is violated: ${watches}` },
        path,
      ),
    ),
    ...shown({ sv: 'ett meddelande tas inte emot', en: 'a message is not taken' }, result.unaccepted),
    ...shown({ sv: 'det finns ingen väg vidare', en: 'there is no way on' }, result.trapped),
    ...listed({ sv: 'nås aldrig', en: 'never reached' }, result.unreached),
    ...listed({ sv: 'tas aldrig', en: 'never taken' }, result.dead),
    ...listed({ sv: 'lämnas åt slumpen', en: 'left to chance' }, result.nondeterministic),
    ...listed({ sv: 'misslyckas', en: 'fails' }, result.failures),
    ...result.bounds.map((it) => ({ detail: { sv: it, en: it } })),
  ];
}

/** The path in words, and what the matter does on it. */
const along = ({ sv, en }: Label, path: readonly PathStep[]): Objection => ({
  detail: { sv: `${sv}\n${written(path)}`, en: `${en}\n${written(path)}` },
  path: path.map(
    ({ event, states, transitions }): CounterStep => ({
      event,
      transitions: transitions[MATTER] ?? [],
      states: states[MATTER] ?? [],
    }),
  ),
});
