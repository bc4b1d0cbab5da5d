/** The batches in which a plan was carried out. */
import type { Selectable } from 'kysely';
import type { Db, MoveBatchTable } from '../../db/tables.ts';

export interface Batch {
  readonly plan: string;
  /** From 1, within the plan. */
  readonly number: number;
  readonly scope: string;
  readonly key: string;
  readonly startedAt: string;
  readonly startedBy: string;
  /** The record after which it begins; empty for the first of all. */
  readonly after: string;
  /** Null while it runs, and for one that was interrupted. */
  readonly finishedAt: string | null;
  /** JSON. */
  readonly result: string | null;
}

const toBatch = (row: Selectable<MoveBatchTable>): Batch => ({
  plan: row.plan,
  number: row.number,
  scope: row.scope,
  key: row.key,
  startedAt: row.started_at,
  startedBy: row.started_by,
  after: row.after,
  finishedAt: row.finished_at,
  result: row.result,
});

/** The batches of a plan, oldest first. */
export async function batchesOf(db: Db, plan: string): Promise<Batch[]> {
  const rows = await db
    .selectFrom('move_batch')
    .selectAll()
    .where('plan', '=', plan)
    .orderBy('number')
    .execute();
  return rows.map(toBatch);
}

/** The batch that a key has started, of whichever plan; null for none. */
export async function batchBy(db: Db, scope: string, key: string): Promise<Batch | null> {
  const row = await db
    .selectFrom('move_batch')
    .selectAll()
    .where('scope', '=', scope)
    .where('key', '=', key)
    .executeTakeFirst();
  return row ? toBatch(row) : null;
}

/** @returns false when one of that number, or by that key, has begun already. */
export async function beginBatch(db: Db, batch: Omit<Batch, 'finishedAt' | 'result'>): Promise<boolean> {
  const { startedAt, startedBy, ...rest } = batch;
  const { numInsertedOrUpdatedRows } = await db
    .insertInto('move_batch')
    .values({ ...rest, started_at: startedAt, started_by: startedBy, finished_at: null, result: null })
    .onConflict((oc) => oc.doNothing())
    .executeTakeFirst();
  return numInsertedOrUpdatedRows === 1n;
}

export async function finishBatch(
  db: Db,
  { plan, number }: Pick<Batch, 'plan' | 'number'>,
  finishedAt: string,
  result: string,
): Promise<void> {
  await db
    .updateTable('move_batch')
    .set({ finished_at: finishedAt, result })
    .where('plan', '=', plan)
    .where('number', '=', number)
    .execute();
}
