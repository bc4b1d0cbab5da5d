/** Messages on their way out, and what became of each. */
import { type ExpressionBuilder, type Selectable, sql } from 'kysely';
import { isPostgres } from '../../db/kind.ts';
import type { Db, DeliveryTable, Tables, Trx } from '../../db/tables.ts';
import { pieces } from './rows.ts';

/** One attempt to hand a message over. */
export interface Try {
  readonly at: string;
  /** The status that was answered, or null where there was no answer. */
  readonly status: number | null;
  /** Why there was none. */
  readonly failure: string | null;
}

export interface Delivery {
  /** The order in which deliveries of one record go out. */
  readonly seq: number;
  /** The `webhook-id`: the same for every attempt. */
  readonly id: string;
  readonly subscription: string;
  readonly tenant: string;
  readonly root: string;
  readonly actor: string;
  readonly type: string;
  readonly body: string;
  readonly state: 'waiting' | 'delivered' | 'dead';
  /** Attempts since it was last put in the queue. */
  readonly attempts: number;
  readonly dueAt: string;
  readonly claimedUntil: string | null;
  readonly tries: readonly Try[];
  readonly createdAt: string;
  readonly settledAt: string | null;
  /** Who had it sent again. */
  readonly resentBy: string | null;
}

export type NewDelivery = Omit<
  Delivery,
  'seq' | 'state' | 'attempts' | 'dueAt' | 'claimedUntil' | 'tries' | 'settledAt' | 'resentBy'
>;

const toDelivery = (row: Selectable<DeliveryTable>): Delivery => ({
  seq: row.seq,
  id: row.id,
  subscription: row.subscription,
  tenant: row.tenant,
  root: row.root,
  actor: row.actor,
  type: row.type,
  body: row.body,
  state: row.state as Delivery['state'],
  attempts: row.attempts,
  dueAt: row.due_at,
  claimedUntil: row.claimed_until,
  tries: JSON.parse(row.tries) as Try[],
  createdAt: row.created_at,
  settledAt: row.settled_at,
  resentBy: row.resent_by,
});

/** Puts messages in the queue, due at once. One whose id is there already stays as it is. */
export async function addDeliveries(trx: Trx, deliveries: readonly NewDelivery[]): Promise<void> {
  const rows = deliveries.map(({ createdAt, ...rest }) => ({
    ...rest,
    state: 'waiting',
    attempts: 0,
    due_at: createdAt,
    tries: '[]',
    created_at: createdAt,
  }));
  for (const piece of pieces(rows))
    await trx
      .insertInto('delivery')
      .values(piece)
      .onConflict((oc) => oc.column('id').doNothing())
      .execute();
}

export async function findDelivery(db: Db, id: string): Promise<Delivery | null> {
  const row = await db.selectFrom('delivery').selectAll().where('id', '=', id).executeTakeFirst();
  return row ? toDelivery(row) : null;
}

/** One that waits: whoever has got at it may have left it so that it cannot be read. */
export interface Waiting extends Pick<Delivery, 'seq' | 'id' | 'actor'> {
  /** @throws SyntaxError */
  read(): Delivery;
}

/** Those that wait after a number, in the order in which they go out. */
export async function waitingAfter(db: Db, seq: number, limit: number): Promise<Waiting[]> {
  const rows = await db
    .selectFrom('delivery')
    .selectAll()
    .where('state', '=', sql.lit('waiting'))
    .where('seq', '>', seq)
    .orderBy('seq')
    .limit(limit)
    .execute();
  return rows.map((row) => ({ seq: row.seq, id: row.id, actor: row.actor, read: () => toDelivery(row) }));
}

interface DeliveryFilter {
  readonly subscription: string;
  readonly state?: Delivery['state'];
  /** Whether those about what is marked as confidential are among them. */
  readonly confidential: boolean;
}

