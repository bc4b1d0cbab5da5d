import type { Db, Trx } from '../../db/tables.ts';

/** A published route: what its chart is composed from, and the hash of that chart. */
export interface StoredRoute {
  /** From 1, without a gap, in the order of publication. */
  readonly number: number;
  readonly municipality: string;
  readonly name: string;
  readonly version: number;
  readonly hash: string;
  /** Canonical JSON: the route and the municipality's data as they were. */
  readonly data: string;
  readonly publishedAt: string;
  readonly publishedBy: string;
  /** Hash of the publication before, whichever route it was of. */
  readonly prev: string;
  /** Hash of this publication. */
  readonly record: string;
}

/** In the order in which they were published, those after a number. */
export async function storedRoutes(db: Db, after = 0): Promise<StoredRoute[]> {
  const rows = await db
    .selectFrom('route')
    .selectAll()
    .where('number', '>', after)
    .orderBy('number')
    .execute();
  return rows.map(({ published_at, published_by, ...rest }) => ({
    ...rest,
    publishedAt: published_at,
    publishedBy: published_by,
  }));
}

export async function addRoute(trx: Trx, { publishedAt, publishedBy, ...rest }: StoredRoute): Promise<void> {
  await trx
    .insertInto('route')
    .values({ ...rest, published_at: publishedAt, published_by: publishedBy })
    .execute();
}
