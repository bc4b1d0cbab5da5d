/** The seeds' matters, moved to a new version in the midst of their lives, go on to the ends that their stories tell. */
import { join } from 'node:path';
import { pino } from 'pino';
import { describe, expect, test } from 'vitest';
import { openDatabase } from '../../db/open.ts';
import { decisionPoint } from '../../machines/actors/decision-point.ts';
import { defineChart, type Json, type JsonObject } from '../../machines/chart.ts';
import { municipalities } from '../../machines/registry.ts';
import { boardMatter, councilMatter } from '../../machines/routes/bodies.ts';
import { createApp } from '../../src/app.ts';
import { passTime } from '../../src/background/tick.ts';
import { standingClock } from '../../src/demo/clock.ts';
import { openDemo } from '../../src/demo.ts';
import { play } from '../../src/play/play.ts';
import { readStory, type Step } from '../../src/play/story.ts';
import type { World } from '../../src/play/world.ts';
import { examineAll } from '../../src/views/examination.ts';

/** What is proved of a route takes seconds, and these are not about that. */
async function unproved(municipality: string, now: number) {
  const db = await openDatabase(':memory:');
  const clock = standingClock(now);
  const log = pino({ level: 'silent' });
  const services = await openDemo({ db, log, clock, prove: async () => [] });
  const app = createApp(services);
  const world: World = {
    services,
    municipality,
    request: async (path, init) => app.request(path, init),
    moveTo: (instant) => passTime(services.engine, db, clock, instant),
  };
  return { world, db };
}

const step = (request: string, body: Json | null, more: Partial<Step> = {}): Step => ({
  as: 'administrator',
  request,
  ...(body !== null && { body: body as never }),
  headers: {},
  save: {},
  ...more,
});

const moved = (batches: number, counts: JsonObject): Partial<Step> => ({
  headers: { 'if-match': `"${batches}"` },
  expect: {
    status: 200,
    body: Object.fromEntries(Object.entries(counts).map(([k, v]) => [`/${k}`, v as never])),
  },
});

/** Plays a seed's story with more steps put in before one of them, and examines all that is left. */
async function played(name: string, at: number, steps: readonly Step[], release = (_: World) => {}) {
  const story = await readStory(join(import.meta.dirname, `../scenarios/${name}.json`));
  const { world, db } = await unproved(story.municipality, Date.parse(story.steps[0]?.at ?? ''));
  const told = { ...story, steps: [...story.steps.slice(0, at), ...steps, ...story.steps.slice(at)] };
  const { steps: done } = await play(world, told, {
    played: ({ request }) => request === 'POST /v1/routes' && release(world),
  });
  const failures = done.flatMap((it) =>
    it.failures.map((failure) => `${it.number} ${it.request}: ${failure}`),
  );
  const { findings, lawful } = await examineAll(world.services.source);
  const versions = await db.reader
    .selectFrom('actor')
    .select(['chart', 'chart_version as version'])
    .distinct()
    .orderBy('chart')
    .execute();
  await db.close();
  return { failures, findings, lawful, versions };
}
const sound = { failures: [], findings: [], lawful: true };

const reason = 'Återremiss får ske även till arbetsutskottet.';
const approver = 'Karin Kanslichef';

