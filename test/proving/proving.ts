import type { Chart } from '../../machines/chart.ts';
import { huddinge } from '../../machines/municipalities/huddinge.ts';
import type { Municipality } from '../../machines/municipalities/municipality.ts';
import { builtIn, municipalities } from '../../machines/registry.ts';
import { composeRoute } from '../../machines/routes/compose.ts';
import { Route } from '../../machines/routes/route.ts';
import type { Limits } from '../../src/proving/exploration.ts';
import { type Options, prove } from '../../src/proving/prove.ts';
import type { CheckResult } from '../../src/proving/result.ts';

const registry = builtIn();

export const charts = registry.all();

export function chartNamed(name: string): Chart {
  const chart = registry.latest(name);
  if (!chart) throw new Error(`no chart ${name}`);
  return chart;
}

/** A committee's exercise of public authority: no built-in route says of its matters that they are that. */
export const authorityMatter = composeRoute(
  Route.parse({
    name: 'authority',
    version: 1,
    label: { sv: 'Myndighetsutövning', en: 'Public authority' },
    stages: [
      { id: 'administration', type: 'preparation', label: { sv: 'Förvaltningen', en: 'Administration' } },
      {
        id: 'sn',
        type: 'meeting',
        body: 'sn',
        role: 'decide',
        referTo: ['administration'],
        concerns: 'authority',
      },
    ],
  }),
  huddinge,
);

/** Proves a chart of the registry among the others, some of them replaced. */
export function proved(
  name: string,
  replaced: readonly Chart[] = [],
  {
    among = municipalities,
    // How long a proof takes on the machine of a test says nothing of the chart.
    limits = { states: 300_000, until: Number.POSITIVE_INFINITY },
    ...options
  }: Options & { limits?: Limits; among?: readonly Municipality[] } = {},
): CheckResult {
  const named = (it: string) => replaced.find((chart) => chart.name === it) ?? chartNamed(it);
  const [tenant] = name.split('/');
  const municipality =
    among.find((it) => it.id === tenant) ?? municipalities.find((it) => it.id === 'huddinge');
  if (!municipality) throw new Error('Huddinge is missing');
  return prove({ chart: named(name), municipality, charts: named }, limits, options);
}
