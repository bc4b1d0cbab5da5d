/** What other servers on the same PostgreSQL database have written. */
import type { Db } from '../../db/tables.ts';
import { lastEver } from './seals.ts';

/** How far a database has come. */
export interface Positions {
  /** The number of the last seal. */
  readonly seal: number;
  /** The hash of the seal that is asked for; null where there is none of that number. */
  readonly hash: string | null;
  /** The number of the last publication of a route. */
  readonly route: number;
}

/** @param known the number of the newest seal that whoever asks has taken in. */
export async function positions(db: Db, known: number): Promise<Positions> {
  const rows = await db
    .selectFrom('last_ever')
    .select((it) => [
      'name',
      'last',
      it.selectFrom('seal').select('hash').where('number', '=', known).as('hash'),
    ])
    .where('name', 'in', ['seal', 'route'])
    .execute();
  const last = new Map(rows.map((it) => [it.name, it.last]));
  return { seal: last.get('seal') ?? 0, hash: rows[0]?.hash ?? null, route: last.get('route') ?? 0 };
}

/** As many entries as are looked through, to see whom they changed. */
const MOST = 10_000;

/** The actors that entries after a position are of; null where there are too many entries to tell. */
export async function actorsChangedAfter(db: Db, seq: number): Promise<readonly string[] | null> {
  if ((await lastEver(db, 'entry')) - seq > MOST) return null;
  const rows = await db.selectFrom('entry').select('actor').distinct().where('seq', '>', seq).execute();
  return rows.map((it) => it.actor);
}
