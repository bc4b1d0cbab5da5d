import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { browserAvailable, launch } from './browser.ts';

describe.skipIf(!browserAvailable)('a page in a real browser', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launch();
  });
  afterAll(() => browser.close());

  test('shows Swedish text and answers a click without JavaScript', async () => {
    const context = await browser.newContext({ javaScriptEnabled: false });
    const page = await context.newPage();
    await page.goto(
      'data:text/html;charset=utf-8,<details><summary>Ärende</summary><p>Bifölls</p></details>',
    );
    await expect(page.getByText('Bifölls').isVisible()).resolves.toBe(false);
    await page.getByText('Ärende').click();
    await expect(page.getByText('Bifölls').isVisible()).resolves.toBe(true);
  });
});
