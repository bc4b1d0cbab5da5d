import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Json, JsonObject } from '../../machines/chart.ts';
import { newMatter } from '../../src/http/examples.ts';
import { changedIntegration, newIntegration, sample } from '../../src/http/integration-schemas.ts';
import { entriesOfActor } from '../../src/store/entries.ts';
import { ChangedIntegration, NewIntegration } from '../../src/webhooks/integrations.ts';
import { sign } from '../../src/webhooks/signature.ts';
import { createTestServer, type TestServer } from '../fixtures/server.ts';

let server: TestServer;
let matter: string;
beforeEach(async () => {
  server = await createTestServer();
  const made = await server.as('registrar').post('/v1/matters', newMatter as unknown as JsonObject);
  matter = made.headers.get('location')?.split('/').at(-1) ?? '';
});
afterEach(() => server.close());

const wanted = (more: JsonObject = {}): JsonObject => ({
  name: 'arkivet',
  municipality: 'huddinge',
  label: { sv: 'Arkivet', en: 'The archive' },
  events: ['report.sign'],
  ...more,
});

const put = (path: string, body: Json) =>
  server.request(path, {
    method: 'PUT',
    body: JSON.stringify(body),
    headers: { Authorization: 'Bearer demo-administrator', 'Content-Type': 'application/json' },
  });
const make = async (more: JsonObject = {}) =>
  (await (await server.as('administrator').post('/v1/integrations', wanted(more))).json()) as JsonObject & {
    secret: string;
  };

const etag = async () =>
  (await server.as('administrator').get('/v1/integrations/arkivet')).headers.get('etag') ?? '';
const renew = (seen: string) =>
  server.as('administrator').post('/v1/integrations/arkivet/secret', {}, { 'If-Match': seen });

function send(secret: string, body: Json, { id = 'msg_1', to = 'arkivet' } = {}) {
  const text = JSON.stringify(body);
  const timestamp = Math.floor(Date.parse(server.clock.now) / 1000);
  return server.request(`/v1/hooks/${to}`, {
    method: 'POST',
    body: text,
    headers: {
      'webhook-id': id,
      'webhook-timestamp': String(timestamp),
      'webhook-signature': sign({ id, timestamp, body: text }, secret),
    },
  });
}

const signing = () => ({
  actor: matter,
  type: 'report.sign',
  payload: { signedBy: 'Berit', title: 'Direktör' },
});
const messages = async (role: 'registrar' | 'administrator' = 'registrar') =>
  (await (await server.as(role).get('/v1/integrations/arkivet/messages')).json())
    .items as unknown as JsonObject[];

