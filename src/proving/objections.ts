/** What a check found, as what speaks against publishing the route. */
import type { Municipality } from '../../machines/municipalities/municipality.ts';
import type { Route } from '../../machines/routes/route.ts';
import type { CounterStep, FieldError } from '../engine/refusal.ts';
import { checkRoute } from './check.ts';
import { MATTER } from './matter-parts.ts';
import type { CheckResult, PathStep } from './result.ts';
import { textOf, toldOf } from './told.ts';

/** Empty when the route is proved; otherwise each defect with a shortest path to it, and each limit that was hit. */
export const objectionsTo = async (
  route: Route,
  municipality: Municipality,
): Promise<readonly FieldError[]> =>
  objectionsIn(await checkRoute({ route, municipality })).map((it) => ({ pointer: '/route', ...it }));

type Objection = Omit<FieldError, 'pointer'>;

const objectionsIn = (result: CheckResult): Objection[] =>
  toldOf(result).map(({ part: _, ...it }) => ({
    detail: { sv: textOf(it, 'sv'), en: textOf(it, 'en') },
    ...(it.path && { path: it.path.map(counterStep) }),
  }));

/** What the matter does in a step. */
const counterStep = ({ event, states, transitions }: PathStep): CounterStep => ({
  event,
  transitions: transitions[MATTER] ?? [],
  states: states[MATTER] ?? [],
});
