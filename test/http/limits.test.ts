import { connect } from 'node:net';
import { Hono } from 'hono';
import { pino } from 'pino';
import { afterAll, afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openDatabase } from '../../db/open.ts';
import type { JsonObject } from '../../machines/chart.ts';
import { createApp } from '../../src/app.ts';
import { startServer } from '../../src/commands/serve.ts';
import { readConfig } from '../../src/config.ts';
import { openDemo } from '../../src/demo.ts';
import { newMatter } from '../../src/http/examples.ts';
import { Allowance } from '../../src/http/rate.ts';
import { type Numbered, notOverloaded, numbered } from '../../src/http/request.ts';
import type { Services } from '../../src/services.ts';
import { correspondentOf } from '../../src/webhooks/integrations.ts';
import { startLive } from '../fixtures/live-server.ts';
import { createTestServer, type TestServer } from '../fixtures/server.ts';

let server: TestServer;
beforeEach(async () => {
  server = await createTestServer();
});
afterEach(() => server.close());

const clerk = { Authorization: 'Bearer demo-clerk' };
const from = (remoteAddress: string) => ({ incoming: { socket: { remoteAddress } } });
const auditor = { Authorization: 'Bearer demo-auditor' };

describe('an allowance', () => {
  test('is spent by requests and comes back with time, never more than a minute of it', () => {
    let now = 0;
    const allowance = new Allowance(60, () => now);
    for (let left = 59; left >= 0; left--) expect(allowance.take('a')).toBe(left);
    expect(allowance.take('a')).toBeLessThan(0);
    expect(allowance.take('b')).toBe(59);
    now = 1_000;
    expect(allowance.take('a')).toBe(0);
    expect(allowance.take('a')).toBeLessThan(0);
    now = 3_600_000;
    expect(allowance.take('a')).toBe(59);
  });

  test('is kept for so many at most: whoever has not asked for longest begins anew', () => {
    const allowance = new Allowance(2, () => 0);
    expect([allowance.take('a'), allowance.take('a')]).toEqual([1, 0]);
    for (let other = 0; other < 10_000; other++) allowance.take(`other ${other}`);
    expect(allowance.take('a')).toBe(1);
  });
});

describe('an identity that asks for more than its allowance', () => {
  test('is told 429 and when to come back, while another is answered', async () => {
    const app = createApp(server.services, { rateLimit: 3 });
    const ask = (headers: Record<string, string>) => app.request('/v1/head', { headers });
    const answers = [await ask(clerk), await ask(clerk), await ask(clerk), await ask(clerk)];
    expect(answers.map((it) => it.status)).toEqual([200, 200, 200, 429]);
    expect(answers.map((it) => it.headers.get('ratelimit'))).toEqual(
      [2, 1, 0, 0].map((left) => `"identity";r=${left};t=20`),
    );
    const last = answers[3] as Response;
    expect(last.headers.get('ratelimit-policy')).toBe('"identity";q=3;w=60');
    expect(last.headers.get('retry-after')).toBe('20');
    expect(await last.json()).toMatchObject({ code: 'tooMany', status: 429 });
    expect((await ask(auditor)).status).toBe(200);
  });

  test('is not spent by those who state a token that is wrong, who have that of their address', async () => {
    const app = createApp(server.services, { rateLimit: 2 });
    const wrong = async (n: number, address: string) => {
      const headers = { Authorization: `Bearer wrong-${n}` };
      return (await app.request('/v1/head', { headers }, from(address))).status;
    };
    const guesses = [1, 2, 3].map((n) => () => wrong(n, '192.0.2.7'));
    const answers: number[] = [];
    for (const guess of guesses) answers.push(await guess());
    expect(answers).toEqual([401, 401, 429]);
    expect(await wrong(4, '192.0.2.8')).toBe(401);
    expect((await app.request('/v1/head', { headers: clerk }, from('192.0.2.7'))).status).toBe(200);
  });

  test('does not exist where no limit is set', async () => {
    const answer = await server.as('clerk').get('/v1/head');
    expect([answer.status, answer.headers.get('ratelimit')]).toEqual([200, null]);
  });
});

