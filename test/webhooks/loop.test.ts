import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { JsonObject } from '../../machines/chart.ts';
import { Bell } from '../../src/background/bell.ts';
import { keepDelivering } from '../../src/background/deliveries.ts';
import { newMatter } from '../../src/http/examples.ts';
import { countDeliveries } from '../../src/store/deliveries.ts';
import { Courier } from '../../src/webhooks/courier.ts';
import { subscribe } from '../../src/webhooks/subscriptions.ts';
import { grantsOf } from '../fixtures/grants.ts';
import { openReceiver, type Receiver } from '../fixtures/receiver.ts';
import { createTestServer, type TestServer } from '../fixtures/server.ts';

const administrator = {
  id: 'ada',
  name: 'Ada',
  way: 'page' as const,
  grants: grantsOf(['administrator']),
};
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

test('what fails is told of once, however often the loop goes round while it is on its way', async () => {
  const { promise: answered, resolve: answer } = Promise.withResolvers<void>();
  const there = await subscribed(() => (response) => {
    void answered.then(() => response.writeHead(500).end());
  });
  await loop.stop();
  await register();
  const { sealing, allowed } = server.services.webhooks;
  const random = () => {
    throw new Error('no luck');
  };
  const courier = new Courier({ db: server.db, engine: server.services.engine, sealing, allowed, random });
  const rounds = vi.spyOn(courier, 'nextDue');
  const bell = new Bell();
  loop = keepDelivering(courier, server.db, bell, (error) => failures.push(error));
  await there.received(1);
  for (let round = 1; round <= 4; round++) {
    await expect.poll(() => rounds.mock.calls.length).toBeGreaterThanOrEqual(round);
    bell.ring();
  }
  answer();
  await expect.poll(() => failures.length).toBeGreaterThan(0);
  await loop.stop();
  expect(failures).toEqual([new Error('no luck')]);
});

describe('a loop that has been an hour at hearing the log', () => {
  const HOUR = 3_600_000;
  let rounds = 0;
  beforeEach(async () => {
    await loop.stop();
    rounds = 0;
    vi.spyOn(performance, 'now').mockImplementation(() => rounds * HOUR);
    const bell = new Bell();
    const courier = {
      startDue: async () => {
        rounds += 1;
        bell.ring();
        return [];
      },
      nextDue: async () => null,
      now: () => new Date(0).toISOString(),
      stop: async () => {},
    };
    loop = keepDelivering(courier, server.db, bell, (error) => failures.push(error));
    await expect.poll(() => rounds).toBe(1);
  });
  afterEach(() => vi.restoreAllMocks());

  test('lets what came meanwhile wait for a few seconds, not for another hour', async () => {
    await expect.poll(() => rounds, { timeout: 4_500 }).toBe(2);
  });

  test('stops at once', async () => {
    const asked = Date.now();
    await loop.stop();
    expect(Date.now() - asked).toBeLessThan(1_000);
    expect(rounds).toBe(1);
  });
});

test('a bell that was rung while nobody waited is not waited for, and one that is rung ends the wait', async () => {
  const bell = new Bell();
  bell.ring();
  await bell.wait(1_000_000);
  const woken = bell.wait(1_000_000);
  bell.ring();
  await woken;
});
