/** The few files that every page needs: the design system's styles, our own on top of them, and a few modules. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { Hono } from 'hono';

/** The parts of Designsystemet that the pages use, in the order of its own index. */
const parts = [
  'base',
  'alert',
  'breadcrumbs',
  'button',
  'card',
  'details',
  'error-summary',
  'field',
  'fieldset',
  'heading',
  'input',
  'label',
  'link',
  'list',
  'pagination',
  'paragraph',
  'skip-link',
  'table',
  'tag',
  'validation-message',
];

interface StaticFile {
  readonly text: string;
  readonly type: string;
  readonly hash: string;
}

const own = (name: string): string => readFileSync(new URL(`./static/${name}`, import.meta.url), 'utf8');

function designsystemet(): string {
  const [base, ...components] = parts.map((name) =>
    readFileSync(new URL(import.meta.resolve(`@digdir/designsystemet-css/${name}.css`)), 'utf8'),
  );
  return `@layer ds.theme,ds.base,ds.components;\n@layer ds.base{${base}}\n@layer ds.components{${components.join('\n')}}\n`;
}

const file = (text: string, type: string): StaticFile => ({
  text,
  type,
  hash: createHash('sha256').update(text).digest('hex').slice(0, 16),
});

const files: ReadonlyMap<string, StaticFile> = new Map([
  ['designsystemet.css', file(designsystemet(), 'text/css; charset=utf-8')],
  ['style.css', file(own('theme.css') + own('style.css'), 'text/css; charset=utf-8')],
  ['drawing.js', file(own('drawing.js'), 'text/javascript; charset=utf-8')],
  ['language.js', file(own('language.js'), 'text/javascript; charset=utf-8')],
  ['again.js', file(own('again.js'), 'text/javascript; charset=utf-8')],
  ['icon.svg', file(own('icon.svg'), 'image/svg+xml')],
]);

/** The address of a static file; it changes with the content, so that a browser may keep what it has. */
export const staticUrl = (name: string): string => `/static/${name}?${files.get(name)?.hash ?? ''}`;

export const staticFiles = (): Hono =>
  new Hono().get('/:name', (c) => {
    const found = files.get(c.req.param('name'));
    if (!found) return c.notFound();
    const current = new URL(c.req.url).search === `?${found.hash}`;
    c.header('Content-Type', found.type);
    c.header('Cache-Control', current ? 'public, max-age=31536000, immutable' : 'no-cache');
    c.header('ETag', `"${found.hash}"`);
    return c.req.header('If-None-Match') === `"${found.hash}"` ? c.body(null, 304) : c.body(found.text);
  });
