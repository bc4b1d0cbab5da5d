import { join } from 'node:path';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Database, openDatabase } from '../../db/open.ts';
import { builtIn } from '../../machines/registry.ts';
import { type Role, roles } from '../../machines/roles.ts';
import { pages } from '../../src/clerk/pages.tsx';
import { standingClock } from '../../src/demo/clock.ts';
import { loadDemo } from '../../src/demo/load.ts';
import { openDemo } from '../../src/demo.ts';
import { play } from '../../src/play/play.ts';
import { readStory } from '../../src/play/story.ts';
import { openWorld } from '../../src/play/world.ts';
import type { Services } from '../../src/services.ts';
import type { StoredActor } from '../../src/store/actors.ts';
import { listActors } from '../../src/store/lists.ts';

const NOW = Date.parse('2026-11-20T10:00:00Z');
const log = pino({ level: 'silent' });

/** Stories in which every kind of actor has its part. */
const TOLD = [
  'seed-000',
  'seed-001-adopted',
  'route-f-deemed-answered',
  'route-s-contract',
  'route-u-sent',
  'appeal-parties',
  'route-r-federation-exit',
];

interface Place {
  readonly db: Database;
  readonly actors: readonly StoredActor[];
  page(path: string, as?: Role): Promise<Response>;
}

async function placeOf(db: Database, services: Services): Promise<Place> {
  const app = pages(services);
  return {
    db,
    actors: await listActors(db.reader, { scope: 'everything', limit: 10_000 }),
    page: async (path, as = 'clerk') => app.request(path, { headers: { cookie: `identity=demo-${as}` } }),
  };
}

/** The demonstration's matters, some way along. */
async function demonstration(): Promise<Place> {
  const db = await openDatabase(':memory:');
  await loadDemo(db, log, NOW);
  return placeOf(db, await openDemo({ db, log, clock: standingClock(NOW) }));
}

/** A seed document's matter, to its end. */
async function story(name: string): Promise<Place> {
  const db = await openDatabase(':memory:');
  const told = await readStory(join(import.meta.dirname, '../scenarios', `${name}.json`));
  const world = await openWorld(db, {
    municipality: 'huddinge',
    now: Date.parse(told.steps[0]?.at ?? ''),
    log,
  });
  await play(world, told);
  return placeOf(db, world.services);
}

describe('the matters of the demonstration and of stories', () => {
  let places: Place[];
  const actors = () => places.flatMap((place) => place.actors.map((actor) => ({ ...place, actor })));
  beforeAll(async () => {
    places = [await demonstration()];
    for (const name of TOLD) places.push(await story(name));
  }, 300_000);
  afterAll(() => Promise.all(places.map(({ db }) => db.close())));

  test('have actors of every kind, so that what follows is about all of them', () => {
    const kindOf = (chart: string) => (chart.includes('/') ? 'matter' : chart);
    const kinds = new Set(actors().map(({ actor }) => kindOf(actor.chart)));
    const all = builtIn()
      .all()
      .map((it) => kindOf(it.name));
    expect(all.filter((it) => !kinds.has(it))).toEqual([]);
  });

  test('have a page for every actor, for a secretary and for an auditor', { timeout: 300_000 }, async () => {
    for (const { actor, page } of actors()) {
      for (const as of ['clerk', 'auditor'] as const) {
        const first = await page(`/actors/${actor.id}`, as);
        const found = first.status === 303 ? await page(first.headers.get('location') ?? '', as) : first;
        expect(found.status, `${actor.chart} ${actor.id}`).toBe(200);
        expect(await found.text(), actor.id).toContain('Vägen hit');
      }
    }
  });

  test('have a form or a reason for every event of every kind of actor', { timeout: 300_000 }, async () => {
    const oneOfEach = new Map(actors().map((it) => [it.actor.chart, it]));
    for (const chart of builtIn().all()) {
      const one = oneOfEach.get(chart.name);
      const declared = Object.entries(chart.events).filter(([, it]) => it.kind !== 'message');
      for (const [type] of one ? declared : []) {
        const found = await one?.page(`/actors/${one.actor.id}/events/${type}`);
        expect(found?.status, `${chart.name} ${type}`).toBe(200);
        expect(await found?.text(), `${chart.name} ${type}`).toMatch(/class="stack event"|class="why"/);
      }
    }
  });

  test('have a desk for every role that a person can have', async () => {
    const people = Object.keys(roles).filter((it) => it !== 'integration') as Role[];
    for (const { page } of places)
      for (const role of people) expect((await page('/', role)).status, role).toBe(200);
  });
});
