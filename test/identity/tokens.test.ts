/** The tokens of other systems: made, used, and taken back, at the API of the whole server. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { JsonObject } from '../../machines/chart.ts';
import { createTestServer, type TestServer } from '../fixtures/server.ts';

let server: TestServer;
beforeEach(async () => {
  server = await createTestServer();
});
afterEach(async () => {
  await server.services.tokens.settled();
  await server.close();
});

const scope = { name: 'Diariet', tenant: 'huddinge', roles: ['integration'], days: 30 };
/** Whoever has the database: may make any token. */
const operator = { id: 'operator', name: 'operator', way: 'commandLine' as const, grants: null };

/** A token with any role. */
const issued = async (more: JsonObject = {}) =>
  server.services.tokens.create(
    { ...scope, roles: ['registrar'], bodies: 'all', confidential: false, ...more } as never,
    operator,
  );

const ask = (secret: string, path = '/v1/matters', init: RequestInit = {}) =>
  server.request(path, { ...init, headers: { authorization: `Bearer ${secret}`, ...init.headers } });

const register = (secret: string, municipality = 'huddinge') =>
  ask(secret, '/v1/matters', {
    method: 'POST',
    body: JSON.stringify({
      municipality,
      route: 'board-matter',
      title: 'Avtal om samverkan',
      proposals: [{ text: 'Avtalet godkänns.', body: 'ks' }],
    }),
    headers: { 'content-type': 'application/json', 'idempotency-key': crypto.randomUUID() },
  });

describe('a token', () => {
  test('is made by an administrator, shown once, and can be told from other secrets', async () => {
    const made = await server.as('administrator').post('/v1/tokens', scope);
    expect(made.status).toBe(201);
    const { secret, ...token } = await made.json();
    expect(secret).toMatch(/^ag_[\w-]{43}$/);
    expect(token).toMatchObject({
      name: 'Diariet',
      createdBy: 'Ada Administratör',
      endsAt: '2026-12-20T09:00:00.000Z',
      usedAt: null,
    });
    expect((await ask(String(secret))).status).toBe(200);
    const listed = await (await server.as('administrator').get('/v1/tokens')).text();
    expect(listed).toContain(String(token.id));
    const rows = await server.db.reader.selectFrom('token').selectAll().execute();
    for (const text of [listed, JSON.stringify(rows)]) expect(text).not.toContain(String(secret).slice(3));
  });

  test('opens nothing once it is revoked; another one does still', async () => {
    const [first, second] = [await issued(), await issued()];
    const answer = await server.as('administrator').post(`/v1/tokens/${first.token.id}/revocation`, {});
    expect([answer.status, (await answer.json()).revokedAt]).toEqual([200, '2026-11-20T09:00:00.000Z']);
    expect([(await ask(first.secret)).status, (await ask(second.secret)).status]).toEqual([401, 200]);
  });

  test('takes with it the tokens that were issued by it', async () => {
    const parent = await issued({ roles: ['administrator'] });
    const child = await ask(parent.secret, '/v1/tokens', {
      method: 'POST',
      body: JSON.stringify(scope),
      headers: { 'content-type': 'application/json' },
    });
    const secret = String((await child.json()).secret);
    expect((await ask(secret)).status).toBe(200);
    await server.as('administrator').post(`/v1/tokens/${parent.token.id}/revocation`, {});
    expect((await ask(secret)).status).toBe(401);
  });

  test('opens nothing after its last day; the day before it does', async () => {
    const { secret } = await issued();
    server.clock.now = '2026-12-20T08:59:59Z';
    expect((await ask(secret)).status).toBe(200);
    server.clock.now = '2026-12-20T09:00:00Z';
    expect((await ask(secret)).status).toBe(401);
  });

  test('that is a little different opens nothing, nor does what is stored of it', async () => {
    const { secret } = await issued();
    const [row] = await server.db.reader.selectFrom('token').selectAll().execute();
    for (const wrong of [
      `${secret}x`,
      secret.slice(0, -1),
      secret.slice(3),
      row?.hash,
      `ag_${row?.hash}`,
      row?.id,
    ])
      expect((await ask(String(wrong))).status).toBe(401);
  });

  test('acts in its municipality and in no other', async () => {
    const { secret } = await issued();
    expect((await register(secret)).status).toBe(201);
    expect((await register(secret, 'salem')).status).toBe(403);
  });

  test('sends the events that it is for and no others', async () => {
    const registered = await register((await issued()).secret);
    const path = String(registered.headers.get('location'));
    const send = async (secret: string) =>
      ask(secret, `${path}/events`, {
        method: 'POST',
        body: JSON.stringify({ type: 'matter.assign', payload: { caseOfficer: 'Eva Lind' } }),
        headers: {
          'content-type': 'application/json',
          'idempotency-key': crypto.randomUUID(),
          'if-match': '"1"',
        },
      });
    const other = await issued({ roles: ['clerk'], events: ['minutes.approve'] });
    expect((await send(other.secret)).status).toBe(403);
    const right = await issued({ roles: ['clerk'], events: ['matter.assign'] });
    expect((await send(right.secret)).status).toBe(200);
  });

  test('has its last use written, at most once a minute, and nobody waits for it', async () => {
    const { secret, token } = await issued();
    const usedAt = async () => {
      await server.services.tokens.settled();
      const [row] = await server.services.tokens.list(operator);
      expect(row?.id).toBe(token.id);
      return row?.usedAt;
    };
    expect(await usedAt()).toBeNull();
    await ask(secret);
    expect(await usedAt()).toBe('2026-11-20T09:00:00.000Z');
    server.clock.now = '2026-11-20T09:00:59Z';
    await ask(secret);
    expect(await usedAt()).toBe('2026-11-20T09:00:00.000Z');
    server.clock.now = '2026-11-20T09:01:00Z';
    await ask(secret);
    expect(await usedAt()).toBe('2026-11-20T09:01:00.000Z');
  });
});

