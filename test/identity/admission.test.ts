/** Administrators let people in, change what they may, and shut them out: on the pages of a server for real matters. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Role } from '../../machines/roles.ts';
import { Browser } from '../fixtures/identity-provider.ts';
import { type LiveServer, startLive } from '../fixtures/live-server.ts';

const password = 'hästar äter gärna sju äpplen';
const annas = 'anna äter gärna sju päron';

let server: LiveServer;
let admin: Browser;
beforeAll(async () => {
  server = await startLive();
  const by = server.services.people?.by;
  const code = by && 'accounts' in by ? await by.accounts.firstCode() : null;
  admin = new Browser();
  await choose(admin, code ?? '', password);
});
afterAll(() => server[Symbol.asyncDispose]());

const at = (path: string) => new URL(path, server.url);
const choose = (who: Browser, code: string, password: string) =>
  who.post(at('/first-password'), { code, password, repeated: password });
const login = (who: Browser, login: string, password: string) => who.post(at('/login'), { login, password });
const status = async (who: Browser, path = '/') => (await who.ask(at(path))).status;
/** A one-time code is shown once: no browser keeps the page. */
const codeIn = async (answer: Response) => {
  const code = /class="secret">([\w-]{43})</.exec(await answer.text())?.[1] ?? '';
  expect([code.length, answer.headers.get('cache-control')]).toEqual([43, 'no-store']);
  return code;
};

const clerk = { name: 'Anna Andersson', tenant: 'huddinge', roles: 'clerk', bodies: 'ks' };
const letIn = (who: Browser, login: string, more: Record<string, string> = {}) =>
  who.post(at('/accounts'), { ...clerk, login, ...more });
const act = (who: Browser, login: string, act: string, more: Record<string, string> = {}) =>
  who.post(at(`/accounts/${login}`), { act, ...more });

const administrator = {
  id: 'local:admin',
  name: '',
  way: 'page' as const,
  grants: [
    { tenant: 'huddinge', roles: ['administrator' as const], bodies: 'all' as const, confidential: false },
  ],
};
/** As the first administrator sees them. */
const accounts = async () => {
  const by = server.services.people?.by;
  return by && 'admission' in by ? by.admission.list(administrator) : [];
};

/** The words of a link to a field of the page. */
const linkTo = (page: string, field: string) => new RegExp(`href="#${field}"[^>]*>([^<]*)<`).exec(page)?.[1];

let people = 0;
/** Someone whom the administrator has let in, and who is signed in: without a password, which takes its time. */
async function member(more: Record<string, string> = {}) {
  const [login, browser] = [`anna-${++people}`, new Browser()];
  const code = await codeIn(await letIn(admin, login, more));
  const { tenant, roles } = { ...clerk, ...more };
  const grants = [{ tenant, roles: [roles as Role], bodies: 'all' as const, confidential: false }];
  const person = { id: `local:${login}`, name: clerk.name, grants };
  const cookie = await server.services.people?.sessions.begin(person, { agent: '', previous: undefined });
  browser.cookies(server.url).set('session', cookie ?? '');
  return { login, browser, code };
}

