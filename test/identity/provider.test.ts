/** People sign in at a real identity provider (oidc-provider), over HTTP, through its own pages. */
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { Browser, client, type IdentityProvider, startProvider } from '../fixtures/identity-provider.ts';
import { type LiveServer, startLive } from '../fixtures/live-server.ts';

let provider: IdentityProvider;
let server: LiveServer;
let browser: Browser;

beforeAll(async () => {
  server = await startLive(async (url) => {
    provider = await startProvider(url);
    return {
      publicUrl: url,
      provider: {
        issuer: provider.issuer,
        clientId: client.id,
        clientSecret: client.secret,
        scope: 'openid profile groups',
        claims: {
          name: 'name',
          grants: {
            groups: {
              'ks-sekreterare': [
                { tenant: 'huddinge', roles: ['clerk'], bodies: ['ks', 'kf'], confidential: true },
              ],
            },
          },
        },
      },
    };
  });
});
afterAll(async () => {
  await server[Symbol.asyncDispose]();
  await provider[Symbol.asyncDispose]();
});
beforeEach(() => {
  browser = new Browser();
});

const at = (path: string) => new URL(path, server.url);
const start = () => at('/login/start?return=/matters');

/** Anna, signed in. */
async function signedIn(): Promise<Browser> {
  const someone = new Browser();
  await someone.ask(await someone.signIn(start(), 'anna'));
  return someone;
}

/** The desk's status: 200 for whoever is signed in, 303 for others. */
const desk = async (who: Browser) => (await who.ask(at('/'))).status;

const sessions = async () => (await server.services.people?.sessions.list()) ?? [];

describe('a person who signs in at the identity provider', () => {
  test('comes back to where they were going, by the name and with the grants that their claims give', async () => {
    expect(await desk(browser)).toBe(303);
    const back = await browser.signIn(start(), 'anna');
    expect(back.pathname).toBe('/login/callback');
    const answer = await browser.ask(back);
    expect([answer.status, answer.headers.get('location')]).toEqual([303, '/matters']);
    expect(await desk(browser)).toBe(200);
    expect(await (await browser.ask(at('/sessions'))).text()).toContain('Anna Andersson');
    const [session] = await sessions();
    expect(session?.person).toEqual({
      id: `${provider.issuer.href}#anna`,
      name: 'Anna Andersson',
      grants: [{ tenant: 'huddinge', roles: ['clerk'], bodies: ['ks', 'kf'], confidential: true }],
    });
  });

  test('is known there and has nothing here where no claim gives anything: no session is made', async () => {
    const before = (await sessions()).length;
    const answer = await browser.ask(await browser.signIn(start(), 'bo'));
    expect([answer.status, (await sessions()).length]).toEqual([403, before]);
    expect(await answer.text()).toContain('Bo Berg');
    expect(await desk(browser)).toBe(303);
  });

  test('is asked for by PKCE, state and nonce, each new for each visit', async () => {
    const leave = async () =>
      new URL((await browser.ask(start())).headers.get('location') ?? '').searchParams;
    const [first, second] = [await leave(), await leave()];
    expect(first.get('code_challenge_method')).toBe('S256');
    for (const name of ['code_challenge', 'state', 'nonce']) {
      expect(first.get(name)?.length).toBeGreaterThanOrEqual(43);
      expect(first.get(name)).not.toBe(second.get(name));
    }
  });
});

