import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { JsonObject } from '../../machines/chart.ts';
import { newJointMatter, newMatter, newMeeting } from '../../src/http/examples.ts';
import { createTestServer, type TestServer } from '../fixtures/server.ts';

let server: TestServer;
beforeEach(async () => {
  server = await createTestServer();
});
afterEach(() => server.close());

const matter = newMatter as unknown as JsonObject;

async function registered(body: JsonObject = matter): Promise<string> {
  const answer = await server.as('registrar').post('/v1/matters', body);
  expect(answer.status).toBe(201);
  return answer.headers.get('location') ?? '';
}

describe('a new matter', () => {
  test('is registered at the address that the answer names, in version 1', async () => {
    const answer = await server.as('registrar').post('/v1/matters', matter);
    const body = await answer.json();
    expect([answer.status, answer.headers.get('location')]).toEqual([201, `/v1/matters/${body.id}`]);
    expect(answer.headers.get('etag')).toBe('"1"');
    const again = await server.as('auditor').get(`/v1/matters/${body.id}`);
    expect(again.headers.get('etag')).toBe('"1"');
    expect(await again.json()).toEqual(body);
  });

  test('gets the next number of its municipality and year, and keeps a number of its own', async () => {
    const numberOf = async (address: string) => (await (await server.as('clerk').get(address)).json()).number;
    expect(await numberOf(await registered())).toBe('HKS 2026/1');
    expect(await numberOf(await registered({ ...matter, number: 'HKS 2026/2' }))).toBe('HKS 2026/2');
    expect(await numberOf(await registered())).toBe('HKS 2026/3');
    server.clock.now = '2026-12-31T23:30:00Z';
    expect(await numberOf(await registered())).toBe('HKS 2027/1');
  });

  test('cannot have a number that another has; the others of the same moment are registered all the same', async () => {
    await registered({ ...matter, number: 'HKS 2026/7' });
    const twice = { ...matter, number: 'HKS 2026/7' };
    const posted = [twice, matter, { ...matter, number: 'HKS 2026/8' }, { ...matter, number: 'HKS 2026/8' }];
    const answers = await Promise.all(posted.map((body) => server.as('clerk').post('/v1/matters', body)));
    expect(answers.map((it) => it.status)).toEqual([409, 201, 201, 409]);
    expect((await answers[0]?.json())?.code).toBe('exists');
    const elsewhere = { ...matter, municipality: 'salem', route: 'board-matter', number: 'HKS 2026/7' };
    const board = { ...elsewhere, proposals: [{ text: 'Godkänns.', body: 'ks' }] };
    expect((await server.as('clerk').post('/v1/matters', board)).status).toBe(201);
  });

  test.each([
    ['a municipality', { municipality: 'ankeborg' }, '/municipality'],
    ['a route of the municipality', { route: 'no-such-route' }, '/route'],
    ['a deciding body of the route', { proposals: [{ text: 'Godkänns.', body: 'au' }] }, '/proposals/0/body'],
  ])('needs %s that exists', async (_, change, pointer) => {
    const answer = await server.as('clerk').post('/v1/matters', { ...matter, ...change });
    expect(answer.status).toBe(422);
    expect((await answer.json()).fields).toMatchObject([{ pointer }]);
  });

  test('cannot be made part of a joint matter by whoever registers it', async () => {
    const answer = await server.as('clerk').post('/v1/matters', { ...matter, joint: 'x' });
    expect((await answer.json()).fields).toMatchObject([{ pointer: '/joint' }]);
  });
});

describe('a new meeting', () => {
  test("takes seats, approvers and notice board from the municipality's data", async () => {
    const answer = await server.as('clerk').post('/v1/meetings', newMeeting);
    expect(await answer.json()).toMatchObject({
      collection: 'meetings',
      body: 'ks',
      context: { kind: 'board', seats: 15, approvers: 1, noticeBoard: 'Huddinge kommuns anslagstavla' },
    });
  });

  test('is of a body that the municipality has', async () => {
    const answer = await server.as('clerk').post('/v1/meetings', { ...newMeeting, body: 'xx' });
    expect((await answer.json()).fields).toMatchObject([{ pointer: '/body' }]);
  });
});

