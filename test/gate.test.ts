import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));

/** A run of the tests by themselves, with PostgreSQL as in every other. */
function run(name: string) {
  const { status, stdout } = spawnSync(
    process.execPath,
    ['node_modules/vitest/vitest.mjs', 'run', '--config', 'test/fixtures/gate/vitest.config.ts', name],
    { cwd: root, encoding: 'utf8' },
  );
  return { status, last: stdout.trim().split('\n').at(-1) };
}

test('a run in which a test fails ends with another code than 0, and one in which all pass with 0', () => {
  expect(run('fails')).toEqual({ status: 1, last: expect.stringMatching(/^0 passed, 1 failed/) });
  expect(run('passes')).toEqual({ status: 0, last: expect.stringMatching(/^1 passed, 0 failed/) });
});
