import { type Import, type Module, readModule } from './imports.ts';

/**
 * A row of the import table. `files` (folders end in '/') and `packages` say what the layer may import, in
 * any way or, after 'type ', by `import type` only; '*' stands for any ending. `never` wins over both.
 */
type Layer = {
  holds: readonly string[];
  files: readonly string[];
  packages: readonly string[];
  never?: readonly string[];
};

const layers: readonly Layer[] = [
  { holds: ['machines/'], files: ['machines/'], packages: ['xstate', 'zod'] },
  {
    holds: ['db/'],
    files: ['db/'],
    packages: ['kysely', 'kysely-generic-sqlite', 'sqlite3', 'pg', 'node:*'],
  },
  { holds: ['src/access/'], files: ['src/access/', 'machines/'], packages: [] },
  {
    holds: ['src/engine/'],
    files: ['src/engine/', 'src/access/', 'src/store/', 'machines/', 'type db/'],
    packages: [
      'xstate',
      'zod',
      'canonicalize',
      'temporal-polyfill',
      'date-holidays',
      'node:crypto',
      'node:module',
      'node:util',
    ],
  },
  {
    holds: ['src/store/'],
    files: ['src/store/', 'db/', 'type src/access/', 'type src/engine/', 'type machines/'],
    packages: ['kysely'],
  },
  {
    holds: ['src/proving/'],
    files: [
      'src/proving/',
      'src/access/',
      'src/engine/parse.ts',
      'src/engine/refusal.ts',
      'src/engine/step.ts',
      'src/engine/transition.ts',
      'machines/',
    ],
    packages: ['type xstate', 'type zod', 'node:worker_threads'],
  },
  {
    holds: ['src/identity/'],
    files: [
      'src/identity/',
      'src/access/',
      'src/store/',
      'src/engine/refusal.ts',
      'src/engine/rights.ts',
      'machines/',
      'type db/',
    ],
    packages: ['zod', 'openid-client', 'type pino', 'node:crypto'],
  },
  {
    holds: ['src/views/'],
    files: ['src/views/', 'src/access/', 'src/store/', 'src/engine/', 'machines/', 'db/fold.ts', 'type db/'],
    packages: [
      '@xstate/graph',
      'elkjs',
      'temporal-polyfill',
      'type xstate',
      'node:worker_threads',
      'node:module',
    ],
    never: ['src/engine/commit.ts', 'src/engine/engine.ts'],
  },
  {
    holds: ['src/webhooks/', 'src/background/'],
    files: [
      'src/webhooks/',
      'src/background/',
      'src/access/',
      'src/store/',
      'src/engine/',
      'machines/',
      'type db/',
    ],
    packages: ['zod', 'type pino', 'node:*'],
  },
  {
    holds: ['src/http/'],
    files: [
      'src/http/',
      'src/access/',
      'src/engine/',
      'src/views/',
      'src/webhooks/',
      'src/identity/',
      'machines/',
      'db/away.ts',
      'type src/services.ts',
    ],
    packages: ['hono', '@hono/zod-openapi', 'zod', 'type pino', 'prom-client', 'node:crypto', 'node:fs'],
  },
  {
    holds: ['src/clerk/'],
    files: [
      'src/clerk/',
      'src/access/',
      'src/engine/',
      'src/views/',
      'src/webhooks/',
      'src/identity/',
      'machines/',
      'db/away.ts',
      'type src/services.ts',
    ],
    packages: ['hono', 'zod', 'temporal-polyfill', 'node:crypto', 'node:fs'],
  },
  {
    holds: ['src/services.ts'],
    files: [
      'type db/',
      'type machines/',
      'type src/access/',
      'type src/engine/',
      'type src/identity/',
      'type src/views/',
      'type src/webhooks/',
      'type src/background/',
    ],
    packages: ['type pino'],
  },
  {
    holds: [
      'src/main.ts',
      'src/cli.ts',
      'src/app.ts',
      'src/config.ts',
      'src/demo.ts',
      'src/live.ts',
      'src/live-config.ts',
      'src/opening.ts',
      'src/purpose.ts',
      'src/demo/',
      'src/build.ts',
      'src/computed.ts',
      'src/play/',
      'src/commands/',
    ],
    files: ['machines/', 'db/', 'src/'],
    packages: ['*'],
  },
  {
    holds: ['test/', 'vitest.config.ts'],
    files: ['machines/', 'db/', 'src/', 'test/', 'vitest.config.ts'],
    packages: ['*'],
  },
];

const forbiddenFolders = ['utils', 'lib', 'shared', 'services', 'controllers', 'interfaces'];

export type Violation = {
  rule: 'outside every layer' | 'forbidden import' | 'cycle' | 'barrel' | 'forbidden folder name';
  path: string;
  detail: string;
};

/**
 * Holds source files against the import table of the design.
 * @param sources each file's text by its path from the project root, with forward slashes
 * @returns every breach; empty when the files keep to the table
 * @throws when a file is not valid TypeScript
 */
export function violationsOf(sources: ReadonlyMap<string, string>): Violation[] {
  const modules = new Map([...sources].map(([path, source]) => [path, readModule(path, source)]));
  return [...modules].flatMap(([path, module]) => fileViolations(path, module)).concat(cycles(modules));
}

function fileViolations(path: string, module: Module): Violation[] {
  const found: Violation[] = [];
  const folder = path
    .split('/')
    .slice(0, -1)
    .find((name) => forbiddenFolders.includes(name));
  if (folder) found.push({ rule: 'forbidden folder name', path, detail: folder });
  if (module.barrel || /(^|\/)index\.\w+$/.test(path)) {
    found.push({ rule: 'barrel', path, detail: 'import from the file that defines' });
  }
  const layer = layers.find(({ holds }) => holds.some((entry) => covers(entry, path)));
  if (!layer)
    return [...found, { rule: 'outside every layer', path, detail: 'no row of the table holds it' }];
  const forbidden = module.imports.filter((one) => !isAllowed(layer, one));
  return [
    ...found,
    ...forbidden.map(({ name }): Violation => ({ rule: 'forbidden import', path, detail: name })),
  ];
}

function isAllowed(layer: Layer, { kind, name, typeOnly }: Import): boolean {
  if (kind === 'computed') return layer.packages.includes('*');
  if (layer.never?.includes(name)) return false;
  const entries = kind === 'file' ? layer.files : layer.packages;
  return entries.some(
    (entry) => covers(entry, name) || (typeOnly && covers(entry.replace(/^type /, ''), name)),
  );
}

function covers(entry: string, name: string): boolean {
  if (entry.endsWith('*')) return name.startsWith(entry.slice(0, -1));
  return entry.endsWith('/') ? name.startsWith(entry) : name === entry;
}

/** Finds import cycles by depth-first search: each import back to a file still being visited closes one. */
function cycles(modules: ReadonlyMap<string, Module>): Violation[] {
  const found: Violation[] = [];
  const done = new Set<string>();
  const visit = (path: string, trail: readonly string[]) => {
    const start = trail.indexOf(path);
    if (start >= 0) {
      found.push({ rule: 'cycle', path, detail: [...trail.slice(start), path].join(' → ') });
    } else if (!done.has(path)) {
      for (const { kind, name } of modules.get(path)?.imports ?? []) {
        if (kind === 'file') visit(name, [...trail, path]);
      }
      done.add(path);
    }
  };
  for (const path of modules.keys()) visit(path, []);
  return found;
}
