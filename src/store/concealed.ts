import type { Db } from '../../db/tables.ts';
import type { Scope } from '../access/scope.ts';
import { pieces } from './rows.ts';

/** Those of the ids that are actors of a record which is marked as confidential and not seen within a scope. */
export async function concealedAmong(db: Db, scope: Scope, ids: readonly string[]): Promise<string[]> {
  if (scope === 'everything') return [];
  const concealed: string[] = [];
  for (const piece of pieces(ids)) {
    let query = db
      .selectFrom('actor')
      .innerJoin('actor as record', 'record.id', 'actor.root')
      .select('actor.id')
      .where('actor.id', 'in', piece)
      .where('record.confidential', '=', 1);
    if (scope.confidential.length > 0) query = query.where('record.tenant', 'not in', scope.confidential);
    concealed.push(...(await query.execute()).map((it) => it.id));
  }
  return concealed;
}
