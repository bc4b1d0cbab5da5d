/** What other servers on the same PostgreSQL database have written. */
import type { Db } from '../../db/tables.ts';
import { lastEver } from './seals.ts';

/** How far the database has come: the number of the last seal, and of the last publication of a route. */
export async function positions(db: Db): Promise<{ readonly seal: number; readonly route: number }> {
  const rows = await db.selectFrom('last_ever').selectAll().where('name', 'in', ['seal', 'route']).execute();
  const last = new Map(rows.map((it) => [it.name, it.last]));
  return { seal: last.get('seal') ?? 0, route: last.get('route') ?? 0 };
}

/** As many entries as are looked through, to see whom they changed. */
const MOST = 10_000;

/** The actors that entries after a position are of; null where there are too many entries to tell. */
export async function actorsChangedAfter(db: Db, seq: number): Promise<readonly string[] | null> {
  if ((await lastEver(db, 'entry')) - seq > MOST) return null;
  const rows = await db.selectFrom('entry').select('actor').distinct().where('seq', '>', seq).execute();
  return rows.map((it) => it.actor);
}
