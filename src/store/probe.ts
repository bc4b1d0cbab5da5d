import { sql } from 'kysely';
import type { Db } from '../../db/tables.ts';

/** A commit that changes nothing but goes to the disk like any other. @throws whatever a commit would. */
export async function tryCommit(db: Db): Promise<void> {
  await sql`pragma user_version = 0`.execute(db);
}
