import type { Db } from '../../db/tables.ts';

/** A released definition: what a pinned actor's version means. */
export interface StoredDefinition {
  readonly name: string;
  readonly version: number;
  readonly hash: string;
  readonly data: string;
}

export async function storedDefinitions(db: Db): Promise<StoredDefinition[]> {
  return db.selectFrom('definition').select(['name', 'version', 'hash', 'data']).execute();
}

export async function addDefinitions(
  db: Db,
  definitions: readonly StoredDefinition[],
  now: string,
): Promise<void> {
  if (definitions.length === 0) return;
  await db
    .insertInto('definition')
    .values(definitions.map((it) => ({ ...it, created_at: now })))
    // Another server may have started at the same moment.
    .onConflict((oc) => oc.doNothing())
    .execute();
}

/** The definitions that actors are pinned to. */
export async function pinnedDefinitions(db: Db): Promise<{ name: string; version: number; hash: string }[]> {
  const rows = await db
    .selectFrom('actor')
    .select(['chart', 'chart_version', 'chart_hash'])
    .distinct()
    .execute();
  return rows.map((it) => ({ name: it.chart, version: it.chart_version, hash: it.chart_hash }));
}
