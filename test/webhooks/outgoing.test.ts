import { createPublicKey, verify as verifySignature } from 'node:crypto';
import { CloudEvent, HTTP } from 'cloudevents';
import { sql } from 'kysely';
import { Webhook } from 'standardwebhooks';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { JsonObject } from '../../machines/chart.ts';
import { newMatter } from '../../src/http/examples.ts';
import type { StoredActor } from '../../src/store/actors.ts';
import { deliveriesOf, findDelivery, forgetDelivered } from '../../src/store/deliveries.ts';
import { findSubscription, type Subscription } from '../../src/store/subscriptions.ts';
import { isTold } from '../../src/webhooks/audience.ts';
import { changeTerms, remove } from '../../src/webhooks/changed-subscription.ts';
import { Courier } from '../../src/webhooks/courier.ts';
import { hear } from '../../src/webhooks/feed.ts';
import { straysAmongWaiting } from '../../src/webhooks/queued.ts';
import { waitAfter } from '../../src/webhooks/schedule.ts';
import { renewSecret, resend, sendTest, subscribe, switchTo } from '../../src/webhooks/subscriptions.ts';
import { grantsOf } from '../fixtures/grants.ts';
import { openReceiver, type Receiver, type Reply } from '../fixtures/receiver.ts';
import { createTestServer, type TestServer } from '../fixtures/server.ts';

const administrator = {
  id: 'ada',
  name: 'Ada',
  way: 'page' as const,
  grants: grantsOf(['administrator']),
};
const clock = { now: 0 };
const open: { close(): Promise<void> }[] = [];
let server: TestServer;
beforeEach(async () => {
  clock.now = Date.now();
  server = await createTestServer({ webhooks: { clock: () => clock.now, random: () => 0, patience: 2_000 } });
  open.push(server);
});
afterEach(async () => {
  for (const one of open.splice(0)) await one.close();
});

const hooks = () => server.services.webhooks;
const deliver = () => hooks().courier.deliverDue();

async function receiver(...args: Parameters<typeof openReceiver>): Promise<Receiver> {
  const one = await openReceiver(...args);
  open.push(one);
  return one;
}

const subscribed = (url: string, more: JsonObject = {}) =>
  subscribe(hooks(), administrator, { municipality: 'huddinge', name: 'E-arkivet', url, ...more });

/** A matter, registered now. @returns its address. */
async function matter(): Promise<string> {
  const answer = await server.as('registrar').post('/v1/matters', newMatter as unknown as JsonObject);
  return answer.headers.get('location') ?? '';
}

const assign = (address: string, caseOfficer = 'Hanna') =>
  server.as('registrar').send(address, 'matter.assign', { caseOfficer });

const assigned = { events: ['matter.assign'] };

/** The first message that a receiver was sent. */
function first({ messages: [message] }: Receiver) {
  return { body: message?.body ?? '', headers: (message?.headers ?? {}) as Record<string, string> };
}

const outcomes = async (subscription: string) =>
  (await deliveriesOf(server.db.reader, { subscription, confidential: true }, { limit: 100, offset: 0 })).map(
    ({ state, attempts }) => `${state} ${attempts}`,
  );

const pass = (milliseconds: number) => {
  clock.now += milliseconds;
};
const [SECOND, MINUTE, HOUR] = [1_000, 60_000, 3_600_000];

test('nothing is queued by who read the log while the subscription was switched off or changed, or heard of it otherwise', async () => {
  const there = await receiver();
  const heard = async (meanwhile: (id: string) => Promise<unknown>) => {
    const { subscription } = await subscribed(there.url, assigned);
    await assign(await matter());
    const { db, engine } = server.services;
    const read = await findSubscription(db.reader, subscription.id);
    if (!read) throw new Error('there is no subscription');
    await meanwhile(read.id);
    const now = new Date(clock.now).toISOString();
    await hear(read, { db, engine, now });
    return outcomes(read.id);
  };
  expect(await heard((id) => switchTo(hooks(), administrator, id, 'disabled'))).toEqual([]);
  const changed = { name: 'E-arkivet', url: there.url };
  for (const narrowed of [
    { events: ['report.complete'] },
    { ...assigned, bodies: ['sn'] },
    { ...assigned, routes: ['motion'] },
  ])
    expect(await heard((id) => changeTerms(hooks(), administrator, id, { ...changed, ...narrowed }))).toEqual(
      [],
    );
  expect(
    await heard(async () => {
      await deliver();
      pass(31 * 24 * HOUR);
      await forgetDelivered(server.db.writer, new Date(clock.now).toISOString());
    }),
  ).toEqual([]);
  expect(await heard(async () => {})).toEqual(['waiting 0']);
});

