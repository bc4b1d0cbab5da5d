import { type Kysely, PostgresAdapter } from 'kysely';

/** Which of the two databases this is: for the few statements that they do not share. */
export const isPostgres = <T>(db: Kysely<T>): boolean => db.getExecutor().adapter instanceof PostgresAdapter;
