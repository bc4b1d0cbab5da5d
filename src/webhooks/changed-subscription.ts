/** A subscription that is changed or removed. */
import type { z } from 'zod';
import { parseFields } from '../engine/parse.ts';
import { Refusal } from '../engine/refusal.ts';
import { changeRights } from '../engine/rights.ts';
import { countDeliveries, giveUpWaiting } from '../store/deliveries.ts';
import { changeSubscription, removeSubscription, type Subscription } from '../store/subscriptions.ts';
import { type Administrator, type Asking, assertAdministers } from './administration.ts';
import { DISPATCHED } from './audience.ts';
import { assertNotRemoved, assertSound, NewSubscription, type Setting, seen } from './subscriptions.ts';

/** All but whose matters it is about, and for whom: what waits is that recipient's, and nobody else's. */
export const ChangedSubscription = NewSubscription.omit({ municipality: true, recipient: true });

/**
 * Gives a subscription another address and other terms. What has not been heard yet is chosen by the new terms; what
 * waits to be sent goes to the new address.
 * @throws Refusal `notFound`, `forbidden`, `refused` for one that is removed; `invalid` naming each wrong field.
 */
export async function changeTerms(
  set: Setting,
  who: Administrator,
  id: string,
  input: unknown,
): Promise<void> {
  const { tenant } = await administered(set, who, id);
  const asked = parseFields(ChangedSubscription, input) as unknown as z.output<typeof ChangedSubscription>;
  // The recipient stays, and was held against the register when the subscription was made.
  assertSound({ ...asked, municipality: tenant, recipient: null }, set);
  await changeRights(set.db, who, set.now(), (it) => changeSubscription(it, id, asked));
}

/**
 * Takes a subscription away, with its secrets: nothing more is sent, what waited is given up. What was sent is shown as
 * long as it is of any other. Decisions that it was not told of, since it was switched off, are sent by hand.
 * @throws Refusal `notFound`, `forbidden`; `refused` for one that is removed, and while decisions that it was told of
 * wait to be dispatched by it: they would be given up, and their dispatches not have failed.
 */
export async function remove(
  set: Pick<Setting, 'db' | 'now'>,
  who: Administrator,
  id: string,
): Promise<void> {
  const { recipient } = await administered(set, who, id);
  const at = set.now();
  await changeRights(set.db, who, at, async (changing) => {
    const { trx } = changing;
    // First, for then it is told of nothing more.
    await removeSubscription(changing, id);
    const decisions = { subscription: id, type: DISPATCHED, confidential: true };
    if (recipient !== null && (await countDeliveries(trx, decisions)).waiting > 0)
      throw new Refusal('refused', undispatched);
    await giveUpWaiting(trx, id, at);
  });
}

const undispatched = {
  sv: 'Beslut väntar på att expedieras den vägen. Ta bort prenumerationen när de är framme eller uppgivna.',
  en: 'Decisions wait to be dispatched that way. Remove the subscription when they are delivered or given up.',
};

async function administered(set: Pick<Setting, 'db'>, who: Asking, id: string): Promise<Subscription> {
  const subscription = await seen(set, who, id);
  assertAdministers(who, subscription.tenant);
  assertNotRemoved(subscription);
  return subscription;
}
