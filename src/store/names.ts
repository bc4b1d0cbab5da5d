import type { Db } from '../../db/tables.ts';
import type { Scope } from '../access/scope.ts';
import { pieces } from './rows.ts';
import { seen } from './seen.ts';

/** Enough of an actor to say who it is. */
export interface ActorName {
  readonly id: string;
  readonly root: string;
  readonly chart: string;
  readonly title: string;
}

/** The actors among these ids that are seen; other ids are left out. */
export async function namesOf(db: Db, scope: Scope, ids: readonly string[]): Promise<Map<string, ActorName>> {
  const found: ActorName[] = [];
  for (const piece of pieces(ids))
    found.push(
      ...(await db
        .selectFrom('actor')
        .select(['id', 'root', 'chart', 'title'])
        .where('id', 'in', piece)
        .where(seen(scope))
        .execute()),
    );
  return new Map(found.map((it) => [it.id, it]));
}