describe('what is open to all', () => {
  const asked = async (services: Services, forwarded: readonly string[]): Promise<number[]> => {
    const app = createApp(services, { rateLimit: 1 });
    const told: number[] = [];
    for (const it of forwarded) {
      const headers = { 'X-Forwarded-For': it };
      told.push((await app.request('/v1/api-info', { headers }, from('10.0.0.1'))).status);
    }
    return told;
  };

  test('has an allowance for each address that connects, whatever it says of itself', async () => {
    expect(await asked(server.services, ['192.0.2.7', '192.0.2.8'])).toEqual([200, 429]);
  });

  test('and behind a proxy for each address that the proxy says, not for what is written before that', async () => {
    await using live = await startLive(async () => ({ behindProxy: true }));
    const forwarded = ['192.0.2.7', '192.0.2.8', '192.0.2.9, 192.0.2.7'];
    expect(await asked(live.services, forwarded)).toEqual([200, 200, 429]);
  });
});

describe('a server that has as many requests under way as it can manage', () => {
  test('tells the next to come back (503), and answers again when one of them is done', async () => {
    const held = Promise.withResolvers<void>();
    const app = new Hono<Numbered>()
      .use(numbered(server.services.log), notOverloaded(2))
      .get('/', async (c) => {
        await held.promise;
        return c.text('done');
      });
    const first = [app.request('/'), app.request('/')];
    const turnedAway = await app.request('/');
    expect([turnedAway.status, turnedAway.headers.get('retry-after')]).toEqual([503, '5']);
    expect(await turnedAway.json()).toMatchObject({ code: 'overloaded' });
    held.resolve();
    expect((await Promise.all(first)).map((it) => it.status)).toEqual([200, 200]);
    expect((await app.request('/')).status).toBe(200);
  });
});

describe('/metrics', () => {
  const read = (headers: Record<string, string> = {}, metricsToken: string | null = null, env?: object) =>
    createApp(server.services, { metricsToken }).request('/metrics', { headers }, env);

  test('tells requests by route, commits, and what waits', async () => {
    const app = createApp(server.services);
    const matter = { ...(newMatter as unknown as JsonObject) };
    const posted = await app.request('/v1/matters', {
      method: 'POST',
      body: JSON.stringify(matter),
      headers: {
        Authorization: 'Bearer demo-registrar',
        'Content-Type': 'application/json',
        'Idempotency-Key': 'k',
      },
    });
    await app.request(posted.headers.get('location') ?? '', { headers: clerk });
    await app.request('/v1/matters/nobody', { headers: clerk });
    const text = await (await app.request('/metrics')).text();
    expect(text).toMatch(
      /^http_request_duration_seconds_count\{method="POST",route="\/v1\/matters",status="201"\} 1$/m,
    );
    expect(text).toMatch(
      /^http_request_duration_seconds_count\{method="GET",route="\/v1\/matters\/:id",status="200"\} 1$/m,
    );
    expect(text).not.toContain('nobody');
    expect(text).toMatch(/^arendegang_commits_total 1$/m);
    expect(text).toMatch(/^arendegang_commands_total 1$/m);
    expect(text).toMatch(/^arendegang_queue_length 0$/m);
    expect(text).toMatch(/^arendegang_deadlines_due 0$/m);
    expect(text).toMatch(/^arendegang_deliveries_waiting 0$/m);
    expect(text).toMatch(/^nodejs_eventloop_lag_p99_seconds /m);
  });

  test.each([
    ['this machine', {}, from('127.0.0.1'), 200],
    ['this machine, the other way', {}, from('::ffff:127.0.0.1'), 200],
    ['another', {}, from('192.0.2.7'), 404],
    [
      'another, by way of a proxy on this machine',
      { 'X-Forwarded-For': '192.0.2.7' },
      from('127.0.0.1'),
      404,
    ],
  ])('without a token is told to this machine alone: %s', async (_, headers, env, status) => {
    expect((await read(headers as Record<string, string>, null, env)).status).toBe(status);
  });

  test('with a token is told to whoever has it, and nobody else', async () => {
    const token = 'a token of operators';
    const known = { Authorization: `Bearer ${token.replaceAll(' ', '-')}` };
    expect((await read(known, token.replaceAll(' ', '-'), from('192.0.2.7'))).status).toBe(200);
    for (const headers of [{}, { Authorization: 'Bearer a-token' }])
      expect((await read(headers as Record<string, string>, token, from('127.0.0.1'))).status).toBe(404);
  });
});

describe('the number of a request', () => {
  test('is the one that was given, or one of ours; in the answer and in the problem', async () => {
    const given = await server.as('clerk').get('/v1/matters/x', { 'X-Request-Id': 'proxy-7.a_B' });
    expect([given.headers.get('x-request-id'), (await given.json()).instance]).toEqual([
      'proxy-7.a_B',
      'proxy-7.a_B',
    ]);
    for (const strange of ['', 'a b', '<x>', 'x'.repeat(65), '-']) {
      const answer = await server.as('clerk').get('/v1/matters/x', { 'X-Request-Id': strange });
      const id = answer.headers.get('x-request-id') ?? '';
      expect(id).toMatch(/^[0-9a-f-]{36}$/);
      expect((await answer.json()).instance).toBe(`urn:uuid:${id}`);
    }
  });
});

