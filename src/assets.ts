/**
 * Build step, run from the build: puts the pages' own static files beside their code. Designsystemet's are read
 * from its package, which is there wherever the program runs.
 */
import { cpSync } from 'node:fs';

cpSync(new URL('../../src/clerk/static', import.meta.url), new URL('clerk/static', import.meta.url), {
  recursive: true,
});
