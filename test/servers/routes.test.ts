import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pino } from 'pino';
import { describe, expect, test } from 'vitest';
import { openDatabase } from '../../db/open.ts';
import { createApp } from '../../src/app.ts';
import { openDemo } from '../../src/demo.ts';
import { postgresHere } from '../fixtures/postgres.ts';

const postgres = await postgresHere();
const england = readFileSync(join(import.meta.dirname, '../scenarios/routes/england.json'), 'utf8');

async function serverOn(address: string) {
  const db = await openDatabase(address);
  const services = await openDemo({ db, log: pino({ level: 'silent' }), prove: async () => [] });
  const app = createApp(services);
  const ask = async (path: string, init: RequestInit = {}) => {
    const headers = { authorization: 'Bearer demo-administrator', 'content-type': 'application/json' };
    return (await app.request(path, { ...init, headers: { ...headers, 'idempotency-key': 'publish' } }))
      .status;
  };
  return { services, ask, close: () => db.close() };
}

describe.runIf(postgres)('a route that one of two servers publishes', () => {
  test('is known to the other when it has looked, and published there again it is the same', async () => {
    const address = (await postgres?.create()) ?? '';
    const [one, other] = [await serverOn(address), await serverOn(address)];
    const route = '/v1/routes/westbourne/key-decision';
    expect(await one.ask('/v1/routes', { method: 'POST', body: england })).toBe(201);
    expect(await one.ask(route)).toBe(200);
    expect(await other.ask(route)).toBe(404);
    await other.services.engine.keepUp();
    expect(await other.ask(route)).toBe(200);
    expect(await other.ask('/v1/routes', { method: 'POST', body: england })).toBe(200);
    for (const it of [one, other]) await it.close();
  });
});
