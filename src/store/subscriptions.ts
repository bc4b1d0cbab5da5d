import type { Selectable } from 'kysely';
import type { Db, SubscriptionTable, Trx } from '../../db/tables.ts';
import type { Act, Changing, Held, Stored } from './rights.ts';

/** Who is told by webhook, of what, and how it goes. Secrets are sealed. */
export interface Subscription {
  readonly id: string;
  readonly tenant: string;
  readonly name: string;
  readonly url: string;
  /** What it hears of; an empty list is everything. */
  readonly events: readonly string[];
  readonly bodies: readonly string[];
  readonly routes: readonly string[];
  /** The recipient of the municipality's register whose decisions are dispatched to it; it hears of nothing else. */
  readonly recipient: string | null;
  /** `whsec_…`, sealed, the newest first: two while one is exchanged for another. */
  readonly secrets: readonly string[];
  /** `whsk_…`, sealed. */
  readonly signingKey: string;
  /** The place in the log up to which it has heard. */
  readonly heard: number;
  /** One that is removed is kept for what was sent to it. */
  readonly state: 'active' | 'disabled' | 'removed';
  /** Why it is disabled: by a person, since the endpoint is gone (410), or since it failed for long. */
  readonly reason: 'byHand' | 'gone' | 'failing' | null;
  /** Since when every attempt has failed; null while it goes well. */
  readonly failingSince: string | null;
  readonly succeededAt: string | null;
  readonly createdAt: string;
  readonly createdBy: string;
}

const toSubscription = (row: Selectable<SubscriptionTable>): Subscription => ({
  id: row.id,
  tenant: row.tenant,
  name: row.name,
  url: row.url,
  events: JSON.parse(row.events) as string[],
  bodies: JSON.parse(row.bodies) as string[],
  routes: JSON.parse(row.routes) as string[],
  recipient: row.recipient,
  secrets: JSON.parse(row.secrets) as string[],
  signingKey: row.signing_key,
  heard: row.heard,
  state: row.state as Subscription['state'],
  reason: row.reason as Subscription['reason'],
  failingSince: row.failing_since,
  succeededAt: row.succeeded_at,
  createdAt: row.created_at,
  createdBy: row.created_by,
});

export async function addSubscription({ trx, record }: Changing, it: Subscription): Promise<void> {
  await trx
    .insertInto('subscription')
    .values({
      id: it.id,
      tenant: it.tenant,
      name: it.name,
      url: it.url,
      events: JSON.stringify(it.events),
      bodies: JSON.stringify(it.bodies),
      routes: JSON.stringify(it.routes),
      recipient: it.recipient,
      secrets: JSON.stringify(it.secrets),
      signing_key: it.signingKey,
      heard: it.heard,
      state: it.state,
      reason: it.reason,
      failing_since: it.failingSince,
      succeeded_at: it.succeededAt,
      created_at: it.createdAt,
      created_by: it.createdBy,
    })
    .execute();
  await record('made', null, subscriptionRights(it));
}

export async function findSubscription(db: Db, id: string): Promise<Subscription | null> {
  const row = await db.selectFrom('subscription').selectAll().where('id', '=', id).executeTakeFirst();
  return row ? toSubscription(row) : null;
}

/** Those of municipalities, or of all for null, the oldest first; without those that are removed. */
export async function subscriptionsOf(db: Db, tenants: readonly string[] | null): Promise<Subscription[]> {
  if (tenants?.length === 0) return [];
  let query = notRemoved(db);
  if (tenants) query = query.where('tenant', 'in', tenants);
  return (await query.execute()).map(toSubscription);
}

const notRemoved = (db: Db) =>
  db
    .selectFrom('subscription')
    .selectAll()
    .where('state', '<>', 'removed')
    .orderBy('created_at')
    .orderBy('id');

export const storedSubscriptions = async (db: Db): Promise<Stored[]> =>
  (await notRemoved(db).execute()).map((row) => ({
    kind: 'subscription',
    subject: row.id,
    held: () => subscriptionRights(toSubscription(row)),
  }));