describe('a matter with a decision that holds only if the council adopts two others (seed 001)', {
  timeout: 300_000,
}, () => {
  const [administration, au, ks, kf] = councilMatter.stages;
  const second = {
    ...councilMatter,
    version: 2,
    stages: [administration, au, ks, { ...kf, referTo: ['ks', 'au', 'administration'] }],
  };
  const plan = {
    id: 'to-two',
    municipalities: ['huddinge'],
    charts: [
      { chart: 'huddinge/council-matter', from: 1, to: 2, deadlines: { lapse: 'keep' } },
      {
        chart: 'decision-point',
        from: decisionPoint.version,
        to: decisionPoint.version + 1,
        deadlines: Object.fromEntries(Object.keys(decisionPoint.deadlines).map((it) => [it, 'keep'])),
      },
    ],
    reason,
    approver,
  };
  const steps = [
    step('POST /v1/routes', { municipality: 'huddinge', route: second } as never, {
      at: '2022-06-09T09:00:00+02:00',
      expect: { status: 201, body: {} },
    }),
    step('POST /v1/moves', plan, { expect: { status: 201, body: { '/id': 'to-two' } } }),
    step('GET /v1/moves/to-two', null, {
      expect: {
        status: 200,
        body: {
          '/remaining': 1,
          '/matters/0/outcome': 'identical',
          '/matters/0/parts/0/states/0/path': 'kf.onAgenda',
          '/matters/0/parts/3/from/1/path': 'condition.pending',
          '/matters/0/parts/3/deadlines/0/lastDay': '2022-06-29',
        },
      },
    }),
    step('POST /v1/moves/to-two/run', null, moved(0, { moved: 1, stayed: 0, blocked: 0, last: null })),
    step('GET /v1/moves/to-two', null, { expect: { status: 200, body: { '/moved': 1, '/remaining': 0 } } }),
  ];

  test('moves with its points as a whole while the board’s decision is appealed, and the condition is met all the same', async () => {
    // Released when the plan is published, and not before: points are started on the newest version.
    const register = ({ services: { source } }: World) =>
      source.registry.add(defineChart({ ...decisionPoint, version: decisionPoint.version + 1 }));
    const { versions, ...rest } = await played('seed-001-adopted', 36, steps, register);
    expect(rest).toEqual(sound);
    expect(versions).toContainEqual({ chart: 'huddinge/council-matter', version: 2 });
    expect(versions.filter((it) => it.chart === 'decision-point')).toEqual([
      { chart: 'decision-point', version: decisionPoint.version + 1 },
    ]);
  });

  test('moves without them where only its route has a new version', async () => {
    const alone = { ...plan, charts: plan.charts.slice(0, 1) };
    const own = steps.map((it) => (it.request === 'POST /v1/moves' ? { ...it, body: alone as never } : it));
    const { versions, ...rest } = await played(
      'seed-001-adopted',
      36,
      own.filter((it) => !it.request.startsWith('GET')),
    );
    expect(rest).toEqual(sound);
    expect(versions.filter((it) => it.chart === 'decision-point')).toEqual([
      { chart: 'decision-point', version: decisionPoint.version },
    ]);
  });
});

describe('a matter that a committee decides alone, which ends an earlier decision (seed 004)', {
  timeout: 300_000,
}, () => {
  test('moves while its contract runs out', async () => {
    const { routes } = await import('../../machines/routes/bodies.ts').then((it) => ({
      routes: it.committeeMatter('sn'),
    }));
    const plan = {
      id: 'sn-to-two',
      municipalities: ['huddinge'],
      charts: [{ chart: 'huddinge/sn-matter', from: 1, to: 2, deadlines: { lapse: 'keep' } }],
      reason,
      approver,
    };
    const result = await played('seed-004', 26, [
      step('POST /v1/routes', { municipality: 'huddinge', route: { ...routes, version: 2 } } as never, {
        expect: { status: 201, body: {} },
      }),
      step('POST /v1/moves', plan, { expect: { status: 201, body: {} } }),
      step('POST /v1/moves/sn-to-two/run', null, moved(0, { moved: 1 })),
    ]);
    expect(result).toMatchObject(sound);
  });
});

