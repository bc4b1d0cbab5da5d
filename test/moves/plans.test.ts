/** Plans over the API: published, previewed matter by matter, and carried out in batches. */
import { afterEach, describe, expect, test } from 'vitest';
import type { Json, JsonObject } from '../../machines/chart.ts';
import { Moves } from '../../src/engine/moves/moves.ts';
import { findActor } from '../../src/store/actors.ts';
import { first, plan, withBoard } from '../fixtures/board-first.ts';
import { createTestServer, type TestServer } from '../fixtures/server.ts';

const prove = async () => [];
let server: TestServer;
afterEach(() => server.close());

const post = async (
  path: string,
  body: Json,
  headers = {},
  role: 'administrator' | 'clerk' = 'administrator',
) => {
  const answer = await server.as(role).post(path, body, headers);
  return { status: answer.status, headers: answer.headers, body: await answer.json() };
};
const read = async (path: string) => (await server.as('administrator').get(path)).json();

/** A server with matters of the committee, some of which have been handed over, and a second version of its route. */
async function opened(registered: number, handedOver = 0, route: object = withBoard): Promise<string[]> {
  server = await createTestServer({ prove, now: '2026-11-20T09:00:00Z' });
  const ids: string[] = [];
  for (let i = 0; i < registered + handedOver; i++) {
    const proposals = [{ text: 'Bidraget beviljas.', body: 'sn' }];
    const words = { municipality: 'huddinge', route: 'sn-matter', title: `Bidrag ${i + 1}`, proposals };
    const made = await (await server.as('registrar').post('/v1/matters', words)).json();
    ids.push(String(made.id));
  }
  for (const id of ids.slice(registered)) {
    const send = async (type: string, payload: JsonObject) =>
      expect(
        (
          await server
            .as(type === 'matter.assign' ? 'registrar' : 'caseOfficer')
            .send(`/v1/matters/${id}`, type, payload)
        ).status,
      ).toBe(200);
    await send('matter.assign', { caseOfficer: 'Eva' });
    await send('report.complete', { dated: '2026-11-20' });
    await send('report.sign', { signedBy: 'Eva', title: 'utredare' });
    await send('matter.handOver', {});
  }
  const published = await post('/v1/routes', { municipality: 'huddinge', route } as never);
  expect(published.status).toBe(201);
  return ids;
}

const run = (batches: number, headers = {}) =>
  post(`/v1/moves/${plan.id}/run`, {}, { 'If-Match': `"${batches}"`, ...headers });

const versions = async (ids: readonly string[]) =>
  Promise.all(ids.map(async (id) => ((await read(`/v1/matters/${id}`)).chart as JsonObject).version));

