import { createHash } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Json, JsonObject } from '../../machines/chart.ts';
import { Refusal } from '../../src/engine/refusal.ts';
import { findReceipt } from '../../src/store/receipts.ts';
import type { Preset } from '../../src/webhooks/integrations.ts';
import { sign } from '../../src/webhooks/signature.ts';
import { createTestServer, type TestServer } from '../fixtures/server.ts';

const [oldSecret, newSecret, otherSecret] = ['old', 'new', 'other'].map(
  (name) => `whsec_${Buffer.from(`${name} secret of at least 24 bytes`).toString('base64')}`,
) as [string, string, string];

const integration = (name: string, tenant: string, ...secrets: string[]): Preset => ({
  name,
  label: { sv: name, en: name },
  tenant,
  secrets,
  events: ['minutes.approve', 'notice.post', 'meeting.open', 'meeting.cancel'],
});

let server: TestServer;
let meeting: string;
beforeEach(async () => {
  server = await createTestServer({
    integrations: [
      integration('e-signering', 'huddinge', newSecret, oldSecret),
      integration('grannen', 'salem', otherSecret),
    ],
  });
  meeting = await meetingAwaitingApproval();
});
afterEach(() => server.close());

/** A meeting whose minutes only lack their approval. */
async function meetingAwaitingApproval(): Promise<string> {
  const clerk = server.as('clerk');
  const made = await clerk.post('/v1/meetings', { municipality: 'huddinge', body: 'ks', date: '2026-11-20' });
  const address = made.headers.get('location') ?? '';
  await clerk.send(address, 'meeting.summon', { sentOn: '2026-11-13' });
  await clerk.send(address, 'meeting.open', { present: 15, chair: 'Olle' });
  await clerk.send(address, 'meeting.close');
  await clerk.send(address, 'minutes.complete');
  return address.split('/').at(-1) ?? '';
}

