import type { Db } from '../../db/tables.ts';
import { pieces } from './rows.ts';

/** Enough of an actor to say who it is. */
export interface ActorName {
  readonly id: string;
  readonly root: string;
  readonly chart: string;
  readonly title: string;
}

/** The actors among these ids; ids that are no actor's are left out. */
export async function namesOf(db: Db, ids: readonly string[]): Promise<Map<string, ActorName>> {
  const found: ActorName[] = [];
  for (const piece of pieces(ids))
    found.push(
      ...(await db
        .selectFrom('actor')
        .select(['id', 'root', 'chart', 'title'])
        .where('id', 'in', piece)
        .execute()),
    );
  return new Map(found.map((it) => [it.id, it]));
}
