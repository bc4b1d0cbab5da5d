/** The seals of the log of the whole database: one for each group of commands that was committed. */
import { sql } from 'kysely';
import { isPostgres } from '../../db/kind.ts';
import type { Db, Trx } from '../../db/tables.ts';

export interface Seal {
  /** From 1, without a gap. */
  readonly number: number;
  /** The position of the last entry that it covers: the first is the one after the last of the seal before. */
  readonly last: number;
  readonly at: string;
  /** Hash of the seal before. */
  readonly prev: string;
  readonly hash: string;
}

export const columns = ['number', 'last', 'at', 'prev', 'hash'] as const;

export async function addSeal(trx: Trx, seal: Seal): Promise<void> {
  await trx.insertInto('seal').values(seal).execute();
}

/** The newest; null for an empty log. */
export const newestSeal = async (db: Db): Promise<Seal | null> =>
  (await db.selectFrom('seal').selectAll().orderBy('number', 'desc').limit(1).executeTakeFirst()) ?? null;

export const findSeal = async (db: Db, number: number): Promise<Seal | null> =>
  (await db.selectFrom('seal').selectAll().where('number', '=', number).executeTakeFirst()) ?? null;

/** The seals after a number, in their order. */
export const sealsAfter = (db: Db, number: number, limit: number): Promise<Seal[]> =>
  db.selectFrom('seal').selectAll().where('number', '>', number).orderBy('number').limit(limit).execute();

/** What was ever the last position of a numbered table: the database remembers it when rows are removed. */
export async function lastEver(db: Db, of: 'entry' | 'seal' | 'route' | 'rights_change'): Promise<number> {
  const remembered = isPostgres(db)
    ? sql<{ last: number }>`select last from last_ever where name = ${of}`
    : sql<{ last: number }>`select seq as last from sqlite_sequence where name = ${of}`;
  return (await remembered.execute(db)).rows[0]?.last ?? 0;
}
