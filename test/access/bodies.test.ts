/** A commission for some bodies only: what it is for, and what is with no body of the municipality, at the whole server. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { JsonObject } from '../../machines/chart.ts';
import type { Role } from '../../machines/roles.ts';
import type { Identity } from '../../src/services.ts';
import { createTestServer, type TestServer } from '../fixtures/server.ts';

const person = (id: string, bodies: readonly string[], roles: readonly Role[]): [string, Identity] => [
  id,
  { id, name: id, origin: 'person', grants: [{ tenant: 'huddinge', roles, bodies, confidential: false }] },
];
const staff: readonly Role[] = ['registrar', 'clerk', 'caseOfficer', 'chair'];

let server: TestServer;
beforeAll(async () => {
  const system = { tenant: 'huddinge', roles: ['integration'] as const, confidential: false };
  const identities = new Map<string, Identity>([
    person('sn', ['sn'], staff),
    person('von', ['von'], staff),
    person('chair-of-sn', ['sn'], ['chair']),
    [
      'system-of-sn',
      { id: 's', name: 'Diariet', origin: 'integration', grants: [{ ...system, bodies: ['sn'] }] },
    ],
  ]);
  server = await createTestServer({ identities, now: '2026-11-20T09:00:00Z' });
});
afterAll(() => server.close());

let keys = 0;
const ask = async (who: string, path: string, body?: JsonObject, version = 0) => {
  const answer = await server.request(path, {
    method: body ? 'POST' : 'GET',
    headers: {
      authorization: `Bearer ${who}`,
      cookie: `identity=${who}`,
      'content-type': 'application/json',
      'idempotency-key': `bodies-${++keys}`,
      'if-match': `"${version}"`,
    },
    ...(body && { body: JSON.stringify(body) }),
  });
  const text = await answer.text();
  const isJson = answer.headers.get('content-type')?.includes('json');
  return { status: answer.status, text, body: (isJson ? JSON.parse(text) : {}) as JsonObject };
};

async function start(who: string, collection: string, input: JsonObject): Promise<string> {
  const { status, body } = await ask(who, `/v1/${collection}`, { municipality: 'huddinge', ...input });
  expect([status, body.detail]).toEqual([201, undefined]);
  return String(body.id);
}

const register = (who: string, body: string) =>
  start(who, 'matters', {
    route: `${body}-matter`,
    title: `Avtal för ${body}`,
    proposals: [
      { text: 'Avtalet godkänns.', body, tasks: [{ title: 'Underteckna', assignee: 'direktören' }] },
    ],
  });

async function send(who: string, path: string, type: string, payload: JsonObject = {}) {
  const { body } = await ask(who, `/v1/${path}`);
  const answer = await ask(who, `/v1/${path}/events`, { type, payload }, Number(body.version));
  return { status: answer.status, detail: answer.body.detail };
}

/** The types of the events that one may send by what the API says is possible; and the same by the desk. */
async function offered(who: string, id: string, collection = 'matters') {
  const { body } = await ask(who, `/v1/${collection}/${id}/events`);
  const desk = (await ask(who, '/v1/desk')).body.waiting as { id: string; next: { type: string }[] }[];
  return {
    permitted: (body.available as { type: string; permitted: boolean }[])
      .filter((it) => it.permitted)
      .map((it) => it.type),
    waiting: desk.find((it) => it.id === id)?.next.map((it) => it.type) ?? [],
  };
}

const done = { status: 200, detail: undefined };
const others = { status: 403, detail: expect.stringContaining('gäller andra organ') };

