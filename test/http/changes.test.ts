import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { JsonObject } from '../../machines/chart.ts';
import { newMatter } from '../../src/http/examples.ts';
import { createTestServer, type TestServer } from '../fixtures/server.ts';

let server: TestServer;
let address: string;
beforeEach(async () => {
  server = await createTestServer();
  const made = await server.as('registrar').post('/v1/matters', newMatter as unknown as JsonObject);
  address = made.headers.get('location') ?? '';
});
afterEach(() => server.close());

const assign = (caseOfficer = 'Hanna') => ({ type: 'matter.assign', payload: { caseOfficer } });
const times = (n: number) => Array.from({ length: n }, (_, index) => index);
const post = (body: JsonObject, headers: Record<string, string>) =>
  server.as('clerk').post(`${address}/events`, body, headers);
const versionNow = async () => (await server.as('clerk').get(address)).headers.get('etag');
const logged = async () => {
  const log = await (await server.as('clerk').get(`${address}/log`)).json();
  return (log.items as JsonObject[]).filter((it) => it.type !== 'started');
};

describe('a change', () => {
  test('answers with the version and the states that it gave', async () => {
    const answer = await post(assign(), { 'If-Match': '"1"' });
    expect(answer.status).toBe(200);
    expect(answer.headers.get('etag')).toBe('"2"');
    expect(answer.headers.get('idempotency-replayed')).toBeNull();
    expect(await answer.json()).toMatchObject({ version: 2, states: [{ path: 'administration.drafting' }] });
  });

  test('names the version that its sender has seen: 428 without, 412 with another, and then nothing happens', async () => {
    const without = await server.as('clerk').post(`${address}/events`, assign());
    expect([without.status, (await without.json()).code]).toEqual([428, 'preconditionRequired']);
    const stale = await post(assign(), { 'If-Match': '"7"' });
    expect([stale.status, await stale.json()]).toMatchObject([412, { code: 'stale', version: 1 }]);
    expect(await versionNow()).toBe('"1"');
    expect((await post(assign(), { 'If-Match': '"1"' })).status).toBe(200);
  });

  test.each(['1', 'W/"1"', '*', '"1", "2"', '"one"', '""', '"-1"', '"1.0"'])(
    'does not guess what If-Match: %s means',
    async (header) => {
      expect((await post(assign(), { 'If-Match': header })).status).toBe(400);
    },
  );

  test('by fifty people at once on the same version succeeds for exactly one; the others are told 412', async () => {
    const answers = await Promise.all(
      times(50).map((n) => post(assign(`Hanna ${n}`), { 'If-Match': '"1"' })),
    );
    const statuses = answers.map((it) => it.status);
    expect(statuses.filter((it) => it === 200)).toHaveLength(1);
    expect(statuses.filter((it) => it === 412)).toHaveLength(49);
    const losers = await Promise.all(answers.filter((it) => it.status === 412).map((it) => it.json()));
    expect(new Set(losers.map((it) => it.version))).toEqual(new Set([2]));
    expect((await logged()).map((it) => it.version)).toEqual([2]);
  });
});

