import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { JsonObject } from '../../machines/chart.ts';
import { newMatter } from '../../src/http/examples.ts';
import { createTestServer, type TestServer } from '../fixtures/server.ts';

let server: TestServer;
let keys = 0;
beforeAll(async () => {
  server = await createTestServer();
});
afterAll(() => server.close());

const authorization = { Authorization: 'Bearer demo-clerk' };
const json = { ...authorization, 'Content-Type': 'application/json' };
const matter = newMatter as unknown as JsonObject;

const create = (body: RequestInit['body'], headers: Record<string, string> = json) =>
  server.request('/v1/matters', {
    method: 'POST',
    body,
    headers: { 'Idempotency-Key': `problem-${++keys}`, ...headers },
    duplex: 'half',
  } as RequestInit);

describe('without a token', () => {
  const open = ['/v1/api-info', '/v1/openapi.json', '/livez', '/readyz'];

  test('every route of the API answers 401, except those that say what it is and those that are signed', async () => {
    const routes = server.app.routes.filter((it) => it.path.startsWith('/v1/') || it.path.endsWith('z'));
    const asked = new Map(routes.map((it) => [`${it.method} ${it.path}`, it]));
    expect(asked.size).toBeGreaterThan(40);
    for (const { method, path } of asked.values()) {
      const address = path.replaceAll(/:\w+/g, 'x').replace('*', 'anything');
      for (const verb of method === 'ALL' ? ['GET', 'POST', 'DELETE'] : [method]) {
        const { status } = await server.request(address, { method: verb });
        if (!open.includes(address) && !/^\/v1\/(hooks\/|docs(\/|$))/.test(address))
          expect([verb, address, status]).toEqual([verb, address, 401]);
      }
    }
    for (const address of open) expect((await server.request(address)).status).toBe(200);
  });

  test.each([
    ['an unknown one', { Authorization: 'Bearer nobody' }],
    ['none of the kind', { Authorization: 'Basic ZGVtby1jbGVyazo=' }],
    ['one in a cookie', { Cookie: 'token=demo-clerk' }],
    ['an empty one', { Authorization: 'Bearer ' }],
  ])('or with %s there is nothing to see, and the answer says how to ask', async (_, headers) => {
    const answer = await server.request('/v1/matters', { headers });
    expect([answer.status, answer.headers.get('www-authenticate')]).toEqual([401, 'Bearer']);
    expect(answer.headers.get('content-type')).toBe('application/problem+json');
    expect((await server.request('/v1/matters?token=demo-clerk')).status).toBe(401);
    expect((await server.request('/v1/matters', { headers: authorization })).status).toBe(200);
  });
});

describe('a request that was meant for another host (DNS rebinding)', () => {
  const to = (host: string, address: string) =>
    server.request(address, { headers: { ...authorization, host } });

  test.each([
    'example.com',
    'example.com:3000',
    '192.168.1.10:3000',
    '127.0.0.1.example.com',
    'localhost.example.com:3000',
    '[::2]:3000',
    'localhost:3000.example.com',
    'a@localhost',
    '',
  ])('"%s" is 421, at the API, the pages and their files', async (host) => {
    for (const address of [
      '/v1/matters',
      '/v1/api-info',
      '/v1/nothing',
      '/',
      '/identity',
      '/static/style.css',
    ]) {
      const answer = await to(host, address);
      expect([address, answer.status, (await answer.json()).code]).toEqual([address, 421, 'misdirected']);
    }
  });

  test.each([
    'localhost',
    'LOCALHOST:3000',
    '127.0.0.1',
    '127.0.0.1:3000',
    '127.1.2.3:80',
    '[::1]',
    '[::1]:3000',
  ])('but "%s" is this machine', async (host) => {
    expect((await to(host, '/v1/matters')).status).toBe(200);
    expect((await to(host, '/identity')).status).toBe(200);
  });
});