/** Those of a subscription, the newest first. */
export async function deliveriesOf(
  db: Db,
  { subscription, state, confidential }: DeliveryFilter,
  { limit, offset }: { readonly limit: number; readonly offset: number },
): Promise<Delivery[]> {
  let query = db.selectFrom('delivery').selectAll().where('subscription', '=', subscription);
  if (state) query = query.where('state', '=', state);
  if (!confidential) query = query.where(isOpen);
  const rows = await query.orderBy('seq', 'desc').limit(limit).offset(offset).execute();
  return rows.map(toDelivery);
}

/** How many of each state a subscription has, of one type or of all. */
export async function countDeliveries(
  db: Db,
  { subscription, confidential, type }: Omit<DeliveryFilter, 'state'> & { readonly type?: string },
): Promise<Record<Delivery['state'], number>> {
  let query = db
    .selectFrom('delivery')
    .select(['state', sql<number>`count(*)`.as('number')])
    .where('subscription', '=', subscription)
    .groupBy('state');
  if (type) query = query.where('type', '=', type);
  if (!confidential) query = query.where(isOpen);
  const rows = await query.execute();
  const counted = Object.fromEntries(rows.map(({ state, number }) => [state, Number(number)]));
  return { waiting: 0, delivered: 0, dead: 0, ...counted };
}

/** How many wait that may go out, of all subscriptions, counted up to `most`. */
export async function countWaiting(db: Db, most: number): Promise<number> {
  const waiting = db
    .selectFrom('delivery')
    .select('seq')
    .where('state', '=', sql.lit('waiting'))
    .where(isOpen)
    .limit(most);
  const { n } = await db
    .selectFrom(waiting.as('waiting'))
    .select((eb) => eb.fn.countAll<number>().as('n'))
    .executeTakeFirstOrThrow();
  return Number(n);
}

/** What is marked as confidential does not go out: what was to be told before the mark waits until it is lifted. */
const isOpen = (eb: ExpressionBuilder<Tables, 'delivery'>) =>
  eb.not(
    eb.exists(
      eb
        .selectFrom('actor')
        .select('actor.id')
        .whereRef('actor.id', '=', 'delivery.root')
        .where('actor.confidential', '=', 1),
    ),
  );

/** Waiting, and the first of its record to wait: the others of the record wait for it. */
const isNext = (eb: ExpressionBuilder<Tables, 'delivery'>) =>
  eb.and([
    eb('delivery.state', '=', sql.lit('waiting')),
    isOpen(eb),
    eb.not(
      eb.exists(
        eb
          .selectFrom('delivery as earlier')
          .select('earlier.seq')
          .whereRef('earlier.subscription', '=', 'delivery.subscription')
          .whereRef('earlier.root', '=', 'delivery.root')
          .where('earlier.state', '=', sql.lit('waiting'))
          .whereRef('earlier.seq', '<', 'delivery.seq'),
      ),
    ),
  ]);

const isFree = (eb: ExpressionBuilder<Tables, 'delivery'>, now: string) =>
  eb.or([eb('delivery.claimed_until', 'is', null), eb('delivery.claimed_until', '<=', now)]);

/** The numbers of the deliveries of a subscription that are due, each of another record, in the order of their days. */
export async function numbersDue(
  db: Db,
  subscription: string,
  { now, limit }: { readonly now: string; readonly limit: number },
): Promise<number[]> {
  const rows = await db
    .selectFrom('delivery')
    .select('delivery.seq')
    .where('delivery.subscription', '=', subscription)
    .where('delivery.due_at', '<=', now)
    .where((it) => it.and([isNext(it), isFree(it, now)]))
    .orderBy('delivery.due_at')
    .orderBy('delivery.seq')
    .limit(limit)
    .execute();
  return rows.map((it) => it.seq);
}

/**
 * Takes those of the deliveries in hand that still can be, and are due still, until an instant: no other process sends
 * them before. What a process that died had in hand is free again then.
 */