describe('a plan', () => {
  test('moves nothing when it is published, and is published once: the same again changes nothing, another is refused', async () => {
    const [id = ''] = await opened(1);
    expect((await post('/v1/moves', plan)).status).toBe(201);
    expect((await post('/v1/moves', plan)).status).toBe(200);
    const other = await post('/v1/moves', { ...plan, reason: 'Något annat.' });
    expect([other.status, other.body.code]).toEqual([409, 'exists']);
    expect(await versions([id])).toEqual([1]);
    expect(await read('/v1/moves')).toMatchObject({ items: [{ id: plan.id, plan: { peers: 'together' } }] });
  });

  test('is for administrators only', async () => {
    await opened(1);
    expect((await post('/v1/moves', plan, {}, 'clerk')).status).toBe(403);
    await post('/v1/moves', plan);
    const clerk = server.as('clerk');
    expect((await clerk.get(`/v1/moves/${plan.id}`)).status).toBe(403);
    expect(await (await clerk.get('/v1/moves')).json()).toEqual({ items: [] });
    expect((await post(`/v1/moves/${plan.id}/run`, {}, { 'If-Match': '"0"' }, 'clerk')).status).toBe(403);
    expect((await server.as('administrator').get('/v1/moves/none')).status).toBe(404);
  });

  const [only] = plan.charts;
  test.each<[why: string, change: JsonObject, pointer: string]>([
    ['a version that there is not', { charts: [{ ...only, to: 3 }] }, '/charts/0/to'],
    ['an earlier version', { charts: [{ ...only, from: 2, to: 1 }] }, '/charts/0/to'],
    [
      'a state that the old version lacks',
      { charts: [{ ...only, states: { nowhere: 'sn' } }] },
      '/charts/0/states/nowhere',
    ],
    [
      'a state that the new version lacks',
      { charts: [{ ...only, states: { sn: 'x' } }] },
      '/charts/0/states/sn',
    ],
    [
      'a field that nobody remembers',
      { charts: [{ ...only, context: { colour: 1 } }] },
      '/charts/0/context/colour',
    ],
    ['who an actor is', { charts: [{ ...only, context: { self: 'x' } }] }, '/charts/0/context/self'],
    [
      'a deadline that neither has',
      { charts: [{ ...only, deadlines: { x: 'keep' } }] },
      '/charts/0/deadlines/x',
    ],
    [
      'a policy that is none',
      { charts: [{ ...only, deadlines: { lapse: 'revive' } }] },
      '/charts/0/deadlines/lapse',
    ],
    ['the same version twice', { charts: [only as JsonObject, only as JsonObject] }, '/charts/1'],
    ['another municipality’s route', { municipalities: ['botkyrka'] }, '/charts/0/chart'],
    ['a municipality that nobody knows', { municipalities: ['huddinge', 'atlantis'] }, '/municipalities/1'],
    ['nobody who has approved it', { approver: ' ' }, '/approver'],
  ])('with %s is refused, naming the field', async (_, change, pointer) => {
    await opened(0);
    const { status, body } = await post('/v1/moves', { ...plan, ...change });
    expect(status).toBe(422);
    expect((body.fields as JsonObject[]).map((it) => it.pointer)).toContain(pointer);
  });

  test('to a version that no longer takes a message which others may be about to tell is refused', async () => {
    await opened(0, 0, { ...first, version: 2 });
    const { registry } = server.services.source;
    const next = registry.find('huddinge/sn-matter', 2);
    if (!next) throw new Error('there is no second version');
    const { 'item.opened': _, ...events } = next.events;
    registry.add({ ...next, version: 3, events });
    const { status, body } = await post('/v1/moves', {
      ...plan,
      charts: [{ ...plan.charts[0], to: 3 }],
    } as never);
    expect([status, (body.fields as JsonObject[])[0]?.pointer]).toEqual([422, '/charts/0/to']);
    expect(JSON.stringify(body.fields)).toContain('item.opened');
  });
});