test('a subscriber that has much to hear of holds up nobody else', { timeout: 60_000 }, async () => {
  const [late, there] = [await receiver(), await receiver()];
  const { subscription } = await subscribed(late.url);
  await switchTo(hooks(), administrator, subscription.id, 'disabled');
  await Promise.all(Array.from({ length: 70 }, matter));
  await switchTo(hooks(), administrator, subscription.id, 'active');
  await subscribed(there.url);
  await matter();
  let parts = 0;
  const writer = new Proxy(server.db.writer, {
    get(target, name) {
      const value = Reflect.get(target, name, target) as unknown;
      if (name !== 'transaction') return typeof value === 'function' ? value.bind(target) : value;
      // What each of them has heard first goes into its queue; the rest of it when the other was told.
      const before = ++parts > 2 ? there.received(1) : Promise.resolve();
      return () => ({ execute: (write: never) => before.then(() => target.transaction().execute(write)) });
    },
  });
  const { sealing, allowed } = hooks();
  const courier = new Courier({
    db: { ...server.db, writer },
    engine: server.services.engine,
    sealing,
    allowed,
    clock: () => clock.now,
  });
  await courier.deliverDue();
  expect(parts).toBeGreaterThan(2);
  expect(there.messages.length).toBeGreaterThan(0);
  expect(late.messages.length).toBeGreaterThan(200);
});

describe('what waits to be sent', () => {
  /** Everything of a matter and a test, which wait. */
  async function waiting() {
    const there = await receiver();
    const { subscription } = await subscribed(there.url);
    const { id } = subscription;
    const address = await matter();
    await assign(address);
    const { db, engine } = server.services;
    const read = await findSubscription(db.reader, id);
    const now = new Date(clock.now).toISOString();
    if (read) await hear(read, { db, engine, now });
    await sendTest(hooks(), administrator, id);
    return { id, address };
  }
  const strays = async () => {
    const { db, engine } = server.services;
    return (await straysAmongWaiting(db.reader, engine.registry)).length;
  };

  test('is what the log gives, also where the record has another name since', async () => {
    const { id } = await waiting();
    expect(new Set(await outcomes(id))).toEqual(new Set(['waiting 0']));
    expect(await strays()).toBe(0);
    await sql`update actor set title = 'Another', number = 'KS 2099/1' where id = root`.execute(
      server.db.writer,
    );
    expect(await strays()).toBe(0);
  });

  const last = "seq = (select max(seq) from delivery where type = 'matter.assign')";
  test.each([
    ['another place in the log', `body = replace(body, '"sequence":"', '"sequence":"1')`],
    ['another id', `body = replace(body, '"id":"', '"id":"0')`],
    ['another state', `body = replace(body, '"states":["', '"states":["x')`],
    ['more than it has', `body = replace(body, '"specversion"', '"more":1,"specversion"')`],
    ['nothing', `body = ''`],
    ['another type', `type = 'matter.close'`],
    ['another actor', `actor = 'another'`],
    ['that it is for another subscription', `subscription = 'another'`],
    ['that it is a test', `type = 'test'`],
  ])('and says %s is found', async (_, change) => {
    await waiting();
    await sql.raw(`update delivery set ${change} where ${last}`).execute(server.db.writer);
    expect(await strays()).toBe(1);
  });

  test('and is a test that says more is found', async () => {
    await waiting();
    await sql`update delivery set body = replace(body, 'data":{', 'data":{"more":1,') where type = 'test'`.execute(
      server.db.writer,
    );
    expect(await strays()).toBe(1);
  });
});

