/** A server for real matters as a process of its own: who comes in, by which doors, and how they are shut. */
import { once } from 'node:events';
import { request } from 'node:http';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { openBeside } from '../../db/open.ts';
import { newMatter } from '../../src/http/examples.ts';
import { hashOf } from '../../src/identity/secret.ts';
import { Folder } from '../commands/command.ts';
import { isBuilt, Served, start } from '../fixtures/built.ts';
import { Browser, client, startProvider } from '../fixtures/identity-provider.ts';

const password = 'hästar äter gärna sju äpplen';
const folder = new Folder();
const database = join(folder.path, 'live.db');
afterAll(() => folder[Symbol.dispose]());

const live = (more: NodeJS.ProcessEnv = {}) => ({ ...process.env, LIVE: 'true', ...more });

/** Runs the command beside the server, on its database. @returns what it printed. */
async function command(...args: readonly string[]): Promise<string> {
  const child = start([...args, '--database', database]);
  const out: string[] = [];
  child.stdout?.on('data', (it) => out.push(String(it)));
  const [code] = await once(child, 'close');
  expect(code).toBe(0);
  return out.join('');
}

let server: Served;
const at = (path: string) => new URL(path, server.url);
const ask = (token: string, path: string, init: RequestInit = {}) =>
  fetch(at(path), { ...init, headers: { authorization: `Bearer ${token}`, ...init.headers } });
const register = (token: string, more: object = {}) =>
  ask(token, '/v1/matters', {
    method: 'POST',
    body: JSON.stringify({ ...newMatter, ...more }),
    headers: { 'content-type': 'application/json', 'idempotency-key': crypto.randomUUID() },
  });
const text = async (who: Browser, path: string) => (await who.ask(at(path))).text();

/** Reads a stream of events to its end. @returns the records of what happened. */
async function followed(stream: Response): Promise<string[]> {
  return [...(await stream.text()).matchAll(/"record":"([^"]+)"/g)].map((it) => it[1] ?? '');
}

describe.skipIf(!isBuilt)(
  'a server for real matters, started with nothing but LIVE',
  { timeout: 300_000 },
  () => {
    const admin = new Browser();
    let registrar: string;
    beforeAll(async () => {
      server = await Served.start(database, live());
      const [, code = ''] = await server.writes(/state the one-time code:\s+([\w-]{43})\s/);
      const answer = await admin.post(at('/first-password'), { code, password, repeated: password });
      expect(answer.headers.getSetCookie().join()).toMatch(
        /session=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax$/,
      );
      registrar = (await issued()).token;
    });
    afterAll(() => server.end('SIGTERM'));

    /** What the command makes: a registrar's token. */
    async function issued() {
      const scope = ['--municipality', 'huddinge', '--role', 'registrar'];
      const printed = await command('token', 'create', 'Diariet', ...scope);
      const [, token = '', id = ''] = /^(ag_\S+)\n(\S+)/.exec(printed) ?? [];
      return { token, id };
    }

    /** A token that the administrator makes on the page. */
    async function tokenOnPage(): Promise<string> {
      const fields = { name: 'På sidan', tenant: 'huddinge', roles: 'integration', days: '2' };
      const page = await (await admin.post(at('/tokens'), fields)).text();
      return /class="secret">(ag_[\w-]{43})</.exec(page)?.[1] ?? '';
    }

    test('asks everyone to sign in, and knows none of the demonstration', async () => {
      expect((await new Browser().ask(at('/'))).headers.get('location')).toBe('/login?return=%2F');
      expect((await ask('demo-clerk', '/v1/matters')).status).toBe(401);
      expect(await text(admin, '/')).not.toContain('Demo.');
    });

    test('a token made on the page opens the API, shows its last use, and opens nothing once it is revoked', async () => {
      const token = await tokenOnPage();
      const row = async () =>
        (await text(admin, '/tokens')).split('<tr>').find((it) => it.includes('På sidan')) ?? '';
      expect(await row()).toContain('aldrig');
      expect((await ask(token, '/v1/matters')).status).toBe(200);
      // Nobody waits for its being written.
      await vi.waitFor(async () => expect(await row()).not.toContain('aldrig'));
      const id = /name="id" value="([^"]+)"/.exec(await row())?.[1] ?? '';
      expect((await admin.post(at('/tokens/revocation'), { id })).status).toBe(303);
      expect((await ask(token, '/v1/matters')).status).toBe(401);
    });

    test('a token made by the command is for what it says, and its streams end when it is revoked there', async () => {
      const { token, id } = await issued();
      const follows = await ask(token, '/v1/events/stream');
      expect((await register(token)).status).toBe(201);
      const proposals = [{ text: 'Godkänns.', body: 'ks' }];
      const elsewhere = { municipality: 'salem', route: 'board-matter', proposals };
      expect((await register(token, elsewhere)).status).toBe(403);
      await command('token', 'revoke', id);
      expect((await register(token)).status).toBe(401);
      expect((await register(registrar)).status).toBe(201);
      // The first registration was heard of, and not the last.
      expect(new Set(await followed(follows)).size).toBe(1);
    });

    test('a token opens nothing after its last day, and its streams end', async () => {
      const token = await tokenOnPage();
      const follows = await ask(token, '/v1/events/stream');
      const db = await openBeside(database);
      await db.writer
        .updateTable('token')
        .set({ ends_at: new Date().toISOString() })
        .where('hash', '=', hashOf(token))
        .execute();
      await db.close();
      expect((await ask(token, '/v1/matters')).status).toBe(401);
      expect((await register(registrar)).status).toBe(201);
      expect(await followed(follows)).toEqual([]);
    });

    test('someone who was let in is out when an administrator ends their session; the administrator is not', async () => {
      const anna = new Browser();
      const fields = { login: 'anna', name: 'Anna Andersson', tenant: 'huddinge', roles: 'clerk' };
      const page = await (await admin.post(at('/accounts'), fields)).text();
      const code = /class="secret">([\w-]{43})</.exec(page)?.[1] ?? '';
      await anna.post(at('/first-password'), { code, password, repeated: password });
      expect((await anna.ask(at('/'))).status).toBe(200);
      const others = (await text(admin, '/sessions')).split('id="others"')[1] ?? '';
      expect(others).toContain('Anna Andersson');
      const id = /name="id" value="([^"]+)"/.exec(others)?.[1] ?? '';
      expect((await admin.post(at('/sessions'), { id })).status).toBe(303);
      expect([(await anna.ask(at('/'))).status, (await admin.ask(at('/'))).status]).toEqual([303, 200]);
    });

    test('keeps no secret of a webhook without a key to seal it with, and says which', async () => {
      const fields = { municipality: 'huddinge', name: 'Nätet', url: 'https://example.com/hooks' };
      const refused = await admin.post(at('/webhooks/new'), fields);
      expect([refused.status, await refused.text()]).toEqual([403, expect.stringContaining('SECRETS_KEY')]);
    });
  },
);

