import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';

interface Package {
  readonly license?: string;
  readonly dev?: boolean;
  readonly optional?: boolean;
  readonly hasInstallScript?: boolean;
}

const read = (name: string) => JSON.parse(readFileSync(new URL(`../${name}`, import.meta.url), 'utf8'));
const packages = Object.entries((read('package-lock.json') as { packages: Record<string, Package> }).packages)
  .filter(([path]) => path !== '')
  .map(([path, it]) => ({
    ...it,
    name: path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length),
  }));

/** What may be passed on with a program under EUPL-1.2; EPL-2.0 by its own terms (EUPL's appendix names it). */
const passedOn = [
  'MIT',
  'ISC',
  'Apache-2.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'BlueOak-1.0.0',
  'PSF-2.0',
  'Unlicense',
  'EPL-2.0',
  // Data of the holidays.
  'ISC AND CC-BY-3.0',
];
/** What only builds and tests with, besides. */
const usedHere = [...passedOn, 'MPL-2.0', '0BSD'];

/** Those of several that may be chosen. */
const choices = (license = 'none stated'): string[] => license.replace(/^\((.*)\)$/, '$1').split(' OR ');

const strange = (of: readonly Package[]) =>
  of.filter((it) => !choices(it.license).some((one) => (it.dev ? usedHere : passedOn).includes(one)));

describe('the packages', () => {
  test('have licences under which they may be passed on, or only used here', () => {
    expect(packages.length).toBeGreaterThan(100);
    expect(strange(packages)).toEqual([]);
  });

  test('and one without, or with another, is found', () => {
    expect(
      strange([
        {},
        { license: 'GPL-3.0-or-later' },
        { license: 'MPL-2.0' },
        { license: 'MPL-2.0', dev: true },
      ]),
    ).toHaveLength(3);
    expect(strange([{ license: '(EPL-2.0 OR GPL-3.0-or-later)' }])).toEqual([]);
  });

  test('run no script when they are installed but those that package.json names', () => {
    const allowed = Object.keys((read('package.json') as { allowScripts: object }).allowScripts);
    const scripted = packages.filter((it) => it.hasInstallScript && !it.optional).map((it) => it.name);
    expect(scripted).toContain('sqlite3');
    expect(scripted.filter((name) => !allowed.includes(name))).toEqual([]);
  });
});