describe('a message to a subscriber', () => {
  test('is taken by a receiver that another implementation of Standard Webhooks checks for', async () => {
    const there = await receiver();
    const { secret } = await subscribed(there.url, assigned);
    const address = await matter();
    await assign(address);
    expect(await deliver()).toBe(1);
    const { headers, body } = first(there);
    const event = new Webhook(secret).verify(body, headers);
    expect(event).toMatchObject({ type: 'arendegang.matter.assign', subject: address.split('/').at(-1) });
    const another = new Webhook(`whsec_${Buffer.alloc(32, 1).toString('base64')}`);
    expect(() => another.verify(body, headers)).toThrow('No matching signature');
    expect(() => new Webhook(secret).verify(`${body} `, headers as Record<string, string>)).toThrow();
  });

  test('carries a signature that the public key checks and nobody else can make (v1a)', async () => {
    const there = await receiver();
    const { subscription } = await subscribed(there.url, assigned);
    await assign(await matter());
    await deliver();
    const { headers, body } = first(there);
    const key = createPublicKey({
      format: 'jwk',
      key: {
        kty: 'OKP',
        crv: 'Ed25519',
        x: Buffer.from(subscription.publicKey.slice('whpk_'.length), 'base64').toString('base64url'),
      },
    });
    const offered =
      String(headers['webhook-signature'])
        .split(' ')
        .find((it) => it.startsWith('v1a,')) ?? '';
    const signature = Buffer.from(offered.slice('v1a,'.length), 'base64');
    const signed = (text: string) =>
      Buffer.from(`${headers['webhook-id']}.${headers['webhook-timestamp']}.${text}`);
    expect(verifySignature(null, signed(body), key, signature)).toBe(true);
    expect(verifySignature(null, signed(`${body} `), key, signature)).toBe(false);
  });

  test('is an event of CloudEvents 1.0, by its own library', async () => {
    const there = await receiver();
    await subscribed(there.url);
    await assign(await matter());
    await deliver();
    expect(there.messages.length).toBeGreaterThan(3);
    for (const { headers, body } of there.messages) {
      const event = HTTP.toEvent({ headers, body }) as CloudEvent<JsonObject>;
      expect(event.validate()).toBe(true);
      expect(event).toMatchObject({ specversion: '1.0', data: { municipality: 'huddinge' } });
    }
    const { type: _, ...untyped } = JSON.parse(there.messages[0]?.body ?? '') as JsonObject;
    expect(() => new CloudEvent(untyped as never, true)).toThrow();
    const sequences = there.messages.map(({ body }) => (JSON.parse(body) as { sequence: string }).sequence);
    expect(sequences).toEqual([...sequences].sort());
  });

  test('is of what it asked for: events, bodies and routes of its own municipality', async () => {
    const wants: readonly [JsonObject, boolean][] = [
      [{ events: ['matter.assign'] }, true],
      [{ events: ['report.sign'] }, false],
      [{ routes: ['council-matter'] }, true],
      [{ routes: ['board-matter'] }, false],
      [{ events: ['matter.assign'], bodies: ['kf'] }, false],
      [{ municipality: 'salem' }, false],
    ];
    const told = await Promise.all(
      wants.map(async ([want]) => {
        const there = await receiver();
        await subscribed(there.url, want);
        return there;
      }),
    );
    await assign(await matter());
    await deliver();
    expect(told.map((it) => it.types().includes('arendegang.matter.assign'))).toEqual(
      wants.map((it) => it[1]),
    );
  });

  test('is of nothing that is confidential or of another municipality, and a recipient is told of its decisions alone', () => {
    const record = { chart: 'huddinge/council-matter', confidential: false } as StoredActor;
    const wants = { tenant: 'huddinge', recipient: null, events: [], bodies: [], routes: [] };
    const happened = {
      type: 'matter.assign',
      tenant: 'huddinge',
      bodies: ['au', 'ks'],
      recipient: null,
      record,
    };
    const tells = (want: object, more: object = {}) =>
      isTold({ ...wants, ...want } as unknown as Subscription, { ...happened, ...more });
    expect(tells({})).toBe(true);
    expect(tells({}, { record: { ...record, confidential: true } })).toBe(false);
    expect(tells({}, { tenant: 'salem' })).toBe(false);
    // The bodies that had it before and after.
    expect([tells({ bodies: ['au'] }), tells({ bodies: ['kf', 'ks'] }), tells({ bodies: ['kf'] })]).toEqual([
      true,
      true,
      false,
    ]);
    const court = { recipient: 'domstolen' };
    const dispatched = { type: 'decision.dispatched', ...court };
    expect([tells(court), tells(court, court), tells(court, dispatched)]).toEqual([false, false, true]);
    expect(tells({ recipient: 'polisen' }, dispatched)).toBe(false);
    expect(tells(court, { ...dispatched, record: { ...record, confidential: true } })).toBe(false);
  });

  test('tells of nothing that happened before it subscribed', async () => {
    const there = await receiver();
    const address = await matter();
    await subscribed(there.url);
    await assign(address);
    await deliver();
    expect(there.types()).toEqual(['arendegang.matter.assign']);
  });

  test('is signed with the new secret and the old one while they are exchanged', async () => {
    const there = await receiver();
    const { secret, subscription } = await subscribed(there.url, assigned);
    const { id, secretVersion } = subscription;
    const renewed = await renewSecret(hooks(), administrator, id, secretVersion);
    const newer = renewed.secret;
    await assign(await matter());
    await deliver();
    const { headers, body } = first(there);
    for (const one of [secret, newer]) expect(() => new Webhook(one).verify(body, headers)).not.toThrow();
    await renewSecret(hooks(), administrator, id, renewed.subscription.secretVersion);
    await assign(await matter());
    await deliver();
    const last = there.messages.at(-1);
    expect(() =>
      new Webhook(secret).verify(last?.body ?? '', last?.headers as Record<string, string>),
    ).toThrow();
  });
});

