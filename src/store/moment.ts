import { sql } from 'kysely';
import { isPostgres } from '../../db/kind.ts';
import type { Db } from '../../db/tables.ts';

/**
 * Reads as of one moment: what is committed meanwhile is not seen. `read` uses only the `Db` that it is given.
 * @throws whatever `read` throws, also where the moment has ended with it.
 */
export const atOneMoment = <T>(db: Db, read: (moment: Db) => Promise<T>): Promise<T> =>
  db.connection().execute(async (moment) => {
    await (isPostgres(db) ? sql`begin isolation level repeatable read` : sql`begin`).execute(moment);
    const end = () => sql`rollback`.execute(moment);
    const found = await read(moment).catch(async (error: unknown) => {
      await end().catch(() => {});
      throw error;
    });
    await end();
    return found;
  });