describe('a new joint matter', () => {
  const joint = newJointMatter as unknown as JsonObject;
  const membersOf = async (body: JsonObject) => {
    const answer = await server.as('registrar').post('/v1/joint-matters', body);
    return ((await answer.json()).context as { members: JsonObject[] }).members;
  };

  test("numbers itself and each municipality's matter, each from its own series", async () => {
    await registered();
    const members = await membersOf(joint);
    expect(members.map((it) => it.number)).toEqual(['BKS 2026/2', 'HKS 2026/2']);
    expect(await membersOf(joint)).toMatchObject([{ number: 'BKS 2026/4' }, { number: 'HKS 2026/3' }]);
  });

  test('keeps a number that is stated', async () => {
    const stated = [{ municipality: 'salem', number: 'SAL 2025/99' }, { municipality: 'tyreso' }];
    expect(await membersOf({ ...joint, members: stated })).toMatchObject([
      { number: 'SAL 2025/99', route: 'board-matter', body: 'ks' },
      { number: 'TYR 2026/1' },
    ]);
  });

  test('starts a matter in each municipality when it is proposed', async () => {
    const made = await server.as('registrar').post('/v1/joint-matters', joint);
    const address = made.headers.get('location') ?? '';
    expect((await server.as('registrar').send(address, 'joint.propose')).status).toBe(200);
    const list = await server.as('auditor').get('/v1/matters?municipality=botkyrka');
    expect(await list.json()).toMatchObject({ total: 1, items: [{ number: 'BKS 2026/2' }] });
  });

  test.each([
    ['named twice', [{ municipality: 'salem' }, { municipality: 'salem' }], '/members/1/municipality'],
    ['that does not exist', [{ municipality: 'ankeborg' }], '/members/0/municipality'],
    ['without that route', [{ municipality: 'salem', route: 'x' }], '/members/0/route'],
    ['whose body does not decide there', [{ municipality: 'salem', body: 'kf' }], '/members/0/body'],
  ])('is not for a municipality %s', async (_, members, pointer) => {
    const answer = await server.as('clerk').post('/v1/joint-matters', { ...joint, members });
    expect(answer.status).toBe(422);
    expect((await answer.json()).fields).toMatchObject([{ pointer }]);
  });
});

describe('who may start a record', () => {
  test.each([
    ['registrar', 201],
    ['clerk', 201],
    ['auditor', 403],
    ['integration', 403],
  ] as const)('a matter, as %s: %i', async (role, status) => {
    const answer = await server.as(role).post('/v1/matters', matter);
    expect(answer.status).toBe(status);
    if (status === 403) expect(await answer.json()).toMatchObject({ who: ['registrar', 'clerk'] });
  });
});

describe('a list', () => {
  test('gives a page at a time, by number and by the cursor of the page before, each record once', async () => {
    for (let n = 0; n < 5; n++) {
      server.clock.now = `2026-11-20T09:0${n}:00Z`;
      await registered();
    }
    const auditor = server.as('auditor');
    const first = await auditor.get('/v1/matters?limit=2&municipality=huddinge');
    const link = /^<(.*)>; rel="next"$/.exec(first.headers.get('link') ?? '')?.[1] ?? '';
    const second = await auditor.get(link);
    const third = await auditor.get('/v1/matters?limit=2&page=3');
    const numbers = [];
    for (const page of [first, second, third]) {
      const { items, total } = (await page.json()) as { items: JsonObject[]; total: number };
      expect(total).toBe(5);
      numbers.push(...items.map((it) => it.number));
    }
    expect(numbers).toEqual([5, 4, 3, 2, 1].map((n) => `HKS 2026/${n}`));
    expect(third.headers.get('link')).toBeNull();
  });

  test('can be of one body, of one municipality, and of what has ended or not', async () => {
    const address = await registered();
    await registered();
    await server.as('clerk').send(address, 'matter.withdraw', { by: 'Sökanden' });
    const total = async (query: string) =>
      (await (await server.as('clerk').get(`/v1/matters?${query}`)).json()).total;
    expect(await total('')).toBe(2);
    expect(await total('ended=true')).toBe(1);
    expect(await total('ended=false')).toBe(1);
    expect(await total('body=administration')).toBe(1);
    expect(await total('body=kf')).toBe(0);
    expect(await total('municipality=salem')).toBe(0);
  });

  test.each([
    'limit=0',
    'limit=101',
    'limit=x',
    'page=0',
    'page=1.5',
    'after=x',
    'ended=maybe',
    'limit=1&limit=2',
  ])('is not given for %s', async (query) => {
    const answer = await server.as('clerk').get(`/v1/matters?${query}`);
    expect([answer.status, (await answer.json()).code]).toEqual([400, 'malformed']);
  });

  test('holds records of its own kind only', async () => {
    await registered();
    await server.as('clerk').post('/v1/meetings', newMeeting);
    for (const kind of ['matters', 'meetings', 'joint-matters']) {
      const { items } = (await (await server.as('clerk').get(`/v1/${kind}`)).json()) as {
        items: JsonObject[];
      };
      expect(items.map((it) => it.collection)).toEqual(kind === 'joint-matters' ? [] : [kind]);
    }
  });
});

