import { readFileSync } from 'node:fs';
import { pino } from 'pino';
import { Webhook } from 'standardwebhooks';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Database, openDatabase } from '../../db/open.ts';
import type { Json, JsonObject } from '../../machines/chart.ts';
import type { Refusal } from '../../src/engine/refusal.ts';
import { fill } from '../../src/play/fill.ts';
import { play } from '../../src/play/play.ts';
import { parseStory } from '../../src/play/story.ts';
import { openWorld, type World } from '../../src/play/world.ts';
import { entriesOfActor } from '../../src/store/entries.ts';
import { listActors } from '../../src/store/lists.ts';
import { Mapping, mapped } from '../../src/webhooks/mapping.ts';
import { anna, sweden } from '../fixtures/engine.ts';

interface Fixture {
  readonly integration: JsonObject & { readonly name: string };
  readonly message: JsonObject;
  readonly event: JsonObject & { readonly actor: string };
}

const file = new URL('../scenarios/seed-000.json', import.meta.url);
const seed = parseStory('seed-000', JSON.parse(readFileSync(file, 'utf8')));
/** Until the minutes of the council only lack their approval. */
const until = seed.steps.findIndex((it) => it.note === 'Protokollet är inte justerat');

let db: Database;
let world: World;
const names = new Map<string, Json>();
beforeAll(async () => {
  db = await openDatabase(':memory:');
  const now = Date.parse(seed.steps[0]?.at ?? '');
  world = await openWorld(db, { municipality: 'huddinge', now, log: pino({ level: 'silent' }) });
  expect((await play(world, { ...seed, steps: seed.steps.slice(0, until) })).passed).toBe(true);
  const [matter] = await listActors(db.reader, {
    scope: 'everything',
    charts: ['huddinge/council-matter'],
    limit: 1,
  });
  const meetings = await listActors(db.reader, { scope: 'everything', charts: ['meeting'], limit: 9 });
  names.set('m', matter?.id ?? '').set('number', matter?.number ?? '');
  names.set('kf', meetings.find((it) => it.body === 'kf')?.id ?? '');
});
afterAll(() => db.close());

const fixtureOf = (name: string): Fixture => {
  const text = readFileSync(new URL(`../fixtures/integrations/${name}.json`, import.meta.url), 'utf8');
  return fill(JSON.parse(text), names) as unknown as Fixture;
};

const as = async (role: string, path: string, body: JsonObject, method = 'POST', seen = '"0"') => {
  const answer = await world.request(path, {
    method,
    body: JSON.stringify(body),
    headers: { Authorization: `Bearer demo-${role}`, 'Content-Type': 'application/json', 'If-Match': seen },
  });
  return { status: answer.status, body: answer.status === 204 ? {} : ((await answer.json()) as JsonObject) };
};

/** Signs as the npm library does and sends it in. */
function send(name: string, secret: Json | undefined, message: JsonObject, id = `msg_${name}`) {
  const body = JSON.stringify(message);
  const at = new Date(Date.parse(world.services.source.now()));
  return world.request(`/v1/hooks/${name}`, {
    method: 'POST',
    body,
    headers: {
      'webhook-id': id,
      'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
      'webhook-signature': new Webhook(String(secret)).sign(id, at, body),
    },
  });
}