export async function claim(
  db: Db,
  numbers: readonly number[],
  { now, until }: { readonly now: string; readonly until: string },
): Promise<Delivery[]> {
  if (numbers.length === 0) return [];
  const rows = await db
    .updateTable('delivery')
    .set({ claimed_until: until })
    .where('seq', 'in', (eb) =>
      eb
        .selectFrom('delivery')
        .select('delivery.seq')
        .where('delivery.seq', 'in', numbers)
        .where('delivery.due_at', '<=', now)
        .where((it) => it.and([isNext(it), isFree(it, now)]))
        .$if(isPostgres(db), (due) => due.forUpdate().skipLocked()),
    )
    // Asked again, for another process may have been faster.
    .where((eb) => isFree(eb, now))
    .returningAll()
    .execute();
  return rows.map(toDelivery).sort((a, b) => a.seq - b.seq);
}

/** The active subscriptions that have something due. */
export async function subscriptionsDue(db: Db, now: string): Promise<string[]> {
  const rows = await db
    .selectFrom('subscription')
    .select('subscription.id')
    .where('subscription.state', '=', 'active')
    .where(({ exists, selectFrom }) =>
      exists(
        selectFrom('delivery')
          .select('delivery.seq')
          .whereRef('delivery.subscription', '=', 'subscription.id')
          .where('delivery.state', '=', sql.lit('waiting'))
          .where('delivery.due_at', '<=', now)
          .where((eb) => {
            const of = eb as ExpressionBuilder<Tables, 'delivery'>;
            return of.and([isFree(of, now), isOpen(of)]);
          }),
      ),
    )
    .execute();
  return rows.map((it) => it.id);
}

/** When the next delivery of an active subscription can be tried, or null. */
export async function nextDelivery(db: Db): Promise<string | null> {
  const row = await db
    .selectFrom('delivery')
    .innerJoin('subscription', 'subscription.id', 'delivery.subscription')
    .select(
      sql<string | null>`min(case when claimed_until > due_at then claimed_until else due_at end)`.as('at'),
    )
    .where('subscription.state', '=', 'active')
    .where((eb) => isNext(eb as unknown as ExpressionBuilder<Tables, 'delivery'>))
    .executeTakeFirst();
  return row?.at ?? null;
}

/** What an attempt has made of a delivery. */
export type Attempted = Pick<Delivery, 'state' | 'attempts' | 'dueAt' | 'tries' | 'settledAt'>;

/** Writes what came of an attempt. @returns false when the delivery was no longer in this hand. */
export async function noteAttempt(
  db: Db,
  { seq, claimedUntil }: Delivery,
  { state, attempts, dueAt, tries, settledAt }: Attempted,
): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('delivery')
    .set({
      state,
      attempts,
      due_at: dueAt,
      tries: JSON.stringify(tries),
      settled_at: settledAt,
      claimed_until: null,
    })
    .where('seq', '=', seq)
    .where('claimed_until', '=', claimedUntil)
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}

/** Puts a settled delivery in the queue again, under the same id. @returns false when it was not settled. */
export async function putBack(
  db: Db,
  id: string,
  { by, now }: { by: string; now: string },
): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('delivery')
    .set({ state: 'waiting', attempts: 0, due_at: now, claimed_until: null, settled_at: null, resent_by: by })
    .where('id', '=', id)
    .where('state', '!=', 'waiting')
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}

/** Gives up what waits to be sent of a subscription, also what is in hand. */
export async function giveUpWaiting(trx: Trx, subscription: string, at: string): Promise<void> {
  await trx
    .updateTable('delivery')
    .set({ state: 'dead', settled_at: at, claimed_until: null })
    .where('subscription', '=', subscription)
    .where('state', '=', 'waiting')
    .execute();
}

/** Forgets what was delivered before an instant: the log has what happened, and the receiver has the message. */
export async function forgetDelivered(db: Db, before: string): Promise<void> {
  await db
    .deleteFrom('delivery')
    .where('state', '=', sql.lit('delivered'))
    .where('settled_at', '<', before)
    .execute();
}
