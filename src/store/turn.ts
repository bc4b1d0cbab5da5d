import { sql } from 'kysely';
import { isPostgres } from '../../db/kind.ts';
import type { Trx } from '../../db/tables.ts';

/**
 * Waits until no other process writes to the log, and keeps them waiting until the transaction ends: what is read now
 * is the newest there is. On SQLite the process that has the file is alone anyway.
 */
export async function takeTurn(trx: Trx): Promise<void> {
  if (isPostgres(trx)) await sql`select last from last_ever where name = 'seal' for update`.execute(trx);
}
