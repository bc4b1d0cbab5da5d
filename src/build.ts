/**
 * `npm run build`: the program in a few files. A thousand of them, its own and its packages', took Node half of a
 * start to find. What of a package is not imported stays in the package: native code, and what is read by its path.
 */
import { chmodSync, cpSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'rolldown';
import { builtIn } from '../machines/registry.ts';
import { HASHES } from './computed.ts';
import { hashesOf } from './engine/definitions.ts';

const folder = join(import.meta.dirname, '../dist');
const source = (path: string): string => join(import.meta.dirname, path);
const built = (path: string): string => join(folder, path);

rmSync(folder, { recursive: true, force: true });
await build({
  input: { main: source('main.ts'), cli: source('cli.ts'), worker: source('proving/worker.ts') },
  platform: 'node',
  external: ['sqlite3', 'pg', 'pino'],
  tsconfig: true,
  output: { dir: folder, sourcemap: true, sourcemapExcludeSources: true, chunkFileNames: '[name].js' },
});
chmodSync(built('cli.js'), 0o755);
writeFileSync(built(HASHES), JSON.stringify(hashesOf(builtIn())));

cpSync(source('clerk/static'), built('static'), { recursive: true });
for (const name of ['swagger-ui.css', 'swagger-ui-bundle.js'])
  cpSync(fileURLToPath(import.meta.resolve(`swagger-ui-dist/${name}`)), built(`docs/${name}`));