describe('a key', () => {
  test('is needed by every change: 400 without, or with one that is not 1 to 255 visible ASCII characters', async () => {
    const withKey = (key: string) => post(assign(), { 'If-Match': '"1"', 'Idempotency-Key': key });
    for (const key of ['', 'a'.repeat(256), 'två ord', 'å']) {
      const answer = await withKey(key);
      expect([answer.status, (await answer.json()).code]).toEqual([400, 'keyRequired']);
    }
    const created = await server
      .as('clerk')
      .post('/v1/matters', newMatter as unknown as JsonObject, { 'Idempotency-Key': '' });
    expect(created.status).toBe(400);
    expect((await withKey('a'.repeat(255))).status).toBe(200);
  });

  test('sent twenty times at once gives one event and twenty equal answers', async () => {
    const headers = { 'If-Match': '"1"', 'Idempotency-Key': 'once' };
    const answers = await Promise.all(times(20).map(() => post(assign(), headers)));
    expect(answers.map((it) => it.status)).toEqual(times(20).map(() => 200));
    expect(new Set(await Promise.all(answers.map((it) => it.text()))).size).toBe(1);
    expect(answers.filter((it) => it.headers.get('idempotency-replayed') === 'true')).toHaveLength(19);
    expect(await logged()).toHaveLength(1);
  });

  test('gets the first answer again also after more has happened, and whatever the order of the fields', async () => {
    const headers = { 'If-Match': '"1"', 'Idempotency-Key': 'first' };
    const first = await (await post(assign(), headers)).json();
    await post({ type: 'report.complete', payload: { dated: '2026-11-20' } }, { 'If-Match': '"2"' });
    const { type, payload } = assign();
    const again = await post({ payload, type }, headers);
    expect(again.headers.get('etag')).toBe('"2"');
    expect(await again.json()).toEqual(first);
    expect(await versionNow()).toBe('"3"');
  });

  test('belongs to one request: another body, or another address, is 422 and changes nothing', async () => {
    const headers = { 'If-Match': '"1"', 'Idempotency-Key': 'mine' };
    await post(assign('Hanna'), headers);
    const other = await post(assign('Berit'), headers);
    expect([other.status, (await other.json()).code]).toEqual([422, 'keyReused']);
    const id = address.split('/').at(-1);
    const elsewhere = await server.as('clerk').post(`/v1/actors/${id}/events`, assign('Hanna'), headers);
    expect(elsewhere.status).toBe(422);
    expect(await versionNow()).toBe('"2"');
  });

  test("is its sender's own: another may use the same", async () => {
    const headers = { 'If-Match': '"1"', 'Idempotency-Key': 'popular' };
    await post(assign('Hanna'), headers);
    const other = await server
      .as('registrar')
      .post(`${address}/events`, assign('Berit'), { ...headers, 'If-Match': '"2"' });
    expect(other.status).toBe(200);
  });

  test('of a refused change is not used up: the change may be sent again when it is possible', async () => {
    const handOver = { type: 'matter.handOver' };
    const headers = { 'Idempotency-Key': 'later' };
    expect((await post(handOver, { ...headers, 'If-Match': '"1"' })).status).toBe(409);
    await post(assign(), { 'If-Match': '"1"' });
    await post({ type: 'report.complete', payload: { dated: '2026-11-20' } }, { 'If-Match': '"2"' });
    await post({ type: 'report.sign', payload: { signedBy: 'B', title: 'T' } }, { 'If-Match': '"3"' });
    expect((await post(handOver, { ...headers, 'If-Match': '"4"' })).status).toBe(200);
  });

  test('registers a matter once, however often it is sent', async () => {
    const create = () =>
      server.as('clerk').post('/v1/matters', newMatter as unknown as JsonObject, {
        'Idempotency-Key': 'one-matter',
      });
    const answers = await Promise.all(times(20).map(create));
    expect(answers.map((it) => it.status)).toEqual(times(20).map(() => 201));
    expect(new Set(answers.map((it) => it.headers.get('location'))).size).toBe(1);
    expect(new Set(await Promise.all(answers.map((it) => it.text()))).size).toBe(1);
    expect((await (await server.as('clerk').get('/v1/matters')).json()).total).toBe(2);
  });
});

describe('a refused event', () => {
  test('says by which rule, who could send it, and when; and nothing has changed', async () => {
    const answer = await post({ type: 'matter.handOver' }, { 'If-Match': '"1"' });
    expect(answer.headers.get('content-type')).toBe('application/problem+json');
    expect([answer.status, await answer.json()]).toMatchObject([
      409,
      {
        type: '/problems/refused',
        code: 'refused',
        status: 409,
        rule: 'R-010',
        cite: 'KL 5:26',
        who: ['caseOfficer', 'clerk', 'registrar'],
        when: { states: ['Förvaltningen: Undertecknat'], from: null },
        instance: expect.stringMatching(/^urn:uuid:/),
      },
    ]);
    expect(await versionNow()).toBe('"1"');
    expect(await logged()).toEqual([]);
  });

  test('names the condition that is not met', async () => {
    const meeting = { municipality: 'huddinge', body: 'ks', date: '2026-11-20' };
    const at = (await server.as('clerk').post('/v1/meetings', meeting)).headers.get('location') ?? '';
    await server.as('clerk').send(at, 'meeting.summon', { sentOn: '2026-11-13' });
    const answer = await server.as('clerk').send(at, 'meeting.open', { present: 7, chair: 'Olle' });
    expect(await answer.json()).toMatchObject({
      code: 'refused',
      unmet: [{ rule: 'R-031', detail: expect.stringMatching(/beslutsfört/) }],
    });
    expect((await server.as('clerk').send(at, 'meeting.open', { present: 8, chair: 'Olle' })).status).toBe(
      200,
    );
  });

  test('by a role that may not send it is 403 and names the roles that may', async () => {
    const answer = await server.as('auditor').send(address, 'matter.assign', { caseOfficer: 'Rut' });
    expect([answer.status, await answer.json()]).toMatchObject([
      403,
      { code: 'forbidden', who: ['registrar', 'clerk'] },
    ]);
    expect((await server.as('registrar').send(address, 'matter.assign', { caseOfficer: 'Rut' })).status).toBe(
      200,
    );
  });
});
