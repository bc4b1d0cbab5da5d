import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openDatabase } from '../../db/open.ts';
import type { Role } from '../../machines/roles.ts';
import { createApp } from '../../src/app.ts';
import { openDemo } from '../../src/demo.ts';
import { postgresHere } from '../fixtures/postgres.ts';

const postgres = await postgresHere();
const england = readFileSync(join(import.meta.dirname, '../scenarios/routes/england.json'), 'utf8');

async function serverOn(address: string) {
  const db = await openDatabase(address);
  const services = await openDemo({ db, log: pino({ level: 'silent' }), prove: async () => [] });
  const app = createApp(services);
  let keys = 0;
  const request = (who: Role, path: string, body?: string) =>
    app.request(path, {
      headers: {
        authorization: `Bearer demo-${who}`,
        cookie: `identity=demo-${who}`,
        'content-type': 'application/json',
        'idempotency-key': `${who}-${++keys}`,
        'if-match': '"1"',
      },
      ...(body !== undefined && { method: 'POST', body }),
    });
  const ask = async (path: string, body?: string) => (await request('administrator', path, body)).status;
  return { app, services, request, ask, close: () => db.close() };
}

type Server = Awaited<ReturnType<typeof serverOn>>;

describe.runIf(postgres)('a route that one of two servers publishes', () => {
  let one: Server;
  let other: Server;
  beforeAll(async () => {
    const address = (await postgres?.create()) ?? '';
    [one, other] = [await serverOn(address), await serverOn(address)];
  });
  afterAll(async () => {
    for (const it of [one, other]) await it.close();
  });

  test('is known to the other when it has looked, and published there again it is the same', async () => {
    const route = '/v1/routes/westbourne/key-decision';
    expect(await one.ask('/v1/routes', england)).toBe(201);
    expect(await one.ask(route)).toBe(200);
    expect(await other.ask(route)).toBe(404);
    await other.services.engine.keepUp();
    expect(await other.ask(route)).toBe(200);
    expect(await other.ask('/v1/routes', england)).toBe(200);
  });

  /** Publishes the next version of a route at the one, and starts a matter on it there. @returns the matter's id. */
  async function started(): Promise<string> {
    const latest = one.services.catalogue.versionsOf('huddinge', 'council-matter').at(-1)?.route;
    const route = { ...latest, version: (latest?.version ?? 0) + 1 };
    expect(await one.ask('/v1/routes', JSON.stringify({ municipality: 'huddinge', route }))).toBe(201);
    const proposals = [{ text: 'Godkänns.', body: 'kf' }];
    const matter = {
      municipality: 'huddinge',
      route: 'council-matter',
      title: `Nummer ${route.version}`,
      proposals,
    };
    const answer = await one.request('registrar', '/v1/matters', JSON.stringify(matter));
    expect(answer.status).toBe(201);
    return answer.headers.get('location')?.split('/').at(-1) ?? '';
  }

  test.each([
    ['its record', (id: string) => `/v1/matters/${id}`],
    ['the path of it', (id: string) => `/v1/matters/${id}/path`],
    ['the list', () => '/v1/matters'],
    ['the page of it', (id: string) => `/matters/${id}`],
    ['the page of the list', () => '/matters'],
  ])('has a matter, and the other shows %s at once', async (_, path) => {
    const id = await started();
    const answer = await other.request('clerk', path(id));
    expect([answer.status, (await answer.text()).includes(id)]).toEqual([200, true]);
  });

  test('has a matter, and a system that is told by the other is told of it as by the one', async () => {
    const terms = {
      name: 'S',
      url: 'http://127.0.0.1:9/',
      recipient: null,
      events: [],
      bodies: [],
      routes: [],
    };
    const subscription = JSON.stringify({ municipality: 'huddinge', ...terms });
    const made = await one.request('administrator', '/v1/subscriptions', subscription);
    expect(made.status).toBe(201);
    const root = await started();
    const event = JSON.stringify({ type: 'matter.assign', payload: { caseOfficer: 'Eva Lind' } });
    expect((await one.request('clerk', `/v1/matters/${root}/events`, event)).status).toBe(200);
    await other.services.webhooks.courier.deliverDue();
    const { reader } = one.services.db;
    const told = await reader
      .selectFrom('delivery')
      .select('body')
      .where('actor', '=', root)
      .orderBy('seq')
      .execute();
    expect(told.map(({ body }) => JSON.parse(body).data.event.label?.en)).toEqual(['Started', 'Assign']);
  });

  const assigned = { caseOfficer: 'Eva Lind' };

  test('has a matter, and a form about it posted to the other is carried out at once', async () => {
    const id = await started();
    const form = new URLSearchParams({ ...assigned, _version: '1', _return: `/matters/${id}` });
    const answer = await other.app.request(`/actors/${id}/events/matter.assign`, {
      method: 'POST',
      headers: { cookie: 'identity=demo-clerk', origin: 'http://localhost' },
      body: form,
    });
    expect([answer.status, answer.headers.get('location')]).toEqual([303, `/matters/${id}`]);
    expect(await (await one.request('clerk', `/v1/matters/${id}`)).json()).toMatchObject({ version: 2 });
  });

  test('has a matter, and an event sent to it through the other happens at once', async () => {
    const id = await started();
    const event = JSON.stringify({ type: 'matter.assign', payload: assigned });
    const answer = await other.request('clerk', `/v1/matters/${id}/events`, event);
    expect([answer.status, await answer.json()]).toMatchObject([200, { version: 2 }]);
  });

  test('has a matter, and whoever follows at the other hears of it at once', async () => {
    const stream = await other.request(
      'clerk',
      `/v1/events/stream?after=${await other.services.feed.newest()}`,
    );
    const id = await started();
    const reader = stream.body?.pipeThrough(new TextDecoderStream() as never).getReader();
    await reader?.read();
    expect((await reader?.read())?.value).toContain(id);
    await reader?.cancel();
  });
});