describe('a preview', () => {
  test('says of each matter whether its whole log gives the same, and where it would have gone another way', async () => {
    const [early = '', late = ''] = await opened(1, 1);
    await post('/v1/moves', plan);
    const { matters, remaining, moved } = (await read(`/v1/moves/${plan.id}`)) as {
      matters: (JsonObject & { parts: JsonObject[] })[];
    } & JsonObject;
    expect({ remaining, moved }).toEqual({ remaining: 2, moved: 0 });
    const of = (id: string) => matters.find((it) => it.id === id);
    expect(of(early)).toMatchObject({ outcome: 'identical', moves: true, blocked: null });
    expect(of(late)).toMatchObject({ outcome: 'diverges', moves: false });
    const { diverges, states } = (of(late)?.parts[0] ?? {}) as { diverges: JsonObject; states: JsonObject[] };
    expect(states[0]?.path).toBe('sn.awaiting');
    expect(diverges).toMatchObject({ version: 5, event: { type: 'matter.handOver' } });
    expect((diverges.says as JsonObject).sv).toBe(
      'Vid post 5 (”Överlämna”, 2026-11-20) gick det till ”Socialnämnden: Väntar på sammanträde”; den nya versionen hade gått till ”Kommunstyrelsen: Väntar på sammanträde”.',
    );
  });

  test('comes in pages', async () => {
    const ids = await opened(3);
    await post('/v1/moves', plan);
    const page = await read(`/v1/moves/${plan.id}?limit=2`);
    const rest = await read(`/v1/moves/${plan.id}?limit=2&after=${page.next}`);
    const listed = [page, rest].flatMap((it) => (it.matters as JsonObject[]).map(({ id }) => id));
    expect(listed).toEqual(ids.toSorted());
    expect(rest.next).toBe(null);
  });

  test('of matters that are named says of each why it is not moved', async () => {
    const [open = '', withdrawn = ''] = await opened(2);
    const ended = await server
      .as('registrar')
      .send(`/v1/matters/${withdrawn}`, 'matter.withdraw', { by: 'Sökanden' });
    expect(ended.status).toBe(200);
    await post('/v1/moves', { ...plan, matters: [open, withdrawn, 'none'] });
    const { matters, remaining } = await read(`/v1/moves/${plan.id}`);
    expect(remaining).toBe(1);
    const why = new Map(
      (matters as JsonObject[]).map((it) => {
        const [part] = it.parts as JsonObject[];
        return [it.id, ((it.blocked ?? part?.blocked ?? null) as JsonObject | null)?.why ?? it.outcome];
      }),
    );
    expect([open, withdrawn, 'none'].map((it) => why.get(it))).toEqual(['identical', 'ended', 'elsewhere']);
  });

  test('says that a deadline runs of which the plan says nothing', async () => {
    server = await createTestServer({ prove });
    const words = {
      municipality: 'huddinge',
      route: 'sn-matter',
      title: 'Anbud',
      proposals: [{ text: 'Anbudet antas.', body: 'sn' }],
      lapsesOn: '2027-03-01',
      lapsesFor: 'Anbudet gäller till dess.',
    };
    expect((await server.as('registrar').post('/v1/matters', words)).status).toBe(201);
    await post('/v1/routes', { municipality: 'huddinge', route: withBoard } as never);
    await post('/v1/moves', {
      ...plan,
      id: 'silent',
      charts: [{ ...plan.charts[0], deadlines: {} }],
    } as never);
    await post('/v1/moves', plan);
    expect(await read('/v1/moves/silent')).toMatchObject({
      matters: [{ outcome: 'blocked', parts: [{ blocked: { why: 'deadline' } }] }],
    });
    expect(await read(`/v1/moves/${plan.id}`)).toMatchObject({
      matters: [
        {
          parts: [
            { deadlines: [{ name: 'lapse', policy: 'keep', before: '2027-03-01', lastDay: '2027-03-01' }] },
          ],
        },
      ],
    });
  });
});

describe('a plan for a matter that is marked as confidential (R-120)', () => {
  const grant = { tenant: 'huddinge', roles: ['administrator'] as const, bodies: 'all' as const };
  const who = (confidential: boolean) => ({
    ...{ id: 'ada', name: 'Ada', origin: 'person' as const },
    grants: [{ ...grant, confidential }],
  });
  const runBy = (confidential: boolean, expected = 0) =>
    server.services.moves.run(plan.id, who(confidential), { scope: 's', key: String(expected), expected });
  const marked = async () => {
    const ids = await opened(2);
    const said = { provision: 'OSL 26:1', authority: 'Socialnämnden' };
    const { status } = await server.as('registrar').send(`/v1/matters/${ids[0]}`, 'secrecy.mark', said);
    expect(status).toBe(200);
    return ids;
  };
  const storedAs = async (id: string) => findActor(server.services.db.reader, id);

  test('moves it where whoever runs it sees it; for others it is as if it did not exist, also in the preview', async () => {
    const [secret = '', other = ''] = await marked();
    await post('/v1/moves', plan);
    const { matters } = (await read(`/v1/moves/${plan.id}`)) as { matters: (JsonObject & { id: string })[] };
    const of = (id: string) => matters.find((it) => it.id === id);
    expect(of(secret)).toMatchObject({ title: null, moves: false, blocked: { why: 'elsewhere' }, parts: [] });
    expect(of(other)).toMatchObject({ title: 'Bidrag 2', moves: true });
    expect(await runBy(false)).toMatchObject({ moved: 1, blocked: 1 });
    expect(await storedAs(secret)).toMatchObject({ chartVersion: 1, confidential: true });
    expect(await runBy(true, 1)).toMatchObject({ moved: 1, blocked: 0 });
    expect(await storedAs(secret)).toMatchObject({ chartVersion: 2, confidential: true });
  });

  test('lifts no mark, whoever runs it', async () => {
    const [secret = '', other = ''] = await marked();
    await post('/v1/moves', {
      ...plan,
      diverging: 'move',
      charts: [{ ...plan.charts[0], context: { secrecy: null } }],
    } as never);
    expect(await runBy(true)).toMatchObject({ moved: 1, blocked: 1 });
    expect(await storedAs(secret)).toMatchObject({ chartVersion: 1, confidential: true });
    expect(await storedAs(other)).toMatchObject({ chartVersion: 2, confidential: false });
  });
});

