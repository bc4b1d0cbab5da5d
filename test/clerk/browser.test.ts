import type { AddressInfo } from 'node:net';
import { AxeBuilder } from '@axe-core/playwright';
import { type ServerType, serve } from '@hono/node-server';
import type { Browser, BrowserContext, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { municipalities } from '../../machines/registry.ts';
import type { Role } from '../../machines/roles.ts';
import { pages } from '../../src/clerk/pages.tsx';
import { openDelegation } from '../../src/engine/openings.ts';
import { entriesAfter } from '../../src/store/entries.ts';
import { sendTest, subscribe } from '../../src/webhooks/subscriptions.ts';
import { browserAvailable, launch } from '../browser.ts';
import { on, openItem, prepare, register, walkToDecision } from '../fixtures/council-matter.ts';
import { agreements } from '../fixtures/delegations.ts';
import { anna } from '../fixtures/engine.ts';
import { grantsOf } from '../fixtures/grants.ts';
import { openPages, type TownHall } from './town-hall.ts';

interface Opened {
  readonly hall: TownHall;
  readonly server: ServerType;
  readonly at: string;
}

async function open(): Promise<Opened> {
  const hall = await openPages();
  const server = await new Promise<ServerType>((resolve) => {
    const made = serve({ fetch: pages(hall.services).fetch, port: 0, hostname: '127.0.0.1' }, () =>
      resolve(made),
    );
  });
  return { hall, server, at: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}

async function close({ hall, server }: Opened): Promise<void> {
  await new Promise((resolve) => server.close(resolve));
  await hall[Symbol.asyncDispose]();
}

describe.skipIf(!browserAvailable)('the pages in a real browser', () => {
  let browser: Browser;
  let opened: Opened;
  beforeAll(async () => {
    browser = await launch();
    opened = await open();
  });
  afterAll(async () => {
    await browser.close();
    await close(opened);
  });

  test('a secretary takes seed 001 from registration to dispatch by clicking, without JavaScript', {
    timeout: 300_000,
  }, async () => {
    const context = await browser.newContext({
      javaScriptEnabled: false,
      baseURL: opened.at,
      locale: 'sv-SE',
    });
    const page = await context.newPage();
    const { bench } = opened.hall;
    await page.goto('/');
    await press(
      page.getByRole('button', { name: 'Fortsätt som Anna Sekreterare' }),
      page.getByRole('link', { name: 'Registrera ett ärende' }),
    );
    await registerSeed001(page);
    const matter = new URL(page.url()).pathname;

    await on(bench, '2022-05-04');
    await step(page, 'Tilldela', { Handläggare: 'Hanna Handläggare' });
    await step(page, 'Färdigställ', { 'Tjänsteutlåtandets datum': '2022-05-04' });
    await step(page, 'Underteckna', { 'Undertecknat av': 'Berit Direktör', Befattning: 'kommundirektör' });
    await step(page, 'Överlämna');

    await hold(page, bench, { body: 'Kommunstyrelsens arbetsutskott', day: '2022-05-16', present: '5' });
    await step(page, 'Ställ proposition');
    await step(page, 'Bekräfta beslut');
    await adjourn(page, bench, '2022-05-20');

    await hold(page, bench, { body: 'Kommunstyrelsen', day: '2022-05-30', present: '15' });
    await step(page, 'Ställ proposition');
    await step(page, 'Bekräfta beslut');
    await adjourn(page, bench, '2022-06-03');

    await hold(page, bench, { body: 'Kommunfullmäktige', day: '2022-06-13', present: '58' });
    await twoProposals(page);
    await step(page, 'Begär votering', { 'Begärd av': 'Lars Ledamot' });
    await step(page, 'Röster räknade', { 'Ja (förslag 1)': '35', 'Nej (förslag 2)': '20', Avstår: '3' });
    await step(page, 'Bekräfta beslut');
    await adjourn(page, bench, '2022-06-23', { Omröstningslistor: 'Bilaga 1' });

    await page.goto(matter);
    await expectText(page, 'Verkställighet: Att expediera');
    await step(page, 'Expediera');
    await expectText(page, 'Verkställighet: Expedieras och följs upp');
    // The group of all committees and companies has seven members, and the university is one more.
    await expect(page.getByText('Skickat', { exact: true }).count()).resolves.toBeGreaterThanOrEqual(8);
    await expectText(page, 'Loggen hel och oförändrad');
    await context.close();
  });

  test('the picture can be made larger and smaller where there is JavaScript', {
    timeout: 300_000,
  }, async () => {
    const { bench } = opened.hall;
    const matter = await register(bench, { title: 'Ärende med bild' });
    const context = await signedIn(browser, opened, { width: 1360, height: 900 });
    const page = await context.newPage();
    const complaints: string[] = [];
    page.on('console', (message) => complaints.push(message.text()));
    await page.goto(`/matters/${matter}`);
    const width = async () => (await page.locator('.drawing svg').boundingBox())?.width ?? 0;
    const before = await width();
    await page.getByRole('button', { name: 'Större' }).click();
    expect(await width()).toBeGreaterThan(before);
    await page.getByRole('button', { name: 'Mindre' }).click();
    expect(await width()).toBeCloseTo(before, 0);
    // Nothing is stopped by the security policy, and nothing fails.
    expect(complaints).toEqual([]);
    await context.close();
  });

  test('what is written in a form stays when the language is changed, and nothing is done with it', {
    timeout: 300_000,
  }, async () => {
    const { bench } = opened.hall;
    const context = await signedIn(browser, opened, { width: 1360, height: 900 });
    const page = await context.newPage();
    const other = page.locator('a.language');

    const entries = async () => (await entriesAfter(bench.db.reader, 0, 100_000)).length;
    const begun = await entries();
    await page.goto('/matters/new?at=huddinge/council-matter');
    await page.getByLabel('Rubrik').fill('Halvskrivet ärende');
    await press(page.locator('button[name="_rows"][value="proposals:2"]'), page.locator('#new-proposals-1'));
    await page.locator('#new-proposals-1').getByLabel('Förslag till beslut').fill('Punkt två');
    await press(other, page.getByLabel('Title'));
    await expect(page.getByLabel('Title').inputValue()).resolves.toBe('Halvskrivet ärende');
    await expect(page.locator('#new-proposals-1').getByRole('textbox').first().inputValue()).resolves.toBe(
      'Punkt två',
    );

    expect(await entries()).toBe(begun);

    const matter = await register(bench, { title: 'Ärende att tilldela' });
    const there = await entries();
    await page.goto(`/matters/${matter}?lang=sv`);
    await page.locator('summary', { hasText: 'Tilldela' }).click();
    await page.getByLabel('Handläggare', { exact: true }).fill('Hanna Handläg');
    await press(other, page.getByLabel('Case officer'));
    await expect(page.getByLabel('Case officer').inputValue()).resolves.toBe('Hanna Handläg');
    expect(await entries()).toBe(there);

    await press(page.getByRole('button', { name: 'Assign' }), page.getByText('Hanna Handläg').first());
    await context.close();
  });

  test.each([true, false])(
    'Enter in a field sends a form that has rows, and adds none; JavaScript: %s',
    {
      timeout: 300_000,
    },
    async (javaScriptEnabled) => {
      const context = await signedIn(
        browser,
        opened,
        { width: 1360, height: 900 },
        'clerk',
        javaScriptEnabled,
      );
      const page = await context.newPage();
      const title = page.getByLabel('Rubrik');
      await page.goto('/matters/new?at=huddinge/council-matter');
      await title.fill('Sänt med Enter');
      await page.getByLabel('Förslag till beslut').fill('Avtalet godkänns.');
      await page.getByLabel('Beslutande organ').selectOption({ label: 'Kommunfullmäktige' });
      await title.press('Enter');
      await page.getByText('Ärendet är registrerat.').waitFor({ timeout: 20_000 });
      await page.goBack();
      await press(
        page.locator('button[name="_rows"][value="proposals:2"]'),
        page.locator('#new-proposals-1'),
      );
      await context.close();
    },
  );

  test('who goes back to a form that was sent, and sends it once more, has registered one matter', {
    timeout: 300_000,
  }, async () => {
    const context = await signedIn(browser, opened, { width: 1360, height: 900 });
    const page = await context.newPage();
    const registers = page.getByRole('button', { name: 'Registrera ett ärende' });
    const fill = async (title: string) => {
      await page.getByLabel('Rubrik').fill(title);
      await page.getByLabel('Förslag till beslut').fill('Avtalet godkänns.');
      await page.getByLabel('Beslutande organ').selectOption({ label: 'Kommunfullmäktige' });
    };
    const register = async () => {
      await press(registers, page.getByText('Ärendet är registrerat.'));
      return new URL(page.url()).pathname;
    };
    await page.goto('/matters/new?at=huddinge/council-matter');
    await fill('Sänt en gång');
    const matter = await register();

    await page.goBack();
    await fill('Sänt en gång');
    expect(await register()).toBe(matter);

    await page.goBack();
    await fill('Ett annat ärende');
    await press(registers, page.getByText('Det här formuläret är redan skickat'));
    expect(await register()).not.toBe(matter);
    await context.close();
  });
});

const signedIn = async (
  browser: Browser,
  { at }: Opened,
  viewport: { width: number; height: number },
  as: Role = 'clerk',
  javaScriptEnabled = true,
): Promise<BrowserContext> => {
  const context = await browser.newContext({ baseURL: at, viewport, locale: 'sv-SE', javaScriptEnabled });
  await context.addCookies([{ name: 'identity', value: `demo-${as}`, url: at }]);
  return context;
};

/** Registers the matter: three points, one of them on condition of the others and with a task. */
async function registerSeed001(page: Page): Promise<void> {
  const route = page.getByLabel('Kommun och ärendets väg');
  await press(page.getByRole('link', { name: 'Registrera ett ärende' }), route);
  await route.selectOption({ label: 'Huddinge kommun: Fullmäktigeärende' });
  await press(page.getByRole('button', { name: 'Fortsätt' }), page.getByLabel('Rubrik'));
  await page.getByLabel('Rubrik').fill('Avtal om samverkan mellan Huddinge kommun och KI');
  await page
    .getByLabel('Beslutet ska skickas till')
    .fill('Karolinska Institutet\nSamtliga nämnder och bolag');
  const points = [
    ['Förslag till avtal om samverkan godkänns.', 'Kommunfullmäktige'],
    ['Samverkan ska ingå i kommunstyrelsens ansvarsområde.', 'Kommunfullmäktige'],
    ['Kommundirektören ges i uppdrag att underteckna avtalet.', 'Kommunstyrelsen'],
  ] as const;
  for (const [index, [text, body]] of points.entries()) {
    const point = page.locator(`#new-proposals-${index}`);
    await point.getByLabel('Förslag till beslut').fill(text);
    await point.getByLabel('Beslutande organ').selectOption({ label: body });
    if (index < 2)
      await press(
        page.locator(`button[name="_rows"][value="proposals:${index + 2}"]`),
        page.locator(`#new-proposals-${index + 1}`),
      );
  }
  const last = page.locator('#new-proposals-2');
  await last.getByLabel('Slag', { exact: true }).selectOption({ label: 'Uppdrag' });
  const condition = last.getByRole('group', { name: 'Under förutsättning att punkt' });
  for (const number of ['1', '2']) await condition.getByLabel(number).check();
  await last.locator('summary', { hasText: 'Uppdrag' }).click();
  await last.getByLabel('Uppgift').fill('Underteckna avtalet');
  await last.getByLabel('Ansvarig roll').first().fill('kommundirektören');
  await press(
    page.getByRole('button', { name: 'Registrera ett ärende' }),
    page.getByText('Ärendet är registrerat.'),
  );
}

/** Sends the event of that name from the page, which comes back and says so. */
async function step(page: Page, name: string, fields: Readonly<Record<string, string>> = {}): Promise<void> {
  const fold = page
    .locator('details.step')
    .filter({ has: page.locator('summary', { hasText: new RegExp(`^${escaped(name)}$`) }) })
    .first();
  if ((await fold.count()) > 0 && (await fold.getAttribute('open')) === null)
    await fold.locator('> summary').click();
  const form = page
    .locator('form.event')
    .filter({ has: page.getByRole('button', { name, exact: true }) })
    .first();
  for (const [label, value] of Object.entries(fields)) await form.getByLabel(label).first().fill(value);
  await press(form.getByRole('button', { name, exact: true }), page.getByText(`Sparat: ${name}.`));
}

/**
 * Presses what leads to another page, until that is there: a browser that has not drawn a page yet drops what is
 * pressed on it. A form has a key of its own, so that twice is once.
 */
async function press(what: Locator, leadsTo: Locator): Promise<void> {
  for (let attempts = 0; attempts < 5; attempts++) {
    await what.click();
    const isThere = await leadsTo
      .first()
      .waitFor({ state: 'attached', timeout: 20_000 })
      .then(
        () => true,
        () => false,
      );
    if (isThere) return what.page().waitForLoadState('load');
  }
  throw new Error(`${what} does not lead to ${leadsTo}`);
}

const escaped = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

async function expectText(page: Page, text: string): Promise<void> {
  await page.getByText(text).first().waitFor({ timeout: 300_000 });
}

interface Session {
  readonly body: string;
  readonly day: string;
  readonly present: string;
}

/** Plans a meeting, puts the matter that waits on its agenda, summons it, opens it, and opens the item. */
async function hold(page: Page, bench: TownHall['bench'], { body, day, present }: Session): Promise<void> {
  const plan = page.getByRole('link', { name: 'Planera ett sammanträde' });
  await press(page.getByRole('link', { name: 'Skrivbord' }).first(), plan);
  await press(plan, page.getByLabel('Organ'));
  await page.getByLabel('Organ').selectOption({ label: `Huddinge kommun: ${body}` });
  await press(page.getByRole('button', { name: 'Fortsätt' }), page.getByLabel('Datum'));
  await page.getByLabel('Datum').fill(day);
  await press(
    page.getByRole('button', { name: 'Planera ett sammanträde' }),
    page.getByRole('heading', { name: 'Dagordning' }),
  );
  await step(page, 'För upp på dagordningen');
  await step(page, 'Kalla');
  await on(bench, day, 8);
  await page.reload();
  await step(page, 'Öppna sammanträdet', {
    'Närvarande och tjänstgörande': present,
    Ordförande: 'Olle Ordförande',
  });
  await step(page, 'Öppna punkt');
}

/** Puts two proposals against each other. */
async function twoProposals(page: Page): Promise<void> {
  const second = page.getByLabel('Utgång').nth(1);
  await press(page.locator('form.event button[name="_rows"][value="proposals:2"]'), second);
  await second.selectOption({ label: 'Avslag' });
  await press(
    page.getByRole('button', { name: 'Ställ proposition' }),
    page.getByText('Sparat: Ställ proposition.'),
  );
}

/** Chooses in the header whom to be. */
async function become(page: Page, token: string): Promise<void> {
  await page.getByLabel('Du är', { exact: true }).selectOption(token);
  await press(
    page.getByRole('button', { name: 'Byt', exact: true }),
    page.locator(`#identity option[selected][value="${token}"]`),
  );
}

/** Closes the meeting and on a later day has its minutes approved and announced. */
async function adjourn(
  page: Page,
  bench: TownHall['bench'],
  day: string,
  written: Readonly<Record<string, string>> = {},
): Promise<void> {
  await step(page, 'Avsluta sammanträdet');
  await on(bench, day);
  await page.reload();
  await step(page, 'Protokollet klart', written);
  await become(page, 'demo-chair');
  await step(page, 'Justera protokollet', {
    'Justerat av': 'Olle Ordförande\nJussi Justerare\nJenny Justerare',
  });
  await become(page, 'demo-clerk');
  await step(page, 'Anslå', { 'Protokollet förvaras': 'Kommunalhuset' });
}

describe.skipIf(!browserAvailable)('axe finds nothing (R-130)', () => {
  let browser: Browser;
  let opened: Opened;
  const paths = new Map<string, string>();
  beforeAll(async () => {
    browser = await launch();
    opened = await open();
    const { bench } = opened.hall;
    const { matter, meetings } = await walkToDecision(bench);
    const waiting = await register(bench, {
      title: 'Ett ärende med okänd mottagare',
      recipients: ['Södertöns högskola'],
    });
    await prepare(bench, waiting);
    const words = { ...agreements, decidedOn: '2022-05-02', from: '2022-06-01', to: '2022-12-31' };
    const offer = { municipalities, registry: bench.registry, now: bench.now };
    const given = openDelegation(offer, words as never);
    const { actor: delegation } = await bench.engine.submit({ ...given, sender: anna });
    const meeting = await openItem(bench, waiting, { body: 'au', day: '2022-06-27', present: 4 });
    for (const [name, path] of Object.entries({
      'the desk': '/',
      'the choice of a role': '/identity',
      'the list of matters': '/matters',
      'the choice of a route': '/matters/new',
      'the form of a new matter': '/matters/new?at=huddinge/council-matter',
      'a matter to be dispatched': `/matters/${matter}`,
      'a matter at a meeting': `/matters/${waiting}`,
      'the list of meetings': '/meetings?standing=all',
      'the form of a new meeting': '/meetings/new?at=huddinge/ks',
      'a meeting in session': `/meetings/${meeting}`,
      'a meeting announced': `/meetings/${meetings.kf}`,
      'an empty list': '/joint-matters',
      'the form of a new joint matter': '/joint-matters/new?at=board-matter/ks',
      'the register of delegations': '/delegations',
      'the form of a new delegation': '/delegations/new?at=huddinge/sn',
      'a delegation': `/delegations/${delegation}`,
      'the routes': '/routes',
      'a route': '/routes/huddinge/sn-matter',
      'the form of a new route': '/routes/new',
      'a decision point': `/actors/${matter}.p3`,
      'a task': `/actors/${matter}.p3.task1`,
      'the form of one event': `/actors/${waiting}/events/question.put`,
      'an event that is not possible': `/actors/${waiting}/events/matter.close`,
      'the rules': '/rules',
      'the accessibility statement': '/accessibility',
      'nothing at all': '/nowhere',
    }))
      paths.set(name, path);
  }, 60_000);
  afterAll(async () => {
    await browser.close();
    await close(opened);
  });

  const violations = async (page: Page) => {
    const { violations: found } = await new AxeBuilder({ page })
      .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'best-practice'])
      .analyze();
    return found.map(({ id, nodes }) => `${id}: ${nodes.map((it) => it.target.join(' ')).join(', ')}`);
  };

  /** Opens what is folded away, so that it is looked at too. */
  const unfold = async (page: Page) => {
    for (const fold of await page.locator('details:not([open]) > summary').all())
      if (await fold.isVisible()) await fold.click();
  };

  test('on any page', { timeout: 300_000 }, async () => {
    const context = await signedIn(browser, opened, { width: 1360, height: 900 });
    const page = await context.newPage();
    for (const [name, path] of paths) {
      await page.goto(path);
      await unfold(page);
      expect(await violations(page), name).toEqual([]);
    }
    await context.close();
  });

  test('on a telephone, in English, and no page is wider than the screen', { timeout: 300_000 }, async () => {
    const context = await signedIn(browser, opened, { width: 390, height: 844 });
    const page = await context.newPage();
    for (const [name, path] of paths) {
      await page.goto(`${path}${path.includes('?') ? '&' : '?'}lang=en`);
      await unfold(page);
      expect(await page.evaluate('document.documentElement.scrollWidth - window.innerWidth'), name).toBe(0);
      if (name.includes('meeting')) expect(await violations(page), name).toEqual([]);
    }
    await context.close();
  });

  test('and the steps of a path are read on a desk’s screen without scrolling sideways', {
    timeout: 300_000,
  }, async () => {
    for (const width of [1280, 1440]) {
      const context = await signedIn(browser, opened, { width, height: 900 });
      const page = await context.newPage();
      for (const name of ['a meeting announced', 'a delegation', 'a matter to be dispatched']) {
        await page.goto(paths.get(name) ?? '');
        const beyond =
          "(it) => it.scrollWidth - it.clientWidth)(document.querySelector('.path > :last-child')";
        expect(await page.evaluate(`(${beyond})`), `${name}, ${width}`).toBe(0);
      }
      await context.close();
    }
  });

  test('on the pages of webhooks, which administrators see, wide and narrow', {
    timeout: 120_000,
  }, async () => {
    const { webhooks } = opened.hall.services;
    const administrator = {
      id: 'ada',
      name: 'Ada',
      way: 'page' as const,
      grants: grantsOf(['administrator']),
    };
    const input = { municipality: 'huddinge', name: 'Arkivet', url: 'https://example.se/hook' };
    const { subscription } = await subscribe(webhooks, administrator, input);
    await sendTest(webhooks, administrator, subscription.id);
    const pages = ['', '/new', `/${subscription.id}`].map((it) => `/webhooks${it}`);
    for (const width of [1360, 390]) {
      const context = await signedIn(browser, opened, { width, height: 844 }, 'administrator');
      const page = await context.newPage();
      for (const path of [...pages, '/integrations/new', '/integrations/e-signering']) {
        await page.goto(path);
        await unfold(page);
        expect(await violations(page), path).toEqual([]);
        expect(await page.evaluate('document.documentElement.scrollWidth - window.innerWidth'), path).toBe(0);
      }
      await context.close();
    }
  });

  test('on a form that was refused', { timeout: 300_000 }, async () => {
    const context = await signedIn(browser, opened, { width: 1360, height: 900 });
    const page = await context.newPage();
    await page.goto('/matters/new?at=huddinge/council-matter');
    await page.evaluate("document.querySelectorAll('form').forEach((form) => { form.noValidate = true; })");
    await page.getByRole('button', { name: 'Registrera ett ärende' }).click();
    await expectText(page, 'Rätta uppgifterna och försök igen');
    expect(await violations(page)).toEqual([]);
    await context.close();
  });
});