describe('an address', () => {
  test('that does not exist is 404', async () => {
    const answer = await server.as('clerk').get('/v1/nothing');
    expect([answer.status, (await answer.json()).code]).toEqual([404, 'noSuchRoute']);
    expect((await server.as('clerk').get('/v1/matters/nobody')).status).toBe(404);
    expect((await server.as('clerk').get('/v1/matters/%00%ff')).status).toBe(404);
  });

  test.each([
    ['DELETE', '/v1/matters/x', 'GET, HEAD'],
    ['PUT', '/v1/matters', 'GET, HEAD, POST'],
    ['GET', '/v1/hooks/e-signering', 'POST'],
    ['PATCH', '/v1/rules', 'GET, HEAD'],
  ])('does not take %s on %s, and says what it takes', async (method, path, allowed) => {
    const answer = await server.request(path, { method, headers: authorization });
    expect([answer.status, answer.headers.get('allow')]).toEqual([405, allowed]);
    expect((await answer.json()).code).toBe('methodNotAllowed');
  });

  test('refuses a parameter that it does not take, by its name, wherever something is read', async () => {
    const { paths } = (await (await server.request('/v1/openapi.json')).json()) as {
      paths: Record<string, Record<string, unknown>>;
    };
    const read = Object.keys(paths).filter((path) => path !== '/api-info' && paths[path]?.get);
    expect(read.length).toBeGreaterThan(40);
    for (const path of read) {
      const address = `/v1${path.replaceAll(/\{\w+\}/g, 'x')}?unheard=1`;
      const answer = await server.as('administrator').get(address);
      const { code, fields } = await answer.json();
      expect([path, answer.status, code, fields]).toMatchObject([
        path,
        400,
        'malformed',
        [{ pointer: '/unheard' }],
      ]);
    }
  });

  test.each(['?at=2026-01-01', '/log?after=7', '/audit?until=2026-01-01', '/events?until=2026-01-01'])(
    'does not answer %s, which it does not know, with how a matter stands today',
    async (asked) => {
      const { id } = await (await create(JSON.stringify(matter))).json();
      expect((await server.as('clerk').get(`/v1/matters/${String(id)}${asked}`)).status).toBe(400);
      const whole = asked.replace(/\?.*/, '');
      expect((await server.as('clerk').get(`/v1/matters/${String(id)}${whole}`)).status).toBe(200);
    },
  );

  test('that can be read can be asked for its headers alone', async () => {
    const answer = await server.request('/v1/rules', { method: 'HEAD', headers: authorization });
    expect([answer.status, await answer.text()]).toEqual([200, '']);
  });
});

