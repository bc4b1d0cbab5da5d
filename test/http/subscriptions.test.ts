import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { JsonObject } from '../../machines/chart.ts';
import { newMatter } from '../../src/http/examples.ts';
import { newSubscription } from '../../src/http/subscription-schemas.ts';
import { openReceiver, type Receiver } from '../fixtures/receiver.ts';
import { createTestServer, type TestServer } from '../fixtures/server.ts';

let server: TestServer;
let there: Receiver;
beforeEach(async () => {
  server = await createTestServer();
  there = await openReceiver(() => 500);
});
afterEach(async () => {
  await there.close();
  await server.close();
});

const wanted = (more: JsonObject = {}): JsonObject => ({
  municipality: 'huddinge',
  name: 'Arkivet',
  url: there.url,
  events: ['started'],
  ...more,
});
const subscribe = async (more: JsonObject = {}) =>
  (await (await server.as('administrator').post('/v1/subscriptions', wanted(more))).json()) as JsonObject & {
    id: string;
  };

const etagOf = async (id: string) =>
  (await server.as('administrator').get(`/v1/subscriptions/${id}`)).headers.get('etag') ?? '';
const renew = (id: string, etag: string) =>
  server.as('administrator').post(`/v1/subscriptions/${id}/secret`, {}, { 'If-Match': etag });

test('the secret of a subscription is told when it is made, and never again', async () => {
  const made = await server.as('administrator').post('/v1/subscriptions', wanted());
  const { secret, id } = await made.json();
  expect([made.status, secret]).toEqual([201, expect.stringMatching(/^whsec_/)]);
  expect(made.headers.get('location')).toBe(`/v1/subscriptions/${id}`);
  for (const address of ['/v1/subscriptions', `/v1/subscriptions/${id}`]) {
    const answer = await server.as('administrator').get(address);
    const text = await answer.text();
    expect([answer.status, text.includes(String(id)), /whsec_|whsk_/.test(text)]).toEqual([200, true, false]);
  }
  const renewed = await (await renew(String(id), await etagOf(String(id)))).json();
  expect(renewed.secret).toMatch(/^whsec_/);
  expect(renewed.secret).not.toBe(secret);
});

describe('a secret that is exchanged', () => {
  const stored = async () =>
    (await sql<{ secrets: string }>`select secrets from subscription`.execute(server.db.reader)).rows[0]
      ?.secrets;

  test('is told to one of two who exchange it at the same time', async () => {
    const { id } = await subscribe();
    const etag = await etagOf(id);
    const answers = await Promise.all([renew(id, etag), renew(id, etag)]);
    expect(answers.map((it) => it.status).sort()).toEqual([200, 412]);
    const told = await Promise.all(answers.map(async (it) => (await it.json()).secret ?? []));
    for (const secret of told.flat()) expect(await stored()).toContain(String(secret));
  });

  test('does not put out of use the one before for somebody who has not seen that it was', async () => {
    const { id, secret: first } = await subscribe();
    const etag = await etagOf(id);
    const renewed = await renew(id, etag);
    const { secret: second } = await renewed.json();
    const late = await renew(id, etag);
    expect([late.status, (await late.json()).code]).toEqual([412, 'stale']);
    for (const secret of [first, second]) expect(await stored()).toContain(String(secret));
    // Who has seen it exchanges it again, and the first one ceases.
    expect(renewed.headers.get('etag')).toBe(await etagOf(id));
    expect((await renew(id, await etagOf(id))).status).toBe(200);
    expect(await stored()).not.toContain(String(first));
    expect(await stored()).toContain(String(second));
  });

  test('is not for somebody who does not say what they have seen, and is of the same version whatever else is changed', async () => {
    const { id } = await subscribe();
    expect((await server.as('administrator').post(`/v1/subscriptions/${id}/secret`, {})).status).toBe(428);
    const etag = await etagOf(id);
    await as('PUT', `/v1/subscriptions/${id}`, { ...terms, url: there.url });
    await as('POST', `/v1/subscriptions/${id}/disable`);
    expect((await renew(id, etag)).status).toBe(200);
  });
});

test('the example of the description would be taken', async () => {
  const answer = await server.as('administrator').post('/v1/subscriptions', newSubscription);
  expect(answer.status).toBe(201);
});

