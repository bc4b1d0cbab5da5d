import type { Db, Trx } from '../../db/tables.ts';

/** The last number given in a series of registry numbers; 0 for a new series. */
export async function lastInSeries(db: Db, name: string): Promise<number> {
  const row = await db.selectFrom('series').select('last').where('name', '=', name).executeTakeFirst();
  return row?.last ?? 0;
}

export async function writeSeries(trx: Trx, last: ReadonlyMap<string, number>): Promise<void> {
  for (const [name, value] of last)
    await trx
      .insertInto('series')
      .values({ name, last: value })
      .onConflict((oc) => oc.column('name').doUpdateSet({ last: value }))
      .execute();
}