const switching = ['HTTP/1.1 101 Switching Protocols', 'Upgrade: x', 'Connection: Upgrade'];

describe('an endpoint that does not take a message', () => {
  /** The instants of the attempts after the first, in seconds, until there are no more. */
  async function attempts(reply: Reply) {
    const there = await receiver(() => reply);
    const { subscription } = await subscribed(there.url, assigned);
    await assign(await matter());
    const [start, at] = [clock.now, [] as number[]];
    while ((await deliver()) > 0) {
      at.push((clock.now - start) / SECOND);
      const next = await hooks().courier.nextDue();
      if (next !== null) clock.now = Date.parse(next);
    }
    return { at, there, subscription };
  }

  test('is tried after 5 s, 5 min, 30 min, 2, 5, 10, 14, 20 and 24 h, and then the message is a dead letter', async () => {
    const { at, there, subscription } = await attempts(500);
    const waits = at.slice(1).map((it, index) => it - (at[index] ?? 0));
    expect(waits).toEqual([5, 300, 1800, 7200, 18_000, 36_000, 50_400, 72_000, 86_400]);
    expect(await outcomes(subscription.id)).toEqual(['dead 10']);
    expect(new Set(there.ids()).size).toBe(1);
    const failing = await findSubscription(server.db.reader, subscription.id);
    expect(failing).toMatchObject({ state: 'active', failingSince: expect.any(String) });
  });

  test.each([
    ['is not followed', 302, { location: 'http://127.0.0.1:1/elsewhere' }],
    ['is not success either', 308, { location: '/elsewhere' }],
  ])('but answers with a redirect %s: it is tried again', async (_, status, headers) => {
    const there = await receiver((__, nth) => (nth === 1 ? { status, headers } : 200));
    const { subscription } = await subscribed(there.url, assigned);
    await assign(await matter());
    await deliver();
    expect(there.messages.map((it) => it.path)).toEqual(['/hook']);
    expect(await outcomes(subscription.id)).toEqual(['waiting 1']);
    pass(5 * SECOND);
    await deliver();
    expect(await outcomes(subscription.id)).toEqual(['delivered 2']);
  });

  test('and says when to come back is not asked before (Retry-After)', async () => {
    const there = await receiver((_, nth) =>
      nth === 1 ? { status: 503, headers: { 'retry-after': '120' } } : 200,
    );
    await subscribed(there.url, assigned);
    await assign(await matter());
    await deliver();
    pass(119 * SECOND);
    expect(await deliver()).toBe(0);
    pass(SECOND);
    expect(await deliver()).toBe(1);
  });

  test('with 410 wants nothing more: it is disabled, and goes on where it stopped when it is switched on', async () => {
    let gone = true;
    const there = await receiver(() => (gone ? 410 : 200));
    const { subscription } = await subscribed(there.url, assigned);
    const address = await matter();
    await assign(address);
    await deliver();
    expect(await findSubscription(server.db.reader, subscription.id)).toMatchObject({
      state: 'disabled',
      reason: 'gone',
    });
    await assign(address, 'Eva');
    pass(48 * HOUR);
    expect(await deliver()).toBe(0);
    gone = false;
    await switchTo(hooks(), administrator, subscription.id, 'active');
    await deliver();
    expect(there.messages).toHaveLength(2);
    expect(await outcomes(subscription.id)).toEqual(['delivered 1', 'dead 1']);
  });

  test('with 410 when it has been removed meanwhile stays removed', async () => {
    let id = '';
    const there = await receiver(() => (response) => {
      void remove(hooks(), administrator, id).then(() => response.writeHead(410).end());
    });
    id = (await subscribed(there.url, assigned)).subscription.id;
    await assign(await matter());
    await deliver();
    expect(there.messages).toHaveLength(1);
    expect(await findSubscription(server.db.reader, id)).toMatchObject({ state: 'removed' });
  });

  test('with 410 when it has another address meanwhile is told there', async () => {
    let id = '';
    const there = await receiver();
    const changed = { ...assigned, name: 'E-arkivet', url: there.url };
    const before = await receiver(() => (response) => {
      void changeTerms(hooks(), administrator, id, changed).then(() => response.writeHead(410).end());
    });
    id = (await subscribed(before.url, assigned)).subscription.id;
    await assign(await matter());
    await deliver();
    expect(await findSubscription(server.db.reader, id)).toMatchObject({ state: 'active', url: there.url });
    expect(await outcomes(id)).toEqual(['waiting 1']);
    pass(5 * SECOND);
    await deliver();
    expect(await outcomes(id)).toEqual(['delivered 2']);
    expect([before.messages.length, there.ids()]).toEqual([1, before.ids()]);
  });

  test('for five days is disabled, but not its next address for what the one before had failed', async () => {
    const [before, there] = [await receiver(() => 500), await receiver(() => 500)];
    const { id } = (await subscribed(before.url, assigned)).subscription;
    const fail = async () => {
      await assign(await matter());
      await deliver();
      return (await findSubscription(server.db.reader, id))?.state;
    };
    expect(await fail()).toBe('active');
    await changeTerms(hooks(), administrator, id, { ...assigned, name: 'E-arkivet', url: there.url });
    pass(5 * 24 * HOUR);
    expect(await fail()).toBe('active');
    pass(5 * 24 * HOUR);
    expect(await fail()).toBe('disabled');
  });

  test('for five days is disabled; one that works now and then is not', async () => {
    let works = false;
    const there = await receiver(() => (works ? 200 : 500));
    const { subscription } = await subscribed(there.url, assigned);
    const state = async () => (await findSubscription(server.db.reader, subscription.id))?.state;
    const send = async () => {
      await assign(await matter());
      await deliver();
    };
    await send();
    pass(4 * 24 * HOUR);
    works = true;
    await send();
    works = false;
    await send();
    pass(4 * 24 * HOUR);
    await send();
    expect(await state()).toBe('active');
    pass(24 * HOUR);
    await send();
    expect(await state()).toBe('disabled');
  });

  test.each([
    ['and has taken another meanwhile is not disabled', 200, 'active'],
    ['and takes no other either is disabled', 500, 'disabled'],
  ])('of one matter for five days %s', async (_, other, then) => {
    const stuck = await matter();
    const there = await receiver(({ body }) => (body.includes(stuck.split('/').at(-1) ?? '') ? 500 : other));
    const { subscription } = await subscribed(there.url, assigned);
    await assign(stuck);
    await deliver();
    pass(5 * 24 * HOUR);
    await assign(await matter());
    await deliver();
    expect(there.messages).toHaveLength(3);
    expect(await findSubscription(server.db.reader, subscription.id)).toMatchObject({ state: then });
  });

  const late = { status: null, failure: 'no answer in time' };
  const endless =
    (status: number): Reply =>
    (response) =>
      response.writeHead(status).write('a');
  test.each<[string, Reply, object, string?]>([
    ['that says nothing', () => {}, late],
    ['that breaks off', (response) => response.destroy(), { failure: expect.stringMatching(/^ECONNRESET/) }],
    [
      'that begins to answer and never ends its headers',
      (response) => response.socket?.write('HTTP/1.1 200 OK\r\n'),
      late,
    ],
    [
      'that would go on in another protocol',
      (response) => response.socket?.write(`${switching.join('\r\n')}\r\n\r\n`),
      { status: 101, failure: null },
    ],
    ['that refuses and never ends what it says', endless(500), { status: 500, failure: null }],
    ['that takes it and never ends what it says', endless(200), { status: 200, failure: null }, 'delivered'],
  ])('%s is waited for no longer than it may take', async (_, reply, told, state = 'waiting') => {
    await server.close();
    open.splice(0);
    server = await createTestServer({ webhooks: { clock: () => clock.now, random: () => 0, patience: 150 } });
    open.push(server);
    const there = await receiver(() => reply);
    const { subscription } = await subscribed(there.url, assigned);
    await assign(await matter());
    await deliver();
    const sent = { subscription: subscription.id, confidential: true };
    const [delivery] = await deliveriesOf(server.db.reader, sent, { limit: 1, offset: 0 });
    expect(delivery).toMatchObject({ state, attempts: 1, tries: [told] });
  });

  test('with more than anyone wants to read has answered all the same', async () => {
    const there = await receiver(() => (response) => {
      response.writeHead(200);
      response.end(Buffer.alloc(5_000_000));
    });
    const { subscription } = await subscribed(there.url, assigned);
    await assign(await matter());
    await deliver();
    expect(await outcomes(subscription.id)).toEqual(['delivered 1']);
  });
});

