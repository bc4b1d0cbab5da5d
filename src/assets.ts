/**
 * Build step, run from the build: puts the pages' own static files beside their code, and the two files of Swagger UI
 * beside what serves them, for its package is there only where the program is built. Designsystemet's are read from its
 * package, which is there wherever the program runs.
 */
import { cpSync } from 'node:fs';

cpSync(new URL('../../src/clerk/static', import.meta.url), new URL('clerk/static', import.meta.url), {
  recursive: true,
});
for (const name of ['swagger-ui.css', 'swagger-ui-bundle.js'])
  cpSync(
    new URL(import.meta.resolve(`swagger-ui-dist/${name}`)),
    new URL(`http/docs/${name}`, import.meta.url),
  );
