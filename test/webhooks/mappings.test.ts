import { readFileSync } from 'node:fs';
import { pino } from 'pino';
import { Webhook } from 'standardwebhooks';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Database, openDatabase } from '../../db/open.ts';
import type { Json, JsonObject } from '../../machines/chart.ts';
import { fill } from '../../src/play/fill.ts';
import { play } from '../../src/play/play.ts';
import { parseStory } from '../../src/play/story.ts';
import { openWorld, type World } from '../../src/play/world.ts';
import { entriesOfActor } from '../../src/store/entries.ts';
import { listActors } from '../../src/store/lists.ts';
import { anna } from '../fixtures/engine.ts';

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
