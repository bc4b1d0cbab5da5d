import { defineConfig } from 'vitest/config';
import { closingLine } from './test/closing-line.ts';
import { ProofsFirst } from './test/proofs-first.ts';

export default defineConfig({
  test: {
    include: ['test/**/*.test.{ts,tsx}'],
    globalSetup: 'test/fixtures/postgres-server.ts',
    // How long a test may hang, on a machine that others use too; no test asserts a time.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    // All cores: most of the time goes to proofs, and nobody else works here meanwhile.
    maxWorkers: '100%',
    sequence: { sequencer: ProofsFirst },
    reporters: ['default', closingLine],
    coverage: {
      provider: 'v8',
      include: ['machines/**/*.{ts,tsx}', 'src/**/*.{ts,tsx}', 'db/**/*.{ts,tsx}'],
      reporter: ['text-summary', 'html'],
      thresholds: { lines: 85 },
    },
  },
});
