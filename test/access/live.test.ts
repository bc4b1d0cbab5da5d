/** The pages that only a server for real matters has: for every role, of the municipality and of another. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Role } from '../../machines/roles.ts';
import { createApp } from '../../src/app.ts';
import { type LiveServer, startLive } from '../fixtures/live-server.ts';
import { everyRole, otherThan, type Town, towns } from './people.ts';
import { expectations } from './routes.ts';

type For = 'anyone' | 'oneself' | readonly Role[];

/** Of what the demonstration does not have. */
const onlyLive: Readonly<Record<string, For>> = {
  'GET /login': 'anyone',
  'POST /login': 'anyone',
  'GET /login/start': 'anyone',
  'GET /login/callback': 'anyone',
  'GET /first-password': 'anyone',
  'POST /first-password': 'anyone',
  'POST /logout': 'anyone',
  'GET /logged-out': 'anyone',
  'GET /sessions': 'oneself',
  'POST /sessions': 'oneself',
  'POST /sessions/all': 'oneself',
  'GET /accounts': ['administrator'],
  'POST /accounts': ['administrator'],
  'GET /accounts/:login': ['administrator'],
  'POST /accounts/:login': ['administrator'],
};

let live: LiveServer;
let app: ReturnType<typeof createApp>;
const cookies = new Map<string, string>();
const keyOf = (role: Role, town: Town) => `${role} of ${town}`;

/** Someone signed in, by a name that is theirs alone. */
async function enter(role: Role, tenant: Town): Promise<void> {
  const grants = [{ tenant, roles: [role], bodies: 'all' as const, confidential: true }];
  const person = { id: `local:${role}-${tenant}`, name: `Inloggad i ${tenant}`, grants };
  const entered = await live.services.people?.sessions.begin(person, { agent: '', previous: undefined });
  cookies.set(keyOf(role, tenant), `session=${entered}`);
}

beforeAll(async () => {
  live = await startLive();
  app = createApp(live.services);
  for (const town of towns) for (const role of everyRole) await enter(role, town);
  const by = live.services.people?.by;
  if (!by || !('admission' in by)) throw new Error('a server without an identity provider has accounts');
  for (const tenant of towns) {
    const grant = { tenant, roles: ['clerk' as const], bodies: 'all' as const, confidential: false };
    const administrator = { ...grant, roles: ['administrator' as const] };
    const someone = { id: 'local:one', name: 'One', grants: [administrator], way: 'page' as const };
    await by.admission.add({ ...grant, login: `konto-${tenant}`, name: `Konto i ${tenant}` }, someone);
  }
});
afterAll(() => live[Symbol.asyncDispose]());

const routes = () => [
  ...new Set(app.routes.filter((it) => it.method !== 'ALL').map((it) => `${it.method} ${it.path}`)),
];

async function ask(route: string, of: Town, cookie: string) {
  const [method = '', pattern = ''] = route.split(' ');
  const answer = await app.request(pattern.replace(':login', `konto-${of}`), {
    method,
    headers: { cookie, origin: 'http://localhost' },
    // What is asked for is wrong, or there is no such thing: whoever may is told that, and nothing happens.
    ...(method === 'POST' && { body: new URLSearchParams({ id: 'none', tenant: of }) }),
  });
  const words = [`Konto i ${of}`, `Inloggad i ${of}`];
  const text = await answer.text();
  return {
    status: answer.status,
    to: answer.headers.get('location'),
    has: words.some((it) => text.includes(it)),
  };
}

test('every route has an expectation, beside those that the demonstration has too', () => {
  const known = [...expectations.keys(), ...Object.keys(onlyLive)];
  expect(routes().filter((it) => !known.includes(it))).toEqual([]);
  expect(Object.keys(onlyLive).filter((it) => !routes().includes(it))).toEqual([]);
});

test('pages and the API of every route that both have ask whoever comes to sign in', async () => {
  for (const route of routes().filter((it) => !Object.hasOwn(onlyLive, it))) {
    if (expectations.get(route)?.for === 'anyone' || expectations.get(route)?.for === 'signer') continue;
    const [method = '', path = ''] = route.split(' ');
    const headers = { authorization: 'Bearer demo-clerk', cookie: 'identity=demo-clerk; session=guessed' };
    const answer = await app.request(path.replaceAll(/:\w+/g, 'x'), {
      method,
      headers: { ...headers, origin: 'http://localhost' },
    });
    const isToLogin = answer.headers.get('location')?.startsWith('/login') ?? false;
    expect([route, answer.status === 401 || isToLogin]).toEqual([route, true]);
  }
});

describe.each(Object.entries(onlyLive))('%s', (route, whom) => {
  test('for nobody', async () => {
    const { status, to, has } = await ask(route, 'huddinge', '');
    expect(has).toBe(false);
    if (whom === 'anyone') expect(to?.startsWith('/login?') ?? false).toBe(false);
    else expect([status, to?.startsWith('/login?')]).toEqual([303, true]);
  });

  if (whom === 'anyone') return;

  test.each(everyRole)('for %s of the municipality, and of another', async (role) => {
    for (const town of towns) {
      await enter(role, town);
      await enter(role, otherThan(town));
      const own = await ask(route, town, cookies.get(keyOf(role, town)) ?? '');
      const foreign = await ask(route, town, cookies.get(keyOf(role, otherThan(town))) ?? '');
      expect(foreign.has).toBe(false);
      if (whom === 'oneself') expect([401, 403]).not.toContain(own.status);
      else if (!whom.includes(role)) expect([own.status, foreign.status]).toEqual([404, 404]);
      else expect([200, 403, 422]).toContain(own.status);
      if (whom !== 'oneself' && route.includes(':login')) expect(foreign.status).toBe(404);
    }
  });
});