/** A request to a proxy's server behind it, for the name by which people reach it. */
function proxied(path: string, fields?: Readonly<Record<string, string>>, more: Record<string, string> = {}) {
  const { hostname, port } = new URL(server.url);
  const headers = {
    host: 'arenden.kommun.example',
    origin: 'https://arenden.kommun.example',
    'x-forwarded-for': 'made up, 203.0.113.9',
    'content-type': 'application/x-www-form-urlencoded',
    ...more,
  };
  const sent = request({ hostname, port, path, method: fields ? 'POST' : 'GET', headers });
  sent.end(fields && new URLSearchParams(fields).toString());
  return once(sent, 'response').then(([answer]) => {
    answer.resume();
    return { status: answer.statusCode, cookies: answer.headers['set-cookie'] ?? [] };
  });
}

describe.skipIf(!isBuilt)('behind a proxy that ends TLS, on the same database', { timeout: 300_000 }, () => {
  beforeAll(async () => {
    server = await Served.start(
      database,
      live({
        PUBLIC_URL: 'https://arenden.kommun.example',
        BEHIND_PROXY: 'true',
        SECRETS_KEY: Buffer.alloc(32, 7).toString('base64'),
      }),
    );
  });
  afterAll(() => server.end('SIGTERM'));

  test('the cookie is for that host and for TLS alone, and the password is the one that was chosen', async () => {
    expect(server.log).not.toContain('one-time code');
    const { status, cookies } = await proxied('/login', { login: 'admin', password });
    expect([status, cookies]).toEqual([
      303,
      [expect.stringMatching(/^__Host-session=[\w-]{43}; Path=\/; HttpOnly; Secure; SameSite=Lax$/)],
    ]);
    const cookie = cookies[0]?.split(';')[0] ?? '';
    expect((await proxied('/', undefined, { cookie })).status).toBe(200);
    const unprefixed = cookie.replace('__Host-', '');
    expect((await proxied('/', undefined, { cookie: unprefixed })).status).toBe(303);
    const hook = { municipality: 'huddinge', name: 'Nätet', url: 'https://example.com/hooks' };
    expect((await proxied('/webhooks/new', hook, { cookie })).status).toBe(200);
  });

  test('other names and forms of other sites are turned away, and whoever guesses is counted by the proxy', async () => {
    expect((await proxied('/login', undefined, { host: 'other.example' })).status).toBe(421);
    const guess = { login: 'admin', password: 'wrong' };
    expect((await proxied('/login', guess, { origin: 'https://evil.example' })).status).toBe(403);
    expect((await proxied('/login', guess)).status).toBe(401);
    const db = await openBeside(database);
    const counted = (await db.reader.selectFrom('attempt').select('subject').execute()).map(
      (it) => it.subject,
    );
    await db.close();
    expect(counted).toContain(hashOf('address 203.0.113.9'));
    expect(counted).not.toContain(hashOf('address made up'));
  });
});

/** A port that was free a moment ago. */
async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  await new Promise((resolve) => server.close(resolve));
  return port;
}

describe.skipIf(!isBuilt)('with a municipality’s identity provider', { timeout: 300_000 }, () => {
  test('a person signs in there and may what their groups give; whoever has none comes no further', async () => {
    const port = await freePort();
    const site = new URL(`http://127.0.0.1:${port}`);
    await using provider = await startProvider(site);
    const clerk = { tenant: 'huddinge', roles: ['clerk'], bodies: ['ks'] };
    const env = live({
      PUBLIC_URL: site.origin,
      OIDC_ISSUER: provider.issuer.origin,
      OIDC_CLIENT_ID: client.id,
      OIDC_CLIENT_SECRET: client.secret,
      OIDC_SCOPE: 'openid profile groups',
      OIDC_CLAIMS: folder.file('claims.json', { grants: { groups: { 'ks-sekreterare': [clerk] } } }),
    });
    server = await Served.start(join(folder.path, 'provided.db'), env, port);
    expect(server.log).not.toContain('one-time code');
    const [anna, bo] = [new Browser(), new Browser()];
    const start = at('/login/start?return=/matters/new');
    expect((await anna.ask(await anna.signIn(start, 'anna'))).headers.get('location')).toBe('/matters/new');
    expect(await text(anna, '/matters/new')).toContain('Anna Andersson');
    expect((await anna.ask(at('/accounts'))).status).toBe(404);
    expect((await bo.ask(await bo.signIn(start, 'bo'))).status).toBe(403);
    expect((await bo.ask(at('/'))).status).toBe(303);
    await server.end('SIGTERM');
  });
});