test('what is sent is listed with what became of it, and can be sent again', async () => {
  const { id } = await subscribe();
  await server.as('registrar').post('/v1/matters', newMatter as unknown as JsonObject);
  await server.services.webhooks.courier.deliverDue();
  const list = async () =>
    (await server.as('registrar').get(`/v1/subscriptions/${id}/deliveries?state=waiting`)).json();
  const { items, counts } = await list();
  expect(counts).toMatchObject({ waiting: expect.any(Number), delivered: 0, dead: 0 });
  const [first] = items as unknown as readonly [JsonObject];
  expect(first).toMatchObject({ type: 'started', attempts: expect.any(Number) });
  expect(first).not.toHaveProperty('body');
  const early = await server.as('registrar').post(`/v1/deliveries/${String(first.id)}/resend`, {});
  expect([early.status, (await early.json()).code]).toEqual([409, 'refused']);
});

test('a test message goes out and says nothing of any matter', async () => {
  const { id } = await subscribe({ events: ['matter.archive'] });
  const sent = await server.as('administrator').post(`/v1/subscriptions/${id}/test`, {});
  expect(sent.status).toBe(202);
  await server.services.webhooks.courier.deliverDue();
  expect(there.ids()).toEqual([(await sent.json()).id]);
});

test('one that is switched off is sent nothing until it is switched on', async () => {
  const { id } = await subscribe();
  const admin = server.as('administrator');
  const off = await (await admin.post(`/v1/subscriptions/${id}/disable`, {})).json();
  expect(off).toMatchObject({ state: 'disabled', reason: 'byHand' });
  await server.as('registrar').post('/v1/matters', newMatter as unknown as JsonObject);
  await server.services.webhooks.courier.deliverDue();
  expect(there.messages).toHaveLength(0);
  const on = await (await admin.post(`/v1/subscriptions/${id}/enable`, {})).json();
  expect(on).toMatchObject({ state: 'active', reason: null });
  await server.services.webhooks.courier.deliverDue();
  expect(there.messages.length).toBeGreaterThan(0);
});

describe('wrong', () => {
  test.each<[string, JsonObject, string]>([
    ['address', { url: 'https://192.168.0.1/' }, '/url'],
    ['scheme', { url: 'http://8.8.8.8/' }, '/url'],
    ['event', { events: ['matter.close', 'matter.explode'] }, '/events/1'],
    ['body', { bodies: ['xx'] }, '/bodies/0'],
    ['route', { routes: ['xx'] }, '/routes/0'],
    ['recipient', { recipient: 'nobody' }, '/recipient'],
    ['name', { name: '' }, '/name'],
    ['field', { secret: 'mine' }, '/secret'],
  ])('%s: 422 names the field', async (_, more, pointer) => {
    const answer = await server.as('administrator').post('/v1/subscriptions', wanted(more));
    expect([answer.status, (await answer.json()).fields]).toMatchObject([422, [{ pointer }]]);
  });
});

test.each(['clerk', 'caseOfficer', 'chair', 'auditor', 'integration'] as const)(
  'a %s sees none of it and changes none of it; an administrator does',
  async (role) => {
    const { id } = await subscribe();
    const as = server.as(role);
    expect((await as.get('/v1/subscriptions')).status).toBe(403);
    expect((await as.get(`/v1/subscriptions/${id}`)).status).toBe(404);
    expect((await as.get(`/v1/subscriptions/${id}/deliveries`)).status).toBe(404);
    expect((await as.post('/v1/subscriptions', wanted())).status).toBe(403);
    for (const act of ['enable', 'disable', 'secret', 'test'])
      expect((await as.post(`/v1/subscriptions/${id}/${act}`, {}, { 'If-Match': '"1"' })).status).toBe(404);
    expect((await server.as('administrator').get(`/v1/subscriptions/${id}`)).status).toBe(200);
  },
);

const as = (method: string, path: string, body?: JsonObject, role = 'administrator') =>
  server.request(path, {
    method,
    headers: {
      authorization: `Bearer demo-${role}`,
      'content-type': 'application/json',
      'if-match': '"1"',
    },
    ...(body && { body: JSON.stringify(body) }),
  });
