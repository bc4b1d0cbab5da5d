import type { Selectable } from 'kysely';
import type { Db, IntegrationTable } from '../../db/tables.ts';
import type { Json } from '../../machines/chart.ts';
import type { Label } from '../../machines/label.ts';
import type { Changing, Held, Stored } from './rights.ts';
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
export async function addIntegration(
  { trx, record }: Changing,
  integration: StoredIntegration,
): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await trx
    .insertInto('integration')
    .values(toRow(integration))
    .onConflict((oc) => oc.column('name').doNothing())
    .executeTakeFirst();
  if (numInsertedOrUpdatedRows !== 1n) return false;
  await record('made', null, integrationRights(integration));
  return true;
}

/** Changes all but the secrets. */
export async function changeIntegration(
  { trx, record }: Changing,
  name: string,
  { label, events, mapping, state, changedAt, changedBy }: Omit<StoredIntegration, 'secrets'>,
): Promise<void> {
  const before = await findIntegration(trx, name);
  if (!before) return;
  const after = { ...before, label, events, mapping, state, changedAt, changedBy };
  await trx.updateTable('integration').set(toRow(after)).where('name', '=', name).execute();
  await record('changed', integrationRights(before), integrationRights(after));
}

/** @returns false when there are others by now. */
export async function setIntegrationSecrets(
  { trx, record }: Changing,
  name: string,
  { from, to, changedAt, changedBy }: Exchange & Pick<StoredIntegration, 'changedAt' | 'changedBy'>,
): Promise<boolean> {
  const before = await findIntegration(trx, name);
  if (!before || JSON.stringify(before.secrets) !== JSON.stringify(from)) return false;
  const after = { ...before, secrets: to, changedAt, changedBy };
  await trx.updateTable('integration').set(toRow(after)).where('name', '=', name).execute();
  await record('secretExchanged', integrationRights(before), integrationRights(after));
  return true;
}

export async function findIntegration(db: Db, name: string): Promise<StoredIntegration | null> {
  const row = await db.selectFrom('integration').selectAll().where('name', '=', name).executeTakeFirst();
  return row ? toIntegration(row) : null;
}

/** Those of municipalities, or of all for null, by name. */
export async function integrationsOf(
  db: Db,
  tenants: readonly string[] | null,
): Promise<StoredIntegration[]> {
  if (tenants?.length === 0) return [];
  let query = byName(db);
  if (tenants) query = query.where('tenant', 'in', tenants);
  return (await query.execute()).map(toIntegration);
}

const byName = (db: Db) => db.selectFrom('integration').selectAll().orderBy('name');

export const storedIntegrations = async (db: Db): Promise<Stored[]> =>
  (await byName(db).execute()).map((row) => ({
    kind: 'integration',
    subject: row.name,
    held: () => integrationRights(toIntegration(row)),
  }));

/** What the register tells of an integration. */
const integrationRights = ({ name, tenant, secrets, ...it }: StoredIntegration): Held => ({
  kind: 'integration',
  subject: name,
  municipalities: [tenant],
  rights: {
    name: { ...it.label },
    events: it.events,
    mapping: it.mapping === null ? null : (JSON.parse(it.mapping) as Json),
    state: it.state,
    secretsInUse: secrets.length,
  },
});
