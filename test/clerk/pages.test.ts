import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openItem, prepare, register, type Walked, walkToDecision } from '../fixtures/council-matter.ts';
import { ORIGIN, openPages, type TownHall } from './town-hall.ts';

let hall: TownHall;
let walked: Walked;
beforeAll(async () => {
  hall = await openPages();
  walked = await walkToDecision(hall.bench);
});
afterAll(() => hall[Symbol.asyncDispose]());

/** Every page, with what there is to see. */
const everyPage = (): string[] => [
  '/',
  '/matters',
  '/matters/new',
  '/matters/new?at=huddinge/council-matter',
  `/matters/${walked.matter}`,
  '/meetings',
  '/meetings/new?at=huddinge/ks',
  `/meetings/${walked.meetings.kf}`,
  '/joint-matters',
  '/joint-matters/new',
  '/joint-matters/new?at=board-matter/ks',
  `/actors/${walked.matter}.p3`,
  `/actors/${walked.matter}.p3.task1`,
  `/actors/${walked.matter}/events/decision.dispatch`,
  '/routes',
  '/routes/new',
  '/routes/huddinge/council-matter',
  '/rules',
  '/rules?way=judgement',
  '/accessibility',
  '/identity',
];

describe('every page', () => {
  test('is there, in Swedish and in English', { timeout: 300_000 }, async () => {
    for (const path of everyPage()) {
      expect(await hall.page(path), path).toContain('<html lang="sv">');
      const english = `${path}${path.includes('?') ? '&' : '?'}lang=en`;
      expect(await hall.page(english), path).toContain('<html lang="en">');
    }
  });

  test('says that it is a demonstration', async () => {
    for (const path of everyPage())
      expect(await hall.page(path), path).toContain('Inget här är en verklig kommuns handlingar');
  });

  test('has no script or style of its own, nothing from another host, and tells the browser so', async () => {
    for (const path of everyPage()) {
      const response = await hall.request(path);
      const policy = response.headers.get('content-security-policy');
      expect(policy).toContain("default-src 'none'");
      expect(policy).not.toContain('unsafe');
      const html = await response.text();
      expect(html).not.toMatch(/<style|\sstyle="|\son\w+="|<script(?![^>]*\ssrc="\/static\/)/);
      expect(html).not.toMatch(/(?:src|href|action)="(?:https?:)?\/\//);
    }
  });

  test('is not kept by anyone on the way', async () => {
    for (const path of everyPage())
      expect((await hall.request(path)).headers.get('cache-control')).toBe('no-store');
  });

  test('has one heading of the first order, and every id only once', async () => {
    for (const path of everyPage()) {
      const html = await hall.page(path);
      expect(html.match(/<h1[ >]/g), path).toHaveLength(1);
      const ids = [...html.matchAll(/\sid="([^"]+)"/g)].map(([, id]) => id);
      expect(
        ids.filter((id, index) => ids.indexOf(id) !== index),
        path,
      ).toEqual([]);
    }
  });
});

describe('a visitor who has not said who it is', () => {
  const stranger = (path: string, init: RequestInit = {}) =>
    hall.request(path, { ...init, headers: { ...init.headers, cookie: '' } });

  test('sees no page, but is asked first and comes back to where it wanted to go', async () => {
    for (const path of everyPage().filter((it) => it !== '/identity')) {
      const response = await stranger(path);
      expect(response.status, path).toBe(303);
      expect(response.headers.get('location')).toBe(`/identity?return=${encodeURIComponent(path)}`);
    }
    expect(await (await stranger('/identity?return=%2Fmatters')).text()).toContain(
      'name="_return" value="/matters"',
    );
  });

  test('can send nothing', async () => {
    const response = await stranger(`/actors/${walked.matter}/events/decision.dispatch`, {
      method: 'POST',
      body: new URLSearchParams({ _version: '1' }),
      headers: { origin: ORIGIN },
    });
    expect(response.headers.get('location')).toBe('/identity?return=%2F');
    expect((await hall.bench.context(walked.matter)).dispatches).toBe(0);
  });

  test('is not let in as a system, whose token opens no pages', async () => {
    const response = await hall.request('/', { headers: { cookie: 'identity=demo-integration' } });
    expect(response.status).toBe(303);
  });

  test('chooses a role, which is kept out of reach of scripts and of other sites', async () => {
    const response = await hall.post('/identity', [
      ['token', 'demo-chair'],
      ['_return', '/meetings'],
    ]);
    expect(response.headers.get('location')).toBe('/meetings');
    expect(response.headers.get('set-cookie')).toMatch(/^identity=demo-chair; .*HttpOnly; SameSite=Lax$/);
  });

  test('chooses nobody with a token that nobody has', async () => {
    const response = await hall.post('/identity', [['token', 'demo-king']]);
    expect(response.headers.get('set-cookie')).toBeNull();
  });
});

describe('the way back from a form', () => {
  test.each([
    ['https://evil.example/', '/'],
    ['//evil.example/', '/'],
    ['/\\evil.example', '/'],
    ['/\t/evil.example', '/'],
    ['javascript:alert(1)', '/'],
    ['/.//evil.example', '/'],
    ['/%2e//evil.example', '/'],
    ['/x/..//evil.example/a', '/'],
    ['/matters/../meetings?page=2', '/meetings?page=2'],
    ['', '/'],
    ['/matters/1?page=2#item-1', '/matters/1?page=2#item-1'],
  ])('%s leads to %s', async (asked, led) => {
    const response = await hall.post('/identity', [
      ['token', 'demo-clerk'],
      ['_return', asked],
    ]);
    expect(response.headers.get('location')).toBe(led);
  });
});

describe('a form', () => {
  test('that another site makes the browser send is turned down', async () => {
    const body = new URLSearchParams({ token: 'demo-chair' });
    const forged = await hall.request('/identity', {
      method: 'POST',
      body,
      headers: { origin: 'https://evil.example' },
    });
    expect(forged.status).toBe(403);
    const own = await hall.request('/identity', { method: 'POST', body, headers: { origin: ORIGIN } });
    expect(own.status).toBe(303);
  });

  test('that is no form is turned down', async () => {
    const path = `/actors/${walked.matter}/events/decision.dispatch`;
    const json = {
      method: 'POST',
      body: '{}',
      headers: { 'content-type': 'application/json', origin: ORIGIN },
    };
    expect((await hall.request(path, json)).status).toBe(415);
    const broken = { ...json, body: 'x', headers: { 'content-type': 'multipart/form-data', origin: ORIGIN } };
    expect((await hall.request(path, broken)).status).toBe(400);
  });

  test('that is larger than any that we make is turned down', async () => {
    const response = await hall.post('/identity', [['token', 'x'.repeat(2 ** 20)]]);
    expect(response.status).toBe(413);
  });
});

describe('what people write', () => {
  const nasty = '<script>alert("1")</script><img src=x onerror=alert(1)>&"\'';

  test('is shown as it was written, and never becomes part of the page', async () => {
    const matter = await register(hall.bench, {
      title: nasty,
      summary: nasty,
      initiator: nasty,
      addressedTo: nasty,
      recipients: [nasty],
      affected: [{ body: nasty, reason: nasty }],
      refersTo: [{ body: nasty, on: '2021-04-14', paragraph: nasty, subject: nasty, relation: 'mentions' }],
      proposals: [
        {
          text: nasty,
          body: 'kf',
          tasks: [{ title: nasty, assignee: nasty }],
          followUps: [{ title: nasty, assignee: nasty, every: { years: 1 } }],
        },
      ],
    });
    await prepare(hall.bench, matter);
    const meeting = await openItem(hall.bench, matter, { body: 'au', day: '2022-06-27', present: 4 });
    const pages = [
      '/',
      '/matters',
      `/matters/${matter}`,
      `/meetings/${meeting}`,
      `/actors/${matter}.p1`,
      `/actors/${matter}.affected1`,
    ];
    for (const path of [...pages, `/actors/${matter}.earlier1`, `/actors/${matter}/events/matter.withdraw`]) {
      const html = await hall.page(path);
      expect(html, path).not.toMatch(/<script>|<img|&"'/);
      expect(html, path).toMatch(/&lt;script&gt;alert|&#60;script&#62;alert/);
    }
  });

  test('is kept in the form when it is refused, and not run there either', async () => {
    const response = await hall.post(
      `/actors/${walked.matter}/events/matter.archive`,
      [
        ['_version', '1'],
        ['reference', nasty],
      ],
      'registrar',
    );
    expect(response.status).toBe(412);
    const html = await response.text();
    expect(html).toContain('value="&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;');
    expect(html).not.toContain('<script>');
  });
});

describe('an address that leads nowhere', () => {
  test.each([
    '/nowhere',
    '/matters/none',
    '/meetings/none',
    '/joint-matters/none',
    '/actors/none',
    '/actors/none/path.svg',
    '/actors/none/events/matter.close',
    '/static/none.css',
    '/matters/%00',
    '/matters/%ff%fe',
  ])('%s is a page that says so', async (path) => {
    expect((await hall.request(path)).status).toBe(404);
  });

  test('a meeting is not found among the matters, nor an event that the chart has not', async () => {
    expect((await hall.request(`/matters/${walked.meetings.kf}`)).status).toBe(404);
    for (const type of ['nothing', 'point.approved', 'constructor', '__proto__', 'xstate.init'])
      expect((await hall.request(`/actors/${walked.matter}/events/${type}`)).status, type).toBe(404);
  });

  test('a point with nothing to execute is not said to have been executed, on its own page too', async () => {
    for (const page of [`/actors/${walked.matter}.p1`, `/matters/${walked.matter}`]) {
      const html = (await hall.page(page)).replace(/<svg.*?<\/svg>/gs, '');
      expect(html, page).toContain('Inget att verkställa.');
      expect(html, page).not.toContain('Verkställighet: Verkställd</span>');
    }
    expect(await hall.page(`/actors/${walked.matter}.p3`)).not.toContain('Inget att verkställa.');
  });

  test('an actor that is a record has its own page', async () => {
    const response = await hall.request(`/actors/${walked.matter}`);
    expect(response.headers.get('location')).toBe(`/matters/${walked.matter}`);
  });
});

describe('the language', () => {
  test('is remembered once it is chosen', async () => {
    const chosen = await hall.request('/?lang=en');
    expect(chosen.headers.get('set-cookie')).toMatch(/language=en; .*HttpOnly/);
    expect(await (await hall.request('/', { cookie: 'language=en' })).text()).toContain('<html lang="en">');
    expect(await (await hall.request('/?lang=sv', { cookie: 'language=en' })).text()).toContain(
      '<html lang="sv">',
    );
  });

  test('is that of the body by which a meeting is called, and of what follows from it', async () => {
    const called = async (path: string, language: string) => {
      const html = await hall.page(`${path}${path.includes('?') ? '&' : '?'}lang=${language}`);
      const names = html
        .replace(/<svg.*?<\/svg>/gs, '')
        .matchAll(/(Kommunfullmäktige|Municipal council) 2022-06-13/g);
      return new Set([...names].map((it) => it[1]));
    };
    const meeting = `/meetings/${walked.meetings.kf}`;
    const [, notice = ''] = /href="(\/actors\/[^"]+notice)"/.exec(await hall.page(meeting)) ?? [];
    for (const path of [meeting, notice, '/meetings?standing=ended', `/matters/${walked.matter}`]) {
      expect(await called(path, 'sv'), path).toEqual(new Set(['Kommunfullmäktige']));
      expect(await called(path, 'en'), path).toEqual(new Set(['Municipal council']));
    }
  });

  test('that there is none of changes nothing', async () => {
    expect(await hall.page('/?lang=de')).toContain('<html lang="sv">');
  });
});

describe('the lists', () => {
  test('are filtered by municipality, body and standing, and say when there is nothing', async () => {
    const link = `/matters/${walked.matter}`;
    expect(await hall.page('/matters?municipality=huddinge&body=kf')).toContain(link);
    expect(await hall.page('/matters?municipality=tyreso')).not.toContain(link);
    expect(await hall.page('/matters?body=ks')).not.toContain(link);
    expect(await hall.page('/matters?standing=ended')).toContain('Inga ärenden.');
  });

  test('are narrowed by days, and say of what is no day that it is none, instead of listing everything', async () => {
    const link = `/matters/${walked.matter}`;
    for (const day of ['9999-12-31', '0000-01-01', '2026-02-30', '2026-99-99', 'x'])
      for (const [name, label] of [
        ['from', 'Registrerat från'],
        ['to', 'till'],
      ]) {
        const answer = await hall.request(`/matters?municipality=huddinge&${name}=${day}`);
        const page = await answer.text();
        expect([answer.status, page.includes(link)], day).toEqual([400, false]);
        expect(page).toContain(`”${label}” ska vara ett datum`);
      }
    expect(await hall.page('/matters?municipality=huddinge&to=1900-01-01')).not.toContain(link);
    expect(await hall.page('/matters?municipality=huddinge&from=1900-01-01&to=')).toContain(link);
  });

  test('take any page number', async () => {
    for (const page of ['0', '-1', 'x', '1e9', '9999999999999999999', '1.5'])
      expect((await hall.request(`/matters?page=${page}`)).status, page).toBe(200);
  });
});

describe('the path on a page', () => {
  test('is a picture, and a table that has the same steps', async () => {
    const html = await hall.page(`/matters/${walked.matter}`);
    expect(html).toContain('<svg xmlns');
    expect(html).toMatch(/<td>1<\/td><td class="date">2022-05-02 09:00<\/td><td>Registrerat<\/td>/);
    expect(html).toContain('Loggen hel och oförändrad');
  });

  test('can be seen as it was at the end of an earlier day', async () => {
    const now = await hall.page(`/matters/${walked.matter}`);
    const then = await hall.page(`/matters/${walked.matter}?until=2022-05-03`);
    expect(now).toContain('<td>Begär votering<');
    expect(then).toContain('Visar läget den 3 maj 2022.');
    expect(then).toContain('<td>Tilldela<');
    expect(then).not.toContain('<td>Begär votering<');
  });

  test.each(['yesterday', '2022-02-30', '0001-01-01', '9999-12-31', ''])(
    'as of %j is no error',
    async (day) => {
      expect((await hall.request(`/matters/${walked.matter}?until=${day}`)).status).toBe(200);
    },
  );

  test('is there as a file of its own', async () => {
    const response = await hall.request(`/actors/${walked.matter}/path.svg`);
    expect(response.headers.get('content-type')).toBe('image/svg+xml; charset=utf-8');
    expect(await response.text()).toMatch(/^<svg /);
  });
});

describe('a static file', () => {
  test('is kept for good under the address of its content, and asked for again under another', async () => {
    const address = /href="(\/static\/style\.css\?\w+)"/.exec(await hall.page('/'))?.[1] ?? '';
    const kept = await hall.request(address);
    expect(kept.headers.get('cache-control')).toContain('immutable');
    expect(kept.headers.get('content-type')).toBe('text/css; charset=utf-8');
    const again = await hall.request('/static/style.css');
    expect(again.headers.get('cache-control')).toBe('no-cache');
    const etag = again.headers.get('etag') ?? '';
    expect((await hall.request('/static/style.css', { headers: { 'if-none-match': etag } })).status).toBe(
      304,
    );
  });

  test('is there for those who are not yet known', async () => {
    expect((await hall.request('/static/designsystemet.css', { headers: { cookie: '' } })).status).toBe(200);
  });
});

describe("the demonstration's clock", () => {
  const today = () => hall.services.source.now().slice(0, 10);

  test('is on every page, to be put forward', async () => {
    for (const path of everyPage()) expect(await hall.page(path), path).toContain('action="/clock"');
  });

  test('and a day that is not to come leaves it as it is, which is said', async () => {
    const response = await hall.post('/clock', [
      ['date', today()],
      ['_return', '/meetings'],
    ]);
    expect([response.status, response.headers.get('location')]).toEqual([303, '/meetings']);
    expect(response.headers.get('set-cookie')).toContain('clock.stays');
  });
});