describe('a body', () => {
  const text = JSON.stringify(matter);

  test('that is JSON in UTF-8 is read', async () => {
    expect((await create(text)).status).toBe(201);
    const charset = { ...json, 'Content-Type': 'application/json; charset=UTF-8' };
    expect((await create(text, charset)).status).toBe(201);
  });

  test.each([
    'text/plain',
    'application/x-www-form-urlencoded',
    'application/json; charset=iso-8859-1',
    'application/jsonx',
    '',
  ])('of the type "%s" is not taken', async (type) => {
    const answer = await create(new TextEncoder().encode(text), { ...json, 'Content-Type': type });
    expect([answer.status, (await answer.json()).code]).toEqual([415, 'unsupportedMediaType']);
  });

  test.each([
    ['cut off', text.slice(0, -1)],
    ['empty', ''],
    ['with a comma too many', '{"a":1,}'],
    ['with a byte order mark', `\uFEFF${text}`],
    ['not UTF-8', new Uint8Array([0x22, 0xc3, 0x28, 0x22])],
    ['a number beyond all numbers', text.replace('"huddinge"', '1e400')],
    ['with a lone surrogate', text.replace('huddinge', '\\ud800')],
    ['with a NUL', text.replace('huddinge', '\\u0000')],
    ['with a lone surrogate in a name', text.replace('municipality', '\\ud800')],
    ['with a thousand levels', `${'['.repeat(1000)}${']'.repeat(1000)}`],
    ['with a hundred thousand levels', `${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}`],
  ])('%s is malformed', async (_, body) => {
    const answer = await create(body);
    expect([answer.status, (await answer.json()).code]).toEqual([400, 'malformed']);
  });

  test('of two mebibytes is too large, also where its length is not told beforehand', async () => {
    const large = `{"title":"${'a'.repeat(2 * 1024 * 1024)}"}`;
    const told = await create(large, { ...json, 'Content-Length': String(large.length) });
    const streamed = await create(new Blob([large]).stream());
    for (const answer of [told, streamed])
      expect([answer.status, (await answer.json()).code]).toEqual([413, 'tooLarge']);
    const most = `${' '.repeat(1024 * 1024 - Buffer.byteLength(text))}${text}`;
    expect((await create(most)).status).toBe(201);
    expect((await create(new Blob([most, ' ']).stream())).status).toBe(413);
  });

  test.each([
    ['null', null, ''],
    ['an array', [], ''],
    ['a text', 'matter', ''],
    ['a field unknown', { ...matter, colour: 'red' }, '/colour'],
    ['a field of the wrong type', { ...matter, title: 7 }, '/title'],
    ['a field that is null', { ...matter, title: null }, '/title'],
    ['a field missing', { ...matter, proposals: [{ body: 'kf' }] }, '/proposals/0/text'],
    [
      'a field within a field unknown',
      { ...matter, proposals: [{ text: 'a', body: 'kf', 'a/b~c': 1 }] },
      '/proposals/0/a~1b~0c',
    ],
  ])('that is JSON but has %s is told where it is wrong', async (_, body, pointer) => {
    const answer = await create(JSON.stringify(body));
    expect([answer.status, await answer.json()]).toMatchObject([
      422,
      { code: 'invalid', fields: [{ pointer }] },
    ]);
  });

  test.each([
    ['a name', 'Kommunstyrelsen', 'Huddinge kommun has no body "Kommunstyrelsen"'],
    ['no body', 'xx', 'Huddinge kommun has no body "xx"'],
    ['a body that decides elsewhere', 'sn', 'Social services committee does not decide on that route'],
  ])('that has %s for a deciding body is told so, and which bodies decide there', async (_, body, says) => {
    const answer = await create(JSON.stringify({ ...matter, proposals: [{ text: 'Antas.', body }] }), {
      ...json,
      'Accept-Language': 'en',
    });
    expect([answer.status, await answer.json()]).toMatchObject([
      422,
      {
        detail: `${says}.`,
        fields: [{ pointer: '/proposals/0/body', detail: says, permitted: ['ks', 'kf'] }],
      },
    ]);
  });

  test('cannot change what all objects have', async () => {
    const answer = await create(text.replace('{', '{"__proto__":{"polluted":true},'));
    expect([answer.status, (await answer.json()).fields]).toMatchObject([422, [{ pointer: '/__proto__' }]]);
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });
});

