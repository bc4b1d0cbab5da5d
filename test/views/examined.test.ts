import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { JsonObject } from '../../machines/chart.ts';
import { examined, examinedNow } from '../../src/views/examination.ts';
import type { Source } from '../../src/views/source.ts';
import { createTestServer, type TestServer } from '../fixtures/server.ts';

let server: TestServer;
let id: string;
beforeEach(async () => {
  server = await createTestServer();
  const body: JsonObject = {
    municipality: 'salem',
    route: 'board-matter',
    title: 'Ett ärende',
    proposals: [{ text: 'Förslaget antas.', body: 'ks' }],
  };
  const made = await server.as('registrar').post('/v1/matters', body);
  id = made.headers.get('location')?.split('/').at(-1) ?? '';
});
afterEach(() => server.close());

const source = (): Source => ({ ...server.services.source, scope: 'everything' });

const assign = () => server.as('clerk').send(`/v1/matters/${id}`, 'matter.assign', { caseOfficer: 'Eva' });

/** What someone does who has the file. */
const tamper = () => sql`update actor set title = 'Ett annat' where id = ${id}`.execute(server.db.writer);

const page = async (query = '') =>
  (await server.request(`/matters/${id}${query}`, { headers: { cookie: 'identity=demo-auditor' } })).text();

describe('the examination that a page shows', () => {
  test('is made once for a log that does not grow, and says when', async () => {
    const first = await examined(source(), id);
    expect(first).toMatchObject({ findings: [], at: '2026-11-20T09:00:00.000Z' });
    server.clock.now = '2026-11-20T10:00:00Z';
    expect(await examined(source(), id)).toBe(first);
    expect(await page()).toContain('Granskad 2026-11-20 10:00');
  });

  test('is made anew when anything has happened in the record', async () => {
    const first = await examined(source(), id);
    await assign();
    expect((await examined(source(), id))?.entries).toBe((first?.entries ?? 0) + 1);
  });

  test('is made anew for whoever asks: only that sees what was done to the database since', async () => {
    expect(await page()).toContain('Loggen hel och oförändrad');
    await tamper();
    expect(await page()).toContain('Loggen hel och oförändrad');
    expect(await page('?examine=now')).toContain('Avvikelser i loggen');
    expect(await page()).toContain('Avvikelser i loggen');
  });

  test('and the one that the API gives is always made anew', async () => {
    await examinedNow(source(), id);
    await tamper();
    const audit = await (await server.as('auditor').get(`/v1/matters/${id}/audit`)).json();
    expect(audit).toMatchObject({ replayEqual: false });
  });

  test('of a record that does not exist is none', async () => {
    expect(await examined(source(), 'nobody')).toBeNull();
  });
});
