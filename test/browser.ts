import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';

const executablePath = process.env.CHROMIUM_PATH ?? '/usr/bin/chromium';

/** Whether browser tests can run here: `describe.skipIf(!browserAvailable)`. */
export const browserAvailable: boolean = existsSync(executablePath);

if (!browserAvailable) {
  console.warn(
    `!!! NO BROWSER at ${executablePath}: BROWSER TESTS ARE SKIPPED (run test/install-packages.sh)`,
  );
}

/** A headless browser with an empty profile, which asks nothing of other hosts by itself. The caller closes it. */
export function launch(): Promise<Browser> {
  return chromium.launch({
    executablePath,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}
