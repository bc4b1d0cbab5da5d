/** What may be given on to another system, at the API of the whole server. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Json, JsonObject } from '../../machines/chart.ts';
import type { Grant } from '../../src/access/grant.ts';
import type { Identity } from '../../src/services.ts';
import { createTestServer, type TestServer } from '../fixtures/server.ts';

const acting = {
  for: 'Ada Administratör',
  decision: 'KD 2026-06-01',
  from: '2026-01-01',
  to: '2026-12-31',
};
const administrator = (id: string, more: Partial<Grant> = {}): [string, Identity] => [
  id,
  {
    id,
    name: id,
    origin: 'person',
    grants: [
      { tenant: 'huddinge', roles: ['administrator'], bodies: 'all', confidential: false, ...more },
      { tenant: 'salem', roles: ['administrator'], bodies: 'all', confidential: false },
    ],
  },
];
const people = new Map([
  administrator('own'),
  administrator('acting', { acting }),
  administrator('of-a-body', { bodies: ['ks'] }),
  administrator('for-an-event', { events: ['minutes.approve'] }),
  administrator('for-more-events', { events: ['minutes.approve', 'report.sign'] }),
]);

let server: TestServer;
beforeAll(async () => {
  server = await createTestServer({ identities: people });
});
afterAll(() => server.close());

const ask = async (who: string, method: string, path: string, body: JsonObject = {}, seen: Json = 0) => {
  const headers = {
    authorization: `Bearer ${who}`,
    'content-type': 'application/json',
    'if-match': `"${seen}"`,
  };
  const answer = await server.request(path, { method, headers, body: JSON.stringify(body) });
  return { status: answer.status, ...(await answer.json()) } as JsonObject & { status: number };
};
const terms = { label: { sv: 'Arkivet', en: 'The archive' }, events: ['minutes.approve', 'report.sign'] };
let declared = 0;
const declare = (who: string, more: JsonObject = {}) =>
  ask(who, 'POST', '/v1/integrations', {
    ...terms,
    municipality: 'huddinge',
    name: `system-${++declared}`,
    ...more,
  });

const lessThanIt = [
  ["in another's place", 'acting'],
  ['for one body', 'of-a-body'],
  ['for one event', 'for-an-event'],
];

describe('a system that may send two events about the matters of every body', () => {
  test.each(lessThanIt)('is not declared by who administers %s', async (_, who) => {
    expect(await declare(who)).toMatchObject({ status: 403, code: 'forbidden' });
    expect((await declare(who, { municipality: 'salem' })).status).toBe(201);
  });

  test.each(['own', 'for-more-events'])('is declared by one who may as much: %s', async (who) => {
    expect((await declare(who)).status).toBe(201);
  });

  test.each(lessThanIt)('has no secret made by who administers %s', async (_, who) => {
    const { name, secretVersion: seen } = await declare('own');
    const path = `/v1/integrations/${String(name)}/secret`;
    const renewed = await ask(who, 'POST', path, {}, seen);
    expect([renewed.status, renewed.secret]).toEqual([403, undefined]);
    expect((await ask('own', 'POST', path, {}, seen)).secret).toMatch(/^whsec_/);
  });

  test.each(lessThanIt)('is switched off, and not on again, by who administers %s', async (_, who) => {
    const path = `/v1/integrations/${String((await declare('own')).name)}`;
    const off = { ...terms, state: 'disabled' };
    expect((await ask(who, 'PUT', path, { ...terms, state: 'active' })).status).toBe(403);
    expect(await ask(who, 'PUT', path, off)).toMatchObject({ status: 200, state: 'disabled' });
    expect((await ask(who, 'PUT', path, terms)).status).toBe(403);
    expect(await ask('own', 'PUT', path, terms)).toMatchObject({ status: 200, state: 'active' });
  });
});

test('what one may for one event is given on to a system for that event', async () => {
  expect((await declare('for-an-event', { events: ['minutes.approve'] })).status).toBe(201);
  expect((await declare('for-an-event', { events: ['report.sign'] })).status).toBe(403);
});
