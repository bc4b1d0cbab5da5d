/** Moving matters from the pages, as a browser without JavaScript does. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { committeeMatter } from '../../machines/routes/bodies.ts';
import { createTestServer, type TestServer } from '../fixtures/server.ts';

let server: TestServer;
let matter: string;
beforeAll(async () => {
  server = await createTestServer({ prove: async () => [] });
  const proposals = [{ text: 'Bidraget beviljas.', body: 'sn' }];
  const words = { municipality: 'huddinge', route: 'sn-matter', title: 'Bidrag till föreningen', proposals };
  matter = String((await (await server.as('registrar').post('/v1/matters', words)).json()).id);
  const route = { ...committeeMatter('sn'), version: 2 };
  await server.as('administrator').post('/v1/routes', { municipality: 'huddinge', route } as never);
});
afterAll(() => server.close());

const plan = {
  id: 'sn-second',
  municipalities: ['huddinge'],
  charts: [{ chart: 'huddinge/sn-matter', from: 1, to: 2, deadlines: { lapse: 'keep' } }],
  reason: 'Ny arbetsordning.',
  approver: 'Karin Kanslichef',
};

const ask = (path: string, as = 'administrator', language = '') =>
  server.app.request(path, { headers: { cookie: `identity=demo-${as}${language}` } });
const send = (path: string, fields: Record<string, string>, as = 'administrator') => {
  const body = new FormData();
  for (const [name, value] of Object.entries(fields)) body.set(name, value);
  const headers = { cookie: `identity=demo-${as}`, origin: 'http://localhost' };
  return server.app.request(path, { method: 'POST', body, headers });
};

describe('The moves', () => {
  test('are reached from the routes by the administrator, who alone may publish one', async () => {
    expect(await (await ask('/routes')).text()).toContain('href="/moves"');
    expect(await (await ask('/routes', 'clerk')).text()).not.toContain('href="/moves"');
    expect((await send('/moves', { document: JSON.stringify(plan) }, 'clerk')).status).toBe(403);
    expect((await ask('/moves/sn-second')).status).toBe(404);
  });

  test('that cannot be followed are shown with what is wrong, and what was written is kept', async () => {
    const wrong = JSON.stringify({ ...plan, charts: [{ ...plan.charts[0], to: 9 }] });
    const answer = await send('/moves', { document: wrong });
    expect(answer.status).toBe(422);
    const html = await answer.text();
    expect(html).toContain('<code>/charts/0/to</code> det finns ingen huddinge/sn-matter version 9');
    expect(html).toContain('sn-second');
  });

  test('are published, shown matter by matter, and carried out at the press of a button, once', async () => {
    const published = await send('/moves', { document: JSON.stringify(plan) });
    expect([published.status, published.headers.get('location')]).toEqual([303, '/moves/sn-second']);
    expect((await ask('/moves/sn-second', 'clerk')).status).toBe(403);
    const html = await (await ask('/moves/sn-second')).text();
    for (const it of [
      'Bidrag till föreningen',
      'Samma gång',
      'Ny arbetsordning.',
      'Karin Kanslichef',
      '0 flyttade, 1 kvar',
    ])
      expect(html).toContain(it);
    const key = /name="_key" value="([^"]+)"/.exec(html)?.[1] ?? '';
    const press = () => send('/moves/sn-second', { _key: key, batches: '0' });
    expect([(await press()).status, (await press()).status]).toEqual([303, 303]);
    expect(await (await ask('/moves/sn-second')).text()).toContain('1 flyttade, 0 kvar');
    expect((await send('/moves/sn-second', { _key: 'another', batches: '0' })).status).toBe(412);
    const path = await (await ask(`/matters/${matter}`)).text();
    expect(path).toContain('Flyttat till version 2');
    expect(path).toContain('Godkänt av: Karin Kanslichef');
    expect(await (await ask('/moves', 'administrator', '; language=en')).text()).toContain(
      'huddinge/sn-matter 1 → 2',
    );
  });
});
