/** What other records are called that a record names by their ids. */
import type { JsonObject } from '../../machines/chart.ts';
import { actorsNamedIn } from '../engine/named.ts';
import { findActors } from '../store/actors.ts';
import { namesOf } from '../store/names.ts';
import type { Source } from './source.ts';

/** A record as people know it; the number of a meeting is its day, which is in its title too. */
export interface RecordName {
  readonly title: string;
  readonly number: string | null;
  readonly municipality: string;
}

/** The records outside of `root` that steps of it name and that are seen, by id. */
export async function recordsNamedIn(
  { db, scope }: Pick<Source, 'db' | 'scope'>,
  root: string,
  steps: readonly { readonly payload: JsonObject }[],
): Promise<ReadonlyMap<string, RecordName>> {
  const named = new Set(steps.flatMap(({ payload }) => actorsNamedIn(JSON.stringify(payload))));
  const others = [...named].filter((it) => it !== root && !it.startsWith(`${root}.`));
  const seen = await namesOf(db, scope, others);
  const found = await findActors(db, [...seen.keys()]);
  return new Map(
    found.map(({ id, title, number, tenant: municipality }) => [id, { title, number, municipality }]),
  );
}
