import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { JsonObject } from '../../machines/chart.ts';
import { Bell } from '../../src/background/bell.ts';
import { keepDelivering } from '../../src/background/deliveries.ts';
import { newMatter } from '../../src/http/examples.ts';
import { countDeliveries } from '../../src/store/deliveries.ts';
import { subscribe } from '../../src/webhooks/subscriptions.ts';
import { grantsOf } from '../fixtures/grants.ts';
import { openReceiver, type Receiver } from '../fixtures/receiver.ts';
import { createTestServer, type TestServer } from '../fixtures/server.ts';

const administrator = { name: 'Ada', grants: grantsOf(['administrator']) };
const failures: unknown[] = [];
let server: TestServer;
let receivers: Receiver[];
let loop: { stop(): Promise<void> };
beforeEach(async () => {
  failures.length = 0;
  receivers = [];
  server = await createTestServer({ webhooks: { patience: 1_500 } });
  const { courier, bell } = server.services.webhooks;
  loop = keepDelivering(courier, server.db, bell, (error) => failures.push(error));
});
afterEach(async () => {
  await loop.stop();
  for (const one of receivers) await one.close();
  await server.close();
});

async function subscribed(...args: Parameters<typeof openReceiver>) {
  const there = await openReceiver(...args);
  receivers.push(there);
  const input = {
    municipality: 'huddinge',
    name: 'X',
    url: there.url,
    events: ['started'],
    routes: ['council-matter'],
  };
  const { subscription } = await subscribe(server.services.webhooks, administrator, input);
  return Object.assign(there, { subscription: subscription.id });
}
const register = () => server.as('registrar').post('/v1/matters', newMatter as unknown as JsonObject);

test('what is committed goes out at once, without anyone asking, also while another endpoint hangs', async () => {
  const hanging = await subscribed(() => () => {});
  const there = await subscribed();
  await register();
  await Promise.all([hanging.received(1), there.received(1)]);
  const before = there.messages.length;
  await register();
  await there.received(before + 1);
  expect(failures).toEqual([]);
});

test('what is on its way when the server stops is finished, and nothing is begun after', async () => {
  let answer = () => {};
  const answered = new Promise<void>((resolve) => {
    answer = resolve;
  });
  const there = await subscribed(() => (response) => {
    void answered.then(() => response.writeHead(204).end());
  });
  await register();
  await there.received(1);
  const stopping = loop.stop();
  answer();
  await stopping;
  const taken = there.messages.length;
  const of = { subscription: there.subscription, confidential: true };
  expect(await countDeliveries(server.db.reader, of)).toMatchObject({ delivered: taken });
  await register();
  expect(there.messages).toHaveLength(taken);
});

test('however many messages wait when it stops, none of those that are not on their way is begun', async () => {
  const { promise: answered, resolve: answer } = Promise.withResolvers<void>();
  const there = await subscribed(() => (response) => {
    void answered.then(() => response.writeHead(204).end());
  });
  await Promise.all(Array.from({ length: 12 }, register));
  await there.received(1);
  const stopping = loop.stop();
  answer();
  await stopping;
  expect(there.messages.length).toBeLessThanOrEqual(4);
  expect(await server.services.webhooks.courier.nextDue()).not.toBeNull();
});

test.each([
  ['no attempt is made, it sleeps until something comes', 0],
  ['one was made, it asks what is due now', 1],
])('where %s', async (_, made) => {
  const bell = new Bell();
  const ring = vi.spyOn(bell, 'ring');
  const { promise: asked, resolve: ask } = Promise.withResolvers<void>();
  const courier = {
    startDue: async () => [Promise.resolve(made)],
    nextDue: async () => {
      ask();
      return null;
    },
    now: () => new Date(0).toISOString(),
    stop: async () => {},
  };
  const idle = keepDelivering(courier, server.db, bell, (error) => failures.push(error));
  await asked;
  expect(ring).toHaveBeenCalledTimes(made);
  await idle.stop();
  expect(failures).toEqual([]);
});

test('a bell that was rung while nobody waited is not waited for, and one that is rung ends the wait', async () => {
  const bell = new Bell();
  bell.ring();
  await bell.wait(1_000_000);
  const woken = bell.wait(1_000_000);
  bell.ring();
  await woken;
});