describe('nobody makes a token', () => {
  test.each<[string, JsonObject, number]>([
    ['with a role that they have not', { ...scope, roles: ['clerk'] }, 403],
    ['with an administrator’s role and another', { ...scope, roles: ['administrator', 'chair'] }, 403],
    ['that sees what is confidential where they do not', { ...scope, confidential: true }, 403],
    ['of a municipality that there is not', { ...scope, tenant: 'nowhere' }, 403],
    ['for a body that there is not', { ...scope, bodies: ['zz'] }, 422],
    ['for an event that there is not', { ...scope, events: ['nothing.happens'] }, 422],
    ['for ever', { ...scope, days: 367 }, 422],
    ['without a role', { ...scope, roles: [] }, 422],
    ['with a role that is none', { ...scope, roles: ['king'] }, 422],
    ['without a name', { ...scope, name: ' ' }, 422],
  ])('%s', async (_, asked, status) => {
    expect((await server.as('administrator').post('/v1/tokens', asked)).status).toBe(status);
    expect((await server.as('administrator').post('/v1/tokens', scope)).status).toBe(201);
  });

  test.each(['clerk', 'registrar', 'auditor', 'chair', 'integration'] as const)(
    'as %s, nor lists or revokes one',
    async (role) => {
      const { token } = await issued();
      expect((await server.as(role).post('/v1/tokens', scope)).status).toBe(403);
      expect((await (await server.as(role).get('/v1/tokens')).json()).items).toEqual([]);
      expect((await server.as(role).post(`/v1/tokens/${token.id}/revocation`, {})).status).toBe(404);
      expect(await server.services.tokens.identify((await issued()).secret)).not.toBeNull();
    },
  );

  test('of one municipality as the administrator of another', async () => {
    const { secret } = await issued({ roles: ['administrator'] });
    const { token } = await issued({ tenant: 'salem' });
    const post = (path: string, body: JsonObject) =>
      ask(secret, path, {
        method: 'POST',
        body: JSON.stringify(body),
        headers: { 'content-type': 'application/json' },
      });
    expect((await post('/v1/tokens', { ...scope, tenant: 'salem' })).status).toBe(403);
    expect((await post(`/v1/tokens/${token.id}/revocation`, {})).status).toBe(404);
    expect((await (await ask(secret, '/v1/tokens')).text()).includes(token.id)).toBe(false);
    expect((await post('/v1/tokens', scope)).status).toBe(201);
  });
});

describe('on the pages', () => {
  const page = (as: string, path: string, fields?: Record<string, string>) =>
    server.request(path, {
      headers: { cookie: `identity=demo-${as}`, origin: 'http://localhost' },
      ...(fields && { method: 'POST', body: new URLSearchParams(fields) }),
    });

  test('an administrator makes a token, sees it once, and revokes it', async () => {
    const made = await page('administrator', '/tokens', {
      name: 'E-arkivet',
      tenant: 'huddinge',
      roles: 'integration',
      bodies: 'ks, sn',
      events: '',
      days: '30',
    });
    expect([made.status, made.headers.get('cache-control')]).toEqual([200, 'no-store']);
    const secret = /ag_[\w-]{43}/.exec(await made.text())?.[0] ?? '';
    expect((await ask(secret)).status).toBe(200);
    const list = await (await page('administrator', '/tokens')).text();
    expect(list).toContain('E-arkivet');
    expect(list).not.toContain(secret);
    const id = /name="id" value="([^"]+)"/.exec(list)?.[1] ?? '';
    expect((await page('administrator', '/tokens/revocation', { id })).status).toBe(303);
    expect((await ask(secret)).status).toBe(401);
  });

  test('what is wrong is said, and nobody else has the page', async () => {
    const wrong = await page('administrator', '/tokens', { name: '', tenant: 'huddinge', days: 'many' });
    expect([wrong.status, (await wrong.text()).includes('ag_')]).toEqual([422, false]);
    expect((await page('clerk', '/tokens')).status).toBe(404);
  });
});
