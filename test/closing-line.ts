import type { Reporter, TestModule } from 'vitest/node';

/**
 * Ends a test run with the line 'N passed, N failed, N skipped' on standard output, for whoever reads only
 * the last line. What failed outside any test (a file that does not load, a hook, an unhandled error)
 * counts as a failure.
 */
export const closingLine: Reporter = {
  onTestRunEnd(modules, unhandledErrors) {
    const counts = modules.map(countOf);
    const sum = (key: keyof Count) => counts.reduce((total, count) => total + count[key], 0);
    const failed = sum('failed') + unhandledErrors.length;
    console.log(`${sum('passed')} passed, ${failed} failed, ${sum('skipped')} skipped`);
  },
};

type Count = { passed: number; failed: number; skipped: number };

function countOf(module: TestModule): Count {
  const states = [...module.children.allTests()].map((test) => test.result().state);
  const passed = states.filter((state) => state === 'passed').length;
  const failed = states.filter((state) => state === 'failed').length;
  const brokenOutsideTests = failed === 0 && !['passed', 'skipped'].includes(module.state());
  return { passed, failed: brokenOutsideTests ? 1 : failed, skipped: states.length - passed - failed };
}