describe('what comes back from the provider is refused, and nobody is signed in', () => {
  /** Comes back as `change` has it, in place of the way that is right. */
  const back = async (change: (url: URL, kept: Record<string, unknown>) => void) => {
    const url = await browser.signIn(start(), 'anna');
    const cookies = browser.cookies(server.url);
    const kept = JSON.parse(Buffer.from(cookies.get('visit') ?? '', 'base64url').toString());
    change(url, kept);
    cookies.set('visit', Buffer.from(JSON.stringify(kept)).toString('base64url'));
    const { status } = await browser.ask(url);
    return [status, await desk(browser)];
  };

  test('but as it is, it is taken', async () => {
    expect(await back(() => {})).toEqual([303, 200]);
  });

  test.each<[string, (url: URL, kept: Record<string, unknown>) => void]>([
    ['with another state', (url) => url.searchParams.set('state', 'another')],
    ['without a state', (url) => url.searchParams.delete('state')],
    ['from another issuer', (url) => url.searchParams.set('iss', 'https://evil.example')],
    ['with a code that is none', (url) => url.searchParams.set('code', 'none')],
    ['for another nonce', (_, kept) => Object.assign(kept, { nonce: 'another' })],
    [
      'with another verifier than was announced',
      (_, kept) => Object.assign(kept, { verifier: 'v'.repeat(43) }),
    ],
    ['after more than ten minutes', (_, kept) => Object.assign(kept, { at: Number(kept.at) - 600_001 })],
    ['to a browser that keeps something else', (_, kept) => Object.assign(kept, { more: true })],
  ])('%s', async (_, change) => {
    expect(await back(change)).toEqual([401, 303]);
  });

  test('with a code that has expired', async () => {
    // The provider's clock: ours has not gone on.
    const inTime = await back(() => vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 50_000 }));
    vi.useRealTimers();
    browser = new Browser();
    const late = await back(() => vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 61_000 }));
    vi.useRealTimers();
    expect([inTime, late]).toEqual([
      [303, 200],
      [401, 303],
    ]);
  });

  test('with a code a second time', async () => {
    const url = await browser.signIn(start(), 'anna');
    const visit = browser.cookies(server.url).get('visit') ?? '';
    expect((await browser.ask(url)).status).toBe(303);
    const other = new Browser();
    other.cookies(server.url).set('visit', visit);
    expect([(await other.ask(url)).status, await desk(other)]).toEqual([401, 303]);
  });

  test('to another browser than the one that left', async () => {
    const url = await browser.signIn(start(), 'anna');
    const other = new Browser();
    expect([(await other.ask(url)).status, await desk(other)]).toEqual([401, 303]);
  });

  test('with a refusal', async () => {
    await browser.ask(start());
    const { status } = await browser.ask(at('/login/callback?error=access_denied&state=x'));
    expect([status, await desk(browser)]).toEqual([401, 303]);
  });
});

