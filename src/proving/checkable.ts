/** What can be checked, in a form that can be handed to another thread: functions stay behind. */
import type { Chart } from '../../machines/chart.ts';
import { Municipality } from '../../machines/municipalities/municipality.ts';
import { builtIn, municipalities } from '../../machines/registry.ts';
import { againstTheAct } from '../../machines/routes/act.ts';
import { composeRoute } from '../../machines/routes/compose.ts';
import { Route } from '../../machines/routes/route.ts';
import type { Subject } from './parts.ts';

/** A chart of the built-in registry by its name, or a route in a municipality. */
export type Checkable =
  | { readonly chart: string }
  | { readonly route: Route; readonly municipality: Municipality };

/** The municipality whose bodies an actor is proved with, where its chart is nobody's. */
const EXAMPLE = 'huddinge';

/** @throws Error for a name that is not registered, and for a route that cannot be composed, or is against the act. */
export function subjectOf(what: Checkable): Subject {
  const registry = builtIn();
  const charts = (name: string): Chart => {
    const chart = registry.latest(name);
    if (!chart) throw new Error(`there is no chart ${name}`);
    return chart;
  };
  if ('route' in what) {
    const municipality = Municipality.parse(what.municipality);
    const route = Route.parse(what.route);
    const [fault] = againstTheAct(route, municipality);
    if (fault) throw new Error(`${nameOf(what)}: ${fault.pointer}: ${fault.detail.en}`);
    return { chart: composeRoute(route, municipality), municipality, charts };
  }
  const [id = ''] = what.chart.split('/');
  const municipality = municipalities.find((it) => it.id === (what.chart.includes('/') ? id : EXAMPLE));
  if (!municipality) throw new Error(`there is no municipality ${id}`);
  return { chart: charts(what.chart), municipality, charts };
}

/** The name under which the result is known. */
export const nameOf = (what: Checkable): string =>
  'route' in what ? `${what.municipality.id}/${what.route.name}` : what.chart;
