import { sql } from 'kysely';
import type { Db } from '../../db/tables.ts';
import type { Scope } from '../access/scope.ts';

/**
 * The municipalities to look in, one after the other: an index has the order within each. One that is asked for is
 * looked in whatever is seen of it; of those that have records each is found by one look-up after the one before it.
 */
export async function tenantsIn(db: Db, scope: Scope, tenant?: string): Promise<readonly string[]> {
  if (tenant !== undefined) return [tenant];
  if (scope !== 'everything') return scope.tenants;
  const { rows } = await sql<{ tenant: string }>`
    with recursive it (tenant) as (
      select min(tenant) from actor where root = id
      union all
      select (select min(tenant) from actor where root = id and tenant > it.tenant) from it where it.tenant is not null
    )
    select tenant from it where tenant is not null`.execute(db);
  return rows.map((row) => row.tenant);
}
