import type { Selectable } from 'kysely';
import type { Db, IntegrationTable } from '../../db/tables.ts';
import type { Label } from '../../machines/label.ts';
import type { Exchange } from './subscriptions.ts';

/** Another system that sends messages about one municipality's matters. Secrets are sealed. */
export interface StoredIntegration {
  readonly name: string;
  readonly tenant: string;
  readonly label: Label;
  /** `whsec_…`, sealed, the newest first: two while one is exchanged for another. */
  readonly secrets: readonly string[];
  /** The events that it may send, by type. */
  readonly events: readonly string[];
  /** JSON: how its messages say an event of ours; null where they are written as ours. */
  readonly mapping: string | null;
  readonly state: 'active' | 'disabled';
  readonly createdAt: string;
  readonly createdBy: string;
  readonly changedAt: string;
  readonly changedBy: string;
}

const toIntegration = (row: Selectable<IntegrationTable>): StoredIntegration => ({
  name: row.name,
  tenant: row.tenant,
  label: JSON.parse(row.label) as Label,
  secrets: JSON.parse(row.secrets) as string[],
  events: JSON.parse(row.events) as string[],
  mapping: row.mapping,
  state: row.state as StoredIntegration['state'],
  createdAt: row.created_at,
  createdBy: row.created_by,
  changedAt: row.changed_at,
  changedBy: row.changed_by,
});

const toRow = (it: StoredIntegration): IntegrationTable => ({
  name: it.name,
  tenant: it.tenant,
  label: JSON.stringify(it.label),
  secrets: JSON.stringify(it.secrets),
  events: JSON.stringify(it.events),
  mapping: it.mapping,
  state: it.state,
  created_at: it.createdAt,
  created_by: it.createdBy,
  changed_at: it.changedAt,
  changed_by: it.changedBy,
});

/** @returns false when there is one of that name. */
export async function addIntegration(db: Db, integration: StoredIntegration): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await db
    .insertInto('integration')
    .values(toRow(integration))
    .onConflict((oc) => oc.column('name').doNothing())
    .executeTakeFirst();
  return numInsertedOrUpdatedRows === 1n;
}

/** Changes all but the secrets. */
export async function changeIntegration(
  db: Db,
  name: string,
  { label, events, mapping, state, changedAt, changedBy }: Omit<StoredIntegration, 'secrets'>,
): Promise<void> {
  await db
    .updateTable('integration')
    .set({
      label: JSON.stringify(label),
      events: JSON.stringify(events),
      mapping,
      state,
      changed_at: changedAt,
      changed_by: changedBy,
    })
    .where('name', '=', name)
    .execute();
}

/** @returns false when there are others by now. */
export async function setIntegrationSecrets(
  db: Db,
  name: string,
  { from, to, changedAt, changedBy }: Exchange & Pick<StoredIntegration, 'changedAt' | 'changedBy'>,
): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('integration')
    .set({ secrets: JSON.stringify(to), changed_at: changedAt, changed_by: changedBy })
    .where('name', '=', name)
    .where('secrets', '=', JSON.stringify(from))
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}

export async function findIntegration(db: Db, name: string): Promise<StoredIntegration | null> {
  const row = await db.selectFrom('integration').selectAll().where('name', '=', name).executeTakeFirst();
  return row ? toIntegration(row) : null;
}

/** Those of municipalities, by name. */
export async function integrationsOf(db: Db, tenants: readonly string[]): Promise<StoredIntegration[]> {
  if (tenants.length === 0) return [];
  const rows = await db
    .selectFrom('integration')
    .selectAll()
    .where('tenant', 'in', tenants)
    .orderBy('name')
    .execute();
  return rows.map(toIntegration);
}
