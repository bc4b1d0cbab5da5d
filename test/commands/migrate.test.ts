import { join } from 'node:path';
import { pino } from 'pino';
import { describe, expect, test } from 'vitest';
import { openDatabase } from '../../db/open.ts';
import type { JsonObject } from '../../machines/chart.ts';
import { committeeMatter } from '../../machines/routes/bodies.ts';
import { migrate } from '../../src/commands/migrate.ts';
import { examinedIn, isSound } from '../../src/commands/verify.ts';
import { standingClock } from '../../src/demo/clock.ts';
import { openDemo } from '../../src/demo.ts';
import { anna } from '../fixtures/engine.ts';
import { answer, Folder } from './command.ts';

const plan = {
  id: 'sn-second',
  municipalities: ['huddinge'],
  charts: [{ chart: 'huddinge/sn-matter', from: 1, to: 2, deadlines: { lapse: 'keep' } }],
  reason: 'Ny arbetsordning.',
  approver: 'Karin Kanslichef',
};

const secrecy = { provision: 'OSL 26:1', authority: 'Socialnämnden', on: '2026-01-12' };

/** A database with matters on the first version of a route that has a second one; the first of them is marked. */
async function filled(folder: Folder, matters: number, more: JsonObject = {}): Promise<string> {
  const file = join(folder.path, 'a.db');
  const db = await openDatabase(file);
  const clock = standingClock(Date.parse('2026-02-02T09:00:00Z'));
  const services = await openDemo({ db, log: pino({ level: 'silent' }), clock, prove: async () => [] });
  const { engine, catalogue, source } = services;
  for (let i = 1; i <= matters; i++) {
    const proposals = [{ text: 'Beviljas.', body: 'sn' }];
    const input = {
      title: `Bidrag ${i}`,
      number: `SN 2026/${i}`,
      proposals,
      ...(i === 1 && { secrecy }),
      ...more,
    };
    const chart = 'huddinge/sn-matter';
    await engine.submit({ kind: 'start', chart, tenant: 'huddinge', input, sender: anna });
  }
  const route = { ...committeeMatter('sn'), version: 2 };
  const publication = { sender: anna, now: source.now(), prove: async () => [] };
  await catalogue.publish(db, { municipality: 'huddinge', route } as never, publication);
  await db.close();
  return file;
}

describe('arendegang migrate', { timeout: 300_000 }, () => {
  test('says what would become of each matter, and moves none; then moves them; then has nothing left to move', async () => {
    using folder = new Folder();
    const file = await filled(folder, 3);
    const path = folder.file('plan.json', plan);
    const dry = await answer(migrate, path, '--dry-run', '--database', file);
    expect([dry.code, dry.err]).toEqual([0, '']);
    expect(dry.out).toMatch(/^(✓ identical SN 2026\/\d \S+\n){3}3 of 3 would be moved\n$/);
    const told = await answer(migrate, path, '--dry-run', '--json', '--database', file);
    expect(JSON.parse(told.out)).toMatchObject({ plan: { id: plan.id }, matters: [{ moves: true }, {}, {}] });

    const done = await answer(migrate, path, '--json', '--database', file);
    expect([done.code, JSON.parse(done.out)]).toMatchObject([
      0,
      { moved: 3, remaining: 0, batches: [{ moved: 3 }] },
    ]);
    const again = await answer(migrate, path, '--database', file);
    expect([again.code, again.out]).toEqual([0, '2: 0 moved, 0 not\n3 moved by sn-second, 0 not\n']);
    const examined = await examinedIn(file);
    expect([isSound(examined), examined.findings]).toEqual([true, []]);
  });

  test('ends with 1 where something is not moved, and says why', async () => {
    using folder = new Folder();
    const file = await filled(folder, 1);
    const path = folder.file('plan.json', { ...plan, matters: ['none'] });
    const dry = await answer(migrate, path, '--dry-run', '--database', file);
    expect(dry.code).toBe(1);
    expect(dry.out).toContain('Nothing of it that you see runs on a version from which the plan moves.');
  });

  test('lets what fell due while no server ran happen first: a matter that has lapsed is not moved', async () => {
    using folder = new Folder();
    const file = await filled(folder, 2, { lapsesOn: '2026-02-09' });
    const charts = plan.charts.map((it) => ({ ...it, deadlines: { lapse: 'recompute' } }));
    const done = await answer(migrate, folder.file('plan.json', { ...plan, charts }), '--database', file);
    expect([done.code, done.out]).toEqual([0, '1: 0 moved, 0 not\n0 moved by sn-second, 0 not\n']);
  });

  test('ends with 2 while a server runs on the database, and looks beside it', async () => {
    using folder = new Folder();
    const file = await filled(folder, 1);
    const path = folder.file('plan.json', plan);
    const server = await openDatabase(file);
    const [told, dry] = [
      await answer(migrate, path, '--database', file),
      await answer(migrate, path, '--dry-run', '--database', file),
    ];
    await server.close();
    expect([told.code, told.err]).toEqual([2, expect.stringContaining('another server is already running')]);
    expect(dry.code).not.toBe(2);
  });

  test('ends with 2 for a plan that cannot be followed, naming the field; and for no plan, no file, no database', async () => {
    using folder = new Folder();
    const file = await filled(folder, 0);
    const wrong = folder.file('wrong.json', { ...plan, charts: [{ ...plan.charts[0], to: 7 }] });
    const told = await answer(migrate, wrong, '--database', file);
    expect([told.code, told.err]).toEqual([
      2,
      `${wrong}: The plan cannot be followed.\n  /charts/0/to there is no huddinge/sn-matter version 7\n`,
    ]);
    const path = folder.file('plan.json', plan);
    for (const args of [
      [],
      [join(folder.path, 'none.json'), '--database', file],
      [path, '--database', join(folder.path, 'none.db')],
    ])
      expect((await answer(migrate, ...args)).code).toBe(2);
  });
});
