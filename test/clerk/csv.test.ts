/** Lists as tables for spreadsheets. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { csv } from '../../src/clerk/csv.ts';
import { createTestServer, type TestServer } from '../fixtures/server.ts';

describe('a cell', () => {
  test.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1', '\n=1', '＝1+1'])(
    '%j is text, and no formula',
    (text) => {
      expect(csv([[text]])).toBe(`\uFEFF"'${text}"\r\n`);
    },
  );

  test.each([
    ['KS 2026/1', '"KS 2026/1"'],
    ['1-2', '"1-2"'],
    ['', '""'],
    ['Väg; "bro"\n=x', '"Väg; ""bro""\n=x"'],
  ])('%j is as it is, within its quotation marks', (text, written) => {
    expect(csv([[text, 'b']])).toBe(`\uFEFF${written};"b"\r\n`);
  });
});

describe('a list', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await createTestServer();
    for (const title of ['=HYPERLINK("https://evil.example")', 'Avtal; "samverkan"']) {
      const proposals = [{ text: 'Godkänns.', body: 'sn' }];
      const words = { municipality: 'huddinge', route: 'sn-matter', title, proposals };
      expect((await server.as('registrar').post('/v1/matters', words)).status).toBe(201);
    }
  });
  afterAll(() => server.close());

  const ask = (query: string) =>
    server.app.request(`/matters?${query}`, { headers: { cookie: 'identity=demo-registrar' } });

  test('is downloaded whole as its filter says, and offered where there is something in it', async () => {
    expect(await (await ask('q=avtal')).text()).toMatch(/href="\?[^"]*q=avtal[^"]*format=csv"/);
    expect(await (await ask('q=nothing')).text()).not.toContain('format=csv');
    const answer = await ask('format=csv');
    expect(answer.headers.get('content-type')).toContain('text/csv');
    expect(answer.headers.get('content-disposition')).toBe('attachment; filename="matters.csv"');
    const bytes = new Uint8Array(await answer.arrayBuffer());
    expect([...bytes.slice(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
    const lines = new TextDecoder().decode(bytes).trim().split('\r\n');
    expect(lines[0]).toMatch(/^"Nummer";"Rubrik";/);
    expect(
      lines
        .slice(1)
        .map((it) => it.split('";"')[1])
        .toSorted(),
    ).toEqual([`'=HYPERLINK(""https://evil.example"")`, 'Avtal; ""samverkan""']);
    const found = await (await ask('format=csv&q=avtal')).text();
    expect(found.trim().split('\r\n')).toHaveLength(2);
    expect(found).toMatch(/"2026-11-20";"2026-11-20";"http:\/\/localhost\/matters\/[0-9a-f-]+"\r\n$/);
  });
});