describe('whom an administrator lets in', () => {
  test('chooses a password by the code that is shown once, and may what the account says', async () => {
    const { login: name, code } = await member();
    const browser = new Browser();
    expect((await choose(browser, code, annas)).status).toBe(303);
    expect(await (await browser.ask(at('/'))).text()).toContain('Anna Andersson');
    expect([await status(browser, '/matters/new'), await status(browser, '/accounts')]).toEqual([200, 404]);
    expect((await login(new Browser(), ` ${name.toUpperCase()} `, annas)).status).toBe(303);
    const page = await (await admin.ask(at(`/accounts/${name}`))).text();
    expect(page).toContain('Huddinge kommun · nämndsekreterare · Kommunstyrelsen · öppet');
    expect(page).not.toMatch(/scrypt|class="secret"/);
    const register = `/rights-changes?kind=account&subject=${name}`;
    expect(page).toContain(`href="${register.replace('&', '&amp;')}"`);
    expect(await (await admin.ask(at(register))).text()).toMatch(/Lösenord valt[\s\S]*Anna Andersson/);
  });

  test('has a name that nobody else has, and a commission that there is', async () => {
    const { login: taken } = await member();
    expect((await letIn(admin, taken)).status).toBe(409);
    for (const wrong of [
      { login: 'å b' },
      { login: '' },
      { name: '' },
      { tenant: 'ankeborg' },
      { bodies: 'zz' },
      { roles: 'king' },
    ])
      expect([403, 422]).toContain((await letIn(admin, 'new', wrong)).status);
    expect((await act(admin, 'new', 'renew')).status).toBe(404);
  });

  test.each<[string, Record<string, string>, RegExp]>([
    ['login', { login: 'å b' }, /”Användarnamn”: 2–100 tecken/],
    ['name', { name: '' }, /”Namn” får inte lämnas tomt/],
    ['roles', { roles: '' }, /”Roller” ska vara något av/],
    ['bodies', { bodies: 'ks zz' }, /organet ”zz” finns inte/],
    ['events', { events: 'matter.bake' }, /händelsen ”matter.bake” finns inte/],
  ])('is told which field is wrong, with a link to it: %s', async (field, wrong, says) => {
    const page = await (await letIn(admin, 'nn', wrong)).text();
    expect(linkTo(page, field)).toMatch(says);
    expect(page).toContain(`id="${field}"`);
  });

  test.each<[string, string, Record<string, string>, RegExp]>([
    ['change', 'bodies', { bodies: 'zz' }, /organet ”zz” finns inte/],
    ['appoint', 'acting-bodies', { bodies: 'zz' }, /organet ”zz” finns inte/],
    ['appoint', 'to', { to: '2020-01-01' }, /”Till och med”: inte före första dagen/],
  ])('to %s it is told so too: %s', async (what, field, wrong, says) => {
    const { login: name } = await member();
    const days = { for: 'Olle', decision: 'KD 1', from: '2026-11-01', to: '2026-11-30' };
    const answer = await act(admin, name, what, { ...clerk, ...(what === 'appoint' && days), ...wrong });
    const page = await answer.text();
    expect([answer.status, linkTo(page, field)]).toEqual([422, expect.stringMatching(says)]);
    expect(page).toContain(`id="${field}"`);
  });

  test('is out at the next request when the account is closed, and in again by a new code', async () => {
    const { login: name, browser, code: first } = await member();
    expect(await status(browser)).toBe(200);
    expect((await act(admin, name, 'close')).status).toBe(303);
    expect([await status(browser), (await choose(browser, first, annas)).status]).toEqual([303, 401]);
    const code = await codeIn(await act(admin, name, 'renew'));
    expect((await choose(browser, code, password)).status).toBe(303);
    expect(await status(browser)).toBe(200);
  });

  test('who has lost the password gets a code for a day, and the old password and the sessions are over', async () => {
    const { login: name, browser, code: first } = await member();
    await choose(new Browser(), first, annas);
    const code = await codeIn(await act(admin, name, 'renew'));
    expect([await status(browser), (await login(new Browser(), name, annas)).status]).toEqual([303, 401]);
    const state = async () => (await accounts()).find((it) => it.login === name)?.state;
    expect(await state()).toBe('invited');
    const { now } = server.clock;
    server.clock.now += 24 * 3_600_000;
    expect([(await choose(browser, code, annas)).status, await state()]).toEqual([401, 'closed']);
    server.clock.now = now;
  });

  test('has the changed commission after signing in anew, which must be done', async () => {
    const { login: name, browser } = await member();
    expect((await act(admin, name, 'change', { ...clerk, roles: 'auditor', bodies: '' })).status).toBe(303);
    expect(await status(browser)).toBe(303);
    const [changed] = (await accounts()).filter((it) => it.login === name);
    expect(changed?.grants).toEqual([
      { tenant: 'huddinge', roles: ['auditor'], bodies: 'all', confidential: false },
    ]);
  });
});

describe("someone who is appointed to act in another's place", () => {
  const appointment = {
    for: 'Olle Ordförande',
    decision: 'KS 2026-11-04 § 210',
    from: '2026-11-05',
    to: '2027-01-31',
    tenant: 'huddinge',
    roles: 'chair',
    bodies: 'ks',
  };
  const grantsOf = async (name: string) => (await accounts()).find((it) => it.login === name)?.grants;

  test('has it beside what they have themselves, also when that is changed, until it ends', async () => {
    const { login: name, browser } = await member();
    expect((await act(admin, name, 'appoint', appointment)).status).toBe(303);
    expect(await status(browser)).toBe(303);
    await act(admin, name, 'change', { ...clerk, roles: 'registrar' });
    const { for: whom, decision, from, to } = appointment;
    expect(await grantsOf(name)).toMatchObject([
      { roles: ['registrar'] },
      { roles: ['chair'], bodies: ['ks'], acting: { for: whom, decision, from, to } },
    ]);
    const page = await (await admin.ask(at(`/accounts/${name}`))).text();
    expect(page).toContain('för Olle Ordförande');
    expect((await act(admin, name, 'dismiss')).status).toBe(303);
    expect(await grantsOf(name)).toMatchObject([{ roles: ['registrar'] }]);
  });

  test('has it on its last day still; what has ended is forgotten with the next that is given', async () => {
    const { login: name } = await member();
    const { for: whom, decision, tenant } = appointment;
    const by = server.services.people?.by;
    const appoint = async (from: string, to: string) => {
      const acting = { for: whom, decision, from, to };
      const chair = {
        tenant,
        roles: ['chair' as const],
        bodies: 'all' as const,
        confidential: false,
        acting,
      };
      if (by && 'admission' in by) await by.admission.appoint(name, chair, administrator);
      return (await grantsOf(name))?.map((it) => it.acting?.to);
    };
    const day = () => new Date(server.clock.now).toISOString().slice(0, 10);
    const { now } = server.clock;
    const last = day();
    await appoint(last, last);
    expect(await appoint(last, '2098-12-31')).toEqual([undefined, last, '2098-12-31']);
    server.clock.now += 24 * 3_600_000;
    expect(await appoint(day(), '2099-12-31')).toEqual([undefined, '2098-12-31', '2099-12-31']);
    server.clock.now = now;
  });

  test('for whom, by which decision and until when is stated; nobody is appointed elsewhere', async () => {
    const { login: name } = await member();
    for (const wrong of [{ for: '' }, { decision: '' }, { to: '2026-11-04' }, { to: '' }, { bodies: 'zz' }])
      expect((await act(admin, name, 'appoint', { ...appointment, ...wrong })).status).toBe(422);
    const { browser: salem } = await member({ tenant: 'salem', roles: 'administrator', bodies: '' });
    const { login: own } = await member({ tenant: 'salem' });
    expect((await act(salem, own, 'appoint', appointment)).status).toBe(403);
    expect(await grantsOf(name)).toHaveLength(1);
  });
});