describe('a session', () => {
  test('has a cookie that scripts do not see, made anew at each sign-in whatever the browser had (fixation)', async () => {
    browser.cookies(server.url).set('session', 'chosen-by-another');
    const answer = await browser.ask(await browser.signIn(start(), 'anna'));
    const [set = ''] = answer.headers.getSetCookie().filter((it) => it.startsWith('session='));
    expect(set).toMatch(/^session=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax$/);
    const first = browser.cookies(server.url).get('session') ?? '';
    const attacker = new Browser();
    attacker.cookies(server.url).set('session', 'chosen-by-another');
    expect(await desk(attacker)).toBe(303);
    await browser.ask(await browser.signIn(start(), 'anna'));
    expect(browser.cookies(server.url).get('session')).not.toBe(first);
    attacker.cookies(server.url).set('session', first);
    expect([await desk(attacker), await desk(browser)]).toEqual([303, 200]);
  });

  test('that is ended is out at the next request; the others are not', async () => {
    const here = await signedIn();
    server.clock.now += 1;
    const there = await signedIn();
    const [newest] = await sessions();
    expect((await here.post(at('/sessions'), { id: newest?.id ?? '' })).status).toBe(303);
    expect([await desk(here), await desk(there)]).toEqual([200, 303]);
  });

  test('is ended by logging out; and all of them by logging out everywhere', async () => {
    const [here, there, third] = [await signedIn(), await signedIn(), await signedIn()];
    const cookie = here.cookies(server.url).get('session') ?? '';
    const page = await (await here.post(at('/logout'), {})).text();
    here.cookies(server.url).set('session', cookie);
    expect([await desk(here), await desk(there)]).toEqual([303, 200]);
    expect(page).toContain(`${provider.issuer.origin}/session/end`);
    await there.post(at('/sessions/all'), {});
    expect([await desk(there), await desk(third)]).toEqual([303, 303]);
  });

  test('leads on to the provider when it ends, and the provider sends back', async () => {
    const here = await signedIn();
    const left = await here.post(at('/logout'), {});
    // It has the token by which the provider knows who leaves.
    expect(left.headers.get('cache-control')).toBe('no-store');
    const page = await left.text();
    const next = new URL(
      (/href="(http[^"]+session\/end[^"]+)"/.exec(page)?.[1] ?? '').replaceAll('&amp;', '&'),
    );
    const confirm = await here.ask(next);
    expect(confirm.status).toBe(200);
    const html = await confirm.text();
    const xsrf = /name="xsrf" value="([^"]+)"/.exec(html)?.[1] ?? '';
    const ended = await here.post(new URL('/session/end/confirm', provider.issuer), { xsrf, logout: 'yes' });
    expect(ended.headers.get('location')).toBe(at('/logged-out').href);
    expect((await here.ask(at('/logged-out'))).status).toBe(200);
  });

  test('ends after an hour unused, and after twelve hours in any case', async () => {
    const here = await signedIn();
    const hour = 3_600_000;
    const later = async (milliseconds: number) => {
      server.clock.now += milliseconds;
      const status = await desk(here);
      await server.services.people?.sessions.settled();
      return status;
    };
    expect(await later(hour - 60_000)).toBe(200);
    expect(await later(hour - 60_000)).toBe(200);
    expect(await later(hour + 60_000)).toBe(303);
    const worked = await signedIn();
    for (let hours = 0; hours < 11.5; hours += 0.5) {
      server.clock.now += hour / 2;
      expect(await desk(worked)).toBe(200);
      await server.services.people?.sessions.settled();
    }
    server.clock.now += hour / 2;
    expect(await desk(worked)).toBe(303);
  });

  test('is kept as a hash: nothing in the database opens a door', async () => {
    const here = await signedIn();
    const cookie = here.cookies(server.url).get('session') ?? '';
    const rows = await server.services.db.reader.selectFrom('session').selectAll().execute();
    expect(JSON.stringify(rows)).not.toContain(cookie);
    expect(rows.length).toBeGreaterThan(0);
  });

  test('of someone else is shown to and ended by nobody but an administrator', async () => {
    const here = await signedIn();
    const sessionsOf = server.services.people?.sessions;
    const other = { id: 'x#other', name: 'Olle Annan', grants: [] };
    await sessionsOf?.begin(other, { agent: '', previous: undefined });
    const [its] = (await sessionsOf?.list('x#other')) ?? [];
    expect(await (await here.ask(at('/sessions'))).text()).not.toContain('Olle Annan');
    expect((await here.post(at('/sessions'), { id: its?.id ?? '' })).status).toBe(404);
    expect(await sessionsOf?.list('x#other')).toHaveLength(1);
  });
});

test('a form of another site signs nobody out', async () => {
  const here = await signedIn();
  const forged = await here.ask(at('/logout'), {
    method: 'POST',
    body: new URLSearchParams(),
    headers: { origin: 'https://evil.example' },
  });
  expect([forged.status, await desk(here)]).toEqual([403, 200]);
});

test('the log says who signed in and that someone failed to, and has no code, cookie, secret or token', async () => {
  const url = await browser.signIn(start(), 'anna');
  const visit = browser.cookies(server.url).get('visit') ?? '';
  const wrong = new URL(url);
  wrong.searchParams.set('state', 'another');
  await browser.ask(wrong);
  browser.cookies(server.url).set('visit', visit);
  await browser.ask(url);
  const cookie = browser.cookies(server.url).get('session') ?? '';
  const rows = await server.services.db.reader
    .selectFrom('session')
    .select('provider_token')
    .where('provider_token', 'is not', null)
    .execute();
  const written = server.log.join('');
  expect(written).toContain('signed in');
  expect(written).toContain('a sign-in failed');
  const secrets = [
    url.searchParams.get('code'),
    visit,
    cookie,
    client.secret,
    ...rows.map((it) => it.provider_token),
  ];
  expect(secrets.every((it) => typeof it === 'string' && it.length > 20)).toBe(true);
  for (const secret of secrets) expect(written).not.toContain(secret);
});