const register = () => server.as('registrar').post('/v1/matters', newMatter as unknown as JsonObject);
const deliver = () => server.services.webhooks.courier.deliverDue();
const countsOf = async (id: string) =>
  (await (await server.as('registrar').get(`/v1/subscriptions/${id}/deliveries`)).json()).counts;
const { municipality: _, ...terms } = newSubscription;

describe('a subscription that is changed', () => {
  test('has its new address and hears by its new terms', async () => {
    const { id } = await subscribe();
    await register();
    await deliver();
    const before = await countsOf(id);
    expect(before).toMatchObject({ delivered: 0, dead: 0 });
    const other = await openReceiver(() => 200);
    const change = { ...terms, url: other.url, events: ['matter.assign'], bodies: [] };
    const changed = await as('PUT', `/v1/subscriptions/${id}`, change);
    expect([changed.status, await changed.json()]).toMatchObject([200, { url: other.url, name: terms.name }]);
    const registered = await register();
    await server
      .as('clerk')
      .send(String(registered.headers.get('location')), 'matter.assign', { caseOfficer: 'E' });
    await deliver();
    // The assignment and nothing else; what waited from before waits for its next attempt.
    expect(await countsOf(id)).toEqual({ ...(before as JsonObject), delivered: 1 });
    expect([there.messages.length > 0, other.messages.length]).toEqual([true, 1]);
    await other.close();
  });

  test('is not, by what there is not, an address that is forbidden, what it is made for, or someone who does not administer it', async () => {
    const { id } = await subscribe();
    const path = `/v1/subscriptions/${id}`;
    const wrongs: readonly JsonObject[] = [
      { events: ['no.such'] },
      { url: 'http://10.0.0.1/' },
      { municipality: 'salem' },
      { recipient: someRecipient() },
    ];
    for (const wrong of wrongs) expect((await as('PUT', path, { ...terms, ...wrong })).status).toBe(422);
    expect((await as('PUT', path, terms, 'registrar')).status).toBe(403);
    expect((await as('PUT', path, terms, 'clerk')).status).toBe(404);
    expect(await (await as('GET', path)).json()).toMatchObject({ url: there.url, events: ['started'] });
  });
});

describe('a subscription that is removed', () => {
  test('sends nothing more and is in no list; what was sent is shown still, and nothing can be done with it', async () => {
    const { id } = await subscribe();
    await register();
    await deliver();
    const path = `/v1/subscriptions/${id}`;
    expect((await as('DELETE', path, undefined, 'registrar')).status).toBe(403);
    const removed = await as('DELETE', path);
    expect([removed.status, await removed.json()]).toMatchObject([200, { state: 'removed' }]);
    expect(await countsOf(id)).toMatchObject({ waiting: 0, delivered: 0 });
    expect((await (await as('GET', '/v1/subscriptions')).json()).items).toEqual([]);
    const sent = there.messages.length;
    await register();
    await deliver();
    expect(there.messages.length).toBe(sent);
    for (const act of ['enable', 'disable', 'secret', 'test'])
      expect((await as('POST', `${path}/${act}`)).status).toBe(409);
    expect([(await as('PUT', path, terms)).status, (await as('DELETE', path)).status]).toEqual([409, 409]);
    const { rows } = await sql<{ secrets: string }>`select secrets from subscription`.execute(
      server.db.reader,
    );
    expect(rows).toEqual([{ secrets: '[]' }]);
  });

  test('is so also where a test message waits and no decision, which is given up', async () => {
    const { id } = await subscribe({ events: [], recipient: someRecipient() });
    await as('POST', `/v1/subscriptions/${id}/test`);
    await deliver();
    expect(await countsOf(id)).toEqual({ waiting: 1, delivered: 0, dead: 0 });
    expect((await as('DELETE', `/v1/subscriptions/${id}`)).status).toBe(200);
    expect(await countsOf(id)).toEqual({ waiting: 0, delivered: 0, dead: 1 });
  });
});

/** Someone in Huddinge's register of recipients. */
const someRecipient = (): string =>
  server.services.municipalities.find((it) => it.id === 'huddinge')?.recipients[0]?.id ?? '';
