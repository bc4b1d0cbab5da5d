import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { JsonObject } from '../../machines/chart.ts';
import { createTestServer, type TestServer } from '../fixtures/server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await createTestServer();
});
afterAll(() => server.close());

const clerk = { Authorization: 'Bearer demo-clerk' };
const atThePages = { Cookie: 'identity=demo-clerk' };

describe('every answer', () => {
  test.each<[string, string, RequestInit]>([
    ['of the process', '/livez', {}],
    ['of the operators', '/metrics', {}],
    ['of the API', '/v1/matters', { headers: clerk }],
    ['to somebody unknown', '/v1/matters', {}],
    ['to what is not there', '/v1/nowhere', { headers: clerk }],
    ['to a method that is not', '/v1/matters', { method: 'DELETE', headers: clerk }],
    ['to a body that is none', '/v1/matters', { method: 'POST', body: '{', headers: clerk }],
    ['of the description', '/v1/openapi.json', {}],
    ['of its page', '/v1/docs', {}],
    ['of its page, the program', '/v1/docs/swagger-ui-bundle.js', {}],
    ['of a page', '/', { headers: atThePages }],
    ['of a page to nobody', '/', {}],
    ['of a static file', '/static/style.css', {}],
    ['of a static file that is not', '/static/none.css', {}],
    ['about a problem', '/problems/stale', {}],
    ['to another host', '/livez', { headers: { Host: 'evil.example' } }],
  ])('%s tells the browser to run nothing of others and to show it nowhere', async (_, path, init) => {
    const { headers } = await server.request(path, init);
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('x-frame-options')).toMatch(/^(DENY|SAMEORIGIN)$/);
    expect(headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
    expect(headers.get('content-security-policy')).not.toMatch(/unsafe|\*|https?:/);
    expect(headers.get('referrer-policy')).toBe('same-origin');
    expect(headers.get('cross-origin-resource-policy')).toBe('same-origin');
    expect(headers.get('x-request-id')).toMatch(/^[\w.-]+$/);
    expect(headers.get('access-control-allow-origin')).toBeNull();
    expect(headers.get('x-powered-by')).toBeNull();
  });
});

describe('an address', () => {
  test.each([
    '/static/..%2f..%2fpackage.json',
    '/static/%2e%2e%2fpackage.json',
    '/static/....//package.json',
    '/v1/docs/..%2fapi.ts',
    '/v1/docs/%2e%2e%2f%2e%2e%2fpackage.json',
    '/v1/docs/swagger-ui.css%00.js',
    '//evil.example/static/style.css',
    '/problems/__proto__',
    '/problems/constructor',
  ])('leads to no file and no property of ours: %s', async (path) => {
    const answer = await server.request(path, { headers: { ...clerk, ...atThePages } });
    expect(answer.status).toBeGreaterThanOrEqual(400);
    expect(await answer.text()).not.toMatch(/arendegang"|swagger|native code/);
  });

  test.each([
    '//evil.example',
    '/\\evil.example',
    'https://evil.example',
    '/%0d%0aSet-Cookie:x=1',
    '/\r\nSet-Cookie: x=1',
    '/.//evil.example',
    '/%2e//evil.example',
    '/x/..//evil.example/a',
    '/x/..\\/evil.example',
  ])('that one is sent back to is one of ours and a single line: %j', async (back) => {
    const answer = await server.request('/identity', {
      method: 'POST',
      body: new URLSearchParams({ token: 'demo-clerk', _return: back }).toString(),
      headers: { 'Content-Type': 'application/x-www-form-urlencoded', Origin: 'http://localhost' },
    });
    const location = answer.headers.get('location') ?? '';
    expect(new URL(location, 'http://localhost').host).toBe('localhost');
    expect(location).not.toMatch(/[\r\n]/);
    expect(answer.headers.get('set-cookie') ?? '').not.toContain('x=1');
  });
});

/** The elements of a page or a picture that are none of ours, or do what ours never do. */
const foreignIn = (markup: string): string[] =>
  [...markup.matchAll(/<([a-z]+)((?:"[^"]*"|'[^']*'|[^"'>])*)>/gi)].flatMap(([tag, name = '', rest = '']) => {
    const isScript = name.toLowerCase() === 'script' && !/\ssrc="\/static\/[\w.]+\?[0-9a-f]+"/.test(rest);
    const attributes = rest.replaceAll(/"[^"]*"|'[^']*'/g, '');
    return isScript || name.toLowerCase() === 'img' || /\son\w+\s*=/i.test(attributes) ? [tag] : [];
  });

describe('whatever people write in any field', () => {
  const hostile = [
    '<script>alert(1)</script>',
    '"><img src=x onerror=alert(1)>',
    "' onmouseover='alert(1)",
    ']]><svg onload=alert(1)>',
    '</title></text></svg><script>alert(1)</script>',
    '{{7*7}}<%= 7*7 %>',
    '=HYPERLINK("https://evil.example")',
  ];

  const matterOf = (text: string): JsonObject => ({
    municipality: 'huddinge',
    route: 'council-matter',
    title: text,
    summary: text,
    initiator: text,
    addressedTo: text,
    recipients: [text],
    affected: [{ body: text, reason: text }],
    refersTo: [{ body: text, on: '2021-04-14', paragraph: text, subject: text, relation: 'mentions' }],
    proposals: [
      {
        text,
        body: 'kf',
        tasks: [{ title: text, assignee: text }],
        followUps: [{ title: text, assignee: text, every: { years: 1 } }],
      },
    ],
  });

  test.each(hostile)('stands as text on every page and in every picture: %s', async (text) => {
    const made = await server.as('registrar').post('/v1/matters', matterOf(text));
    expect(made.status).toBe(201);
    const { id, title, parts } = (await made.json()) as {
      id: string;
      title: string;
      parts: readonly JsonObject[];
    };
    expect(title).toBe(text);
    await server.as('clerk').send(`/v1/matters/${id}`, 'matter.assign', { caseOfficer: text });
    const actors = [id, ...parts.map((it) => String(it.id))];
    const pages = [
      '/',
      '/matters',
      `/matters?q=${encodeURIComponent(text)}&recipient=${encodeURIComponent(text)}`,
      `/matters/${id}`,
    ];
    const pictures = actors.map((it) => `/v1/actors/${it}/path.svg`);
    for (const path of [...pages, ...actors.map((it) => `/actors/${it}`), ...pictures])
      expect([path, foreignIn(await read(path, path.startsWith('/v1') ? clerk : atThePages))]).toEqual([
        path,
        [],
      ]);
  });

  test('and where one of them became part of a page it would be seen', () => {
    for (const text of hostile.filter((it) => /[<']/.test(it) && !it.startsWith('{')))
      expect([text, foreignIn(`<p title='${text}'>${text}</p>`).length > 0]).toEqual([text, true]);
  });

  const read = async (path: string, headers: Readonly<Record<string, string>>): Promise<string> => {
    const answer = await server.request(path, { headers });
    expect([path, answer.status < 400]).toEqual([path, true]);
    return answer.text();
  };
});