interface Envelope {
  readonly id?: string;
  readonly secret?: string;
  /** Seconds after the server's clock. */
  readonly late?: number;
  readonly to?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

function deliver(body: Json | Uint8Array, envelope: Envelope = {}) {
  const { id = 'msg_1', secret = newSecret, late = 0, to = 'e-signering', headers = {} } = envelope;
  const timestamp = Date.parse(server.clock.now) / 1000 - late;
  const bytes = body instanceof Uint8Array ? body : new TextEncoder().encode(JSON.stringify(body));
  return server.request(`/v1/hooks/${to}`, {
    method: 'POST',
    body: bytes as Uint8Array<ArrayBuffer>,
    headers: {
      'Content-Type': 'application/json',
      'webhook-id': id,
      'webhook-timestamp': String(timestamp),
      'webhook-signature': sign({ id, timestamp, body: bytes }, secret),
      ...headers,
    },
  });
}

const approval = (payload: JsonObject = { approvedBy: ['Olle', 'Eva'] }): JsonObject => ({
  actor: meeting,
  type: 'minutes.approve',
  payload,
});
const standing = async () => {
  const view = await (await server.as('clerk').get(`/v1/meetings/${meeting}`)).json();
  return { version: view.version, state: (view.states as JsonObject[])[0]?.path };
};
const receipt = (id: string, of = 'e-signering') => findReceipt(server.db.reader, of, id);

describe('a signed message', () => {
  test('that says that the minutes are signed approves them', async () => {
    const answer = await deliver(approval());
    expect([answer.status, await answer.json()]).toMatchObject([
      200,
      { id: meeting, version: 6, states: [{ path: 'approved' }] },
    ]);
    expect(await standing()).toEqual({ version: 6, state: 'approved' });
    const path = await (await server.as('auditor').get(`/v1/meetings/${meeting}/path`)).json();
    expect((path.steps as JsonObject[]).at(-1)).toMatchObject({
      sender: { name: 'e-signering', origin: 'integration' },
    });
  });

  test('sent again, also later, gets the same answer and changes nothing', async () => {
    const first = await (await deliver(approval())).text();
    await server.as('clerk').send(`/v1/meetings/${meeting}`, 'notice.post', { minutesAt: 'Kommunhuset' });
    server.clock.now = '2026-11-21T09:00:00Z';
    const again = await deliver(approval());
    expect([again.status, again.headers.get('idempotency-replayed')]).toEqual([200, 'true']);
    expect(await again.text()).toBe(first);
    expect(await standing()).toEqual({ version: 7, state: 'announced' });
  });

  test('sent ten times at once happens once, and every one gets the same answer', async () => {
    const answers = await Promise.all(Array.from({ length: 10 }, () => deliver(approval())));
    expect(new Set(answers.map((it) => it.status))).toEqual(new Set([200]));
    expect(new Set(await Promise.all(answers.map((it) => it.text()))).size).toBe(1);
    expect(await standing()).toEqual({ version: 6, state: 'approved' });
  });

  test('is kept as it was received, with what came of it (R-119)', async () => {
    await deliver(approval());
    expect(await receipt('msg_1')).toMatchObject({ tenant: 'huddinge', body: JSON.stringify(approval()) });
    expect(await receipt('msg_2')).toBeNull();
  });

  test('stands in the log by its id and the hash of its body, as it was received (R-119)', async () => {
    await deliver(approval());
    const { items } = await (await server.as('auditor').get(`/v1/meetings/${meeting}/log`)).json();
    const entry = (items as JsonObject[]).at(-1);
    const sha256 = createHash('sha256').update(JSON.stringify(approval())).digest('hex');
    expect(JSON.parse(String(entry?.meta))).toMatchObject({ message: { id: 'msg_1', sha256 } });
  });

  test('is taken under the new secret and under the old one, but not under that of another', async () => {
    const note = { actor: meeting, type: 'notice.post', payload: { minutesAt: 'Kommunhuset' } };
    expect((await deliver(approval(), { id: 'a', secret: oldSecret })).status).toBe(200);
    expect((await deliver(note, { id: 'b', secret: otherSecret })).status).toBe(401);
    expect((await deliver(note, { id: 'c', secret: newSecret })).status).toBe(200);
  });

  test('is as old as five minutes and no older, as new as five minutes and no newer', async () => {
    const statuses = [];
    for (const late of [301, -301, 300, -300])
      statuses.push((await deliver(approval(), { id: `late${late}`, late })).status);
    expect(statuses).toEqual([401, 401, 200, 409]);
  });
});

describe('a message without a signature that fits', () => {
  test.each([
    ['no id', { 'webhook-id': '' }],
    ['another id', { 'webhook-id': 'msg_9' }],
    ['another time', { 'webhook-timestamp': '1795165201' }],
    ['no signature', { 'webhook-signature': '' }],
    ['a signature of its own', { 'webhook-signature': 'v1,AAAA' }],
    ['a token instead', { 'webhook-signature': 'x', Authorization: 'Bearer demo-clerk' }],
  ])('(%s) is 401, changes nothing and is not kept', async (_, headers) => {
    const answer = await deliver(approval(), { headers });
    expect([answer.status, (await answer.json()).code]).toEqual([401, 'badSignature']);
    expect((await standing()).version).toBe(5);
    expect(await receipt('msg_1')).toBeNull();
  });

  test('or to a system that does not exist, comes to nothing', async () => {
    expect((await deliver(approval(), { to: 'okand' })).status).toBe(404);
  });
});

describe('a message from a system', () => {
  test('never decides: R-093, whoever it says it is', async () => {
    const message = { actor: meeting, type: 'meeting.open', payload: { present: 15, chair: 'Olle' } };
    const answer = await deliver(message);
    expect([answer.status, await answer.json()]).toMatchObject([
      409,
      { code: 'refused', rule: 'R-093', cite: 'KL 6:38 st 2' },
    ]);
    const sample = await server.as('administrator').post('/v1/integrations/e-signering/sample', { message });
    expect([sample.status, (await sample.json()).rule]).toEqual([409, 'R-093']);
    const token = await server.as('integration').send(`/v1/meetings/${meeting}`, 'meeting.close');
    expect([token.status, (await token.json()).rule]).toEqual([409, 'R-093']);
  });

  test('about what systems may not do is 403', async () => {
    const answer = await deliver({ actor: meeting, type: 'meeting.cancel', payload: { reason: 'x' } });
    expect([answer.status, (await answer.json()).code]).toEqual([403, 'forbidden']);
  });

  test('about what the system is not declared for is 403, whatever its role may send', async () => {
    const one = { ...integration('e-signering', 'huddinge', newSecret), events: ['minutes.approve'] };
    await server.close();
    server = await createTestServer({ integrations: [one] });
    meeting = await meetingAwaitingApproval();
    expect((await deliver(approval())).status).toBe(200);
    const note = { actor: meeting, type: 'notice.post', payload: { minutesAt: 'Kommunhuset' } };
    const answer = await deliver(note, { id: 'msg_2' });
    expect([answer.status, (await answer.json()).code]).toEqual([403, 'forbidden']);
    expect(await standing()).toEqual({ version: 6, state: 'approved' });
  });

  test('reaches its own municipality only: the actors of others do not exist for it', async () => {
    const answer = await deliver(approval(), { to: 'grannen', secret: otherSecret });
    expect([answer.status, (await answer.json()).code]).toEqual([404, 'notFound']);
    expect((await standing()).version).toBe(5);
  });
});

describe('a message that is refused', () => {
  const tooFew = () => approval({ approvedBy: ['Olle'] });

  test('is kept as a received document all the same (R-119)', async () => {
    const answer = await deliver(tooFew());
    expect([answer.status, await answer.json()]).toMatchObject([409, { code: 'refused', rule: 'R-069' }]);
    expect(await receipt('msg_1')).toMatchObject({ body: JSON.stringify(tooFew()), tenant: 'huddinge' });
    expect(JSON.parse((await receipt('msg_1'))?.result ?? '')).toMatchObject({
      refusal: { code: 'refused' },
    });
  });

  const early = () => ({ actor: meeting, type: 'notice.post', payload: { minutesAt: 'Kommunhuset' } });

  test('for how things stand is tried again when it is sent again, and happens once', async () => {
    expect((await deliver(early(), { id: 'early' })).status).toBe(409);
    await deliver(approval(), { id: 'approval' });
    expect((await deliver(early(), { id: 'early' })).status).toBe(200);
    expect(await standing()).toEqual({ version: 7, state: 'announced' });
    const again = await deliver(early(), { id: 'early' });
    expect([again.status, again.headers.get('idempotency-replayed')]).toEqual([200, 'true']);
    expect(await standing()).toEqual({ version: 7, state: 'announced' });
  });

  test('is kept as it was received first, with what became of it in the end (R-119)', async () => {
    await deliver(early(), { id: 'early' });
    const first = await receipt('early');
    server.clock.now = '2026-11-20T10:00:00Z';
    await deliver(approval(), { id: 'approval' });
    await deliver(early(), { id: 'early' });
    const { result, ...kept } = (await receipt('early')) ?? {};
    expect(first).toMatchObject(kept);
    expect(JSON.parse(result ?? '')).toMatchObject({ actor: meeting, version: 7 });
  });

  test('for what it is gets the same answer when it is sent again', async () => {
    const wrong = { ...early(), type: 'item.concluded' };
    const answer = async () => {
      const { instance: _, ...problem } = await (await deliver(wrong)).json();
      return problem;
    };
    expect(await answer()).toMatchObject({ code: 'undeclared' });
    expect(await answer()).toEqual(await answer());
  });

  test('because nothing could be written is not kept as if that had been its answer', async () => {
    const unavailable = new Refusal('unavailable', { sv: 'Går inte att skriva.', en: 'Cannot be written.' });
    vi.spyOn(server.services.engine, 'submit').mockRejectedValueOnce(unavailable);
    expect((await deliver(approval())).status).toBe(503);
    expect(await receipt('msg_1')).toBeNull();
    expect((await deliver(approval())).status).toBe(200);
    expect(JSON.parse((await receipt('msg_1'))?.result ?? '')).not.toHaveProperty('refusal');
  });

  test.each([
    ['accepted', () => approval()],
    ['refused', () => tooFew()],
  ])('since another was %s under its id is 422, and changes nothing', async (_, first) => {
    await deliver(first());
    const { version } = await standing();
    const kept = await receipt('msg_1');
    const answer = await deliver(approval({ approvedBy: ['Mallory', 'Eve'] }));
    expect([answer.status, (await answer.json()).code]).toEqual([422, 'keyReused']);
    expect((await standing()).version).toBe(version);
    expect(await receipt('msg_1')).toEqual(kept);
  });

  test('and sent many times at once, is kept once and gets one answer', async () => {
    const answers = await Promise.all(Array.from({ length: 10 }, () => deliver(tooFew())));
    expect(new Set(answers.map((it) => it.status))).toEqual(new Set([409]));
    const kept = await server.db.reader.selectFrom('receipt').selectAll().execute();
    expect(kept).toHaveLength(1);
  });

  test.each([
    ['is not JSON', new TextEncoder().encode('approved!'), 'approved!', ''],
    ['is not text', new Uint8Array([0xff, 0xfe, 0x00]), 'data:;base64,//4A', ''],
    ['has NUL, which no database keeps', new Uint8Array([0x22, 0x00, 0x22]), 'data:;base64,IgAi', ''],
    ['is a list', [], '[]', ''],
    ['names no actor', { type: 'minutes.approve' }, '{"type":"minutes.approve"}', '/actor'],
  ])('since it %s is 422, and kept', async (_, body, text, pointer) => {
    const answer = await deliver(body as Json | Uint8Array);
    const problem = await answer.json();
    expect([answer.status, problem.code]).toEqual([422, 'invalid']);
    if (pointer) expect(problem.fields).toMatchObject([{ pointer }]);
    expect((await receipt('msg_1'))?.body).toBe(text);
    expect((await deliver(body as Json | Uint8Array)).status).toBe(422);
  });

  test('tells the wrong field by its place in the message', async () => {
    const answer = await deliver(approval({ approvedBy: [7] }));
    expect((await answer.json()).fields).toMatchObject([{ pointer: '/payload/approvedBy/0' }]);
  });

  test.each(['xstate.init', '*', '', 'item.concluded'])(
    'since there is no event "%s" is 400',
    async (type) => {
      expect((await deliver({ actor: meeting, type, payload: {} })).status).toBe(400);
    },
  );

  test('since it is larger than 64 KiB is 413 before anyone reads it', async () => {
    const of = (size: number) => new TextEncoder().encode(JSON.stringify(approval()).padEnd(size));
    expect((await deliver(of(64 * 1024 + 1))).status).toBe(413);
    expect((await deliver(of(64 * 1024))).status).toBe(200);
  });
});
