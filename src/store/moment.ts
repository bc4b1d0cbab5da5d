import { sql } from 'kysely';
import type { Db } from '../../db/tables.ts';

/** Reads as of one moment: what is committed meanwhile is not seen. `read` uses only the `Db` that it is given. */
export const atOneMoment = <T>(db: Db, read: (moment: Db) => Promise<T>): Promise<T> =>
  db.connection().execute(async (moment) => {
    await sql`begin`.execute(moment);
    try {
      return await read(moment);
    } finally {
      await sql`commit`.execute(moment);
    }
  });
