import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openDatabase } from '../../db/open.ts';
import type { JsonObject } from '../../machines/chart.ts';
import { createApp } from '../../src/app.ts';
import { openDemo } from '../../src/demo.ts';
import { claimedPlan } from '../../src/store/turn.ts';
import { plan, withBoard } from '../fixtures/board-first.ts';
import { postgresHere } from '../fixtures/postgres.ts';

const postgres = await postgresHere();

async function serverOn(address: string) {
  const db = await openDatabase(address);
  const services = await openDemo({ db, log: pino({ level: 'silent' }), prove: async () => [] });
  const app = createApp(services);
  const ask = async (path: string, body?: object, more: Record<string, string> = {}) => {
    const authorization = 'Bearer demo-administrator';
    const fixed = { 'content-type': 'application/json', 'idempotency-key': 'publish' };
    const headers = { authorization, ...fixed, ...more };
    const init = body ? { method: 'POST', body: JSON.stringify(body), headers } : { headers };
    const answer = await app.request(path, init);
    return { status: answer.status, body: (await answer.json()) as JsonObject };
  };
  const run = (key: string, batches: number) =>
    ask(`/v1/moves/${plan.id}/run`, {}, { 'idempotency-key': key, 'if-match': `"${batches}"` });
  return { db, services, ask, run };
}

type Server = Awaited<ReturnType<typeof serverOn>>;

describe.runIf(postgres)('a plan of moves that one of two servers publishes', () => {
  let one: Server;
  let other: Server;

  beforeAll(async () => {
    const address = (await postgres?.create()) ?? '';
    [one, other] = [await serverOn(address), await serverOn(address)];
    for (const number of [1, 2, 3]) {
      const title = `Bidrag ${number}`;
      const proposals = [{ text: 'Bidraget beviljas.', body: 'sn' }];
      const words = { municipality: 'huddinge', route: 'sn-matter', title, proposals };
      const registrar = { authorization: 'Bearer demo-registrar', 'idempotency-key': `matter-${number}` };
      expect((await one.ask('/v1/matters', words, registrar)).status).toBe(201);
    }
    expect((await one.ask('/v1/routes', { municipality: 'huddinge', route: withBoard })).status).toBe(201);
    expect((await one.ask('/v1/moves', plan)).status).toBe(201);
  }, 60_000);
  afterAll(async () => {
    for (const it of [one, other]) await it.db.close();
  });

  test('is known to the other at once, and published there again it is the same', async () => {
    expect((await other.ask(`/v1/moves/${plan.id}`)).body).toMatchObject({ id: plan.id, remaining: 3 });
    expect((await other.ask('/v1/moves')).body).toMatchObject({ items: [{ id: plan.id }] });
    expect((await other.ask('/v1/moves', plan)).status).toBe(200);
    expect((await other.ask('/v1/moves', { ...plan, reason: 'Något annat.' })).status).toBe(409);
    expect((await other.ask('/v1/moves/none')).status).toBe(404);
  });

  test('is the same where both publish it at once', async () => {
    const again = { ...plan, id: 'at-once' };
    const answers = await Promise.all([one.ask('/v1/moves', again), other.ask('/v1/moves', again)]);
    expect(answers.map((it) => it.status).sort()).toEqual([200, 201]);
  });

  test('is carried out by one of them where both are asked for a batch at once, also by the same key', async () => {
    const [same, again, another] = await Promise.all([one.run('a', 0), other.run('a', 0), other.run('b', 0)]);
    expect(another.status).toBe(412);
    const answered = [same, again].filter((it) => it.status === 200);
    expect(answered.length).toBeGreaterThan(0);
    for (const { body } of answered) expect(body).toMatchObject({ number: 1, moved: 3, blocked: 0 });
    expect([same, again].map((it) => it.status)).not.toContain(500);
  });

  test('gives the answer of a batch to whoever asks the other for it by the same key', async () => {
    const done = await one.run('c', 1);
    expect(done).toMatchObject({ status: 200, body: { number: 2, moved: 0 } });
    expect(await other.run('c', 1)).toEqual(done);
  });

  test('is not carried out by one while the other is at it', async () => {
    const meanwhile = await claimedPlan(one.db.writer, plan.id, () => other.run('d', 2));
    expect(meanwhile).toMatchObject({ status: 412, body: { version: 2 } });
    expect(await other.run('d', 2)).toMatchObject({ status: 200, body: { number: 3 } });
  });
});
