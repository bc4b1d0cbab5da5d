/** What is set up with other systems is in the register of access rights, change by change. */
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { JsonObject } from '../../machines/chart.ts';
import type { Role } from '../../machines/roles.ts';
import { newIntegration } from '../../src/http/integration-schemas.ts';
import { type RightsChange, rightsChangesAfter } from '../../src/store/rights.ts';
import { auditAll } from '../../src/views/audit.ts';
import { openReceiver, type Receiver } from '../fixtures/receiver.ts';
import { createTestServer, type TestServer } from '../fixtures/server.ts';

let server: TestServer;
let there: Receiver;
let status = 204;
/** Everything that signs, in clear and as it is kept. */
const secrets = new Set<string>();
beforeAll(async () => {
  server = await createTestServer();
  there = await openReceiver(() => status);
});
afterAll(async () => {
  await there.close();
  await server.close();
});

/** The rows that an act writes. */
async function written(act: () => Promise<unknown>): Promise<RightsChange[]> {
  const before = (await rightsChangesAfter(server.db.reader, 0, 1_000)).length;
  await act();
  const kept = [
    ...(await server.db.reader.selectFrom('subscription').select(['secrets', 'signing_key']).execute()),
    ...(await server.db.reader.selectFrom('integration').select('secrets').execute()),
  ];
  for (const [secret] of JSON.stringify(kept).matchAll(/wh\w+_[\w+/=]+/g)) secrets.add(secret);
  return (await rightsChangesAfter(server.db.reader, 0, 1_000)).slice(before);
}

/** A request to the API. */
const ask = async (
  method: string,
  path: string,
  { body, version, as = 'administrator' }: { body?: JsonObject; version?: unknown; as?: Role } = {},
) =>
  server.request(`/v1${path}`, {
    method,
    headers: {
      authorization: `Bearer demo-${as}`,
      'content-type': 'application/json',
      ...(version !== undefined && { 'if-match': `"${version}"` }),
    },
    ...(body && { body: JSON.stringify(body) }),
  });
/** A form on a page. */
const post = (path: string, fields: Readonly<Record<string, string>>, as: Role = 'administrator') =>
  server.request(path, {
    method: 'POST',
    headers: { cookie: `identity=demo-${as}`, origin: 'http://localhost' },
    body: new URLSearchParams(fields),
  });

const byAda = (way: string) => ({ id: 'demo-administrator', name: 'Ada Administratör', way });
const byItself = { id: 'arendegang', name: 'arendegang', way: 'program' };

describe('a system that sends', () => {
  const of = { kind: 'integration', subject: newIntegration.name, municipalities: ['huddinge'] };
  const path = `/integrations/${newIntegration.name}`;
  const secretVersion = async () => (await (await ask('GET', path)).json()).secretVersion;

  test('is declared, changed, given another secret and switched off: a row of each', async () => {
    const { label, events, mapping } = newIntegration;
    const declared = await written(() =>
      ask('POST', '/integrations', { body: newIntegration as unknown as JsonObject }),
    );
    expect(declared).toMatchObject([
      { ...of, act: 'made', by: byAda('api'), before: null, after: { name: label, events, mapping } },
    ]);
    const form = { act: 'change', sv: 'E', en: 'E', events: 'minutes.approve', mapping: '' };
    expect(await written(() => post(path, { ...form, state: 'active' }))).toMatchObject([
      { ...of, act: 'changed', by: byAda('page'), before: { mapping }, after: { mapping: null } },
    ]);
    const version = await secretVersion();
    const exchange = () => ask('POST', `${path}/secret`, { version });
    expect(await written(exchange)).toMatchObject([
      { ...of, act: 'secretExchanged', before: { secretsInUse: 1 }, after: { secretsInUse: 2 } },
    ]);
    // It is stale by now.
    expect(await written(exchange)).toEqual([]);
    expect(await written(() => post(path, { ...form, state: 'disabled' }))).toMatchObject([
      { ...of, act: 'changed', before: { state: 'active' }, after: { state: 'disabled' } },
    ]);
    expect(await written(() => post(path, { ...form, state: 'disabled' }))).toEqual([]);
  });

  test('and is refused: no row', async () => {
    const body = newIntegration as unknown as JsonObject;
    for (const refused of [
      () => ask('POST', '/integrations', { body }),
      () => ask('POST', '/integrations', { body: { ...body, name: 'x', events: ['decision.confirm'] } }),
      () => ask('POST', '/integrations', { body: { ...body, name: 'x' }, as: 'registrar' }),
      () => ask('PUT', path, { body: { label: body.label ?? '', events: [] } }),
    ])
      expect(await written(refused)).toEqual([]);
  });
});