describe('an integration', () => {
  test('is declared by an administrator; its secret is told then, and never again', async () => {
    const answer = await server.as('administrator').post('/v1/integrations', wanted());
    expect([answer.status, (await answer.json()).secret]).toEqual([201, expect.stringMatching(/^whsec_/)]);
    for (const path of ['/v1/integrations', '/v1/integrations/arkivet']) {
      const read = await server.as('administrator').get(path);
      const text = await read.text();
      expect([read.status, text.includes('arkivet'), text.includes('whsec_')]).toEqual([200, true, false]);
    }
    expect((await server.as('administrator').post('/v1/integrations', wanted())).status).toBe(409);
  });

  test('may be declared for no event that decides (R-093)', async () => {
    for (const type of ['decision.confirm', 'meeting.open']) {
      const events = ['report.sign', type];
      const answer = await server.as('administrator').post('/v1/integrations', wanted({ events }));
      expect([answer.status, await answer.json()]).toMatchObject([409, { rule: 'R-093' }]);
    }
    expect((await make()).name).toBe('arkivet');
    const changed = await put('/v1/integrations/arkivet', {
      label: { sv: 'A', en: 'A' },
      events: ['decision.confirm'],
    });
    expect([changed.status, (await changed.json()).rule]).toEqual([409, 'R-093']);
  });

  test.each<[string, JsonObject, string]>([
    ['an event that no system sends', { events: ['matter.archive'] }, '/events/0'],
    ['no event at all', { events: [] }, '/events'],
    ['an event that there is not', { events: ['xstate.init'] }, '/events/0'],
    [
      'a mapping to what it is not declared for',
      { mapping: { actor: { at: '/a', by: 'id' }, type: { constant: 'minutes.approve' } } },
      '/mapping/type',
    ],
    [
      'a mapping that computes',
      { mapping: { actor: { at: '/a', by: 'id' }, type: { constant: 'report.sign' }, script: 'x' } },
      '/mapping/script',
    ],
    [
      'a pointer that is none',
      { mapping: { actor: { at: 'a', by: 'id' }, type: { constant: 'report.sign' } } },
      '/mapping/actor/at',
    ],
  ])('is not declared with %s', async (_, more, pointer) => {
    const answer = await server.as('administrator').post('/v1/integrations', wanted(more));
    expect([answer.status, (await answer.json()).fields]).toMatchObject([422, [{ pointer }]]);
  });

  test('has two secrets while they are exchanged, and the oldest of three is none of them', async () => {
    const { secret: first } = await make();
    const renewed = async () => (await (await renew(await etag())).json()).secret as string;
    const status = async (secret: string, id: string) => (await send(secret, signing(), { id })).status;
    const second = await renewed();
    expect([await status(first, 'a'), await status(second, 'b')]).toEqual([409, 409]);
    const third = await renewed();
    expect([await status(first, 'c'), await status(second, 'd'), await status(third, 'e')]).toEqual([
      401, 409, 409,
    ]);
  });

  test('keeps a secret that was told while it was changed, and the change', async () => {
    const { secret: first } = await make();
    const { name: _, municipality: __, ...rest } = wanted();
    const label = { sv: 'Centralarkivet', en: 'The central archive' };
    const [changed, renewed] = await Promise.all([
      put('/v1/integrations/arkivet', { ...rest, label }),
      renew(await etag()),
    ]);
    expect([changed.status, renewed.status]).toEqual([200, 200]);
    const second = String((await renewed.json()).secret);
    expect((await send(second, signing(), { id: 'a' })).status).toBe(409);
    expect((await send(first, signing(), { id: 'b' })).status).toBe(409);
    const after = await server.as('administrator').get('/v1/integrations/arkivet');
    expect(await after.json()).toMatchObject({ label, secretsInUse: 2 });
  });

  test('has its secret exchanged by nobody who has not seen that it was, or says nothing of it', async () => {
    const { secret: first } = await make();
    const seen = await etag();
    expect((await renew(seen)).status).toBe(200);
    const late = await renew(seen);
    expect([late.status, (await late.json()).code]).toEqual([412, 'stale']);
    expect((await send(first, signing(), { id: 'a' })).status).toBe(409);
    expect((await server.as('administrator').post('/v1/integrations/arkivet/secret', {})).status).toBe(428);
  });

  test('tells no secret that another, made at the same time, has put out of use', async () => {
    await make();
    const seen = await etag();
    const answers = await Promise.all([renew(seen), renew(seen)]);
    expect(answers.map((it) => it.status).sort()).toEqual([200, 412]);
    for (const [index, answer] of answers.entries()) {
      const { secret, code } = await answer.json();
      if (secret === undefined) expect(code).toBe('stale');
      else expect((await send(String(secret), signing(), { id: `m${index}` })).status).toBe(409);
    }
  });

  test('that is switched off is not heard', async () => {
    const { secret } = await make();
    const { name: _, municipality: __, ...rest } = wanted();
    await put('/v1/integrations/arkivet', { ...rest, state: 'disabled' });
    expect((await send(secret, signing())).status).toBe(404);
    await put('/v1/integrations/arkivet', rest);
    expect((await send(secret, signing())).status).toBe(409);
  });

  test.each(['clerk', 'caseOfficer', 'chair', 'auditor', 'integration'] as const)(
    'is not seen by a %s, and not changed',
    async (role) => {
      await make();
      const as = server.as(role);
      expect((await as.get('/v1/integrations')).status).toBe(403);
      expect((await as.get('/v1/integrations/arkivet')).status).toBe(404);
      expect((await as.get('/v1/integrations/arkivet/messages')).status).toBe(404);
      expect((await as.post('/v1/integrations', wanted({ name: 'x' }))).status).toBe(403);
      for (const act of ['sample', 'messages/msg_1/retry'])
        expect((await as.post(`/v1/integrations/arkivet/${act}`, sample)).status).toBe(404);
      const renewed = await as.post('/v1/integrations/arkivet/secret', {}, { 'If-Match': await etag() });
      expect(renewed.status).toBe(404);
    },
  );
});

test('a record is called by its id or by its number, as the mapping says, and not by the other', async () => {
  const read = await server.as('registrar').get(`/v1/matters/${matter}`);
  const number = String((await read.json()).number);
  const called = (by: string) => ({
    actor: { at: '/of', by },
    type: { constant: 'report.sign' },
    payload: { signedBy: { constant: 'Berit' }, title: { constant: 'Direktör' } },
  });
  await make();
  const says = async (by: string, of = '') => {
    const tried = { message: { of }, mapping: called(by) };
    return (await server.as('administrator').post('/v1/integrations/arkivet/sample', tried)).status;
  };
  expect([await says('id', matter), await says('number', number)]).toEqual([200, 200]);
  expect([await says('number', matter), await says('id', number)]).toEqual([404, 404]);
});

