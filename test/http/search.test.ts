import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { JsonObject } from '../../machines/chart.ts';
import { newMatter } from '../../src/http/examples.ts';
import { holdsPersonalNumber } from '../../src/views/personal-number.ts';
import { createTestServer, type TestServer } from '../fixtures/server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await createTestServer();
  await registered('Samverkan i Södertörn om vatten', { number: 'HKS 2026/14' });
  server.clock.now = '2026-11-21T22:30:00Z';
  await registered('Avtal om samverkan med Karolinska Institutet');
  server.clock.now = '2026-11-21T23:30:00Z';
  await registered('Vattentäkt i Älvsjö', { number: 'HKS 2026/140' });
});
afterAll(() => server.close());

async function registered(title: string, more: JsonObject = {}): Promise<string> {
  const answer = await server
    .as('registrar')
    .post('/v1/matters', { ...(newMatter as unknown as JsonObject), title, ...more });
  expect(answer.status).toBe(201);
  return answer.headers.get('location') ?? '';
}

interface Found {
  readonly items: readonly { readonly title: string }[];
  readonly total: number;
  readonly next: string | null;
}

const search = async (query: Readonly<Record<string, string>>): Promise<string[]> => {
  const answer = await server.as('registrar').get(`/v1/matters?${new URLSearchParams(query)}`);
  expect(answer.status).toBe(200);
  const { items, total } = (await answer.json()) as unknown as Found;
  expect(total).toBe(items.length);
  return items.map((it) => it.title.split(' ')[0] ?? '');
};

describe('a matter is found', () => {
  test.each([
    ['a word of its title', 'Södertörn', ['Samverkan']],
    ['the word without its dots', 'Sodertorn', ['Samverkan']],
    ['the word in capitals', 'SÖDERTÖRN', ['Samverkan']],
    ['how the word begins', 'söder', ['Samverkan']],
    ['several words in any order', 'vatten samverk', ['Samverkan']],
    ['a word that several have', 'samverkan', ['Avtal', 'Samverkan']],
    ['the newest first', 'vatten', ['Vattentäkt', 'Samverkan']],
    ['its number, and not by another that begins alike', 'HKS 2026/14', ['Samverkan']],
    ['a part of the number', '2026/140', ['Vattentäkt']],
    ['nothing, where one of the words is not there', 'vatten brandstation', []],
    ['nothing, where the word stands inside another', 'törn', []],
    ['nothing, where no word is asked for', '%_!', []],
  ])('by %s', async (_, q, titles) => {
    expect(await search({ q })).toEqual(titles);
  });

  test('by the days on which it was registered, as they are in Sweden', async () => {
    expect(await search({ from: '2026-11-21' })).toEqual(['Vattentäkt', 'Avtal']);
    expect(await search({ to: '2026-11-21' })).toEqual(['Avtal', 'Samverkan']);
    expect(await search({ from: '2026-11-21', to: '2026-11-21' })).toEqual(['Avtal']);
  });

  test.each(['9999-12-31', '0000-01-01', '1899-12-31', '2026-02-30'])(
    'not by %s, which is no day that people mean',
    async (day) => {
      for (const bound of ['from', 'to']) {
        const answer = await server.as('registrar').get(`/v1/matters?${bound}=${day}`);
        expect(answer.status).toBe(400);
        expect((await answer.json()).fields).toMatchObject([{ pointer: `/${bound}` }]);
      }
    },
  );

  test('by a state, or one above it, together with the rest', async () => {
    expect(await search({ state: 'administration', q: 'avtal' })).toEqual(['Avtal']);
    expect(await search({ state: 'administration.registered', q: 'avtal' })).toEqual(['Avtal']);
    for (const state of ['admin', 'registered', 'administration.other', 'Administration'])
      expect(await search({ state, q: 'avtal' })).toEqual([]);
  });

  test('in its own municipality only, where one is stated', async () => {
    expect(await search({ q: 'avtal', municipality: 'huddinge' })).toEqual(['Avtal']);
    expect(await search({ q: 'avtal', municipality: 'salem' })).toEqual([]);
  });

  test('page by page, with the address of the next', async () => {
    const answer = await server.as('registrar').get('/v1/matters?q=samverkan&limit=1');
    const link = /^<(.*)>; rel="next"$/.exec(answer.headers.get('link') ?? '')?.[1] ?? '';
    const next = (await (await server.as('registrar').get(link)).json()) as unknown as Found;
    expect(next).toMatchObject({
      total: 2,
      next: null,
      items: [{ title: expect.stringMatching(/^Samverkan/) }],
    });
  });

  test('on the page of the clerks too', async () => {
    const answer = await server.request('/matters?q=sodertorn', {
      headers: { Cookie: 'identity=demo-registrar', Host: 'localhost' },
    });
    const page = await answer.text();
    expect(page).toContain('Samverkan i Södertörn');
    expect(page).not.toContain('Karolinska');
  });
});

describe('nobody is found (R-127)', () => {
  test.each(['19121212-1212', '121212-1212', '201212121212', 'avtal 121212 1212', '121272+1219'])(
    'by a personal number: %s is refused before it reaches a log of addresses',
    async (q) => {
      for (const field of ['q', 'recipient']) {
        const answer = await server.as('registrar').get(`/v1/matters?${new URLSearchParams({ [field]: q })}`);
        expect([answer.status, (await answer.json()).code]).toEqual([400, 'malformed']);
      }
    },
  );

  test('by a personal number on a page either, which does not repeat it', async () => {
    const page = async (query: Record<string, string>) => {
      const headers = { Cookie: 'identity=demo-registrar', Host: 'localhost' };
      const answer = await server.request(`/matters?${new URLSearchParams(query)}`, { headers });
      return { status: answer.status, text: await answer.text() };
    };
    const refusal = 'Personnummer söks det inte på';
    for (const field of ['q', 'recipient'])
      for (const format of ['', 'csv']) {
        const { status, text } = await page({ [field]: 'avtal 121212-1212', format });
        expect([status, text.includes(refusal), text.includes('1212')]).toEqual([400, true, false]);
      }
    const { status, text } = await page({ q: 'avtal 121212-1213' });
    expect([status, text.includes(refusal), text.includes('121212-1213')]).toEqual([200, false, true]);
  });

  test.each(['HKS 2026/1', '121212-1213', '08-535 300 00', '139912-1212', '20261231'])(
    'and %s is no personal number',
    (text) => expect(holdsPersonalNumber(text)).toBe(false),
  );
});