/** Why the preview says that a matter is not moved by a plan with such a change, and how many are moved. */
async function moved(change: JsonObject) {
  await opened(1);
  const charts = [{ ...plan.charts[0], ...change }];
  await post('/v1/moves', { ...plan, diverging: 'move', charts } as never);
  const { matters } = (await read(`/v1/moves/${plan.id}`)) as { matters: { parts: JsonObject[] }[] };
  const { blocked } = matters[0]?.parts[0] ?? {};
  const { status, body } = await run(0);
  expect(status).toBe(200);
  return { why: (blocked as JsonObject | null)?.why ?? null, count: body.moved };
}

describe('a plan for a matter whose points are not decided', () => {
  test.each(['after.closed', 'after.dispatched', 'after.toDispatch'])(
    'does not move it past the stage that decides them: to %s',
    async (to) => {
      const states = { 'administration.registered': to };
      expect(await moved({ states })).toEqual({ why: 'undecided', count: 0 });
    },
  );

  test.each(['ks.awaiting', 'sn.awaiting'])('moves it before that stage or into it: to %s', async (to) => {
    const states = { 'administration.registered': to };
    expect(await moved({ states, deadlines: { lapse: 'end' } })).toEqual({ why: null, count: 1 });
  });
});

describe('what a plan has a matter remember', () => {
  test.each<[field: string, value: Json]>([
    ['title', 5],
    ['title', null],
    ['title', ''],
    ['title', { a: 1 }],
    ['number', 7],
    ['number', null],
    ['number', 'HKS 2026/9'],
    ['points', null],
    ['points', []],
    ['points', [5]],
    ['question', 'x'],
    ['seized', 'yes'],
    ['recipients', [1]],
    ['caseOfficer', 5],
    ['proposals', [{ text: 'Bidraget beviljas.', body: 'sn' }]],
  ])('is not %s: %j, for its chart has none such', async (field, value) => {
    expect(await moved({ context: { [field]: value } })).toEqual({ why: 'context', count: 0 });
  });

  test.each<[field: string, value: Json]>([
    ['title', 'Bidrag till föreningar'],
    ['summary', 'Nytt underlag.'],
    ['recipients', ['Sökanden']],
    ['seized', true],
    ['caseOfficer', null],
  ])('may be %s: %j', async (field, value) => {
    expect(await moved({ context: { [field]: value } })).toEqual({ why: null, count: 1 });
  });
});

