import type { Db } from '../../db/tables.ts';

/** Whether a record of the municipality has the registry number. Meetings are known by their dates and do not count. */
export async function isNumberTaken(db: Db, tenant: string, number: string): Promise<boolean> {
  const row = await db
    .selectFrom('actor')
    .select('id')
    .where('tenant', '=', tenant)
    .where('number', '=', number)
    .where('parent', 'is', null)
    .where('chart', '!=', 'meeting')
    .executeTakeFirst();
  return row !== undefined;
}
