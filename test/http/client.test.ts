import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Role } from '../../machines/roles.ts';
import { change, clientOf } from '../../src/http/client.ts';
import { newMatter } from '../../src/http/examples.ts';
import { createTestServer, type TestServer } from '../fixtures/server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await createTestServer();
});
afterAll(() => server.close());

/** A client in the name of a role, of a server in memory. */
const as = (role: Role) =>
  clientOf('http://localhost', `demo-${role}`, async (input, init) =>
    server.app.request(input as string | URL, init),
  ).v1;

describe('a matter is walked by the client alone', () => {
  let id: string;
  let etag: string | null;

  test('registered, from what the compiler lets a matter be', async () => {
    const made = await as('registrar').matters.$post({ json: newMatter }, change(randomUUID()));
    expect(made.status).toBe(201);
    if (made.status !== 201) throw new Error('not registered');
    const matter = await made.json();
    [id, etag] = [matter.id, made.headers.get('etag')];
    expect([matter.title, matter.states[0]?.path]).toEqual([newMatter.title, 'administration.registered']);
  });

  test('found again by a word of its title, and read', async () => {
    const found = await as('auditor').matters.$get({ query: { q: 'karolinska', limit: '5' } });
    if (found.status !== 200) throw new Error('not found');
    const { items, total } = await found.json();
    expect([items.map((it) => it.id), total]).toEqual([[id], 1]);
    const read = await as('auditor').matters[':id'].$get({ param: { id } });
    expect(read.headers.get('etag')).toBe(etag);
  });

  test('taken on, by an event that is possible now', async () => {
    const possible = await as('clerk').matters[':id'].events.$get({ param: { id } });
    if (possible.status !== 200) throw new Error('no events');
    const { available, unavailable } = await possible.json();
    expect(available.map((it) => it.type)).toContain('matter.assign');
    expect(unavailable.map((it) => it.type)).toContain('decision.confirm');
    const event = { type: 'matter.assign', payload: { caseOfficer: 'Hanna' } };
    const sent = await as('clerk').matters[':id'].events.$post(
      { param: { id }, json: event },
      change(randomUUID(), etag),
    );
    if (sent.status !== 200) throw new Error('refused');
    const changed = await sent.json();
    expect([changed.version, changed.states.map((it) => it.path)]).toEqual([2, ['administration.drafting']]);
    const late = await as('clerk').matters[':id'].events.$post(
      { param: { id }, json: event },
      change(randomUUID(), etag),
    );
    expect(late.status).toBe(412);
  });

  test('and its path, its log and its audit say so', async () => {
    const path = await as('auditor').matters[':id'].path.$get({ param: { id }, query: {} });
    if (path.status !== 200) throw new Error('no path');
    expect((await path.json()).steps.map((it) => it.event.type)).toContain('matter.assign');
    const log = await as('auditor').matters[':id'].log.$get({ param: { id } });
    if (log.status !== 200) throw new Error('no log');
    const { items } = await log.json();
    const head = await (await as('auditor').head.$get()).json();
    expect(items.at(-1)?.seq).toBe(head.last);
    const audit = await as('auditor').matters[':id'].audit.$get({ param: { id } });
    if (audit.status !== 200) throw new Error('no audit');
    expect(await audit.json()).toMatchObject({ chainIntact: true, replayEqual: true, lawful: true });
  });
});

describe('the compiler', () => {
  test('knows every address, and refuses what the API would', async () => {
    const bare = { municipality: 'huddinge', route: 'council-matter', title: 'T' };
    // @ts-expect-error: a matter has proposals.
    const made = await as('clerk').matters.$post({ json: bare }, change(randomUUID()));
    expect(made.status).toBe(422);
    // @ts-expect-error: there is no such collection.
    const unknown = await as('clerk').matter.$get();
    expect(unknown.status).toBe(404);
  });
});