describe('an event', () => {
  const send = async (body: unknown) => {
    const made = await server.as('clerk').post('/v1/matters', matter);
    const answer = await server
      .as('clerk')
      .post(`${made.headers.get('location')}/events`, body as never, { 'If-Match': '"1"' });
    return { status: answer.status, ...(await answer.json()) } as JsonObject;
  };

  test.each([
    'xstate.init',
    'xstate.after.appealPeriod.huddinge/council-matter.administration.registered',
    'xstate.done.state.x',
    'xstate.stop',
    '*',
    'matter.*',
    '',
    'started',
    'deadline.minutesDue',
    'point.approved',
    'agenda.listed',
    'toString',
    '__proto__',
    'constructor',
    'MATTER.ASSIGN',
  ])('named "%s" is unknown to whoever sends it', async (type) => {
    expect(await send({ type, payload: {} })).toMatchObject({ status: 400, code: 'undeclared' });
  });

  test.each([
    ['without a type', {}, '/type'],
    ['with a type that is no text', { type: 7 }, '/type'],
    [
      'with more than type and payload',
      { type: 'matter.assign', payload: { caseOfficer: 'H' }, meta: {} },
      '/meta',
    ],
    ['with a payload that is null', { type: 'matter.assign', payload: null }, '/payload'],
    ['with a payload that is a list', { type: 'matter.assign', payload: [] }, '/payload'],
    ['without its field', { type: 'matter.assign' }, '/payload/caseOfficer'],
    [
      'with a field unknown',
      { type: 'matter.assign', payload: { caseOfficer: 'H', type: 'x' } },
      '/payload/type',
    ],
  ])('%s is told where it is wrong', async (_, body, pointer) => {
    expect(await send(body)).toMatchObject({ status: 422, code: 'invalid', fields: [{ pointer }] });
  });

  test('refused for a value says, as data and in words, which the state permits', async () => {
    const clerk = server.as('clerk');
    const made = async (path: string, body: JsonObject) =>
      (await clerk.post(path, body)).headers.get('location') ?? '';
    const at = await made('/v1/matters', matter);
    const session = { municipality: 'huddinge', body: 'au', date: '2026-11-20' };
    const meeting = await made('/v1/meetings', session);
    const steps = [
      [at, 'matter.assign', { caseOfficer: 'Hanna Handläggare' }],
      [at, 'report.complete', { dated: '2026-11-20' }],
      [at, 'report.sign', { signedBy: 'Berit Direktör', title: 'kommundirektör' }],
      [at, 'matter.handOver', {}],
      [meeting, 'agenda.add', { matter: at.split('/').at(-1) ?? '' }],
      [meeting, 'meeting.summon', { sentOn: '2026-11-20' }],
      [meeting, 'meeting.open', { present: 5, chair: 'Olle Ordförande' }],
      [meeting, 'item.open', { matter: at.split('/').at(-1) ?? '' }],
    ] as const;
    for (const [path, type, payload] of steps)
      expect([type, (await clerk.send(path, type, payload)).status]).toEqual([type, 200]);
    const proposals = (outcome: string) => ({ proposals: [{ outcome }] });
    const refused = await clerk.send(at, 'question.put', proposals('approved'));
    const permitted = ['approvedAmended', 'approvedWithAddition', 'endorsed', 'rejected', 'noRecommendation'];
    const { code, rule, fields } = await refused.json();
    expect([refused.status, code, rule]).toEqual([409, 'refused', 'R-025']);
    expect(fields).toMatchObject([{ pointer: '/payload/proposals/0/outcome', permitted }]);
    expect(JSON.stringify(fields)).toContain('”Utgång” kan nu vara approvedAmended (Bifall med ändring), ');
    const english = await clerk.post(
      `${at}/events`,
      { type: 'item.referBack', payload: { to: 'ks', motivation: 'Kostnaderna.' } },
      { 'If-Match': (await clerk.get(at)).headers.get('etag') ?? '', 'Accept-Language': 'en' },
    );
    expect((await english.json()).fields).toEqual([
      {
        pointer: '/payload/to',
        detail: '"To" can now be administration (Administration).',
        permitted: ['administration'],
      },
    ]);
    const [offered] = ((await (await clerk.get(`${at}/events`)).json()).available as JsonObject[]).filter(
      (it) => it.type === 'question.put',
    );
    expect(JSON.stringify(offered)).toContain(JSON.stringify(permitted));
    expect((await clerk.send(at, 'question.put', proposals('endorsed'))).status).toBe(200);
  });

  test('refused for where the matter stands names no field', async () => {
    const answer = await send({ type: 'question.put', payload: { proposals: [{ outcome: 'endorsed' }] } });
    expect(answer).toMatchObject({ status: 409, code: 'refused' });
    expect(answer).not.toHaveProperty('fields');
  });

  test('with its declared fields is taken', async () => {
    expect(await send({ type: 'matter.assign', payload: { caseOfficer: 'H' } })).toMatchObject({
      status: 200,
    });
  });
});

