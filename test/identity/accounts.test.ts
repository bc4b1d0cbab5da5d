/** Passwords of our own keeping: the first administrator, and whoever guesses. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { changeRights, operator } from '../../src/engine/rights.ts';
import { type Accounts, renewAccount } from '../../src/identity/accounts.ts';
import { Browser } from '../fixtures/identity-provider.ts';
import { type LiveServer, startLive } from '../fixtures/live-server.ts';

const password = 'hästar äter gärna sju äpplen';

let server: LiveServer;
let accounts: Accounts;
let code: string;
beforeEach(async () => {
  server = await startLive();
  const by = server.services.people?.by;
  if (!by || !('accounts' in by)) throw new Error('a server without an identity provider has accounts');
  accounts = by.accounts;
  code = (await accounts.firstCode()) ?? '';
});
afterEach(() => server[Symbol.asyncDispose]());

const at = (path: string) => new URL(path, server.url);
const choose = (who: Browser, more: Record<string, string> = {}) =>
  who.post(at('/first-password'), { code, password, repeated: password, ...more });
const login = (who: Browser, more: Record<string, string> = {}) =>
  who.post(at('/login'), { login: 'admin', password, return: '/routes', ...more });
const desk = async (who: Browser) => (await who.ask(at('/'))).status;

describe('the first administrator', () => {
  test('chooses a password by the code that the first start prints, and is signed in', async () => {
    const browser = new Browser();
    // However it was copied.
    expect((await choose(browser, { code: ` ${code}\n` })).status).toBe(303);
    expect(await (await browser.ask(at('/'))).text()).toContain('Administratör');
    expect((await browser.ask(at('/tokens'))).status).toBe(200);
    const [account] = await server.services.db.reader.selectFrom('account').selectAll().execute();
    expect(account?.password).toMatch(/^scrypt\$32768\$8\$3\$/);
    expect(JSON.stringify(account)).not.toContain(password);
  });

  test('does so once, and with the newest code only; then no other code is made', async () => {
    const [old, first, second] = [code, new Browser(), new Browser()];
    code = (await accounts.firstCode()) ?? '';
    expect((await choose(first, { code: old })).status).toBe(401);
    expect((await choose(first)).status).toBe(303);
    expect((await choose(second)).status).toBe(401);
    expect([await desk(first), await desk(second)]).toEqual([200, 303]);
    expect(await accounts.firstCode()).toBeNull();
  });

  test('does so within a day', async () => {
    server.clock.now += 24 * 3_600_000;
    expect((await choose(new Browser())).status).toBe(401);
    code = (await accounts.firstCode()) ?? '';
    server.clock.now += 24 * 3_600_000 - 1;
    expect((await choose(new Browser())).status).toBe(303);
  });

  test('waits after twenty wrong codes from an address, also with the right one', async () => {
    const browser = new Browser();
    for (let n = 0; n < 20; n++) expect((await choose(browser, { code: `guess-${n}` })).status).toBe(401);
    const early = await choose(browser);
    expect([early.status, early.headers.get('retry-after'), await desk(browser)]).toEqual([429, '1', 303]);
    server.clock.now += 1000;
    expect((await choose(browser)).status).toBe(303);
  });

  test.each([
    ['too short a password', { password: 'femton tecken?', repeated: 'femton tecken?' }],
    ['two that differ', { repeated: `${password}!` }],
    ['one without end', { password: 'å'.repeat(201), repeated: 'å'.repeat(201) }],
  ])('may not choose %s', async (_, more) => {
    const browser = new Browser();
    const answer = await choose(browser, more);
    expect([answer.status, await desk(browser)]).toEqual([422, 303]);
    // The code, which is still good, stands in the form again.
    expect([await answer.text(), answer.headers.get('cache-control')]).toEqual([
      expect.stringContaining(code),
      'no-store',
    ]);
  });
});

test('a password of fifteen characters is long enough, and one of two hundred is held to its last', async () => {
  const longest = 'å'.repeat(200);
  expect((await choose(new Browser(), { password: longest, repeated: longest })).status).toBe(303);
  expect((await login(new Browser(), { password: `${longest}å` })).status).toBe(401);
  expect((await login(new Browser(), { password: longest })).status).toBe(303);
  const { db, source } = server.services;
  const now = source.now();
  code = await changeRights(db, operator('account'), now, (it) => renewAccount(it, 'admin', Date.parse(now)));
  const shortest = 'femton tecken!!';
  expect((await choose(new Browser(), { password: shortest, repeated: shortest })).status).toBe(303);
});

describe('whoever has a password', () => {
  beforeEach(async () => {
    await choose(new Browser());
  });

  test('signs in by it, however the keyboard composes its letters, and goes where they were going', async () => {
    const browser = new Browser();
    const answer = await login(browser, { password: password.normalize('NFD') });
    expect([answer.status, answer.headers.get('location')]).toEqual([303, '/routes']);
    expect(await desk(browser)).toBe(200);
    const elsewhere = await login(new Browser(), { return: '//evil.example' });
    expect(elsewhere.headers.get('location')).toBe('/');
  });

  test('does not by a wrong one, nor at another account, is not told which, and waits after five attempts', async () => {
    const browser = new Browser();
    const wrong = [{ password: `${password} ` }, { password: '' }, { login: 'nobody' }, { login: 'nobody' }];
    for (const more of [...wrong, { password: 'åäö' }, { password: 'åäö' }, { password: 'åäö' }]) {
      const answer = await login(browser, more);
      expect([answer.status, await desk(browser)]).toEqual([401, 303]);
      expect(await answer.text()).toContain('Uppgifterna stämmer inte.');
    }
    const right = await login(browser);
    expect([right.status, right.headers.get('retry-after')]).toEqual([429, '1']);
    server.clock.now += 1000;
    expect((await login(browser)).status).toBe(303);
  });
});

describe('people who come in from one address', () => {
  /** How many failures are remembered of each account and each address. */
  const failures = async () =>
    (await server.services.db.reader.selectFrom('attempt').select('failures').execute()).map(
      (it) => it.failures,
    );

  test('by a code or by a password do not make the others wait, and those who guess do', async () => {
    await choose(new Browser());
    await login(new Browser());
    expect(await failures()).toEqual([0]);
    await choose(new Browser(), { code: 'guess' });
    await login(new Browser(), { password: 'a wrong guess of mine' });
    expect((await failures()).sort()).toEqual([1, 2]);
  });
});

test('the log has neither passwords nor codes nor cookies, and nor has the database', async () => {
  const browser = new Browser();
  await choose(browser);
  await login(new Browser(), { password: 'a wrong guess of mine' });
  await login(browser);
  const cookie = browser.cookies(server.url).get('session') ?? '';
  const { db } = server.services;
  const rows = [
    await db.reader.selectFrom('account').selectAll().execute(),
    await db.reader.selectFrom('session').selectAll().execute(),
    await db.reader.selectFrom('attempt').selectAll().execute(),
  ];
  const written = `${server.log.join('')}${JSON.stringify(rows)}`;
  expect(server.log.join('')).toContain('signed in');
  expect(cookie).toHaveLength(43);
  for (const secret of [code, password, 'a wrong guess of mine', cookie])
    expect(written).not.toContain(secret);
});
