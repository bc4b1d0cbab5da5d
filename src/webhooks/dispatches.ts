/** A decision that is dispatched by webhook: what became of it is recorded on the dispatch itself. */
import { localDate } from '../engine/calendar.ts';
import { sha256 } from '../engine/chain.ts';
import type { Engine } from '../engine/engine.ts';
import { Refusal } from '../engine/refusal.ts';
import type { Attempted, Delivery } from '../store/deliveries.ts';
import type { Subscription } from '../store/subscriptions.ts';
import { DISPATCHED } from './audience.ts';

const notTaken = (attempts: number): string =>
  `Mottagarens system har inte tagit emot beslutet (webhook, ${attempts} försök).`;

const events = ['dispatch.send', 'dispatch.acknowledge', 'dispatch.fail'] as const;

/**
 * Records that the recipient's system has taken the decision, or that it could not be handed over. Each is recorded
 * once however often it is asked for. What is refused stands recorded otherwise, as where a clerk sent it by hand.
 * @throws Refusal `unavailable`, and then nothing else is to be written about the delivery.
 */
export async function recordDispatch(
  engine: Engine,
  { id: subscription, tenant, name, recipient }: Subscription,
  { id, actor, type }: Delivery,
  { state, attempts }: Attempted,
): Promise<void> {
  if (type !== DISPATCHED || recipient === null) return;
  const on = localDate(Date.parse(engine.now()), engine.calendarOf(tenant));
  const sender = {
    id: subscription,
    name: `webhook: ${name}`,
    origin: 'integration',
    grants: [{ tenant, roles: ['integration'], bodies: 'all', events, confidential: false }],
  } as const;
  const tell = async (event: (typeof events)[number], payload: object) => {
    const key = `${id} ${event}`;
    const idempotency = { scope: 'webhook', key, fingerprint: sha256(key) };
    await engine
      .submit({ kind: 'send', actor, type: event, payload, sender, idempotency })
      .catch((error: unknown) => {
        if (!(error instanceof Refusal) || error.code === 'unavailable') throw error;
      });
  };
  if (state === 'dead') return tell('dispatch.fail', { reason: notTaken(attempts) });
  await tell('dispatch.send', { on });
  await tell('dispatch.acknowledge', { on });
}
