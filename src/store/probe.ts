import { sql } from 'kysely';
import { isPostgres } from '../../db/kind.ts';
import type { Db } from '../../db/tables.ts';

/** A commit that changes nothing but goes to the disk like any other. @throws whatever a commit would. */
export async function tryCommit(db: Db): Promise<void> {
  const change = isPostgres(db)
    ? sql`update kysely_migration_lock set id = id`
    : sql`pragma user_version = 0`;
  await change.execute(db);
}