describe('a problem', () => {
  test('is told in Swedish, or in English to whoever prefers it', async () => {
    const titles = async (language: string) => {
      const answer = await server.request('/v1/nothing', {
        headers: { ...authorization, 'Accept-Language': language },
      });
      return [answer.headers.get('content-language'), (await answer.json()).title];
    };
    const swedish = ['sv', 'Adressen finns inte'];
    const english = ['en', 'No such address'];
    expect(await titles('en-GB,en;q=0.9,sv;q=0.1')).toEqual(english);
    expect(await titles('en;q=0.2, sv-SE;q=0.8')).toEqual(swedish);
    expect(await titles('fi, en;q=0.5')).toEqual(english);
    for (const other of ['', 'fi', '*', 'en;q=0', ';;;,q=', 'sv,en'])
      expect(await titles(other)).toEqual(swedish);
  });

  test.each([
    ['its type', { title: 7 }, '”Rubrik” ska vara en text.', '"Title" must be a text.'],
    ['that it is missing', { title: undefined }, '”Rubrik” saknas.', '"Title" is missing.'],
    [
      'its length',
      { title: 'a'.repeat(301) },
      '”Rubrik” ska ha högst 300 tecken.',
      '"Title" must have at most 300',
    ],
    [
      'that it is empty',
      { proposals: [] },
      '”Beslutspunkter” får inte lämnas tomt.',
      'may not be left empty.',
    ],
    [
      'what it can be',
      { proposals: [{ text: 'A', body: 'kf', kind: 'x' }] },
      '”Slag” ska vara något av ',
      '"Kind" must be one of ',
    ],
    ['that there is none', { colour: 'red' }, '”colour” tas inte emot här.', '"colour" is not taken here.'],
    [
      'its form',
      { refersTo: [{ body: 'ks', on: 'i går', paragraph: '1', subject: 'A', relation: 'mentions' }] },
      '”Datum” ska vara ett datum, som 2026-11-20.',
      '"Date" must be a date, such as 2026-11-20.',
    ],
    [
      'a condition of our own',
      { proposals: [{ text: 'A', body: 'kf', onCondition: [1] }] },
      'ett villkor ska avse en annan punkt',
      'a condition must name another point',
    ],
  ])('of a field says in the same language what is wrong: %s', async (_, wrong, swedish, english) => {
    const saidIn = async (language: string) => {
      const body = JSON.stringify({ ...matter, ...wrong });
      const answer = await create(body, { ...json, 'Accept-Language': language });
      const fields = (await answer.json()).fields as { detail: string }[];
      return fields.map((it) => it.detail);
    };
    expect(await saidIn('sv')).toEqual([expect.stringContaining(swedish)]);
    expect(await saidIn('en')).toEqual([expect.stringContaining(english)]);
  });

  test('that nobody foresaw is told without its details, and written down under the same number', async () => {
    const own = await createTestServer();
    const lines: unknown[] = [];
    own.services.log.error = ((line: unknown) => lines.push(line)) as never;
    own.services.engine.submit = () => Promise.reject(new Error('secret detail'));
    const answer = await own.as('clerk').post('/v1/matters', matter);
    const body = await answer.text();
    expect([answer.status, body.includes('secret')]).toEqual([500, false]);
    const requestId = answer.headers.get('x-request-id');
    expect(JSON.parse(body)).toMatchObject({ code: 'internal', instance: `urn:uuid:${requestId}` });
    expect(lines).toMatchObject([{ requestId, err: { message: 'secret detail' } }]);
    await own.close();
  });

  test('of a commit that failed is 503 and says when to come again; the server is not ready until it could save again', async () => {
    const own = await createTestServer();
    const ready = async () => (await own.request('/readyz')).status;
    expect(await ready()).toBe(200);
    await sql`pragma query_only = 1`.execute(own.db.writer);
    const answer = await own.as('clerk').post('/v1/matters', matter);
    expect([answer.status, answer.headers.get('retry-after'), (await answer.json()).code]).toEqual([
      503,
      '1',
      'unavailable',
    ]);
    expect([await ready(), (await own.request('/livez')).status]).toEqual([503, 200]);
    await sql`pragma query_only = 0`.execute(own.db.writer);
    expect(await ready()).toBe(200);
    expect((await own.as('clerk').post('/v1/matters', matter)).status).toBe(201);
    await own.close();
  });
});

describe('the type of a problem', () => {
  test('leads to what the problem is, in both languages, for anyone', async () => {
    const own = await createTestServer();
    const { type } = await (await own.request('/v1/matters')).json();
    const told = await own.request(String(type));
    expect([told.status, await told.json()]).toEqual([
      200,
      { type, status: 401, title: { sv: 'Inte inloggad', en: 'Not authenticated' } },
    ]);
    expect((await own.request('/problems/toString')).status).toBe(404);
    await own.close();
  });
});
