/** The pages that only a server for real matters has, in a real browser. */
import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { municipalities } from '../../machines/registry.ts';
import { browserAvailable, launch } from '../browser.ts';
import { type LiveServer, startLive } from '../fixtures/live-server.ts';

const administrator = {
  id: 'local:ada',
  name: 'Ada Administratör',
  grants: municipalities.map(({ id: tenant }) => ({
    tenant,
    roles: ['administrator' as const],
    bodies: 'all' as const,
    confidential: false,
  })),
};

const wide = { width: 1360, height: 844 };

describe.skipIf(!browserAvailable)('axe finds nothing (R-130) where people sign in', () => {
  let browser: Browser;
  let server: LiveServer;
  let cookie: string;
  beforeAll(async () => {
    [browser, server] = await Promise.all([launch(), startLive()]);
    const { people } = server.services;
    cookie = (await people?.sessions.begin(administrator, { agent: 'A', previous: undefined })) ?? '';
    const another = { ...administrator, id: 'local:anna', name: 'Anna' };
    await people?.sessions.begin(another, { agent: 'Another browser', previous: undefined });
  });
  afterAll(async () => {
    await browser.close();
    await server[Symbol.asyncDispose]();
  });

  /** Looks at the page that is shown. */
  const assertGood = async (page: Page, what: string) => {
    await page.waitForLoadState('load');
    const { violations } = await new AxeBuilder({ page })
      .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'best-practice'])
      .analyze();
    const found = violations.map(
      ({ id, nodes }) => `${id}: ${nodes.map((it) => it.target.join(' ')).join(', ')}`,
    );
    expect(found, what).toEqual([]);
    await page.setViewportSize({ width: 390, height: 844 });
    expect(await page.evaluate('document.documentElement.scrollWidth - window.innerWidth'), what).toBe(0);
    await page.setViewportSize(wide);
  };

  test('and no page is wider than a telephone', { timeout: 300_000 }, async () => {
    const context = await browser.newContext({ baseURL: server.url.href, viewport: wide });
    const page = await context.newPage();
    const look = async (path: string) => {
      await page.goto(path);
      await assertGood(page, path);
    };
    for (const path of ['/login', '/first-password', '/logged-out']) await look(path);
    await page.goto('/login');
    await page.getByLabel('Användarnamn').fill('nobody');
    await page.getByLabel('Lösenord', { exact: true }).fill('wrong');
    await page.getByRole('button', { name: 'Logga in' }).click();
    await page.getByRole('alert').waitFor();
    await assertGood(page, 'a sign-in that failed');

    await context.addCookies([{ name: 'session', value: cookie, url: server.url.href }]);
    await page.goto('/accounts');
    await page.getByLabel('Användarnamn').fill('anna');
    await page.getByLabel('Namn', { exact: true }).fill('Anna Andersson');
    await page.getByLabel('Nämndsekreterare').check();
    await page.getByRole('button', { name: 'Släpp in' }).click();
    await page.getByRole('heading', { name: 'Engångskoden' }).waitFor();
    await assertGood(page, 'a one-time code');
    await page.goto('/tokens');
    await page.getByLabel('Vad den är till för').fill('Diariet');
    await page.getByRole('button', { name: 'Utfärda' }).click();
    await page.getByRole('heading', { name: 'Nyckeln är utfärdad' }).waitFor();
    await assertGood(page, 'a token that is made');
    for (const path of ['/accounts', '/accounts/anna', '/tokens', '/sessions', '/moves', '/'])
      await look(path);
    await context.close();
  });
});
