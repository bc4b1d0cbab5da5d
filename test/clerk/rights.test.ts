/** The page of the register of access rights, and the ways to it. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Role } from '../../machines/roles.ts';
import { newIntegration } from '../../src/http/integration-schemas.ts';
import { createTestServer, type TestServer } from '../fixtures/server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await createTestServer();
});
afterAll(() => server.close());

const request = (path: string, as: Role, fields?: Readonly<Record<string, string>>) =>
  server.request(path, {
    headers: { cookie: `identity=demo-${as}`, origin: 'http://localhost' },
    ...(fields && { method: 'POST', body: new URLSearchParams(fields) }),
  });
const page = async (path: string, as: Role = 'auditor') => {
  const answer = await request(path, as);
  expect([path, answer.status]).toEqual([path, 200]);
  return answer.text();
};
/** What is seen of a page, without its tags. */
const words = (html: string) => html.replaceAll(/<[^>]+>/g, ' ').replaceAll(/\s+/g, ' ');
const token = (name: string, tenant = 'huddinge') =>
  request('/tokens', 'administrator', {
    ...{ name, tenant, roles: 'integration', bodies: 'ks', events: '', days: '30' },
  });

describe('the desk', () => {
  test('of an administrator leads to the tokens and to the register, that of others does not', async () => {
    const desk = await page('/', 'administrator');
    for (const href of ['/tokens', '/rights-changes']) {
      expect(desk).toContain(`href="${href}"`);
      expect(await page('/', 'clerk')).not.toContain(`href="${href}"`);
    }
  });
});

describe('a token that is refused', () => {
  test.each([
    ['name', { name: '' }, '”Namn” får inte lämnas tomt'],
    ['roles', { roles: '' }, '”Roller” ska vara något av'],
    ['bodies', { bodies: 'zz' }, 'organet ”zz” finns inte'],
    ['days', { days: '9999' }, '”Dagar” ska vara högst 366'],
  ])('says which field is wrong, with a link to it: %s', async (field, wrong, says) => {
    const given = { name: 'Arkivet', tenant: 'huddinge', roles: 'integration', bodies: 'ks', days: '30' };
    const answer = await request('/tokens', 'administrator', { ...given, ...wrong });
    const html = await answer.text();
    expect([answer.status, new RegExp(`href="#${field}"[^>]*>([^<]*)<`).exec(html)?.[1]]).toEqual([
      422,
      expect.stringContaining(says),
    ]);
    expect(html).toContain(`id="${field}"`);
  });
});

describe('the page of the register', () => {
  test('says who gave which rights, when, by which way, and what became another', async () => {
    await token('Diariet');
    const id = /name="id" value="([^"]+)"/.exec(await page('/tokens', 'administrator'))?.[1] ?? '';
    await request('/tokens/revocation', 'administrator', { id });
    const shown = words(await page('/rights-changes'));
    expect(shown).toMatch(
      /Ada Administratör demo-administrator sidorna Nyckel Diariet · Huddinge kommun Återkallad Återkallad: inget → 2026-11-20 10:00/,
    );
    expect(shown).toMatch(/Ny Namn: Diariet Får: Huddinge kommun · integration · Kommunstyrelsen/);
    expect(shown).toContain('programmet självt Integration E-signering · Huddinge kommun Ny');
    expect(shown.indexOf('Återkallad:')).toBeLessThan(shown.indexOf('Ny Namn: Diariet'));
    const english = words(await page('/rights-changes?lang=en'));
    expect(english).toContain('Register of access rights');
    expect(english).toMatch(
      /the pages Token Diariet · Huddinge kommun Withdrawn Revoked: nothing → 2026-11-20 10:00/,
    );
  });

  test('is narrowed to a municipality, to a kind and to one, and is turned page by page', async () => {
    await token('I Salem', 'salem');
    const tokens = words(await page('/rights-changes?kind=token'));
    expect([tokens.includes('Diariet'), tokens.includes('I Salem'), tokens.includes('E-signering')]).toEqual([
      ...[true, true, false],
    ]);
    const salem = words(await page('/rights-changes?municipality=salem'));
    expect([salem.includes('I Salem'), salem.includes('Diariet')]).toEqual([true, false]);
    expect(words(await page('/rights-changes?kind=account'))).toContain('Inga ändringar.');
    const one = await page('/rights-changes?kind=integration&subject=e-signering');
    expect(one).toMatch(/name="subject"[^>]* value="e-signering"/);
    for (let count = 0; count < 25; count += 1) await token(`Nyckel ${count}`);
    const first = await page('/rights-changes');
    expect([first.includes('Sida 1 av 2'), words(first).includes('E-signering')]).toEqual([true, false]);
    expect(first).toContain('href="/rights-changes?page=2"');
    const second = await page('/rights-changes?page=2');
    expect([second.includes('Sida 2 av 2'), words(second).includes('E-signering')]).toEqual([true, true]);
    expect(words(await page('/rights-changes?page=x&kind=king'))).toContain('Sida 1 av 2');
  });

  test('has one heading, and every id once', async () => {
    const html = await page('/rights-changes?kind=integration&subject=e-signering');
    expect(html.match(/<h1[ >]/g)).toHaveLength(1);
    const ids = [...html.matchAll(/\sid="([^"]+)"/g)].map(([, id]) => id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const [, of] of html.matchAll(/<label[^>]* for="([^"]+)"/g)) expect(ids).toContain(of);
  });

  test('is not there for others, nor for a municipality that is not theirs', async () => {
    for (const role of ['clerk', 'registrar', 'chair'] as const)
      expect((await request('/rights-changes', role)).status).toBe(404);
    expect((await request('/rights-changes?municipality=ankeborg', 'auditor')).status).toBe(404);
  });
});

describe('the way to it', () => {
  test('is on the auditor’s desk, and on no clerk’s', async () => {
    expect(await page('/')).toContain('href="/rights-changes"');
    expect(await page('/', 'clerk')).not.toContain('/rights-changes');
  });

  test('is from each token, integration and subscription, for those who read it', async () => {
    const made = await request('/webhooks/new', 'administrator', {
      ...{ municipality: 'huddinge', name: 'E-arkivet', url: 'https://example.com/', events: 'started' },
      ...{ bodies: '', routes: '', recipient: '' },
    });
    const subscription = /href="(\/webhooks\/([\w-]+))"/.exec(await made.text()) ?? [];
    const ways: [string, string][] = [
      [String(subscription[1]), `kind=subscription&amp;subject=${subscription[2]}`],
      ['/integrations/e-signering', 'kind=integration&amp;subject=e-signering'],
    ];
    for (const [path, query] of ways) {
      expect(await page(path, 'administrator')).toContain(`href="/rights-changes?${query}"`);
      // A registrar sees it, and does not read the register.
      expect(await page(path, 'registrar')).not.toContain('/rights-changes');
    }
    const tokens = await page('/tokens', 'administrator');
    expect(tokens).toMatch(/href="\/rights-changes\?kind=token&amp;subject=[\w-]+">\s*Diariet/);
  });
});

test('each kind of change can be told in words', async () => {
  const api = server.as('administrator');
  await api.post('/v1/integrations', newIntegration as never);
  const shown = words(await page('/rights-changes?kind=integration', 'administrator'));
  expect(shown).toContain('API:et Integration Underskriftstjänsten');
  expect(shown).toContain('Översättning: {');
  expect(shown).not.toMatch(/undefined|\[object/);
});
