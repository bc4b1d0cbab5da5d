import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { huddinge } from '../../machines/municipalities/huddinge.ts';
import { builtIn, Registry } from '../../machines/registry.ts';
import { composeRoute } from '../../machines/routes/compose.ts';
import { Route } from '../../machines/routes/route.ts';
import { pages } from '../../src/clerk/pages.tsx';
import type { Services } from '../../src/services.ts';
import { ORIGIN, openPages, type TownHall } from './town-hall.ts';

let hall: TownHall;
beforeAll(async () => {
  hall = await openPages();
});
afterAll(() => hall[Symbol.asyncDispose]());

const england = readFileSync(new URL('../scenarios/routes/england.json', import.meta.url), 'utf8');
const administration = {
  id: 'administration',
  type: 'preparation',
  label: { sv: 'Förvaltningen', en: 'Administration' },
};
const meeting = (body: string, role: string) => ({ id: body, type: 'meeting', body, role, referTo: [] });
const label = { sv: 'Förbi styrelsen', en: 'Past the board' };
/** A committee prepares for the council, and the board never hears of it. */
const pastTheBoard = JSON.stringify({
  municipality: 'huddinge',
  route: {
    name: 'past-the-board',
    version: 1,
    label,
    stages: [administration, meeting('sn', 'propose'), meeting('kf', 'decide')],
  },
});

/** The pages on the charts of the catalogue, which grow. */
const published = (more: Partial<Services> = {}) => {
  const { source, catalogue } = hall.services;
  return pages({ ...hall.services, source: { ...source, registry: catalogue.registry }, ...more });
};

/** Sends the form as a browser does. */
async function publish(document: string, as = 'administrator', more: Partial<Services> = {}) {
  const app = published(more);
  const body = new FormData();
  body.set('document', document);
  return app.request('/routes/new', {
    method: 'POST',
    body,
    headers: { cookie: `identity=demo-${as}`, origin: ORIGIN },
  });
}
const unproved = { prove: async () => [] };

describe('The routes', () => {
  test('are listed, and each has its stages, its versions and its picture', async () => {
    const list = await hall.page('/routes');
    expect(list).toContain('href="/routes/huddinge/council-matter"');
    const html = await hall.page('/routes/huddinge/council-matter');
    expect(html).toContain('Kommunstyrelsens arbetsutskott → Kommunstyrelsen → Kommunfullmäktige');
    expect(html).toContain('inbyggd');
    expect(html).toContain('<svg ');
  });

  test('what municipalities decide alike is that of the newest version of each', async () => {
    const route = {
      name: 'board-matter',
      version: 2,
      label,
      stages: [administration, meeting('ks', 'prepare'), meeting('kf', 'decide')],
    };
    const registry = new Registry([...builtIn().all(), composeRoute(Route.parse(route), huddinge)]);
    const html = await hall.page('/joint-matters/new');
    const [, before] = /value="board-matter\/ks"[^>]*>[^(]*\((\d+) kommuner/.exec(html) ?? [];
    const source = { ...hall.services.source, registry };
    const response = await published({ source }).request('/joint-matters/new', {
      headers: { cookie: 'identity=demo-clerk' },
    });
    const [, after] = /value="board-matter\/ks"[^>]*>[^(]*\((\d+) kommuner/.exec(await response.text()) ?? [];
    expect(Number(after)).toBe(Number(before) - 1);
  });

  test('are on the desk of the administrator, who alone is offered to publish', async () => {
    expect(await hall.page('/', 'administrator')).toContain('href="/routes/huddinge/council-matter"');
    expect(await hall.page('/routes', 'administrator')).toContain('href="/routes/new"');
    expect(await hall.page('/routes', 'clerk')).not.toContain('href="/routes/new"');
  });

  test('of which there is none of that name is not found', async () => {
    expect((await hall.request('/routes/huddinge/shortcut')).status).toBe(404);
  });
});

describe('Publishing a route from a page', () => {
  test('leads to the route, which says when and by whom', async () => {
    const response = await publish(england, 'administrator', unproved);
    expect(response.status).toBe(303);
    expect(response.headers.get('location')).toBe('/routes/westbourne/key-decision');
    const page = await published().request('/routes/westbourne/key-decision', {
      headers: { cookie: 'identity=demo-clerk' },
    });
    expect(await page.text()).toContain('Ada Administratör');
  });

  test('a second time as a new version leaves one choice for new matters: the newest', async () => {
    await publish(england, 'administrator', unproved);
    const written = JSON.parse(england) as { route: { version: number } };
    const second = { ...written, route: { ...written.route, version: 2 } };
    expect((await publish(JSON.stringify(second), 'administrator', unproved)).status).toBe(303);
    const { municipalities } = hall.services.catalogue;
    const headers = { cookie: 'identity=demo-clerk' };
    const page = await published({ municipalities }).request('/matters/new', { headers });
    expect((await page.text()).match(/value="westbourne\/key-decision"/g)).toHaveLength(1);
  });

  test('is announced to take its time, before anyone presses', async () => {
    expect(await hall.page('/routes/new', 'administrator')).toContain('Det kan ta en halv minut');
  });

  test('is for the administrator only', async () => {
    const response = await publish(england, 'clerk', unproved);
    expect(response.status).toBe(403);
    expect(await response.text()).toContain('Kan göras av: administratör.');
  });

  test.each([
    ['what is no JSON', '{', 'Texten är inte JSON.'],
    [
      'what has levels without end',
      `{"route":${'['.repeat(10_000)}${']'.repeat(10_000)}}`,
      'för många nivåer',
    ],
    [
      'a route with a field that no route has',
      '{"municipality":"huddinge","route":{}}',
      '<code>/route/name</code>',
    ],
  ])('of %s is refused, with what was written kept', async (_, document, says) => {
    const response = await publish(document, 'administrator', unproved);
    expect(response.status).toBe(422);
    const html = await response.text();
    expect(html).toContain(says);
    expect(html).toContain(document.replaceAll('"', '&quot;'));
  });

  test('that breaks the law is refused with a path that shows it, in words and drawn (R-012)', {
    timeout: 300_000,
  }, async () => {
    const response = await publish(pastTheBoard);
    expect(response.status).toBe(422);
    const html = await response.text();
    expect(html).toMatch(/R-012 \(KL 5:28 st 1, 6:13 p 1\) överträds/);
    expect(html).toContain('m ← decision.confirm');
    expect(html).toContain('En väg som visar felet');
    expect(html).toMatch(/<desc>En väg i \d+ steg som visar felet\.<\/desc>/);
    expect(await hall.page('/routes')).not.toContain('past-the-board');
  });
});
