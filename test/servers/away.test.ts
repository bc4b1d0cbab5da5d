/** A database that is away: whoever asks is told that it is for now. */
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Database, openDatabase } from '../../db/open.ts';
import { sign } from '../../src/webhooks/signature.ts';
import { postgresHere } from '../fixtures/postgres.ts';
import { createTestServer, type TestServer } from '../fixtures/server.ts';

const postgres = await postgresHere();

describe.runIf(postgres)('while the database is away', () => {
  let db: Database;
  let server: TestServer;
  let goAway: () => void;
  beforeEach(async () => {
    const url = new URL((await postgres?.create()) ?? '');
    const { hostname: host, port } = url;
    const sockets: Socket[] = [];
    const way = createServer((client) => {
      const there = connect(Number(port), host);
      for (const it of [client, there]) sockets.push(it.on('error', () => {}));
      client.pipe(there).pipe(client);
    });
    await new Promise<void>((resolve) => way.listen(0, '127.0.0.1', resolve));
    url.port = String((way.address() as AddressInfo).port);
    goAway = () => {
      way.close();
      for (const it of sockets.splice(0)) it.destroy();
    };
    db = await openDatabase(url.href);
    server = await createTestServer({ db });
  });
  afterEach(async () => {
    goAway();
    await server.close();
  });

  const hook = () => {
    const body = '{"actor":"x","type":"report.sign"}';
    const timestamp = Math.floor(Date.parse(server.clock.now) / 1000);
    const secret = `whsec_${Buffer.from('demo: for e-signering only, never public').toString('base64')}`;
    return server.request('/v1/hooks/e-signering', {
      method: 'POST',
      headers: {
        'webhook-id': 'msg_1',
        'webhook-timestamp': String(timestamp),
        'webhook-signature': sign({ id: 'msg_1', timestamp, body }, secret),
      },
      body,
    });
  };
  const matter = { municipality: 'huddinge', route: 'council-matter', title: 'A' };
  const asked = {
    'a list': () => server.as('clerk').get('/v1/matters'),
    'the head': () => server.as('auditor').get('/v1/head'),
    'a signed message': hook,
    'what is no command of the engine': () =>
      server
        .as('administrator')
        .post('/v1/tokens', { name: 'A', tenant: 'huddinge', roles: ['integration'] }),
    'a command': () =>
      server.as('registrar').post('/v1/matters', { ...matter, proposals: [{ text: 'B', body: 'kf' }] }),
  };

  test.each(Object.keys(asked) as (keyof typeof asked)[])(
    '%s is answered 503, and says when to come again, each time until it is back',
    async (name) => {
      expect((await asked[name]()).status).toBeLessThan(500);
      goAway();
      for (let count = 0; count < 3; count += 1) {
        const answer = await asked[name]();
        expect([answer.status, answer.headers.get('retry-after'), (await answer.json()).code]).toEqual([
          503,
          '1',
          'unavailable',
        ]);
      }
    },
  );

  test('nobody is told that nothing has been changed who may have changed something', async () => {
    goAway();
    const { detail } = await (await asked['what is no command of the engine']()).json();
    expect(detail).toContain('osäkert');
  });

  test('a page says so too', async () => {
    const desk = () => server.app.request('/matters', { headers: { cookie: 'identity=demo-clerk' } });
    expect((await desk()).status).toBe(200);
    goAway();
    const answer = await desk();
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '1']);
    expect(await answer.text()).toContain('Databasen svarar inte just nu');
  });

  test('an error of our own is none of an outage', async () => {
    await sql`drop table seal cascade`.execute(db.writer);
    expect((await server.as('auditor').get('/v1/head')).status).toBe(500);
  });
});
