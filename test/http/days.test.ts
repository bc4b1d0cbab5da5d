import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import * as z from 'zod';
import type { JsonObject } from '../../machines/chart.ts';
import { builtIn } from '../../machines/registry.ts';
import { unwrapped } from '../../src/engine/wrong.ts';
import { newMatter } from '../../src/http/examples.ts';
import { createTestServer, type TestServer } from '../fixtures/server.ts';

let server: TestServer;
beforeEach(async () => {
  server = await createTestServer({ now: '2026-11-20T09:00:00Z' });
});
afterEach(() => server.close());

const matter = newMatter as unknown as JsonObject;

/** The status of an answer, and which fields it says are wrong. */
const told = async (answer: Awaited<ReturnType<TestServer['request']>>) => {
  const { fields } = await answer.json();
  return [answer.status, ...((fields ?? []) as { pointer: string }[]).map((it) => it.pointer)];
};

describe('A day on which something has happened is none that is still to come', () => {
  const report = async (dated: string) => {
    const clerk = server.as('clerk');
    const at = (await clerk.post('/v1/matters', matter)).headers.get('location') ?? '';
    expect((await clerk.send(at, 'matter.assign', { caseOfficer: 'Hanna' })).status).toBe(200);
    return clerk.send(at, 'report.complete', { dated });
  };

  test.each([
    ['2026-11-19', [200]],
    ['2026-11-20', [200]],
    ['2026-11-21', [409, '/payload/dated']],
  ])('in an event: a report dated %s', async (dated, expected) => {
    expect(await told(await report(dated))).toEqual(expected);
  });

  test('by the clock of the municipality: half past midnight there is the day before at Greenwich', async () => {
    server.clock.now = '2026-11-20T23:30:00Z';
    expect(await told(await report('2026-11-21'))).toEqual([200]);
    expect(await told(await report('2026-11-22'))).toEqual([409, '/payload/dated']);
  });

  test('is told with its name and the day that it is, and may be right another day', async () => {
    const { code, fields } = await (await report('2026-12-24')).json();
    expect(code).toBe('refused');
    const detail = '”Tjänsteutlåtandets datum” är en dag som inte har kommit än: det är 2026-11-20.';
    expect(fields).toEqual([{ pointer: '/payload/dated', detail }]);
  });

  test.each([
    ['2026-11-20', [201]],
    ['2026-11-21', [409, '/raisedOn']],
  ])('in what a matter begins with: a motion raised on %s', async (raisedOn, expected) => {
    const motion = {
      municipality: 'huddinge',
      route: 'motion',
      title: 'Motion om badhus',
      raisedBy: 'Maria Motionär (M)',
      raisedOn,
      proposals: [{ text: 'Motionen om badhus bifalls.', body: 'kf' }],
    };
    expect(await told(await server.as('registrar').post('/v1/matters', motion))).toEqual(expected);
  });

  test('in the items of a list', async () => {
    const earlier = (on: string) => ({
      body: 'Kommunstyrelsen',
      on,
      paragraph: '§ 7',
      subject: 'Avtal',
      relation: 'mentions',
    });
    const referring = (...days: string[]) => ({
      ...matter,
      refersTo: days.map(earlier),
    });
    const clerk = server.as('clerk');
    expect(await told(await clerk.post('/v1/matters', referring('2026-11-20')))).toEqual([201]);
    expect(await told(await clerk.post('/v1/matters', referring('2026-11-20', '2026-11-21')))).toEqual([
      409,
      '/refersTo/1/on',
    ]);
  });

  test('every day called `on` that people or systems state is such a day', () => {
    const stated = builtIn()
      .all()
      .flatMap((chart) => Object.entries(chart.events))
      .filter(([, { kind, fields }]) => kind !== 'message' && 'on' in fields.shape);
    expect(stated.length).toBeGreaterThan(20);
    for (const [type, { fields }] of stated)
      expect([type, z.globalRegistry.get(unwrapped(fields.shape.on as z.ZodType))?.past]).toEqual([
        type,
        true,
      ]);
  });
});

describe('A day by which something is to happen is none that has passed (R-019)', () => {
  const drafting = async () => {
    const clerk = server.as('clerk');
    const at = (await clerk.post('/v1/matters', matter)).headers.get('location') ?? '';
    await clerk.send(at, 'matter.assign', { caseOfficer: 'Hanna' });
    return at;
  };
  const asked = async (due: string) =>
    told(
      await server
        .as('clerk')
        .send(await drafting(), 'consultation.send', { key: 'a', body: 'sn', question: 'Kostnad?', due }),
    );

  test.each([
    ['2026-11-21', [200]],
    ['2026-11-20', [200]],
    ['2026-11-19', [409, '/payload/due']],
  ])('in an event: an answer asked for by %s', async (due, expected) => {
    expect(await asked(due)).toEqual(expected);
  });

  test('by the clock of the municipality: half past midnight there is the day before at Greenwich', async () => {
    server.clock.now = '2026-11-20T23:30:00Z';
    expect(await asked('2026-11-20')).toEqual([409, '/payload/due']);
    expect(await asked('2026-11-21')).toEqual([200]);
  });

  test.each([
    ['2026-11-20', [201]],
    ['2026-11-19', [409, '/lapsesOn']],
  ])('in what a matter begins with: one that lapses on %s', async (lapsesOn, expected) => {
    const lapsing = { ...matter, lapsesOn, lapsesFor: 'Anbudet gäller inte längre.' };
    expect(await told(await server.as('registrar').post('/v1/matters', lapsing))).toEqual(expected);
  });

  test('in the items of a list: what a decision gives somebody to do, and to follow up', async () => {
    const [first, ...others] = matter.proposals as readonly JsonObject[];
    const giving = (due: string, until: string) => {
      const tasks = [{ title: 'Underteckna', assignee: 'kommundirektören', due }];
      const followUps = [{ title: 'Rapport', assignee: 'ekonomichefen', every: { months: 6 }, until }];
      return { ...matter, proposals: [{ ...first, tasks, followUps }, ...others] };
    };
    const registered = async (...days: [string, string]) =>
      told(await server.as('clerk').post('/v1/matters', giving(...days)));
    expect(await registered('2026-12-31', '2028-12-31')).toEqual([201]);
    expect(await registered('2025-12-31', '2024-12-31')).toEqual([
      409,
      '/proposals/0/tasks/0/due',
      '/proposals/0/followUps/0/until',
    ]);
  });

  test('no meeting is planned for a day that has passed: it could never be opened (R-026, R-028)', async () => {
    const planned = async (date: string) =>
      told(await server.as('clerk').post('/v1/meetings', { municipality: 'huddinge', body: 'ks', date }));
    expect(await planned('2026-11-20')).toEqual([201]);
    expect(await planned('2026-11-19')).toEqual([409, '/date']);
  });

  test('what is adopted together ends no sooner than it begins (R-114)', async () => {
    const joint = async (validUntil: string) => {
      const members = ['botkyrka', 'huddinge'].map((municipality) => ({ municipality }));
      const words = { title: 'Program', text: 'Antas.', members, validFrom: '2027-01-01', validUntil };
      return told(await server.as('registrar').post('/v1/joint-matters', words));
    };
    expect(await joint('2027-01-01')).toEqual([201]);
    expect(await joint('2026-12-31')).toEqual([422, '/validUntil']);
  });
});
