import { sql } from 'kysely';
import type { Db } from '../../db/tables.ts';
import type { StoredActor } from './actors.ts';

/**
 * The registry number of a record: the municipality has no other record of that number. Parts of a record have
 * none of their own, and a meeting is known by its date.
 */
export const registryNumber = (
  actor: Pick<StoredActor, 'id' | 'root' | 'chart' | 'number'>,
): string | null => (actor.root === actor.id && actor.chart !== 'meeting' ? actor.number : null);

/** The record that has a registry number, in a municipality or, for null, in any. */
export async function holderOf(db: Db, number: string, tenant: string | null): Promise<string | null> {
  let query = db
    .selectFrom('actor')
    .select('id')
    .where('number', '=', number)
    .whereRef('root', '=', 'id')
    // As it stands in the index, which serves the question.
    .where(sql<boolean>`chart <> 'meeting'`);
  if (tenant !== null) query = query.where('tenant', '=', tenant);
  const row = await query.executeTakeFirst();
  return row?.id ?? null;
}