/** One after the other in the life of one matter. */
describe('what another system says in its own words', () => {
  test.each([
    ['e-signing', '2021-11-15T15:05:00+01:00', 'approved'],
    ['notice-board', '2021-11-16T08:30:00+01:00', 'announced'],
    ['records', '2021-11-17T09:30:00+01:00', 'sent'],
    ['court', '2021-11-26T09:00:00+01:00', 'standing.made.appealed.running'],
  ])('(%s) is the event that it was declared to be, and happens', async (name, at, state) => {
    await world.moveTo(Date.parse(at));
    if (name === 'records') {
      const dispatch = seed.steps.find((it) => it.expect?.body['/states/0/path'] === 'after.dispatched');
      const actor = String(names.get('m'));
      const { version } = (await world.services.engine.actor(actor, anna)) ?? { version: 0 };
      const answer = await world.request(`/v1/matters/${actor}/events`, {
        method: 'POST',
        body: JSON.stringify(dispatch?.body),
        headers: {
          Authorization: 'Bearer demo-registrar',
          'Content-Type': 'application/json',
          'Idempotency-Key': 'dispatch',
          'If-Match': `"${version}"`,
        },
      });
      expect(answer.status).toBe(200);
    }
    const { integration, message, event } = fixtureOf(name);
    const made = await as('administrator', '/v1/integrations', integration);
    expect([made.status, made.body.secret]).toEqual([201, expect.stringMatching(/^whsec_/)]);
    const tried = await as('administrator', `/v1/integrations/${integration.name}/sample`, { message });
    expect(tried).toMatchObject({ status: 200, body: { ignored: false, event } });
    const before = (await entriesOfActor(db.reader, event.actor)).length;
    const answer = await send(integration.name, made.body.secret, message);
    const changed = (await answer.json()) as { id: string; states: { path: string }[] };
    expect([answer.status, changed.id, changed.states[0]?.path]).toEqual([200, event.actor, state]);
    const entries = await entriesOfActor(db.reader, event.actor);
    expect(entries).toHaveLength(before + 1);
    expect(JSON.parse(entries.at(-1)?.meta ?? '')).toMatchObject({
      sender: integration.name,
      origin: 'integration',
    });
  });
});

test('trying a sample sends nothing, and says what stands in the way', async () => {
  const { message } = fixtureOf('e-signing');
  const path = '/v1/integrations/underskrifter/sample';
  const count = async () => (await entriesOfActor(db.reader, String(names.get('kf')))).length;
  const before = await count();
  expect((await as('administrator', path, { message: { event: 'document.viewed' } })).body).toEqual({
    ignored: true,
    event: null,
  });
  const unknown = await as('administrator', path, { message: { ...message, event: 'document.rejected' } });
  expect(unknown).toMatchObject({ status: 422, body: { fields: [{ pointer: '/event' }] } });
  const strange = { ...message, document: { metadata: { reference: 'arendegang:nobody' } } };
  expect((await as('administrator', path, { message: strange })).status).toBe(422);
  const mapping = { actor: { at: '/x', by: 'id' }, type: { constant: 'minutes.approve' }, payload: {} };
  const other = await as('administrator', path, { message: { x: names.get('kf') ?? '' }, mapping });
  expect(other).toMatchObject({ status: 422, body: { fields: [{ pointer: '/approvedBy' }] } });
  expect(await count()).toBe(before);
});

test('a message of no concern is answered as taken, kept, and changes nothing (R-119)', async () => {
  const address = '/v1/integrations/underskrifter';
  const read = await world.request(address, { headers: { Authorization: 'Bearer demo-administrator' } });
  const seen = read.headers.get('etag') ?? '';
  const { body } = await as('administrator', `${address}/secret`, {}, 'POST', seen);
  const answer = await send('underskrifter', body.secret, { event: 'document.viewed' }, 'msg_viewed');
  expect(answer.status).toBe(204);
  expect((await send('underskrifter', body.secret, { event: 'document.viewed' }, 'msg_viewed')).status).toBe(
    204,
  );
  const list = await world.request('/v1/integrations/underskrifter/messages', {
    headers: { Authorization: 'Bearer demo-registrar' },
  });
  const { items } = (await list.json()) as { items: JsonObject[] };
  expect(items.find((it) => it.id === 'msg_viewed')).toMatchObject({
    outcome: 'ignored',
    body: '{"event":"document.viewed"}',
  });
});

