import { pino } from 'pino';
import { describe, expect, it } from 'vitest';
import { openDatabase } from '../../db/open.ts';
import { runningClock, standingClock } from '../../src/demo/clock.ts';
import { loadDemo } from '../../src/demo/load.ts';
import { openDemo } from '../../src/demo.ts';
import { Refusal } from '../../src/engine/refusal.ts';
import { nextDue } from '../../src/store/deadlines.ts';
import { postgresHere } from '../fixtures/postgres.ts';
import { createTestServer } from '../fixtures/server.ts';

const postgres = await postgresHere();

const log = pino({ level: 'silent' });
const TODAY = Date.parse('2026-11-21T05:00:00Z');

async function demonstration() {
  const db = await openDatabase(':memory:');
  await loadDemo(db, log, TODAY);
  const services = await openDemo({ db, log, clock: standingClock(TODAY) });
  return { db, services, [Symbol.asyncDispose]: () => db.close() };
}

describe("The demonstration's clock", () => {
  it('is put forward to the morning of a day, and what falls due on the way happens at its own time', async () => {
    await using demo = await demonstration();
    const due = await nextDue(demo.db.reader);
    const day = new Date(Date.parse(due ?? '') + 3 * 24 * 3_600_000).toISOString().slice(0, 10);
    await demo.services.goToDay(day);
    expect(demo.services.source.now()).toMatch(new RegExp(`^${day}T0[67]:00:00`));
    const fired = await demo.db.reader
      .selectFrom('entry')
      .select('at')
      .orderBy('seq', 'desc')
      .executeTakeFirstOrThrow();
    expect([fired.at, (await nextDue(demo.db.reader)) !== due]).toEqual([due, true]);
  });

  it.each(['2026-11-21', '2026-11-20', '2028-11-22', '2026-02-30', 'tomorrow', ''])(
    'is not put to %j: not to come, not within two years, or no day',
    async (day) => {
      await using demo = await demonstration();
      await expect(demo.services.goToDay(day)).rejects.toThrow(Refusal);
      expect(Date.parse(demo.services.source.now())).toBe(TODAY);
    },
  );

  it('is where it was put when the server starts again, and goes on from there', async () => {
    await using demo = await demonstration();
    await demo.services.goToDay('2027-06-01');
    const again = await openDemo({ db: demo.db, log, clock: runningClock() });
    const written = (
      await demo.db.reader.selectFrom('seal').select('at').orderBy('number', 'desc').executeTakeFirstOrThrow()
    ).at;
    expect(Date.parse(again.source.now())).toBeGreaterThanOrEqual(Date.parse(written));
  });

  it.runIf(postgres)(
    'is put forward by as many at once as there are connections to PostgreSQL',
    async () => {
      const db = await openDatabase((await postgres?.create()) ?? '');
      await loadDemo(db, log, TODAY);
      const { goToDay, source } = await openDemo({ db, log, clock: standingClock(TODAY) });
      const due = (await nextDue(db.reader)) ?? '';
      const day = new Date(Date.parse(due) + 24 * 3_600_000).toISOString().slice(0, 10);
      await Promise.all(Array.from({ length: 12 }, () => goToDay?.(day)));
      expect([source.now() > due, (await nextDue(db.reader)) !== due]).toEqual([true, true]);
      await db.close();
    },
    60_000,
  );

  it('is told by the API and put forward there, for those who are known to it', async () => {
    const server = await createTestServer({ now: '2026-11-20T09:00:00Z' });
    const clerk = server.as('clerk');
    expect(await (await clerk.get('/v1/clock')).json()).toEqual({ now: '2026-11-20T09:00:00.000Z' });
    expect(await (await clerk.post('/v1/clock', { date: '2026-12-14' })).json()).toEqual({
      now: '2026-12-14T07:00:00.000Z',
    });
    const back = await clerk.post('/v1/clock', { date: '2026-12-13' });
    expect([back.status, (await back.json()).fields]).toMatchObject([422, [{ pointer: '/date' }]]);
    expect((await server.request('/v1/clock', { method: 'POST' })).status).toBe(401);
    await server.close();
  });
});