describe('the messages of one record', () => {
  test('wait for the first that is not taken, and those of other records do not', async () => {
    const [slow, other] = [await matter(), await matter()];
    const stuck = slow.split('/').at(-1) ?? '';
    let broken = true;
    const there = await receiver(({ body }) => (broken && body.includes(stuck) ? 500 : 200));
    await subscribed(there.url, assigned);
    await assign(slow, 'A');
    await assign(slow, 'B');
    await assign(other, 'C');
    await deliver();
    const subjects = () =>
      there.messages.map(({ body }) => (JSON.parse(body) as { subject: string }).subject === stuck);
    expect(subjects().sort()).toEqual([false, true]);
    broken = false;
    pass(5 * SECOND);
    await deliver();
    const versions = there.messages.flatMap(({ body }) => {
      const { subject, data } = JSON.parse(body) as { subject: string; data: { actor: { version: number } } };
      return subject === stuck ? [data.actor.version] : [];
    });
    const first = versions[0] ?? 0;
    expect(versions).toEqual([first, first, first + 1]);
  });

  test('go on when the one before is given up, and it can be sent again under its own id', async () => {
    let broken = true;
    const there = await receiver(() => (broken ? 500 : 200));
    const { subscription } = await subscribed(there.url, assigned);
    const address = await matter();
    await assign(address, 'A');
    await assign(address, 'B');
    for (let i = 0; i < 10; i++) {
      await deliver();
      clock.now = Date.parse((await hooks().courier.nextDue()) ?? '');
    }
    broken = false;
    await deliver();
    expect(await outcomes(subscription.id)).toEqual(['delivered 2', 'dead 10']);
    const [dead] = there.ids();
    await resend(hooks(), administrator, dead ?? '');
    await expect(resend(hooks(), administrator, dead ?? '')).rejects.toMatchObject({ code: 'refused' });
    await deliver();
    expect(there.ids().at(-1)).toBe(dead);
    expect(await findDelivery(server.db.reader, dead ?? '')).toMatchObject({
      state: 'delivered',
      resentBy: 'Ada',
    });
  });
});

