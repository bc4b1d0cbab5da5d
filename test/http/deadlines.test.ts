import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Database, openDatabase } from '../../db/open.ts';
import type { JsonObject } from '../../machines/chart.ts';
import { createApp } from '../../src/app.ts';
import { openDemo } from '../../src/demo.ts';
import { sourceOf } from '../fixtures/council-matter.ts';
import { type Bench, openEngine } from '../fixtures/engine.ts';

let db: Database;
let bench: Bench;
let app: ReturnType<typeof createApp>;
/** An actor whose deadline failed, for want of another that it tells. */
let early: string;
let mend: () => Promise<unknown>;
beforeEach(async () => {
  db = await openDatabase(':memory:');
  bench = await openEngine();
  const demo = await openDemo({ db, log: pino({ level: 'silent' }) });
  app = createApp({ ...demo, engine: bench.engine, source: sourceOf(bench), db: bench.db });
  const id = await bench.start('relay', {});
  const event = { type: 'relay.publish', topic: 'at last', payload: {} };
  const input = { on: '2026-12-05', due: { to: `${id}.late`, event } };
  await bench.send(id, 'relay.start', { chart: 'part', key: 'early', input });
  bench.now = '2026-12-06T09:00:00.000Z';
  await bench.tick();
  early = `${id}.early`;
  mend = () => bench.send(id, 'relay.start', { chart: 'part', key: 'late', input: {} });
});
afterEach(async () => {
  await bench[Symbol.asyncDispose]();
  await db.close();
});

const failed = { state: 'open', name: 'pass' };

describe('a deadline that could not be carried out', () => {
  const retry = (body: object = failed, role = 'clerk', key = 'k') =>
    app.request(`/v1/actors/${early}/deadlines/retry`, {
      method: 'POST',
      body: JSON.stringify(body),
      headers: {
        Authorization: `Bearer demo-${role}`,
        'Content-Type': 'application/json',
        'Idempotency-Key': key,
      },
    });

  test('is shown with why, and tried again by the API: the path says by whom', async () => {
    const headers = { Authorization: 'Bearer demo-clerk' };
    const shown = await (await app.request(`/v1/actors/${early}`, { headers })).json();
    expect(shown).toMatchObject({ deadlines: [{ ...failed, failure: expect.stringContaining('.late') }] });
    expect(await (await retry()).json()).toMatchObject({ code: 'refused' });
    await mend();
    const answer = await retry();
    expect([answer.status, await answer.json()]).toMatchObject([200, { id: early, version: 2 }]);
    expect((await retry()).headers.get('idempotency-replayed')).toBe('true');
    const path = (await (await app.request(`/v1/actors/${early}/path`, { headers })).json()) as {
      steps: JsonObject[];
    };
    expect(path.steps.at(-1)).toMatchObject({
      at: '2026-12-05T23:00:00.000Z',
      sender: { origin: 'timer', label: { en: 'Time limit, tried again by Anna Sekreterare' } },
    });
  });

  test.each([
    ['by who may not', failed, 'auditor', 403, 'forbidden'],
    ['without its name', { state: 'open' }, 'clerk', 422, 'invalid'],
    ['that there is not', { state: 'open', name: 'x' }, 'clerk', 409, 'refused'],
  ])('is not tried %s', async (_, body, role, status, code) => {
    await mend();
    const answer = await retry(body, role);
    expect([answer.status, ((await answer.json()) as JsonObject).code]).toEqual([status, code]);
    expect(await bench.types(early)).toEqual(['started']);
  });

  test('has a button on the page of its actor, which says what became of it', async () => {
    const cookie = 'identity=demo-clerk';
    const page = async () => (await app.request(`/actors/${early}`, { headers: { cookie } })).text();
    const html = await page();
    expect(html).toContain(`action="/actors/${early}/deadlines/retry"`);
    const press = () =>
      app.request(`/actors/${early}/deadlines/retry`, {
        method: 'POST',
        body: new URLSearchParams(failed),
        headers: { cookie, origin: 'http://localhost' },
      });
    const refused = await press();
    expect([refused.status, await refused.text()]).toEqual([409, expect.stringContaining('Det finns inget')]);
    await mend();
    const done = await press();
    expect([done.status, done.headers.get('location')]).toEqual([303, `/actors/${early}`]);
    expect(await page()).not.toContain('deadlines/retry');
  });
});
