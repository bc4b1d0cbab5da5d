/** What is told of subscriptions and deliveries: never a secret, and the public key that others check with. */
import type { Delivery } from '../store/deliveries.ts';
import type { Subscription } from '../store/subscriptions.ts';
import { secretVersionOf } from './exchange.ts';
import { publicKeyOf } from './key.ts';
import type { Sealing } from './sealing.ts';

export interface ToldSubscription extends Omit<Subscription, 'tenant' | 'secrets' | 'signingKey' | 'heard'> {
  readonly municipality: string;
  /** By which a receiver checks `v1a` signatures: `whpk_…`. */
  readonly publicKey: string;
  /** Another after each exchange of the secret. */
  readonly secretVersion: number;
}

export const toldOf = (
  { tenant: municipality, secrets, signingKey, heard: _, ...it }: Subscription,
  sealing: Sealing,
): ToldSubscription => ({
  ...it,
  municipality,
  publicKey: publicKeyOf(sealing.open(signingKey, it.id)),
  secretVersion: secretVersionOf(secrets),
});

export interface ToldDelivery
  extends Omit<Delivery, 'seq' | 'subscription' | 'tenant' | 'body' | 'claimedUntil' | 'root'> {
  readonly record: string;
}

export const toldOfDelivery = ({
  root: record,
  seq: _,
  subscription: __,
  tenant: ___,
  body: ____,
  claimedUntil: _____,
  ...it
}: Delivery): ToldDelivery => ({ ...it, record });