describe('a mapping', () => {
  const plain = { actor: { at: '/of', by: 'id' }, type: { constant: 'report.sign' } };
  const says = (more: JsonObject, message: JsonObject) =>
    mapped(Mapping.parse({ ...plain, ...more }), { of: 'x', ...message }, sweden);
  /** Where in the message it cannot be read. */
  const faultAt = (more: JsonObject, message: JsonObject) => {
    try {
      return says(more, message);
    } catch (error) {
      return (error as Refusal).particulars.fields?.map((it) => it.pointer);
    }
  };

  test('ignores a message where all the conditions of one of its rules hold', () => {
    const rule = (of: string) => [
      { at: '/kind', in: [of] },
      { at: '/test', in: [true, null] },
    ];
    const ignore = [rule('read'), rule('sent')];
    expect(says({ ignore }, { kind: 'sent', test: true })).toBeNull();
    expect(says({ ignore }, { kind: 'sent' })).toBeNull();
    expect(says({ ignore }, { kind: 'sent', test: false })).not.toBeNull();
    expect(says({ ignore }, { kind: 'signed', test: true })).not.toBeNull();
    // A list or an object is no single value.
    expect(says({ ignore }, { kind: 'sent', test: [true] })).toBeNull();
  });

  test('finds the record by what stands after the words before it, and there must be something', () => {
    const actor = { ...plain.actor, after: 'arende:' };
    expect(says({ actor }, { of: 'arende:1' })).toMatchObject({ reference: '1', part: '' });
    for (const of of ['1', 'xarende:1', 'arende:', 7, null, {}])
      expect(faultAt({ actor }, { of })).toEqual(['/of']);
    expect(faultAt({}, { of: '' })).toEqual(['/of']);
  });

  test('finds a part of the record by its number, or the only one of its kind', () => {
    const part = (at?: string) => ({ actor: { ...plain.actor, part: { prefix: 'p', ...(at && { at }) } } });
    expect(says(part(), {})).toMatchObject({ reference: 'x', part: '.p' });
    expect(says(part('/n'), { n: 12 })).toMatchObject({ part: '.p12' });
    for (const n of ['', '1.p2', '../1', 'å', 'x'.repeat(41)])
      expect(faultAt(part('/n'), { n })).toEqual(['/n']);
  });

  test('leaves out what is not there only where that is said', () => {
    const payload = (more: JsonObject) => ({ payload: { on: { at: '/on', ...more } } });
    for (const message of [{}, { on: null }]) {
      expect(says(payload({ optional: true }), message)?.payload).toEqual({});
      expect(faultAt(payload({}), message)).toEqual(['/on']);
    }
    expect(says(payload({ optional: true }), { on: false })?.payload).toEqual({ on: false });
  });

  test('takes each of a list, and says which of them is wrong', () => {
    const payload = { by: { at: '/by', each: '/name' } };
    expect(says({ payload }, { by: [{ name: 'A' }, { name: 'B' }] })?.payload).toEqual({ by: ['A', 'B'] });
    expect(faultAt({ payload }, { by: [{ name: 'A' }, {}] })).toEqual(['/by/1/name']);
    expect(faultAt({ payload }, { by: { name: 'A' } })).toEqual(['/by']);
  });

  test('takes a day as it is, and of an instant the local one', () => {
    const payload = { on: { at: '/on', as: 'day' } };
    const day = (on: Json) => says({ payload }, { on })?.payload.on;
    expect(day('2026-11-20')).toBe('2026-11-20');
    expect(day('2026-11-20T22:59:59Z')).toBe('2026-11-20');
    expect(day('2026-11-20T23:00:00Z')).toBe('2026-11-21');
    expect(day('2026-11-20T23:30:00+01:00')).toBe('2026-11-20');
    // Without an offset it is nobody knows which instant.
    for (const on of ['2026-11-20T23:00:00', '2026-11-20T25:00:00Z', '20 november', '2026-11', 20261120])
      expect(faultAt({ payload }, { on })).toEqual(['/on']);
  });

  test('puts their words into ours by its table and by nothing else', () => {
    const payload = { how: { at: '/how', table: { ja: true, nej: false } } };
    expect(says({ payload }, { how: 'nej' })?.payload).toEqual({ how: false });
    for (const how of ['kanske', 'constructor', '__proto__', ['ja']])
      expect(faultAt({ payload }, { how })).toEqual(['/how']);
    const type = { at: '/kind', table: { signed: 'report.sign' } };
    expect(says({ type }, { kind: 'signed' })).toMatchObject({ type: 'report.sign' });
    expect(faultAt({ type }, { kind: 'toString' })).toEqual(['/kind']);
  });
});
