import type { Db } from '../../db/tables.ts';

/** What a database is for: a demonstration that anyone may change, or real matters. */
export type Purpose = 'demo' | 'live';

/** Null for a database of which it has not been said. */
export async function purposeOf(db: Db): Promise<Purpose | null> {
  const row = await db
    .selectFrom('installation')
    .select('value')
    .where('name', '=', 'purpose')
    .executeTakeFirst();
  return row ? (row.value as Purpose) : null;
}

/** Says what a database is for; what has been said stays. */
export async function setPurpose(db: Db, purpose: Purpose): Promise<void> {
  await db
    .insertInto('installation')
    .values({ name: 'purpose', value: purpose })
    .onConflict((it) => it.column('name').doNothing())
    .execute();
}