describe('what is with the administration is with no body, and so for every commission in the municipality', () => {
  let matter: string;
  beforeAll(async () => {
    matter = await register('sn', 'sn');
  });

  test.each<[string, JsonObject]>([
    ['matter.assign', { caseOfficer: 'Eva Lind' }],
    ['report.complete', { dated: '2026-11-19' }],
  ])('%s is on the desk of whoever is for one committee, offered, and done', async (type, payload) => {
    const { permitted, waiting } = await offered('sn', matter);
    expect(waiting).toContain(type);
    expect(permitted).toContain(type);
    expect((await ask('sn', `/matters/${matter}`)).text).toContain(
      `action="/actors/${matter}/events/${type}"`,
    );
    expect(await send('sn', `matters/${matter}`, type, payload)).toEqual(done);
  });

  test('what it asks others for is answered at the body that is asked, or by anyone where that is none', async () => {
    const other = await register('sn', 'sn');
    expect(await send('sn', `matters/${other}`, 'matter.assign', { caseOfficer: 'Eva Lind' })).toEqual(done);
    const asking = (key: string, body: string) =>
      send('sn', `matters/${other}`, 'consultation.send', { key, body, question: 'Vad anser ni?' });
    expect(await asking('a', 'Pensionärsrådet')).toEqual(done);
    expect(await asking('b', 'von')).toEqual(done);
    const answer = { how: 'answered', on: '2026-11-19', opinion: 'Tillstyrks.' };
    const answered = (who: string, key: string) =>
      send(who, `actors/${other}.remiss-${key}`, 'consultation.answer', answer);
    expect(await answered('sn', 'b')).toMatchObject(others);
    expect(await answered('von', 'b')).toEqual(done);
    expect(await answered('sn', 'a')).toEqual(done);
  });

  test('a system that is for one committee signs its report there, as others do', async () => {
    const signing = { signedBy: 'Eva Lind', title: 'utredare' };
    const other = await send('system-of-sn', `matters/${matter}`, 'matter.handOver');
    expect(other).toEqual({ status: 403, detail: expect.not.stringContaining('gäller andra organ') });
    expect(await send('system-of-sn', `matters/${matter}`, 'report.sign', signing)).toEqual(done);
  });

  test('handed over to its committee, it goes on there by the same commission, and by no other’s', async () => {
    expect(await send('sn', `matters/${matter}`, 'matter.handOver')).toEqual(done);
    expect((await offered('von', matter)).permitted).toEqual([]);
    expect((await offered('sn', matter)).permitted).not.toEqual([]);
    expect(await send('von', `matters/${matter}`, 'matter.withdraw', {})).toMatchObject(others);
    const meeting = await start('sn', 'meetings', { body: 'sn', date: '2026-11-25' });
    expect(await send('von', `meetings/${meeting}`, 'agenda.add', { matter })).toMatchObject(others);
    expect(await send('sn', `meetings/${meeting}`, 'agenda.add', { matter })).toEqual(done);
    expect(await send('sn', `meetings/${meeting}`, 'meeting.summon', { sentOn: '2026-11-20' })).toEqual(done);
    server.clock.now = '2026-11-25T09:00:00Z';
    const opening = { present: 9, chair: 'Olle Ordförande' };
    expect(await send('sn', `meetings/${meeting}`, 'meeting.open', opening)).toEqual(done);
    expect(await send('sn', `meetings/${meeting}`, 'item.open', { matter })).toEqual(done);
    const question = { proposals: [{ outcome: 'approved' }] };
    expect(await send('von', `matters/${matter}`, 'question.put', question)).toMatchObject(others);
    expect(await send('sn', `matters/${matter}`, 'question.put', question)).toEqual(done);
    expect(await send('sn', `matters/${matter}`, 'decision.confirm', { finds: 1 })).toEqual(done);
  });
});

test('control: a matter that another committee has is not on the desk of the first, nor for it to send to', async () => {
  const matter = await register('sn', 'von');
  for (const [type, payload] of [
    ['matter.assign', { caseOfficer: 'Eva Lind' }],
    ['report.complete', { dated: '2026-11-19' }],
    ['report.sign', { signedBy: 'Eva Lind', title: 'utredare' }],
    ['matter.handOver', {}],
  ] as const)
    expect(await send('sn', `matters/${matter}`, type, payload)).toEqual(done);
  expect(await offered('sn', matter)).toEqual({ permitted: [], waiting: [] });
  expect((await offered('von', matter)).permitted).not.toEqual([]);
  expect(await send('sn', `matters/${matter}`, 'matter.withdraw', {})).toMatchObject(others);
});

test('the page that turns somebody down says that the commission is for other bodies, as the API does', async () => {
  const matter = await register('sn', 'sn');
  const consulting = { key: 'a', body: 'von', question: 'Vad anser ni?' };
  expect(await send('sn', `matters/${matter}`, 'matter.assign', { caseOfficer: 'Eva Lind' })).toEqual(done);
  expect(await send('sn', `matters/${matter}`, 'consultation.send', consulting)).toEqual(done);
  const answer = await server.request(`/actors/${matter}.remiss-a/events/consultation.answer`, {
    method: 'POST',
    headers: { cookie: 'identity=sn', origin: 'http://localhost' },
    body: new URLSearchParams({ how: 'answered', on: '2026-11-19', _version: '1' }),
  });
  const page = await answer.text();
  expect([answer.status, page.includes('gäller andra organ'), page.includes('Rollen räcker inte')]).toEqual([
    403,
    true,
    false,
  ]);
});

test('control: where no body has it, the roles are asked all the same', async () => {
  const matter = await register('sn', 'sn');
  expect((await offered('chair-of-sn', matter)).permitted).toEqual([]);
  expect(await send('chair-of-sn', `matters/${matter}`, 'matter.assign', { caseOfficer: 'Eva' })).toEqual({
    status: 403,
    detail: 'Din roll får inte sända den händelsen.',
  });
});