describe('a joint matter of eight municipalities (seed 003)', { timeout: 300_000 }, () => {
  const all = municipalities.map((it) => it.id);
  const route = (id: string) => {
    const { bodies } = municipalities.find((it) => it.id === id) ?? { bodies: [] };
    return { ...boardMatter(bodies.some((it) => it.id === 'au')), version: 2 };
  };
  const publish = all.map((municipality) =>
    step('POST /v1/routes', { municipality, route: route(municipality) } as never, {
      expect: { status: 201, body: {} },
    }),
  );
  const planOf = (id: string, these: readonly string[], more: JsonObject = {}) => ({
    id,
    municipalities: these,
    charts: these.map((it) => ({
      chart: `${it}/board-matter`,
      from: 1,
      to: 2,
      deadlines: { lapse: 'keep' },
    })),
    reason,
    approver,
    ...more,
  });

  test('is not split: one municipality’s part stays while the others do; all move together, and each decides by itself', async () => {
    const { versions, ...rest } = await played('seed-003', 63, [
      ...publish,
      step('POST /v1/moves', planOf('one', ['tyreso']), { expect: { status: 201, body: {} } }),
      step('GET /v1/moves/one', null, {
        expect: { status: 200, body: { '/matters/0/outcome': 'blocked', '/matters/0/blocked/why': 'peers' } },
      }),
      step('POST /v1/moves/one/run', null, moved(0, { moved: 0, blocked: 1 })),
      step('POST /v1/moves', planOf('all', all), { expect: { status: 201, body: {} } }),
      step('POST /v1/moves/all/run', null, moved(0, { moved: 8, stayed: 0, blocked: 0 })),
    ]);
    expect(rest).toEqual(sound);
    expect(versions.filter((it) => it.chart.endsWith('/board-matter')).map((it) => it.version)).toEqual(
      all.map(() => 2),
    );
  });

  test('is not split by a plan that has the versions of all, but is for one of the matters only', async () => {
    const tyreso = { save: { t: '/items/0/id' }, expect: { status: 200, body: {} } };
    const { versions, ...rest } = await played('seed-003', 63, [
      ...publish,
      step('GET /v1/matters?municipality=tyreso', null, tyreso),
      step('POST /v1/moves', planOf('some', all, { matters: ['{t}'] }), {
        expect: { status: 201, body: {} },
      }),
      step('POST /v1/moves/some/run', null, moved(0, { moved: 0, blocked: 1 })),
      step('POST /v1/moves', planOf('alone', all, { matters: ['{t}'], peers: 'alone' }), {
        expect: { status: 201, body: {} },
      }),
      step('POST /v1/moves/alone/run', null, moved(0, { moved: 1, blocked: 0 })),
    ]);
    expect(rest).toEqual(sound);
    expect(versions.filter((it) => it.version === 2 && it.chart.includes('/'))).toEqual([
      { chart: 'tyreso/board-matter', version: 2 },
    ]);
  });

  test('is not split by a plan that names all of them, one of which is blocked by itself', async () => {
    const plan = planOf('untitled', all);
    // A matter without a title is not moved.
    const charts = plan.charts.map((it) =>
      it.chart.startsWith('tyreso/') ? { ...it, context: { title: '' } } : it,
    );
    const { versions, ...found } = await played('seed-003', 63, [
      ...publish,
      step('POST /v1/moves', { ...plan, charts }, { expect: { status: 201, body: {} } }),
      step('POST /v1/moves/untitled/run', null, moved(0, { moved: 0, blocked: 8 })),
    ]);
    expect(found).toEqual(sound);
    expect(versions.filter((it) => it.version === 2 && it.chart.includes('/'))).toEqual([]);
  });

  test('is not split by somebody who does not see one part, which is marked as confidential (R-120)', async () => {
    const mark = {
      type: 'secrecy.mark',
      payload: { provision: 'OSL 31:16', authority: 'Kommunstyrelsen' },
    };
    const blocked = { '/matters/0/outcome': 'blocked', '/matters/0/moves': false };
    const { versions, ...rest } = await played('seed-003', 63, [
      ...publish,
      step('POST /v1/matters/{j}.tyreso/events', mark, {
        as: 'registrar',
        expect: { status: 200, body: {} },
      }),
      step('POST /v1/moves', planOf('all', all), { expect: { status: 201, body: {} } }),
      step('GET /v1/moves/all', null, { expect: { status: 200, body: blocked } }),
      step('POST /v1/moves/all/run', null, moved(0, { moved: 0, blocked: 8 })),
    ]);
    expect(rest).toMatchObject({ findings: [], lawful: true });
    expect(versions.filter((it) => it.version === 2 && it.chart.includes('/'))).toEqual([]);
  });

  test('is split where the plan says that this has been considered', async () => {
    const { versions, ...rest } = await played('seed-003', 63, [
      ...publish,
      step('POST /v1/moves', planOf('one', ['tyreso'], { peers: 'alone' }), {
        expect: { status: 201, body: {} },
      }),
      step('POST /v1/moves/one/run', null, moved(0, { moved: 1, blocked: 0 })),
    ]);
    expect(rest).toEqual(sound);
    expect(versions.filter((it) => it.version === 2 && it.chart.includes('/'))).toEqual([
      { chart: 'tyreso/board-matter', version: 2 },
    ]);
  });
});
