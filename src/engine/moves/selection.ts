/** Which records a plan concerns, and what it would make of them. */
import type { Json } from '../../../machines/chart.ts';
import { countRootsOn, rootsOn } from '../../store/moves.ts';
import { parseFields } from '../parse.ts';
import { Refusal } from '../refusal.ts';
import { faultsOfPlan } from './faults.ts';
import { MovePlan } from './plan.ts';
import { type HashedPlan, type MoveSource, type Prepared, prepare } from './prepare.ts';

/** @throws Refusal `invalid` naming each wrong field. */
export function readPlan(
  written: Json,
  { registry }: Pick<MoveSource, 'registry'>,
  known: readonly string[],
): MovePlan {
  const plan = parseFields(MovePlan, written) as unknown as MovePlan;
  const fields = faultsOfPlan(plan, registry, known);
  if (fields.length === 0) return plan;
  throw new Refusal(
    'invalid',
    { sv: 'Planen går inte att följa.', en: 'The plan cannot be followed.' },
    { fields },
  );
}

/** What a plan makes of the records after a given one. Reads, and writes nothing. */
export async function previewOf(
  source: MoveSource,
  plan: HashedPlan,
  after: string,
  limit: number,
): Promise<readonly Prepared[]> {
  const prepared: Prepared[] = [];
  for (const root of await rootsAfter(source, plan, after, limit))
    prepared.push(await prepare(source, plan, root));
  return prepared;
}

/** The records that the plan concerns, after a given one, by their ids: those it names, or all that it finds. */
export async function rootsAfter(
  { db }: Pick<MoveSource, 'db'>,
  plan: MovePlan,
  after: string,
  limit: number,
): Promise<string[]> {
  const found: string[] = plan.matters ? [...plan.matters] : [];
  if (!plan.matters)
    for (const { chart, from: version } of plan.charts)
      found.push(...(await rootsOn(db, { chart, version }, { tenants: plan.municipalities, after, limit })));
  return [...new Set(found)]
    .filter((it) => it > after)
    .sort()
    .slice(0, limit);
}

/** How many of them there are. */
export const remainingOf = (
  db: MoveSource['db'],
  { charts, municipalities: tenants, matters: roots }: MovePlan,
) =>
  countRootsOn(
    db,
    charts.map(({ chart, from: version }) => ({ chart, version })),
    { tenants, roots },
  );