test('a sample of an event that the system is not declared for is told so, whatever the mapping gives', async () => {
  await make({ events: ['minutes.approve', 'notice.post'] });
  const says = async () =>
    (await server.as('administrator').post('/v1/integrations/arkivet/sample', { message: signing() })).json();
  expect(await says()).toMatchObject({ code: 'undeclared' });
  const { name: _, municipality: __, ...declared } = wanted();
  expect((await put('/v1/integrations/arkivet', declared)).status).toBe(200);
  expect(await says()).toMatchObject({ event: { type: 'report.sign' } });
});

describe('a message that was refused', () => {
  const mapping = (type: string) => ({
    actor: { at: '/matter', by: 'id' },
    type: { at: '/what', table: { [type]: 'report.sign' } },
    payload: { signedBy: { at: '/who' }, title: { constant: 'Direktör' } },
  });
  const theirs = () => ({ what: 'signerad', matter, who: 'Berit' });

  test('is tried again by a registrar, by the mapping that is in force then, and who did so stands in the log', async () => {
    const { secret } = await make({ mapping: mapping('signed') });
    const { name: _, municipality: __, ...rest } = wanted();
    expect((await send(secret, theirs())).status).toBe(422);
    expect(await messages()).toMatchObject([
      { id: 'msg_1', outcome: 'refused', refusal: { code: 'invalid' }, body: JSON.stringify(theirs()) },
    ]);
    const registrar = server.as('registrar');
    const again = () => registrar.post('/v1/integrations/arkivet/messages/msg_1/retry', {});
    expect((await again()).status).toBe(422);
    await put('/v1/integrations/arkivet', { ...rest, mapping: mapping('signerad') });
    expect((await again()).status).toBe(409);
    await registrar.send(`/v1/matters/${matter}`, 'matter.assign', { caseOfficer: 'Hanna' });
    await server.as('caseOfficer').send(`/v1/matters/${matter}`, 'report.complete', { dated: '2026-11-20' });
    const done = await again();
    expect([done.status, (await done.json()).id]).toEqual([200, matter]);
    const last = (await entriesOfActor(server.db.reader, matter)).at(-1);
    expect(JSON.parse(last?.meta ?? '')).toMatchObject({
      sender: 'arkivet',
      origin: 'integration',
      message: { id: 'msg_1' },
      triedBy: 'Rolf Registrator',
    });
    expect(await messages()).toMatchObject([
      {
        outcome: 'accepted',
        actor: matter,
        body: JSON.stringify(theirs()),
        triedAgain: [
          { by: 'Rolf Registrator', outcome: 'refused' },
          { by: 'Rolf Registrator', outcome: 'refused' },
          { by: 'Rolf Registrator', outcome: 'accepted' },
        ],
      },
    ]);
    expect((await again()).status).toBe(409);
    expect((await entriesOfActor(server.db.reader, matter)).at(-1)?.seq).toBe(last?.seq);
  });

  test('and is of no concern by the mapping that is in force then, is kept with who found so', async () => {
    const { secret } = await make({ mapping: mapping('signed') });
    const { name: _, municipality: __, ...rest } = wanted();
    expect((await send(secret, theirs())).status).toBe(422);
    const ignore = [[{ at: '/what', in: ['signerad'] }]];
    await put('/v1/integrations/arkivet', { ...rest, mapping: { ...mapping('signed'), ignore } });
    const again = await server.as('registrar').post('/v1/integrations/arkivet/messages/msg_1/retry', {});
    expect(again.status).toBe(204);
    expect(await messages()).toMatchObject([
      { triedAgain: [{ by: 'Rolf Registrator', outcome: 'ignored' }] },
    ]);
  });

  test('is the same when the system sends it again itself: what it is for is answered as before', async () => {
    const { secret } = await make({ mapping: mapping('signed') });
    expect((await send(secret, theirs())).status).toBe(422);
    const { name: _, municipality: __, ...rest } = wanted();
    await put('/v1/integrations/arkivet', { ...rest, mapping: mapping('signerad') });
    expect((await send(secret, theirs())).status).toBe(422);
  });

  test('is shown without its content to those who may not see what is confidential', async () => {
    const { secret } = await make();
    await send(secret, signing());
    expect((await messages('registrar'))[0]).toMatchObject({ body: JSON.stringify(signing()) });
    expect((await messages('administrator'))[0]).toMatchObject({ id: 'msg_1', body: null });
  });

  test('that there is not cannot be tried again', async () => {
    await make();
    const answer = await server.as('registrar').post('/v1/integrations/arkivet/messages/msg_9/retry', {});
    expect(answer.status).toBe(404);
  });
});

test('the examples of the description would be taken', async () => {
  expect(NewIntegration.safeParse(newIntegration).error).toBeUndefined();
  expect(ChangedIntegration.safeParse(changedIntegration).error).toBeUndefined();
});
