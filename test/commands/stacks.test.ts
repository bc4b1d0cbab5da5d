import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { build } from 'rolldown';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const program = `interface Nothing {}
type Never = Nothing;
export function fail(): Never {
  throw new TypeError('it fails');
}
`;

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'stacks-'));
  await writeFile(join(folder, 'failing.ts'), program);
  await build({ input: join(folder, 'failing.ts'), output: { dir: join(folder, 'dist'), sourcemap: true } });
});
afterAll(() => rm(folder, { recursive: true }));

/** The stack that the built program tells, after something was done. */
async function stackAfter(done: string): Promise<string> {
  const built = pathToFileURL(join(folder, 'dist/failing.js'));
  const text = `${done}; const { fail } = await import('${built}'); try { fail() } catch (it) { console.log(it.stack) }`;
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', text]);
  return stdout;
}

describe('A stack', () => {
  const stacks = new URL('../../src/commands/stacks.ts', import.meta.url);
  const telling = `const { tellSources } = await import('${stacks}'); tellSources()`;

  test('tells the file and the line that were written, and says what was thrown', async () => {
    const stack = await stackAfter(telling);
    expect(stack).toMatch(/^TypeError: it fails\n {4}at fail \(/);
    expect(stack).toContain(`${pathToFileURL(join(folder, 'failing.ts'))}:4:`);
    expect(stack).not.toContain('failing.js');
  });

  test('without that tells those that were built', async () => {
    expect(await stackAfter('')).toContain('failing.js');
  });

  test('of a file without a map is told as it is', async () => {
    await rm(join(folder, 'dist/failing.js.map'));
    expect(await stackAfter(telling)).toContain('failing.js:');
  });
});