test('a dead endpoint delays nobody else', async () => {
  const [dead, alive] = [await receiver(() => () => {}), await receiver()];
  await subscribed(dead.url, assigned);
  await subscribed(alive.url, assigned);
  const address = await matter();
  await assign(address, 'A');
  const served = await hooks().courier.startDue();
  await Promise.all([dead.received(1), alive.received(1)]);
  await assign(address, 'B');
  await hooks().courier.startDue();
  await alive.received(2);
  expect([dead.messages.length, alive.messages.length]).toEqual([1, 2]);
  await Promise.all(served);
});

describe('a server that dies', () => {
  test('before it sent a message leaves it to the next one', async () => {
    const there = await receiver();
    await subscribed(there.url, assigned);
    await assign(await matter());
    const { db, sealing, allowed } = hooks();
    const next = new Courier({
      db,
      engine: server.services.engine,
      sealing,
      allowed,
      clock: () => clock.now,
    });
    await next.deliverDue();
    expect(there.messages).toHaveLength(1);
    expect(await deliver()).toBe(0);
  });

  test('between sending a message and writing so down has it sent again, under the same id, and no sooner than its claim ends', async () => {
    const there = await receiver();
    const { subscription } = await subscribed(there.url, assigned);
    await assign(await matter());
    await deliver();
    // What is on the disk when the process ends there.
    const until = new Date(clock.now + MINUTE).toISOString();
    await sql`update delivery set state = 'waiting', claimed_until = ${until}, attempts = 0, tries = '[]'`.execute(
      server.db.writer,
    );
    pass(59 * SECOND);
    expect(await deliver()).toBe(0);
    pass(SECOND);
    expect(await deliver()).toBe(1);
    expect(new Set(there.ids()).size).toBe(1);
    expect(await outcomes(subscription.id)).toEqual(['delivered 1']);
  });
});

