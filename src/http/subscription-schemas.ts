/** What the API tells of subscriptions and of what was sent to them, with an example of each. */
import { z } from '@hono/zod-openapi';
import { at } from './examples.ts';
import { instant, listOf } from './schemas.ts';

const names = listOf(z.string());

export const SubscriptionView = z
  .object({
    id: z.string(),
    municipality: z.string(),
    name: z.string(),
    url: z.string(),
    events: names,
    bodies: names,
    routes: names,
    recipient: z.string().nullable(),
    state: z.enum(['active', 'disabled', 'removed']),
    reason: z.enum(['byHand', 'gone', 'failing']).nullable(),
    failingSince: instant.nullable(),
    succeededAt: instant.nullable(),
    publicKey: z.string(),
    secretVersion: z.int(),
    createdAt: instant,
    createdBy: z.string(),
  })
  .openapi('Subscription');

export const Subscriptions = z.object({ items: listOf(SubscriptionView) }).openapi('Subscriptions');

/** The one answer that has the secret. */
export const SubscriptionWithSecret = SubscriptionView.extend({ secret: z.string() }).openapi(
  'SubscriptionWithSecret',
);

export const DeliveryView = z
  .object({
    id: z.string(),
    type: z.string(),
    record: z.string(),
    actor: z.string(),
    state: z.enum(['waiting', 'delivered', 'dead']),
    attempts: z.int(),
    dueAt: instant,
    tries: listOf(z.object({ at: instant, status: z.int().nullable(), failure: z.string().nullable() })),
    createdAt: instant,
    settledAt: instant.nullable(),
    resentBy: z.string().nullable(),
  })
  .openapi('OutgoingMessage');

export const Deliveries = z
  .object({
    items: listOf(DeliveryView),
    counts: z.object({ waiting: z.int(), delivered: z.int(), dead: z.int() }),
  })
  .openapi('OutgoingMessages');

export const Queued = z.object({ id: z.string() }).openapi('QueuedMessage');

export const newSubscription = {
  municipality: 'huddinge',
  name: 'E-arkivet',
  url: 'https://arkiv.example.se/hooks/arendegang',
  events: ['matter.close', 'matter.archive'],
  bodies: ['ks', 'kf'],
};

const { municipality: _, ...terms } = newSubscription;
export const changedSubscription = terms;

export const subscription: z.input<typeof SubscriptionView> = {
  ...newSubscription,
  id: '7d0f6a52-6d0b-4b0e-9a55-0a6a54b8f1c3',
  routes: [],
  recipient: null,
  state: 'active',
  reason: null,
  failingSince: null,
  succeededAt: at,
  publicKey: 'whpk_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=',
  secretVersion: 184467440737,
  createdAt: at,
  createdBy: 'Ada Administratör',
};

export const withSecret = {
  ...subscription,
  secret: 'whsec_ZXhhbXBsZTogdGhpcyBpcyBub3QgYSBzZWNyZXQgb2Ygb3Vycw==',
};

export const delivery: z.input<typeof DeliveryView> = {
  id: 'msg_2f6b1c9d0e3a48579b6c7d8e9fa0b1c2',
  type: 'matter.close',
  record: '0b7f5a52-6d0b-4b0e-9a55-0a6a54b8f1c3',
  actor: '0b7f5a52-6d0b-4b0e-9a55-0a6a54b8f1c3',
  state: 'waiting',
  attempts: 1,
  dueAt: at,
  tries: [{ at, status: 503, failure: null }],
  createdAt: at,
  settledAt: null,
  resentBy: null,
};

export const deliveries = { items: [delivery], counts: { waiting: 1, delivered: 12, dead: 0 } };