describe('an administrator of one municipality', () => {
  let salem: Browser;
  beforeEach(async () => {
    salem = (await member({ tenant: 'salem', roles: 'administrator', bodies: '' })).browser;
  });

  test('sees and handles its accounts, and no others', async () => {
    const [own, other] = [await member({ tenant: 'salem' }), await member()];
    const page = await (await salem.ask(at('/accounts'))).text();
    expect([page.includes(own.login), page.includes(other.login)]).toEqual([true, false]);
    expect((await act(salem, own.login, 'close')).status).toBe(303);
    for (const what of ['close', 'renew', 'change'])
      expect((await act(salem, other.login, what, clerk)).status).toBe(404);
    expect(await status(other.browser)).toBe(200);
  });

  test('lets nobody in elsewhere, moves nobody there, and does not handle whoever administers it too', async () => {
    const own = await member({ tenant: 'salem' });
    expect((await letIn(salem, 'stranger')).status).toBe(403);
    expect((await act(salem, own.login, 'change', clerk)).status).toBe(403);
    expect((await act(salem, 'admin', 'renew')).status).toBe(403);
    expect(await status(admin)).toBe(200);
  });
});

test("an administrator's own account is not theirs to close", async () => {
  for (const what of ['close', 'renew', 'change'])
    expect((await act(admin, 'admin', what, clerk)).status).toBe(403);
  expect(await status(admin)).toBe(200);
});

test('codes are in no log and not in the database', async () => {
  const code = await codeIn(await letIn(admin, 'logged'));
  expect(code).toHaveLength(43);
  const rows = await server.services.db.reader.selectFrom('account').selectAll().execute();
  expect(`${server.log.join('')}${JSON.stringify(rows)}`).not.toContain(code);
  expect(server.log.join('')).toContain('an account was made');
});

describe.each([
  ["in another's place", { acting: { for: 'Ada', decision: 'KD 1', from: '2000-01-01', to: '2099-12-31' } }],
  ['for some events only', { events: ['minutes.approve'] }],
])('an administrator %s', (_, less) => {
  const substitute = {
    ...administrator,
    id: 'local:substitute',
    grants: administrator.grants.map((it) => ({ ...it, ...less })),
  };
  const admission = () => {
    const by = server.services.people?.by;
    if (!by || !('admission' in by)) throw new Error('there are no accounts');
    return by.admission;
  };
  const given = {
    tenant: 'huddinge',
    roles: ['administrator' as const],
    bodies: 'all' as const,
    confidential: true,
  };

  test('shuts people out, and lets nobody in: that would stay when the appointment ends, or be more than is theirs', async () => {
    const { login: name, browser } = await member();
    const { acting } = { acting: { for: 'B', decision: 'KS 2', from: '2026-01-01', to: '2099-01-01' } };
    const forbidden = { code: 'forbidden' };
    await expect(
      admission().add({ ...given, login: 'new-one', name: 'Ny' }, substitute),
    ).rejects.toMatchObject(forbidden);
    await expect(admission().change({ ...given, login: name, name: 'A' }, substitute)).rejects.toMatchObject(
      forbidden,
    );
    await expect(admission().appoint(name, { ...given, acting }, substitute)).rejects.toMatchObject(
      forbidden,
    );
    await expect(admission().renew(name, substitute)).rejects.toMatchObject(forbidden);
    expect(await status(browser)).toBe(200);
    await admission().close(name, substitute);
    expect(await status(browser)).toBe(303);
  });

  test('is offered no more', async () => {
    const { login: name } = await member();
    const browser = new Browser();
    const cookie = await server.services.people?.sessions.begin(substitute, {
      agent: '',
      previous: undefined,
    });
    browser.cookies(server.url).set('session', cookie ?? '');
    const offered = async (who: Browser) => {
      const pages = await Promise.all(
        [`/accounts/${name}`, '/accounts'].map(async (it) => (await who.ask(at(it))).text()),
      );
      return ['value="close"', 'value="renew"', 'value="change"', 'value="appoint"', 'name="login"'].map(
        (it) => pages.join('').includes(it),
      );
    };
    expect(await offered(browser)).toEqual([true, false, false, false, false]);
    expect(await offered(admin)).toEqual([true, true, true, true, true]);
  });
});
