import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { violationsOf } from './layers.ts';

const root = join(import.meta.dirname, '..');
const elsewhere = new Set(['node_modules', 'dist', 'coverage']);

function projectSources(): Map<string, string> {
  const paths = globSync('**/*.{ts,tsx,mts,cts,js,jsx,mjs,cjs}', {
    cwd: root,
    exclude: (path) => elsewhere.has(path),
  });
  return new Map(paths.map((path) => [path, readFileSync(join(root, path), 'utf8')]));
}

/** The rules that a small tree breaks, each with the file that breaks it. */
function broken(tree: Record<string, string>): string[] {
  return violationsOf(new Map(Object.entries(tree))).map(({ rule, path }) => `${rule}: ${path}`);
}

describe('the project', () => {
  const sources = projectSources();

  test('is read whole: every folder of code, and the files at the top', () => {
    expect([...sources.keys()]).toEqual(
      expect.arrayContaining(['test/architecture.test.ts', 'machines/events.ts', 'vitest.config.ts']),
    );
    expect([...sources.keys()].filter((path) => path.startsWith('node_modules'))).toEqual([]);
  });

  test('keeps to the import table: layers, no cycle, no barrel, no folder for leftovers', () => {
    expect(violationsOf(sources)).toEqual([]);
  });
});

describe('an import that the table forbids is caught', () => {
  test.each([
    ['a chart that imports the engine', 'machines/a.ts', `import { step } from '../src/engine/step.ts';`],
    ['a chart that imports a library of its own', 'machines/a.ts', `import { html } from 'hono/html';`],
    ['a chart that reads files', 'machines/a.ts', `import { readFile } from 'node:fs/promises';`],
    ['a chart written with page elements', 'machines/a.tsx', 'export const a = <p>it’s</p>;'],
    ['a table type that imports a chart', 'db/a.ts', `import type { A } from '../machines/b.ts';`],
    ['the store calling the engine', 'src/store/a.ts', `import { step } from '../engine/step.ts';`],
    ['a view that commits', 'src/views/a.ts', `import { commit } from '../engine/commit.ts';`],
    ['a view that sends events, by type', 'src/views/a.ts', `import type { E } from '../engine/engine.ts';`],
    ['an engine that knows HTTP', 'src/engine/a.ts', `import { api } from '../http/api.ts';`],
    ['a page that queries tables', 'src/clerk/a.tsx', `import { sql } from 'kysely';`],
    ['a page that imports the store', 'src/clerk/a.tsx', `import { matters } from '../store/matters.ts';`],
    ['the API that imports a page', 'src/http/a.ts', `export { Page } from '../clerk/page.tsx';`],
    ['production that imports a test', 'src/app.ts', `import { clock } from '../test/clock.ts';`],
    ['an import loaded when used', 'machines/a.ts', `export const a = () => import('../db/open.ts');`],
    ['an import whose name is computed', 'machines/a.ts', 'export const a = (b: string) => import(b);'],
    ['a type named in place', 'machines/a.ts', `export type A = import('../db/tables.ts').A;`],
    ['an import for its effects', 'machines/a.ts', `import '../db/open.ts';`],
    ['a require', 'machines/a.ts', `export const a = require('pino');`],
    [
      'an import over several lines',
      'machines/a.ts',
      `import {\n  a, // 'xstate'\n  b,\n} from\n  '../db/open.ts';`,
    ],
  ])('%s', (_, path, source) => {
    expect(broken({ [path]: `${source}\nexport const own = 1;` })).toEqual([`forbidden import: ${path}`]);
  });
});

describe('an import that the table allows is let through', () => {
  test.each([
    [
      'a chart that imports XState and zod',
      'machines/a.ts',
      `import { setup } from 'xstate';\nimport 'zod';`,
    ],
    ['the dialect over the driver', 'db/a.ts', `import sqlite3 from 'sqlite3';\nimport 'kysely/migration';`],
    [
      'the store naming a type of the engine',
      'src/store/a.ts',
      `import type { E } from '../engine/step.ts';`,
    ],
    ['a view that steps', 'src/views/a.ts', `import { step } from '../engine/step.ts';`],
    ['a page', 'src/clerk/a.tsx', `import { css } from 'hono/css';\nexport const A = () => <p>it's</p>;`],
    ['the command line', 'src/cli.ts', `import { open } from '../db/open.ts';\nimport pino from 'pino';`],
    [
      'words that only look like an import',
      'machines/a.ts',
      `// import '../db/open.ts';\nconst a = "from 'hono'";`,
    ],
  ])('%s', (_, path, source) => {
    expect(broken({ [path]: `${source}\nexport const own = 1;` })).toEqual([]);
  });
});

describe('a cycle is caught', () => {
  const importing = (name: string) => `import { x } from './${name}.ts';\nexport const own = 1;`;
  const importingType = (name: string) => `import type { X } from './${name}.ts';\nexport const own = 1;`;
  const leaf = 'export const own = 1;';

  test.each([
    ['of one file', { a: importing('a') }],
    ['of two files', { a: importing('b'), b: importing('a') }],
    ['of three files, entered from outside', { a: importing('b'), b: importing('c'), c: importing('b') }],
    ['closed by a type only', { a: importing('b'), b: importingType('a') }],
  ])('%s', (_, files) => {
    const tree = Object.entries(files).map(([name, source]) => [`machines/${name}.ts`, source]);
    expect(broken(Object.fromEntries(tree))).toEqual([expect.stringMatching(/^cycle: /)]);
  });

  test('but two ways to the same file are none', () => {
    const a = `${importing('b')}\nimport { y } from './c.ts';`;
    expect(broken({ 'machines/a.ts': a, 'machines/b.ts': importing('c'), 'machines/c.ts': leaf })).toEqual(
      [],
    );
  });
});

describe('a file in the wrong place is caught', () => {
  const code = 'export const own = 1;';

  test.each([
    ['a folder of src that is no layer', 'outside every layer', 'src/reports/a.ts', code],
    ['a folder at the top that is no layer', 'outside every layer', 'scripts/a.ts', code],
    ['a file directly in src', 'outside every layer', 'src/helpers.ts', code],
    ['a folder for leftovers', 'forbidden folder name', 'src/engine/utils/a.ts', code],
    ['a folder for leftovers among the tests', 'forbidden folder name', 'test/shared/a.ts', code],
    ['an index file', 'barrel', 'machines/index.ts', code],
    ['a file that only exports what others define', 'barrel', 'machines/a.ts', `export { b } from './b.ts';`],
    ['the same in two steps', 'barrel', 'machines/a.ts', `import { b } from './b.ts';\nexport { b };`],
    ['a file that passes on all of another', 'barrel', 'machines/a.ts', `${code}\nexport * from './b.ts';`],
  ])('%s', (_, rule, path, source) => {
    expect(broken({ [path]: source })).toEqual([`${rule}: ${path}`]);
  });

  test.each([
    ['a file of a layer', 'src/engine/a.ts', code],
    ['a file of the command line', 'src/commands/a.ts', code],
    ['a list of what others define', 'machines/a.ts', `import { b } from './b.ts';\nexport const all = [b];`],
    ['a file with an export of its own', 'machines/a.ts', `${code}\nexport { b } from './b.ts';`],
  ])('but %s is in its place', (_, path, source) => {
    expect(broken({ [path]: source })).toEqual([]);
  });
});
