/** Routes as data: published by an administrator, kept as they were, and pinned to the matters that run on them. */
import { readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { pino } from 'pino';
import { describe, expect, test } from 'vitest';
import { openDatabase } from '../../db/open.ts';
import type { Json, JsonObject } from '../../machines/chart.ts';
import { createApp } from '../../src/app.ts';
import { openDemo } from '../../src/demo.ts';
import { play } from '../../src/play/play.ts';
import { readStory } from '../../src/play/story.ts';
import { openWorld } from '../../src/play/world.ts';
import { auditAll } from '../../src/views/audit.ts';
import { createTestServer } from '../fixtures/server.ts';

const scenarios = join(import.meta.dirname, '../scenarios');
const written = (name: string) =>
  JSON.parse(readFileSync(join(scenarios, 'routes', `${name}.json`), 'utf8')) as JsonObject & {
    readonly jurisdiction: JsonObject & { readonly bodies: readonly JsonObject[] };
    readonly route: JsonObject & { readonly stages: readonly JsonObject[] };
  };
const norway = written('norway');
const england = written('england');

/** Most of these are not about what is proved, which takes seconds. */
const prove = async () => [];

/** Publishes on a server of its own, one document after the other. */
async function answers(...documents: readonly Json[]) {
  const server = await createTestServer({ prove });
  const given = [];
  for (const document of documents) {
    const answer = await server.as('administrator').post('/v1/routes', document);
    given.push({ status: answer.status, body: await answer.json() });
  }
  await server.close();
  return given;
}

const pointers = ({ body }: { body: JsonObject }) =>
  ((body.fields ?? []) as readonly JsonObject[]).map((it) => it.pointer);

const withStages = (document: typeof england, ...stages: readonly JsonObject[]) => ({
  ...document,
  route: { ...document.route, stages },
});
const [officers, cabinet, callIn] = england.route.stages as [JsonObject, JsonObject, JsonObject];
const withWindow = (change: JsonObject) => ({
  ...england,
  jurisdiction: {
    ...england.jurisdiction,
    reviewWindows: [{ ...(england.jurisdiction.reviewWindows as JsonObject[])[0], ...change }],
  },
});

describe('publishing a route', () => {
  test('is for administrators only', async () => {
    const server = await createTestServer({ prove });
    for (const role of ['clerk', 'registrar', 'chair', 'auditor', 'integration'] as const)
      expect((await server.as(role).post('/v1/routes', norway)).status).toBe(403);
    expect((await server.as('administrator').post('/v1/routes', norway)).status).toBe(201);
    await server.close();
  });

  const long = 'x'.repeat(61);
  test.each<[why: string, document: Json, pointer: string]>([
    ['a field that no route has', { ...norway, route: { ...norway.route, colour: 'red' } }, '/route/colour'],
    ['neither a municipality nor its data', { route: norway.route }, ''],
    ['a municipality that nobody knows', { municipality: 'atlantis', route: norway.route }, '/municipality'],
    [
      'a body that the municipality lacks',
      { municipality: 'huddinge', route: norway.route },
      '/route/stages/1/body',
    ],
    [
      'the data of one that is built in',
      { ...norway, jurisdiction: { ...norway.jurisdiction, id: 'huddinge' } },
      '/jurisdiction/id',
    ],
    [
      'a country of which no holidays are known',
      {
        ...norway,
        jurisdiction: { ...norway.jurisdiction, calendar: { country: 'XX', zone: 'Europe/Oslo' } },
      },
      '/jurisdiction/calendar',
    ],
    [
      'a zone that does not exist',
      { ...norway, jurisdiction: { ...norway.jurisdiction, calendar: { country: 'NO', zone: 'Oslo' } } },
      '/jurisdiction/calendar',
    ],
    [
      'rules of Swedish bodies that the act does not let them have (R-029)',
      {
        ...england,
        jurisdiction: { ...england.jurisdiction, calendar: { country: 'SE', zone: 'Europe/Stockholm' } },
      },
      '/jurisdiction/bodies/0/quorum',
    ],
    [
      'a version that is not the next',
      { ...norway, route: { ...norway.route, version: 2 } },
      '/route/version',
    ],
    ['two stages of one name', withStages(england, officers, cabinet, cabinet), '/route/stages/2/id'],
    [
      'a stage by the name of the end',
      withStages(england, officers, { ...cabinet, id: 'after' }),
      '/route/stages/1/id',
    ],
    ['no body that decides', withStages(england, officers, { ...cabinet, role: 'prepare' }), '/route/stages'],
    ['no preparation', withStages(england, { ...cabinet, referTo: [] }, callIn), '/route/stages/0'],
    [
      'a referral to a later stage',
      withStages(england, officers, { ...cabinet, referTo: ['call-in'] }, callIn),
      '/route/stages/1/referTo/0',
    ],
    [
      'a window that does not follow its decision',
      withStages(england, officers, callIn, cabinet),
      '/route/stages/1',
    ],
    [
      'a window that nobody has',
      withStages(england, officers, cabinet, { ...callIn, window: 'x' }),
      '/route/stages/2/window',
    ],
    [
      'a window that suspends nothing, as a stage',
      withWindow({ suspensive: false }),
      '/route/stages/2/window',
    ],
    ['a window that leads to a court, as a stage', withWindow({ target: 'court' }), '/route/stages/2/window'],
    ['a name longer than others', { ...norway, route: { ...norway.route, name: long } }, '/route/name'],
    [
      'a label longer than a line',
      { ...norway, route: { ...norway.route, label: { sv: 'x'.repeat(301), en: 'x' } } },
      '/route/label/sv',
    ],
    [
      'a municipality by too long a name',
      { ...norway, jurisdiction: { ...norway.jurisdiction, id: long } },
      '/jurisdiction/id',
    ],
    [
      'a body by a name of which no actor could have its own',
      JSON.parse(JSON.stringify(england).replaceAll('"cabinet"', `"${long}"`)) as Json,
      '/jurisdiction/bodies/1/id',
    ],
    ['a share above the whole', withWindow({ threshold: 0 }), '/jurisdiction/reviewWindows/0/threshold'],
  ])('with %s is refused, naming the field', async (_, document, pointer) => {
    const [answer] = await answers(document);
    expect(answer?.status).toBe(422);
    expect(pointers(answer as never)).toContain(pointer);
  });

  test('is refused with a path that violates the law, and nothing is published; a lawful one is proved', async () => {
    const server = await createTestServer();
    const [administration] = norway.route.stages as [JsonObject];
    const meeting = (body: string, role: string) => ({ id: body, type: 'meeting', body, role, referTo: [] });
    const document = (...stages: readonly JsonObject[]) => ({
      municipality: 'huddinge',
      route: { ...norway.route, stages: [administration, ...stages] },
    });
    const publish = async (it: Json) => {
      const answer = await server.as('administrator').post('/v1/routes', it);
      return { status: answer.status, body: await answer.json() };
    };
    const pastTheBoard = await publish(document(meeting('sn', 'propose'), meeting('kf', 'decide')));
    expect(pastTheBoard.status).toBe(422);
    const [objection] = pastTheBoard.body.fields as { pointer: string; detail: string }[];
    expect(objection?.pointer).toBe('/route');
    expect(objection?.detail).toMatch(/^R-012 .* överträds: .*\n +1\. m ← matter\.assign/);
    expect((await server.as('auditor').get('/v1/routes/huddinge/council-case')).status).toBe(404);
    expect((await publish(document(meeting('ks', 'decide')))).status).toBe(201);
    await server.close();
  }, 60_000);

  test('again with the same content changes nothing; with another it is refused', async () => {
    const other = { ...norway, route: { ...norway.route, remark: 'Noe annet' } };
    const given = await answers(norway, norway, other, { ...other, route: { ...other.route, version: 2 } });
    expect(given.map((it) => it.status)).toEqual([201, 200, 409, 201]);
    expect(given[2]?.body.code).toBe('exists');
    expect(given[1]?.body.hash).toBe(given[0]?.body.hash);
    expect(given[3]?.body.hash).not.toBe(given[0]?.body.hash);
  });

  test('at the same time leaves one of two that are different', async () => {
    const server = await createTestServer({ prove });
    const other = { ...norway, route: { ...norway.route, remark: 'Noe annet' } };
    const both = await Promise.all(
      [norway, other].map((it) => server.as('administrator').post('/v1/routes', it)),
    );
    expect(both.map((it) => it.status).sort()).toEqual([201, 409]);
    await server.close();
  });

  test('shows every version with the data it was composed from; built-in routes are the same kind of data', async () => {
    const server = await createTestServer({ prove });
    const next = { municipality: 'nordvik', route: { ...norway.route, version: 2 } };
    for (const it of [norway, next]) await server.as('administrator').post('/v1/routes', it);
    const read = async (path: string) => (await server.as('auditor').get(path)).json();
    const { versions } = (await read('/v1/routes/nordvik/council-case')) as { versions: JsonObject[] };
    expect(versions.map((it) => (it.route as JsonObject).version)).toEqual([1, 2]);
    expect((versions[1] as { jurisdiction: JsonObject }).jurisdiction.name).toBe('Nordvik kommune');
    const builtIn = (await read('/v1/routes/huddinge/council-matter')) as { versions: JsonObject[] };
    expect(builtIn.versions).toMatchObject([{ publishedAt: null, route: { stages: [{}, {}, {}, {}] } }]);
    const { items } = (await read('/v1/routes')) as { items: JsonObject[] };
    expect(items.filter((it) => it.municipality === 'nordvik').map((it) => it.version)).toEqual([1, 2]);
    expect((await server.as('auditor').get('/v1/routes/nordvik/none')).status).toBe(404);
    expect((await read('/v1/municipalities')) as object).toMatchObject({
      items: expect.arrayContaining([expect.objectContaining({ id: 'nordvik' })]),
    });
    await server.close();
  });
});

/** A server on a file; closed, another can be opened on what is stored. */
async function serverOn(filename: string) {
  const db = await openDatabase(filename);
  try {
    const services = await openDemo({ db, log: pino({ level: 'silent' }), prove });
    const app = createApp(services);
    let keys = 0;
    const as = async (role: string, path: string, body?: Json, etag?: string) => {
      const answer = await app.request(path, {
        method: body === undefined ? 'GET' : 'POST',
        headers: {
          authorization: `Bearer demo-${role}`,
          'content-type': 'application/json',
          'idempotency-key': `${role}-${Date.now()}-${++keys}`,
          ...(etag && { 'if-match': etag }),
        },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      });
      return { status: answer.status, body: (await answer.json()) as JsonObject };
    };
    return { as, db, close: () => db.close() };
  } catch (error) {
    await db.close();
    throw error;
  }
}

const fresh = () => join(tmpdir(), `routes-${process.pid}-${Math.random().toString(36).slice(2)}.db`);

const start = {
  municipality: 'westbourne',
  route: 'key-decision',
  title: 'Contract',
  proposals: [{ text: 'Awarded.', body: 'cabinet' }],
};

describe('a matter under way', () => {
  test('stays on the version that it began with, also when the server has been restarted; a new one takes the next', async () => {
    const file = fresh();
    const before = await serverOn(file);
    expect((await before.as('administrator', '/v1/routes', england)).status).toBe(201);
    const old = await before.as('registrar', '/v1/matters', start);
    const without = withStages(england, officers, cabinet);
    const exempt = [{ window: 'call-in', why: 'Urgent under the procedure rules.' }];
    const next = { ...without, route: { ...without.route, version: 2, exempt } };
    expect((await before.as('administrator', '/v1/routes', next)).status).toBe(201);
    const early = await before.as('registrar', '/v1/matters', start);
    await before.close();

    const after = await serverOn(file);
    const late = await after.as('registrar', '/v1/matters', start);
    expect([old, early, late].map((it) => (it.body.chart as JsonObject).version)).toEqual([1, 2, 2]);
    const assigned = await after.as(
      'clerk',
      `/v1/matters/${old.body.id}/events`,
      { type: 'matter.assign', payload: { caseOfficer: 'Eva' } },
      '"1"',
    );
    expect(assigned.status).toBe(200);
    const again = await after.as('clerk', `/v1/matters/${old.body.id}`);
    expect(again.body.chart).toMatchObject({ name: 'westbourne/key-decision', version: 1 });
    expect(again.body.context).toMatchObject({ windowLength: { workingDays: 5 } });
    expect((await after.as('clerk', `/v1/matters/${late.body.id}`)).body.context).not.toHaveProperty(
      'windowLength',
    );
    await after.close();
  });

  test('is not started on a route that no longer composes to what was published: the server says so and does not start', async () => {
    const file = fresh();
    const { as, db, close } = await serverOn(file);
    await as('administrator', '/v1/routes', england);
    await sql`insert into route select 2, municipality, name, 2, hash, replace(data, '"version":1', '"version":2'),
      published_at, published_by, record, record from route`.execute(db.writer);
    await close();
    await expect(serverOn(file)).rejects.toThrow('westbourne/key-decision@2 no longer composes');
  });

  test('what is published cannot be changed or removed in the database', async () => {
    const { as, db, close } = await serverOn(fresh());
    await as('administrator', '/v1/routes', england);
    await expect(sql`update route set data = '{}'`.execute(db.writer)).rejects.toThrow('is not changed');
    await expect(sql`delete from route`.execute(db.writer)).rejects.toThrow('is kept');
    await close();
  });
});

describe('the record of a publication', () => {
  const tampered = async (change: string) => {
    const file = fresh();
    const { as, db, close } = await serverOn(file);
    for (const it of [england, norway]) await as('administrator', '/v1/routes', it);
    await sql.raw('drop trigger route_unchanged').execute(db.writer);
    await sql.raw('drop trigger route_kept').execute(db.writer);
    await sql.raw(change).execute(db.writer);
    await close();
    return serverOn(file);
  };

  test.each([
    ['by whom', "update route set published_by = 'Nobody' where number = 1", 'publication 1, of westbourne'],
    [
      'when',
      "update route set published_at = '2020-01-01T00:00:00Z' where number = 2",
      'publication 2, of nordvik',
    ],
    ['that it was', 'delete from route where number = 1', 'publication 2, of nordvik'],
    ['that it was the last', 'delete from route where number = 2', '1 of 2 publications have been removed'],
  ])(
    'covers those before it: changed (%s), the server says so and does not start',
    async (_, change, says) => {
      await expect(tampered(change)).rejects.toThrow(says);
    },
  );

  test('left as it is, is told with each version', async () => {
    const server = await tampered('select 1');
    const { body } = await server.as('auditor', '/v1/routes/westbourne/key-decision');
    expect(body.versions).toMatchObject([{ record: expect.stringMatching(/^[0-9a-f]{64}$/) }]);
    await server.close();
  });
});

describe('a foreign matter', { timeout: 300_000 }, () => {
  test.each(['norway', 'finland', 'germany', 'england'])(
    'of %s leaves a log with which the audit finds nothing wrong',
    async (country) => {
      const db = await openDatabase(':memory:');
      const story = await readStory(join(scenarios, `foreign-${country}.json`));
      const { municipality } = story;
      const now = Date.parse(story.steps[0]?.at ?? '');
      const world = await openWorld(db, { municipality, now, log: pino({ level: 'silent' }) });
      expect((await play(world, story)).passed).toBe(true);
      expect((await auditAll(world.services.source)).findings).toEqual([]);
      await db.close();
    },
  );
});