describe('an address', () => {
  test('of another collection than the record is in does not exist; among the actors every actor is found', async () => {
    const address = await registered();
    const id = address.split('/').at(-1);
    for (const what of ['', '/events', '/path', '/path.svg', '/log', '/audit']) {
      const statuses = [];
      for (const collection of ['matters', 'actors', 'meetings', 'joint-matters'])
        statuses.push((await server.as('clerk').get(`/v1/${collection}/${id}${what}`)).status);
      expect(statuses).toEqual([200, 200, 404, 404]);
      expect((await server.as('clerk').get(`/v1/actors/${id}.p1${what}`)).status).toBe(200);
      expect((await server.as('clerk').get(`/v1/matters/${id}.p1${what}`)).status).toBe(404);
    }
    expect(
      (await server.as('clerk').send(`/v1/meetings/${id}`, 'matter.assign', { caseOfficer: 'H' })).status,
    ).toBe(404);
    expect(
      (await server.as('clerk').send(`/v1/actors/${id}`, 'matter.assign', { caseOfficer: 'H' })).status,
    ).toBe(200);
  });

  test('shows a matter with its points, and warns of a recipient that is probably misspelt', async () => {
    const address = await registered({ ...matter, recipients: ['Karolinska institutett'] });
    expect(await (await server.as('clerk').get(address)).json()).toMatchObject({
      parts: [{ label: { sv: 'Beslutspunkt 1' } }, { label: { sv: 'Beslutspunkt 2' } }],
      warnings: [{ code: 'similarRecipient', suggestion: 'Karolinska Institutet' }],
    });
  });
});

describe('what has happened', () => {
  test('can be followed from the registration on, as a path, drawn, and as a log that can be verified (R-123)', async () => {
    const address = await registered();
    const clerk = server.as('clerk');
    await clerk.send(address, 'matter.assign', { caseOfficer: 'Hanna' });
    server.clock.now = '2026-11-21T09:00:00Z';
    await clerk.send(address, 'report.complete', { dated: '2026-11-21' });

    const id = address.split('/').at(-1);
    const types = async (query: string) => {
      const { steps } = (await (await clerk.get(`${address}/path${query}`)).json()) as {
        steps: { event: JsonObject }[];
      };
      return steps.map((it) => it.event.type);
    };
    expect(await types(`?actor=${id}`)).toEqual(['started', 'matter.assign', 'report.complete']);
    expect(await types(`?actor=${id}&until=2026-11-20T12:00:00%2B01:00`)).toEqual([
      'started',
      'matter.assign',
    ]);
    expect(await types('')).toEqual(['started', 'started', 'started', 'matter.assign', 'report.complete']);

    const svg = await clerk.get(`${address}/path.svg?language=en`);
    expect(svg.headers.get('content-type')).toBe('image/svg+xml; charset=utf-8');
    expect(await svg.text()).toMatch(/^<svg .*lang="en"/);

    const { items } = (await (await clerk.get(`${address}/log`)).json()) as { items: JsonObject[] };
    expect(items.map((it) => it.seq)).toEqual([1, 2, 3, 4, 5]);
    const hashed = (value: unknown) =>
      createHash('sha256')
        .update(canonicalize(value) ?? '')
        .digest('hex');
    for (const { hash, payload, meta, salt, content, ...entry } of items) {
      expect(content).toBeNull();
      expect(hashed({ ...entry, content: hashed({ payload, meta, salt }) })).toBe(hash);
    }
    const head = { last: 5, hash: expect.stringMatching(/^[0-9a-f]{64}$/), at: items.at(-1)?.at };
    expect(await (await clerk.get('/v1/head')).json()).toMatchObject(head);
    expect(await (await clerk.get(`${address}/audit`)).json()).toMatchObject({
      chainIntact: true,
      replayEqual: true,
      entries: 5,
      lawful: true,
      legality: expect.arrayContaining([expect.objectContaining({ rule: 'R-119', cite: 'OSL 5:1–2' })]),
    });
  });

  test.each(['until=yesterday', 'until=2026-11-20', 'language=fi'])('is not told for %s', async (query) => {
    const address = await registered();
    expect((await server.as('clerk').get(`${address}/path.svg?${query}`)).status).toBe(400);
  });

  test('to an actor that does not belong to the record is not part of its path', async () => {
    const address = await registered();
    expect((await server.as('clerk').get(`${address}/path?actor=nobody`)).status).toBe(404);
  });
});

describe('a parameter that there is not', () => {
  test.each(['/v1/matters?municpality=huddinge', '/v1/desk?body=ks', '/v1/subscriptions?town=salem'])(
    'of %s is refused by its name: a filter that is misspelt would give everything',
    async (address) => {
      const answer = await server.as('administrator').get(address);
      const { code, fields } = (await answer.json()) as { code: string; fields: { pointer: string }[] };
      const [name] = new URL(address, 'http://localhost').searchParams.keys();
      expect([answer.status, code, fields.map((it) => it.pointer)]).toEqual([400, 'malformed', [`/${name}`]]);
    },
  );
});
