/** Subscriptions: made, changed and tried by administrators. */
import { randomUUID } from 'node:crypto';
import type { BlockList } from 'node:net';
import * as z from 'zod';
import type { Database } from '../../db/open.ts';
import type { Db } from '../../db/tables.ts';
import { formed, line } from '../../machines/events.ts';
import type { Municipality } from '../../machines/municipalities/municipality.ts';
import type { Registry } from '../../machines/registry.ts';
import { scopeOf, sees } from '../access/scope.ts';
import { DEADLINE, STARTED } from '../engine/actor.ts';
import { parseFields } from '../engine/parse.ts';
import { type FieldError, Refusal } from '../engine/refusal.ts';
import { changeRights } from '../engine/rights.ts';
import { concealedAmong } from '../store/concealed.ts';
import {
  addDeliveries,
  countDeliveries,
  type Delivery,
  deliveriesOf,
  findDelivery,
  putBack,
} from '../store/deliveries.ts';
import { newestSeal } from '../store/seals.ts';
import {
  addSubscription,
  findSubscription,
  type Subscription,
  setSecrets,
  setState,
  subscriptionsOf,
} from '../store/subscriptions.ts';
import {
  type Administrator,
  type Asking,
  assertAdministers,
  assertOversees,
  overseen,
  oversees,
} from './administration.ts';
import { DISPATCHED } from './audience.ts';
import { exchanged, secretsChanged } from './exchange.ts';
import { testDelivery } from './feed.ts';
import { newSigningKey } from './key.ts';
import type { Sealing } from './sealing.ts';
import { newSecret } from './signature.ts';
import { ForbiddenTarget, targetOf } from './target.ts';
import { type ToldDelivery, type ToldSubscription, toldOf, toldOfDelivery } from './told.ts';

const names = z.array(z.string().min(1).max(120)).max(200).default([]);

export const NewSubscription = z.strictObject({
  municipality: z.string(),
  name: line('Namn', 'Name'),
  url: z.string().max(2000),
  /** What it hears of: types of events, or `decision.dispatched`; an empty list is everything. */
  events: names,
  bodies: names,
  routes: names,
  /** The id of a recipient in the municipality's register: decisions that are dispatched to it go here. */
  recipient: formed(/^[a-z][a-z0-9-]*$/, 'ett id ur mottagarregistret', 'an id of the register of recipients')
    .nullable()
    .default(null),
});
export type NewSubscription = z.output<typeof NewSubscription>;

export interface Setting {
  readonly db: Database;
  readonly registry: Registry;
  readonly municipalities: readonly Municipality[];
  readonly sealing: Sealing;
  readonly allowed: BlockList;
  /** The real time, RFC 3339 in UTC. */
  now(): string;
}

/** What is told of a subscription once, to the one who made it. */
export interface WithSecret {
  readonly subscription: ToldSubscription;
  readonly secret: string;
}

/**
 * Makes a subscription, which hears of what happens from now on. Its secret is told here and never again.
 * @throws Refusal `forbidden`; `invalid` naming each wrong field, the address among them.
 */
export async function subscribe(set: Setting, who: Administrator, input: unknown): Promise<WithSecret> {
  const asked = parseFields(NewSubscription, input) as unknown as NewSubscription;
  assertAdministers(who, asked.municipality);
  assertSound(asked, set);
  const { municipality: tenant, ...wanted } = asked;
  const id = randomUUID();
  const secret = newSecret();
  const subscription: Subscription = {
    ...wanted,
    id,
    tenant,
    secrets: [set.sealing.seal(secret, id)],
    signingKey: set.sealing.seal(newSigningKey(), id),
    heard: (await newestSeal(set.db.reader))?.last ?? 0,
    state: 'active',
    reason: null,
    failingSince: null,
    succeededAt: null,
    createdAt: set.now(),
    createdBy: who.name,
  };
  await changeRights(set.db, who, subscription.createdAt, (it) => addSubscription(it, subscription));
  return { subscription: toldOf(subscription, set.sealing), secret };
}

