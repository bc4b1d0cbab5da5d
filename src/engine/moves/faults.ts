/** What is wrong with a plan by itself, whichever matters there are. */
import { type Chart, statesOf } from '../../../machines/chart.ts';
import type { Label } from '../../../machines/label.ts';
import type { Registry } from '../../../machines/registry.ts';
import type { FieldError } from '../refusal.ts';
import type { ChartMove, MovePlan } from './plan.ts';

/** @param known the municipalities that there are. */
export function faultsOfPlan(
  { municipalities, charts }: MovePlan,
  registry: Registry,
  known: readonly string[],
): readonly FieldError[] {
  const unknown = municipalities.flatMap((it, index) =>
    known.includes(it)
      ? []
      : [
          fault(
            `/municipalities/${index}`,
            `det finns ingen kommun ”${it}”`,
            `there is no municipality "${it}"`,
          ),
        ],
  );
  const twice = charts.flatMap(({ chart, from }, index) =>
    charts.findIndex((it) => it.chart === chart && it.from === from) === index
      ? []
      : [
          fault(
            `/charts/${index}`,
            'samma version står redan i planen',
            'the plan has the same version already',
          ),
        ],
  );
  const wrong = charts.flatMap((it, index) =>
    chartFaults(it, municipalities, registry).map((one) => ({
      ...one,
      pointer: `/charts/${index}${one.pointer}`,
    })),
  );
  return [...unknown, ...twice, ...wrong];
}

const fault = (pointer: string, sv: string, en: string): FieldError => ({ pointer, detail: { sv, en } });

function chartFaults(move: ChartMove, municipalities: readonly string[], registry: Registry): FieldError[] {
  const { chart, from, to } = move;
  const [old, next] = [registry.find(chart, from), registry.find(chart, to)];
  if (!old) return [fault('/from', ...missing(chart, from))];
  if (!next) return [fault('/to', ...missing(chart, to))];
  const [municipality = '', route] = chart.split('/');
  return [
    ...(to > from
      ? []
      : [fault('/to', 'en flytt går till en senare version', 'a move goes to a later version')]),
    ...(route === undefined || municipalities.includes(municipality)
      ? []
      : [
          fault(
            '/chart',
            'vägen hör till en kommun som planen inte gäller',
            'the route belongs to a municipality that the plan is not for',
          ),
        ]),
    ...deafTo(old, next),
    ...nameFaults(move, old, next),
  ];
}

const missing = (chart: string, version: number): [string, string] => [
  `det finns ingen ${chart} version ${version}`,
  `there is no ${chart} version ${version}`,
];

/** Whoever is around an actor goes on telling it what the old version took: parts, meetings, other matters. */
function deafTo(old: Chart, next: Chart): FieldError[] {
  const messages = Object.entries(old.events).flatMap(([type, { kind }]) =>
    kind === 'message' ? [type] : [],
  );
  return messages
    .filter((type) => next.events[type]?.kind !== 'message')
    .map((type) =>
      fault(
        '/to',
        `den nya versionen tar inte emot ”${type}”, som andra kan vara på väg att säga`,
        `the new version does not take "${type}", which others may be about to tell`,
      ),
    );
}

function nameFaults({ states, context, deadlines }: ChartMove, old: Chart, next: Chart): FieldError[] {
  const each = (
    pointer: string,
    names: readonly (readonly [key: string, name: string])[],
    known: ReadonlySet<string>,
    what: Label,
  ) =>
    names
      .filter(([, it]) => !known.has(it))
      .map(([key, it]) => fault(`${pointer}/${escaped(key)}`, `${what.sv} ”${it}”`, `${what.en} "${it}"`));
  const keysOf = (it: object) => Object.keys(it).map((key) => [key, key] as const);
  const fields = new Set([...Object.keys(next.context), ...Object.keys(next.input.shape)]);
  return [
    ...each('/states', keysOf(states), pathsOf(old), {
      sv: 'den gamla versionen har inget läge',
      en: 'the old version has no state',
    }),
    ...each('/states', Object.entries(states), pathsOf(next), {
      sv: 'den nya versionen har inget läge',
      en: 'the new version has no state',
    }),
    ...each('/context', keysOf(context), fields, {
      sv: 'den nya versionen minns inget',
      en: 'the new version does not remember any',
    }),
    ...each(
      '/deadlines',
      keysOf(deadlines),
      new Set([...Object.keys(old.deadlines), ...Object.keys(next.deadlines)]),
      { sv: 'ingen av versionerna har fristen', en: 'neither version has the deadline' },
    ),
  ];
}

const pathsOf = ({ data }: Chart): ReadonlySet<string> =>
  new Set([...statesOf(data)].map(([path]) => path.join('.')));

const escaped = (key: string): string => key.replaceAll('~', '~0').replaceAll('/', '~1');