/** The active ones that have not heard the log up to a place. */
export async function subscriptionsBehind(db: Db, last: number): Promise<Subscription[]> {
  const rows = await db
    .selectFrom('subscription')
    .selectAll()
    .where('state', '=', 'active')
    .where('heard', '<', last)
    .orderBy('id')
    .execute();
  return rows.map(toSubscription);
}

/** Notes how far one has heard. @returns false when another process was first, it is off, or its terms are others. */
export async function advance(trx: Trx, it: Subscription, to: number): Promise<boolean> {
  const { numUpdatedRows } = await trx
    .updateTable('subscription')
    .set({ heard: to })
    .where('id', '=', it.id)
    .where('heard', '=', it.heard)
    .where('state', '=', 'active')
    .where('events', '=', JSON.stringify(it.events))
    .where('bodies', '=', JSON.stringify(it.bodies))
    .where('routes', '=', JSON.stringify(it.routes))
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}

/**
 * Switches one on or off; one that is removed stays so.
 * @param isMeant whether it is still to be, as it is now.
 */
export async function setState(
  changing: Changing,
  id: string,
  state: Exclude<Subscription['state'], 'removed'>,
  reason: Subscription['reason'],
  isMeant: (now: Subscription) => boolean = () => true,
): Promise<void> {
  const health = state === 'active' ? { failing_since: null } : {};
  const before = await findSubscription(changing.trx, id);
  if (before && before.state !== 'removed' && isMeant(before))
    await change(changing, before, 'changed', { state, reason, ...health });
}

/** What it hears of, and where it is told: another address has not failed yet. */
export async function changeSubscription(
  changing: Changing,
  id: string,
  it: Pick<Subscription, 'name' | 'url' | 'events' | 'bodies' | 'routes'>,
): Promise<void> {
  const before = await findSubscription(changing.trx, id);
  if (before)
    await change(changing, before, 'changed', {
      name: it.name,
      url: it.url,
      events: JSON.stringify(it.events),
      bodies: JSON.stringify(it.bodies),
      routes: JSON.stringify(it.routes),
      failing_since: it.url === before.url ? before.failingSince : null,
    });
}

/** Removes one, with its secrets; what was sent to it is shown under it still. */
export async function removeSubscription(changing: Changing, id: string): Promise<void> {
  const before = await findSubscription(changing.trx, id);
  if (before) await change(changing, before, 'withdrawn', { state: 'removed', reason: null, secrets: '[]' });
}

/** Secrets in the place of those that were seen, sealed. */
export interface Exchange {
  readonly from: readonly string[];
  readonly to: readonly string[];
}

/** @returns false when there are others by now. */
export async function setSecrets(changing: Changing, id: string, { from, to }: Exchange): Promise<boolean> {
  const before = await findSubscription(changing.trx, id);
  if (!before || JSON.stringify(before.secrets) !== JSON.stringify(from)) return false;
  await change(changing, before, 'secretExchanged', { secrets: JSON.stringify(to) });
  return true;
}

async function change(
  { trx, record }: Changing,
  before: Subscription,
  act: Act,
  to: Partial<SubscriptionTable>,
): Promise<void> {
  const row = await trx
    .updateTable('subscription')
    .set(to)
    .where('id', '=', before.id)
    .returningAll()
    .executeTakeFirstOrThrow();
  await record(act, subscriptionRights(before), subscriptionRights(toSubscription(row)));
}

export async function noteSuccess(db: Db, id: string, at: string): Promise<void> {
  await db
    .updateTable('subscription')
    .set({ failing_since: null, succeeded_at: at })
    .where('id', '=', id)
    .execute();
}

/** The first failure after a success counts from its own instant. */
export async function noteFailure(db: Db, id: string, at: string): Promise<void> {
  await db
    .updateTable('subscription')
    .set({ failing_since: at })
    .where('id', '=', id)
    .where('failing_since', 'is', null)
    .execute();
}

/** What the register tells of a subscription. */
const subscriptionRights = ({ id, tenant, secrets, ...it }: Subscription): Held => ({
  kind: 'subscription',
  subject: id,
  municipalities: [tenant],
  rights: {
    name: it.name,
    url: it.url,
    events: it.events,
    bodies: it.bodies,
    routes: it.routes,
    recipient: it.recipient,
    state: it.state,
    reason: it.reason,
    secretsInUse: secrets.length,
  },
});