/** @throws Refusal `invalid` naming each wrong field. */
export function assertSound(asked: NewSubscription, set: Setting): void {
  const faults = faultsOf(asked, set);
  if (faults.length > 0)
    throw new Refusal(
      'invalid',
      { sv: 'En eller flera uppgifter är fel.', en: 'The fields are not valid.' },
      { fields: faults },
    );
}

function faultsOf(asked: NewSubscription, { registry, municipalities, allowed }: Setting): FieldError[] {
  const municipality = municipalities.find((it) => it.id === asked.municipality);
  const known = {
    events: eventsIn(registry),
    bodies: new Set(municipality?.bodies.map((it) => it.id)),
    routes: routesOf(registry, asked.municipality),
  };
  const unknown = (['events', 'bodies', 'routes'] as const).flatMap((field) =>
    asked[field].flatMap((it, index) =>
      known[field].has(it) ? [] : [{ pointer: `/${field}/${index}`, detail: noSuch(it) }],
    ),
  );
  const { recipient } = asked;
  const isStranger = recipient !== null && !municipality?.recipients.some((it) => it.id === recipient);
  return [
    ...targetFaults(asked.url, allowed),
    ...unknown,
    ...(isStranger ? [{ pointer: '/recipient', detail: noSuch(recipient) }] : []),
  ];
}

const noSuch = (it: string) => ({ sv: `${it} finns inte`, en: `there is no ${it}` });

function targetFaults(url: string, allowed: BlockList): FieldError[] {
  try {
    targetOf(url, allowed);
    return [];
  } catch (error) {
    if (!(error instanceof ForbiddenTarget)) throw error;
    return [{ pointer: '/url', detail: error.says }];
  }
}

/** Every type that the log may have, and the topics of messages. */
export const eventsIn = (registry: Registry): Set<string> =>
  new Set([
    STARTED,
    DISPATCHED,
    'regulation.promulgated',
    ...registry
      .all()
      .flatMap(({ events, deadlines }) => [
        ...Object.keys(events),
        ...Object.keys(deadlines).map((it) => DEADLINE + it),
      ]),
  ]);

const routesOf = (registry: Registry, municipality: string): Set<string> =>
  new Set(
    registry
      .all()
      .flatMap(({ name }) =>
        name.startsWith(`${municipality}/`) ? [name.slice(municipality.length + 1)] : [],
      ),
  );

/** The one of that id, for those who see it. @throws Refusal `notFound`. */
export const subscriptionFor = async (
  set: Pick<Setting, 'db' | 'sealing'>,
  who: Asking,
  id: string,
): Promise<ToldSubscription> => toldOf(await seen(set, who, id), set.sealing);

/** The one of that id as it is stored, for those who see it. @throws Refusal `notFound`. */
export async function seen({ db }: Pick<Setting, 'db'>, who: Asking, id: string): Promise<Subscription> {
  const subscription = await findSubscription(db.reader, id);
  if (!subscription || !oversees(who, subscription.tenant)) throw notFound(id);
  return subscription;
}

/** Those of a municipality, or of every one that someone oversees. @throws Refusal `forbidden`. */
export async function subscriptionsFor(
  { db, sealing }: Pick<Setting, 'db' | 'sealing'>,
  who: Asking,
  municipality: string | null,
): Promise<ToldSubscription[]> {
  assertOversees(who, municipality);
  const found = await subscriptionsOf(db.reader, municipality === null ? overseen(who) : [municipality]);
  return found.map((it) => toldOf(it, sealing));
}

interface Wanted {
  readonly state?: Delivery['state'];
  readonly limit: number;
  readonly offset: number;
}

/** What was sent to one and is to be sent, the latest first, and how much of each. @throws Refusal `notFound`. */
export async function deliveriesFor(
  { db }: Pick<Setting, 'db'>,
  who: Asking,
  id: string,
  { limit, offset, ...filter }: Wanted,
): Promise<{ readonly items: readonly ToldDelivery[]; readonly counts: Record<Delivery['state'], number> }> {
  const { tenant } = await seen({ db }, who, id);
  const confidential = sees(who.grants, { tenant, confidential: true });
  const [items, counts] = await Promise.all([
    deliveriesOf(db.reader, { subscription: id, confidential, ...filter }, { limit, offset }),
    countDeliveries(db.reader, { subscription: id, confidential }),
  ]);
  return { items: items.map(toldOfDelivery), counts };
}

