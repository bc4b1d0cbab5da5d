import type { Db } from '../../db/tables.ts';

/** Attempts to sign in, by what they have in common. Instants are RFC 3339 in UTC. */
export interface Attempts {
  /** SHA-256 of an account's name or of an address. */
  readonly subject: string;
  /** How many there were that did not succeed, those which are tried now among them. */
  readonly failures: number;
  /** No further attempt is tried before this. */
  readonly until: string;
  /** When it is forgotten that they failed. */
  readonly forgetAt: string;
}

/** What is remembered of the subjects. */
export async function findAttempts(db: Db, subjects: readonly string[]): Promise<Attempts[]> {
  const rows = await db.selectFrom('attempt').selectAll().where('subject', 'in', subjects).execute();
  return rows.map(({ forget_at, ...rest }) => ({ ...rest, forgetAt: forget_at }));
}

/** @returns false where something is remembered of the subject already; that stays as it is. */
export async function addAttempts(db: Db, { forgetAt, ...rest }: Attempts): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await db
    .insertInto('attempt')
    .values({ ...rest, forget_at: forgetAt })
    .onConflict((it) => it.column('subject').doNothing())
    .executeTakeFirstOrThrow();
  return numInsertedOrUpdatedRows === 1n;
}

/** @returns false where something else is remembered than was known; that stays as it is. */
export async function raiseAttempts(db: Db, known: Attempts, next: Attempts): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('attempt')
    .set({ failures: next.failures, until: next.until, forget_at: next.forgetAt })
    .where('subject', '=', known.subject)
    .where('failures', '=', known.failures)
    .where('until', '=', known.until)
    .executeTakeFirstOrThrow();
  return numUpdatedRows === 1n;
}

/** Takes back one attempt, which was no failure, and the wait that it brought. @param now RFC 3339. */
export async function giveBack(db: Db, subject: string, now: string): Promise<void> {
  await db
    .updateTable('attempt')
    .set((it) => ({ failures: it('failures', '-', 1), until: now }))
    .where('subject', '=', subject)
    .where('failures', '>', 0)
    .execute();
}

/** Forgets what was to be forgotten by now, and the subjects. */
export async function forgetAttempts(
  db: Db,
  { now, subjects }: { now: string; subjects: readonly string[] },
): Promise<void> {
  await db
    .deleteFrom('attempt')
    .where((it) => it.or([it('forget_at', '<=', now), it('subject', 'in', subjects)]))
    .execute();
}
