import { type Selectable, sql } from 'kysely';
import type { ActorTable, Db, Trx } from '../../db/tables.ts';

/** An actor as stored: its place, the definition it is pinned to, its snapshot and the head of its log. */
export interface StoredActor {
  readonly id: string;
  readonly chart: string;
  readonly chartVersion: number;
  readonly chartHash: string;
  readonly parent: string | null;
  readonly root: string;
  readonly tenant: string;
  /** How many entries its log has. */
  readonly version: number;
  /** Canonical JSON of the persisted XState snapshot. */
  readonly snapshot: string;
  readonly head: string;
  readonly title: string;
  readonly number: string | null;
  readonly body: string | null;
  readonly states: readonly string[];
  readonly ended: boolean;
  readonly createdAt: string;
  readonly updatedAt: string;
}

const toActor = (row: Selectable<ActorTable>): StoredActor => ({
  id: row.id,
  chart: row.chart,
  chartVersion: row.chart_version,
  chartHash: row.chart_hash,
  parent: row.parent,
  root: row.root,
  tenant: row.tenant,
  version: row.version,
  snapshot: row.snapshot,
  head: row.head,
  title: row.title,
  number: row.number,
  body: row.body,
  states: row.state === '' ? [] : row.state.split(','),
  ended: row.ended === 1,
  createdAt: row.created_at,
  updatedAt: row.updated_at,
});

const toRow = (actor: StoredActor): ActorTable => ({
  id: actor.id,
  chart: actor.chart,
  chart_version: actor.chartVersion,
  chart_hash: actor.chartHash,
  parent: actor.parent,
  root: actor.root,
  tenant: actor.tenant,
  version: actor.version,
  snapshot: actor.snapshot,
  head: actor.head,
  title: actor.title,
  number: actor.number,
  body: actor.body,
  state: actor.states.join(','),
  ended: actor.ended ? 1 : 0,
  created_at: actor.createdAt,
  updated_at: actor.updatedAt,
});

export async function findActor(db: Db, id: string): Promise<StoredActor | null> {
  const row = await db.selectFrom('actor').selectAll().where('id', '=', id).executeTakeFirst();
  return row ? toActor(row) : null;
}

/** Those of the actors that there are, in any order. */
export async function findActors(db: Db, ids: readonly string[]): Promise<StoredActor[]> {
  if (ids.length === 0) return [];
  const rows = await db.selectFrom('actor').selectAll().where('id', 'in', ids).execute();
  return rows.map(toActor);
}

/** The actors of a record, the record itself first. */
export async function actorsOfRoot(db: Db, root: string): Promise<StoredActor[]> {
  const rows = await db
    .selectFrom('actor')
    .selectAll()
    .where('root', '=', root)
    .orderBy('created_at')
    .orderBy('id')
    .execute();
  return rows.map(toActor).sort((a, b) => Number(b.id === root) - Number(a.id === root));
}

/** How far the log of each actor of a record has come, by id. */
export const headsOfRoot = (db: Db, root: string): Promise<Pick<StoredActor, 'id' | 'version' | 'head'>[]> =>
  db.selectFrom('actor').select(['id', 'version', 'head']).where('root', '=', root).orderBy('id').execute();

export interface ActorFilter {
  readonly tenant?: string;
  readonly charts?: readonly string[];
  readonly routes?: boolean;
  readonly body?: string;
  readonly ended?: boolean;
  readonly limit: number;
  readonly offset?: number;
  /** Keyset: only actors that come after this one in the list. */
  readonly after?: { readonly createdAt: string; readonly id: string };
}

/** Actors, the newest first. `routes` means the matters: charts named `municipality/route`. */
export async function listActors(db: Db, filter: ActorFilter): Promise<StoredActor[]> {
  const rows = await select(db, filter)
    .selectAll()
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .limit(filter.limit)
    .offset(filter.offset ?? 0)
    .execute();
  return rows.map(toActor);
}

export async function countActors(
  db: Db,
  filter: Omit<ActorFilter, 'limit' | 'offset' | 'after'>,
): Promise<number> {
  const row = await select(db, { ...filter, limit: 0 })
    .select((eb) => eb.fn.countAll<number>().as('n'))
    .executeTakeFirstOrThrow();
  return Number(row.n);
}

function select(db: Db, { tenant, charts, routes, body, ended, after }: ActorFilter) {
  let query = db.selectFrom('actor');
  if (tenant) query = query.where('tenant', '=', tenant);
  if (charts) query = query.where('chart', 'in', charts);
  if (routes) query = query.where('chart', 'like', '%/%');
  if (body) query = query.where('body', '=', body);
  if (ended !== undefined) query = query.where('ended', '=', ended ? 1 : 0);
  if (after)
    query = query.where((eb) =>
      eb.or([
        eb('created_at', '<', after.createdAt),
        eb.and([eb('created_at', '=', after.createdAt), eb('id', '<', after.id)]),
      ]),
    );
  return query;
}

/** Rows of an insert are limited by SQLite's 32,766 parameters. */
const ROWS_PER_STATEMENT = 500;

/** In pieces that fit in one statement. */
export function* pieces<T>(rows: readonly T[]): Generator<T[]> {
  for (let at = 0; at < rows.length; at += ROWS_PER_STATEMENT) yield rows.slice(at, at + ROWS_PER_STATEMENT);
}

/**
 * Writes actors that are new or were at the given version before. The guard is in the statement: an actor that
 * someone else has changed is not overwritten.
 * @returns how many were written; fewer than given means that another writer was faster.
 */
export async function writeActors(
  trx: Trx,
  actors: readonly { readonly actor: StoredActor; readonly was: number }[],
): Promise<number> {
  let written = 0;
  for (const piece of pieces(actors.filter((it) => it.was === 0))) {
    const result = await trx
      .insertInto('actor')
      .values(piece.map((it) => toRow(it.actor)))
      .onConflict((oc) => oc.column('id').doNothing())
      .executeTakeFirstOrThrow();
    written += Number(result.numInsertedOrUpdatedRows ?? 0n);
  }
  for (const piece of pieces(actors.filter((it) => it.was > 0))) {
    const result = await trx
      .insertInto('actor')
      .values(piece.map((it) => toRow(it.actor)))
      .onConflict((oc) =>
        oc
          .column('id')
          .doUpdateSet((eb) => ({
            chart_version: eb.ref('excluded.chart_version'),
            chart_hash: eb.ref('excluded.chart_hash'),
            version: eb.ref('excluded.version'),
            snapshot: eb.ref('excluded.snapshot'),
            head: eb.ref('excluded.head'),
            title: eb.ref('excluded.title'),
            number: eb.ref('excluded.number'),
            body: eb.ref('excluded.body'),
            state: eb.ref('excluded.state'),
            ended: eb.ref('excluded.ended'),
            updated_at: eb.ref('excluded.updated_at'),
          }))
          .where((eb) => {
            const expected = sql.join(piece.map((it) => sql`(${it.actor.id}, ${it.was})`));
            return sql<boolean>`(${eb.ref('actor.id')}, ${eb.ref('actor.version')}) in (values ${expected})`;
          }),
      )
      .executeTakeFirstOrThrow();
    written += Number(result.numInsertedOrUpdatedRows ?? 0n);
  }
  return written;
}