/** @throws Refusal `refused`. */
export function assertNotRemoved({ state }: Pick<Subscription, 'state'>): void {
  if (state === 'removed')
    throw new Refusal('refused', { sv: 'Prenumerationen är borttagen.', en: 'The subscription is removed.' });
}

const notFound = (id: string) =>
  new Refusal('notFound', { sv: `Det finns inget ${id} här.`, en: `There is no ${id} here.` });

/**
 * Switches one on, so that it goes on where it stopped, or off.
 * @throws Refusal `notFound`, `forbidden`; `refused` for one that is removed.
 */
export async function switchTo(
  { db, now }: Pick<Setting, 'db' | 'now'>,
  who: Administrator,
  id: string,
  state: 'active' | 'disabled',
): Promise<void> {
  const subscription = await seen({ db }, who, id);
  assertAdministers(who, subscription.tenant);
  assertNotRemoved(subscription);
  const reason = state === 'disabled' ? 'byHand' : null;
  await changeRights(db, who, now(), (it) => setState(it, id, state, reason));
}

/**
 * Gives a new secret, told here and never again. Until the next one both sign, so that the receiver can change over.
 * @param version that of the secrets that whoever asks has seen.
 * @throws Refusal `notFound`, `forbidden`; `refused` for one that is removed; `stale` where another was made meanwhile.
 */
export async function renewSecret(
  { db, sealing, now }: Pick<Setting, 'db' | 'sealing' | 'now'>,
  who: Administrator,
  id: string,
  version: number,
): Promise<WithSecret> {
  const subscription = await seen({ db }, who, id);
  assertAdministers(who, subscription.tenant);
  assertNotRemoved(subscription);
  const { secret, ...exchange } = exchanged(subscription, version, (it) => sealing.seal(it, id));
  if (!(await changeRights(db, who, now(), (it) => setSecrets(it, id, exchange)))) throw secretsChanged();
  return { subscription: toldOf({ ...subscription, secrets: exchange.to }, sealing), secret };
}

/** Puts a message that says nothing in the queue. @returns its `webhook-id`. @throws Refusal as `switchTo` does. */
export async function sendTest(
  { db, now }: Pick<Setting, 'db' | 'now'>,
  who: Asking,
  id: string,
): Promise<string> {
  const subscription = await seen({ db }, who, id);
  assertAdministers(who, subscription.tenant);
  assertNotRemoved(subscription);
  const delivery = testDelivery(subscription, randomUUID(), now());
  await db.writer.transaction().execute((trx) => addDeliveries(trx, [delivery]));
  return delivery.id;
}

/** A test is about no record. */
async function seesRecord(db: Db, { grants }: Asking, { root }: Delivery): Promise<boolean> {
  return (await concealedAmong(db, scopeOf(grants), [root])).length === 0;
}

/**
 * Puts a delivery in the queue again, under the same `webhook-id`, with the name of whoever did.
 * @throws Refusal `notFound`; `refused` while it waits to be sent anyhow, or where the subscription is removed.
 */
export async function resend(
  { db, now }: Pick<Setting, 'db' | 'now'>,
  who: Asking,
  id: string,
): Promise<void> {
  const delivery = await findDelivery(db.reader, id);
  if (!delivery || !oversees(who, delivery.tenant) || !(await seesRecord(db.reader, who, delivery)))
    throw notFound(id);
  assertNotRemoved(await seen({ db }, who, delivery.subscription));
  if (!(await putBack(db.writer, id, { by: who.name, now: now() })))
    throw new Refusal('refused', {
      sv: 'Meddelandet väntar redan på att sändas.',
      en: 'The message is waiting to be sent already.',
    });
}