describe('a batch', () => {
  test('moves those that may, lets the diverging stay, and tells the count', async () => {
    const ids = await opened(2, 1);
    await post('/v1/moves', plan);
    const { status, headers, body } = await run(0);
    expect([status, headers.get('etag')]).toEqual([200, '"1"']);
    expect(body).toMatchObject({ number: 1, moved: 2, stayed: 1, blocked: 0, last: null });
    expect(await versions(ids)).toEqual([2, 2, 1]);
    expect(await read(`/v1/moves/${plan.id}`)).toMatchObject({
      moved: 2,
      remaining: 1,
      batches: [{ number: 1 }],
    });
    const path = await read(`/v1/matters/${ids[0]}/path?actor=${ids[0]}`);
    expect((path.steps as JsonObject[]).at(-1)).toMatchObject({
      event: { type: 'moved', label: { sv: 'Flyttat till version 2' } },
      sender: { name: 'Ada Administratör' },
      payload: { plan: plan.id, approver: plan.approver, reason: plan.reason },
    });
    expect(await read(`/v1/matters/${ids[0]}/audit`)).toMatchObject({ findings: [], lawful: true });
  });

  test('moves the diverging too where the plan says so', async () => {
    const ids = await opened(0, 1);
    await post('/v1/moves', { ...plan, diverging: 'move' });
    expect((await run(0)).body).toMatchObject({ moved: 1, stayed: 0 });
    expect(await versions(ids)).toEqual([2]);
  });

  test('sent again under the same key is answered the same, and nothing happens twice', async () => {
    const [id = ''] = await opened(1);
    await post('/v1/moves', plan);
    const headers = { 'Idempotency-Key': 'once' };
    const before = await run(0, headers);
    const again = await run(0, headers);
    expect(again.body).toEqual(before.body);
    expect(again.headers.get('idempotency-replayed')).toBe('true');
    const log = await read(`/v1/matters/${id}/log`);
    expect((log.items as JsonObject[]).filter((it) => it.type === 'moved')).toHaveLength(1);
    expect((await run(1)).body).toMatchObject({ number: 2, moved: 0 });
  });

  test('needs the number of batches that were seen, and a key', async () => {
    await opened(1);
    await post('/v1/moves', plan);
    const without = await post(`/v1/moves/${plan.id}/run`, {});
    expect(without.status).toBe(428);
    const stale = await run(7);
    expect([stale.status, stale.body.version]).toEqual([412, 0]);
    expect((await run(0, { 'Idempotency-Key': '' })).status).toBe(400);
  });

  test('that broke off in the middle is taken up: those not yet moved are, and none twice', async () => {
    const ids = await opened(45);
    await post('/v1/moves', plan);
    const { engine, db, source, municipalities } = server.services;
    let submitted = 0;
    // The process stops somewhere in the second group of the batch.
    const breaking = {
      keepUp: () => engine.keepUp(),
      submit: (command: Parameters<typeof engine.submit>[0]) =>
        submitted++ < 27 ? engine.submit(command) : Promise.reject(new Error('the process is gone')),
    };
    const among = () => municipalities.map((it) => it.id);
    const before = await Moves.open({ db, engine: breaking as typeof engine, source, municipalities: among });
    const grants = [
      { tenant: 'huddinge', roles: ['administrator'] as const, bodies: 'all' as const, confidential: false },
    ];
    const sender = { id: 'ada', name: 'Ada', origin: 'person' as const, grants };
    const by = { scope: 'ada', key: 'first', expected: 0 };
    await expect(before.run(plan.id, sender, by)).rejects.toThrow('the process is gone');
    await engine.drain();
    expect((await versions(ids)).filter((it) => it === 2)).toHaveLength(27);

    const after = await Moves.open({ db, engine, source, municipalities: among });
    expect(await after.run(plan.id, sender, by)).toMatchObject({
      number: 1,
      moved: 18,
      blocked: 0,
      repeated: false,
    });
    expect(await versions(ids)).toEqual(ids.map(() => 2));
    const entries = await db.reader.selectFrom('entry').select('actor').where('type', '=', 'moved').execute();
    expect(entries.map((it) => it.actor).toSorted()).toEqual(ids.toSorted());
    expect(await after.run(plan.id, sender, by)).toMatchObject({ number: 1, moved: 18, repeated: true });
  });
});

describe('a published plan', () => {
  test('cannot be changed or removed in the database', async () => {
    await opened(0);
    await post('/v1/moves', plan);
    const { db } = server.services;
    await expect(db.writer.updateTable('move_plan').set({ data: '{}' }).execute()).rejects.toThrow(
      'is not changed',
    );
    await expect(db.writer.deleteFrom('move_plan').execute()).rejects.toThrow('is kept');
  });

  test('keeps the server from starting where a version that it moved from is gone', async () => {
    await opened(0);
    await post('/v1/moves', plan);
    const { engine, db, source } = server.services;
    const registry = Object.assign(Object.create(source.registry) as typeof source.registry, {
      find: () => null,
    });
    const opening = Moves.open({ db, engine, source: { ...source, registry }, municipalities: () => [] });
    await expect(opening).rejects.toThrow('huddinge/sn-matter@1, which is not registered');
  });
});