describe('a test message', () => {
  test('says nothing of any matter and arrives signed like any other', async () => {
    const there = await receiver();
    const { subscription, secret } = await subscribed(there.url, { routes: ['board-matter'] });
    const id = await sendTest(hooks(), administrator, subscription.id);
    await deliver();
    const { headers, body } = first(there);
    expect(headers['webhook-id']).toBe(id);
    expect(new Webhook(secret).verify(body, headers)).toMatchObject({
      type: 'arendegang.test',
      data: { municipality: 'huddinge' },
    });
  });
});

describe('secrets', () => {
  test('are sealed in the database with the key of the environment, and readable only with it', async () => {
    await server.close();
    open.splice(0);
    const secretsKey = new Uint8Array(32).fill(7);
    server = await createTestServer({ webhooks: { secretsKey, clock: () => clock.now } });
    open.push(server);
    const there = await receiver();
    const { secret } = await subscribed(there.url, assigned);
    const { rows } = await sql`select * from subscription`.execute(server.db.reader);
    expect(JSON.stringify(rows)).not.toContain(secret.slice('whsec_'.length));
    await assign(await matter());
    await deliver();
    expect(there.messages).toHaveLength(1);
  });
});

describe('only those who administer the municipality', () => {
  test.each(['clerk', 'auditor', 'integration', 'registrar'] as const)(
    'and not the %s, subscribe',
    async (role) => {
      const who = { ...administrator, name: role, grants: grantsOf([role]) };
      const input = { municipality: 'huddinge', name: 'X', url: 'https://example.com/' };
      await expect(subscribe(hooks(), who, input)).rejects.toMatchObject({ code: 'forbidden' });
      await expect(subscribe(hooks(), administrator, input)).resolves.toBeTruthy();
    },
  );

  test("and another municipality's do not see it", async () => {
    const { subscription } = await subscribed('https://example.com/');
    const grants = administrator.grants.filter((it) => it.tenant === 'salem');
    const neighbour = { ...administrator, name: 'N', grants };
    await expect(switchTo(hooks(), neighbour, subscription.id, 'disabled')).rejects.toMatchObject({
      code: 'notFound',
    });
  });
});

describe('when a message that was not taken is sent again', () => {
  const now = Date.parse('2026-11-20T09:00:00Z');
  const wait = (attempts: number, retryAfter: string | null = null, random = 0) =>
    waitAfter(attempts, { retryAfter, now, random });

  test('is a tenth later at the most, so that those that failed together do not come back together', () => {
    expect([wait(2), wait(2, null, 0.5), wait(2, null, 1)]).toEqual([300_000, 315_000, 330_000]);
  });

  test('is when the endpoint asks for it, in seconds or as a date, but no sooner than it would be, nor beyond a day', () => {
    expect(wait(1, '120')).toBe(120 * SECOND);
    expect(wait(1, 'Fri, 20 Nov 2026 10:00:00 GMT')).toBe(HOUR);
    for (const sooner of ['1', 'Fri, 20 Nov 2026 08:00:00 GMT', 'soon', '-60', ''])
      expect(wait(2, sooner)).toBe(5 * MINUTE);
    for (const longer of ['999999', 'Sat, 20 Nov 2027 09:00:00 GMT']) expect(wait(1, longer)).toBe(24 * HOUR);
  });

  test('is never after the tenth attempt, whatever the endpoint asks for', () => {
    expect([wait(9), wait(10), wait(10, '120')]).toEqual([24 * HOUR, null, null]);
  });
});
