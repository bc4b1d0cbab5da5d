/** Who may do what only one server at a time may. On SQLite the process that has the file is alone anyway. */
import { type RawBuilder, sql } from 'kysely';
import { isPostgres } from '../../db/kind.ts';
import type { Db, Trx } from '../../db/tables.ts';

type Work = 'log' | 'routes' | 'deadlines' | 'rights';

/**
 * Waits until no other process does this work, and keeps them from it until the transaction ends: what is read from
 * now on is the newest there is.
 */
export async function takeTurn(trx: Trx, work: Work): Promise<void> {
  if (!isPostgres(trx)) return;
  const { rows } = await sql`select work from claim where work = ${work} for update`.execute(trx);
  if (rows.length === 0) throw new Error(`the database knows of no turns at ${work}`);
}

/**
 * Does work in turn with other processes. A turn that is lost meanwhile, for its connection died, is over as well.
 * @throws Error where the turn cannot be had, and whatever the work throws.
 */
export async function inTurn<T>(db: Db, work: Work, run: () => Promise<T>): Promise<T> {
  return (await keeping(db, (trx) => takeTurn(trx, work), run)).value;
}

/**
 * Does work that no other process is at, and keeps them from it meanwhile.
 * @returns null, at once, where another process is at it.
 */
export const claimed = <T>(db: Db, work: Work, run: () => Promise<T>): Promise<T | null> =>
  claiming(db, sql`select work from claim where work = ${work} for update skip locked`, run);

/** The same for carrying out a plan of moves: another plan may be carried out meanwhile. */
export const claimedPlan = <T>(db: Db, plan: string, run: () => Promise<T>): Promise<T | null> =>
  claiming(db, sql`select id from move_plan where id = ${plan} for update skip locked`, run);

/** @param row what has to be locked. */
async function claiming<T>(db: Db, row: RawBuilder<unknown>, run: () => Promise<T>): Promise<T | null> {
  const claim = async (trx: Trx): Promise<void> => {
    if ((await row.execute(trx)).rows.length === 0) throw new Taken();
  };
  try {
    return (await keeping(db, claim, run)).value;
  } catch (error) {
    if (error instanceof Taken) return null;
    throw error;
  }
}

/** Another process is at it. */
class Taken extends Error {}

async function keeping<T>(
  db: Db,
  take: (trx: Trx) => Promise<void>,
  run: () => Promise<T>,
): Promise<{ readonly value: T }> {
  if (!isPostgres(db)) return { value: await run() };
  const done: { value: T }[] = [];
  const keep = db.transaction().execute(async (trx) => {
    await take(trx);
    done.push({ value: await run() });
  });
  const lost = await keep.then(
    () => null,
    (error: unknown) => ({ error }),
  );
  const [outcome] = done;
  if (!outcome) throw lost?.error;
  return outcome;
}