describe('a system that is told', () => {
  const terms = () => ({ name: 'E-arkivet', url: there.url, events: ['started'], bodies: [], routes: [] });
  let id = '';
  const path = () => `/subscriptions/${id}`;

  test('is subscribed, changed, switched off and on, given another secret and removed: a row of each', async () => {
    const made = await written(() =>
      ask('POST', '/subscriptions', { body: { municipality: 'huddinge', ...terms() } }),
    );
    id = made[0]?.subject ?? '';
    const of = { kind: 'subscription', subject: id, municipalities: ['huddinge'] };
    expect(made).toMatchObject([
      { ...of, act: 'made', by: byAda('api'), before: null, after: { ...terms(), state: 'active' } },
    ]);
    const change = () => ask('PUT', path(), { body: { ...terms(), url: `${there.url}/other` } });
    expect(await written(change)).toMatchObject([
      { ...of, act: 'changed', before: { url: there.url }, after: { url: `${there.url}/other` } },
    ]);
    expect(await written(change)).toEqual([]);
    for (const [act, before, after] of [
      ['disable', 'active', 'disabled'],
      ['enable', 'disabled', 'active'],
    ] as const)
      expect(await written(() => post(`/webhooks/${id}`, { act }))).toMatchObject([
        { ...of, act: 'changed', by: byAda('page'), before: { state: before }, after: { state: after } },
      ]);
    const version = (await (await ask('GET', path())).json()).secretVersion;
    expect(await written(() => ask('POST', `${path()}/secret`, { version }))).toMatchObject([
      { ...of, act: 'secretExchanged', after: { secretsInUse: 2 } },
    ]);
    expect(await written(() => ask('DELETE', path()))).toMatchObject([
      { ...of, act: 'withdrawn', by: byAda('api'), after: { state: 'removed', secretsInUse: 0 } },
    ]);
    for (const refused of [() => ask('DELETE', path()), change, () => ask('POST', `${path()}/enable`)])
      expect(await written(refused)).toEqual([]);
  });

  test('and whose endpoint is gone is switched off by the program, once', async () => {
    await ask('POST', '/subscriptions', { body: { municipality: 'huddinge', ...terms() } });
    const all = await (await ask('GET', '/subscriptions')).json();
    id = String((all.items as JsonObject[]).at(-1)?.id);
    status = 410;
    const gone = async () => {
      for (let count = 0; count < 3; count += 1) await ask('POST', `${path()}/test`);
      await server.services.webhooks.courier.deliverDue();
    };
    expect(await written(gone)).toMatchObject([
      {
        kind: 'subscription',
        act: 'changed',
        by: byItself,
        before: { state: 'active', reason: null },
        after: { state: 'disabled', reason: 'gone' },
      },
    ]);
  });

  test('and is refused: no row', async () => {
    const body = { municipality: 'huddinge', ...terms() };
    for (const refused of [
      () => ask('POST', '/subscriptions', { body: { ...body, bodies: ['zz'] } }),
      () => ask('POST', '/subscriptions', { body, as: 'registrar' }),
      () => ask('PUT', path(), { body: { ...terms(), url: 'https://169.254.169.254/' } }),
      () => ask('DELETE', '/subscriptions/none'),
    ])
      expect(await written(refused)).toEqual([]);
  });

  test('and that is not removed, for decisions wait to be dispatched by it: no row', async () => {
    const [one] = server.services.municipalities.find((it) => it.id === 'huddinge')?.recipients ?? [];
    const [made] = await written(() =>
      ask('POST', '/subscriptions', {
        body: { municipality: 'huddinge', ...terms(), recipient: one?.id ?? '' },
      }),
    );
    id = made?.subject ?? '';
    await sql`insert into delivery
      (id, subscription, tenant, root, actor, type, body, state, attempts, due_at, tries, created_at)
      values ('msg_1', ${id}, 'huddinge', 'r', 'a', 'decision.dispatched', '{}', 'waiting', 0, '~', '[]', 'x')`.execute(
      server.db.writer,
    );
    const refused = async () => expect((await ask('DELETE', path())).status).toBe(409);
    expect(await written(refused)).toEqual([]);
    await sql`delete from delivery`.execute(server.db.writer);
    expect(await written(() => ask('DELETE', path()))).toHaveLength(1);
  });
});

test('the register has no secret, and says what everyone may', async () => {
  const text = JSON.stringify(await server.db.reader.selectFrom('rights_change').selectAll().execute());
  expect(secrets.size).toBeGreaterThan(8);
  expect([...secrets].filter((it) => text.includes(it))).toEqual([]);
  expect(text).not.toMatch(/whsec_|whsk_/);
  expect(text).toContain(there.url);
  expect((await auditAll(server.services.source)).rightsIntact).toBe(true);
});