describe('the log of the server', () => {
  test('has a line for each request, under its number, and no secret, no search word and nothing of a matter', async () => {
    const lines: string[] = [];
    const db = await openDatabase(':memory:');
    const log = pino({ level: 'trace' }, { write: (line: string) => void lines.push(line) });
    const services = await openDemo({ db, log });
    const app = createApp(services, { metricsToken: 'hemlig-metrics-token' });
    const secret = 'demo-registrar';
    const headers = { Authorization: `Bearer ${secret}`, 'Content-Type': 'application/json' };
    const asked: Promise<Response>[] = [
      Promise.resolve(
        app.request('/v1/matters?q=hemligt-sokord', { headers: { ...headers, 'X-Request-Id': 'one' } }),
      ),
      Promise.resolve(
        app.request('/v1/matters', { method: 'POST', body: '{"title":"hemlig titel"', headers }),
      ),
      Promise.resolve(app.request('/v1/head', { headers: { Authorization: 'Bearer hemlig-nyckel' } })),
      Promise.resolve(app.request('/metrics', { headers: { Authorization: 'Bearer hemlig-metrics-token' } })),
      Promise.resolve(app.request('/matters?q=hemligt', { headers: { Cookie: `identity=${secret}` } })),
      Promise.resolve(
        app.request('/v1/hooks/e-signering', {
          method: 'POST',
          body: '{"hemlig":1}',
          headers: { 'webhook-id': 'm', 'webhook-timestamp': '1', 'webhook-signature': 'v1,hemlig' },
        }),
      ),
    ];
    const ids = (await Promise.all(asked)).map((it) => it.headers.get('x-request-id'));
    const logged = lines.map((it) => JSON.parse(it) as { requestId?: string });
    expect(logged.map((it) => it.requestId).sort()).toEqual([...ids].sort());
    expect(ids).toContain('one');
    const text = lines.join('');
    expect(text).not.toMatch(/hemlig/);
    const { secrets = [] } = (await correspondentOf(services.webhooks, 'e-signering')) ?? {};
    expect(secrets).toHaveLength(1);
    for (const one of secrets) expect(text).not.toContain(one);
    expect(text).not.toContain(`Bearer`);
    expect(text).not.toContain(`identity=`);
    await db.close();
  });
});

describe('over a network', () => {
  const limits = {
    headersTimeout: 200,
    requestTimeout: 400,
    connectionsCheckingInterval: 50,
    keepAliveTimeout: 1_000,
    maxHeaderSize: 4_096,
  };
  const running = startServer(
    readConfig({ PORT: '0', DATABASE_PATH: ':memory:', LOG_LEVEL: 'silent', EMPTY: 'true' }),
    limits,
  );
  afterAll(async () => (await running).stop());

  /** What the server answers to these bytes, until it ends the connection. */
  const said = async (bytes: string): Promise<string> => {
    const { port } = new URL((await running).url);
    return new Promise((resolve) => {
      let answer = '';
      const socket = connect(Number(port), '127.0.0.1', () => void socket.write(bytes));
      socket.on('data', (chunk) => {
        answer += chunk;
      });
      socket.on('error', () => {});
      socket.on('close', () => resolve(answer));
    });
  };

  test.each([
    ['headers that never end', 'GET /livez HTTP/1.1\r\nHost: localhost\r\n', '408'],
    [
      'a body that never comes',
      'POST /v1/matters HTTP/1.1\r\nHost: localhost\r\nContent-Length: 10\r\n\r\n{',
      '408',
    ],
    [
      'headers beyond the limit',
      `GET /livez HTTP/1.1\r\nHost: localhost\r\nX: ${'x'.repeat(5_000)}\r\n\r\n`,
      '431',
    ],
    [
      'a length told twice',
      'POST /v1/matters HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n{}',
      '400',
    ],
    [
      'a length and pieces, which others may tell apart differently',
      'POST /v1/matters HTTP/1.1\r\nHost: localhost\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
      '400',
    ],
  ])('%s are answered, and the connection is ended', async (_, bytes, status) => {
    expect(await said(bytes)).toMatch(new RegExp(`^HTTP/1.1 (${status}|401)`));
  });
});
