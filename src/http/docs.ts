/** The description as a page to read and try: Swagger UI, from this server alone. */
import { existsSync, readFileSync } from 'node:fs';
import { Hono } from 'hono';
import type { Env } from './context.ts';

/** The build puts them beside the program; where the program runs from its source they are read from their package. */
function vendored(name: string): string {
  const built = new URL(`./docs/${name}`, import.meta.url);
  return readFileSync(
    existsSync(built) ? built : new URL(import.meta.resolve(`swagger-ui-dist/${name}`)),
    'utf8',
  );
}

/** No script and no style within the page, nothing from other hosts. `data:` is for the icons in its style sheet. */
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

const page = `<!doctype html>
<html lang="sv">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Ärendegång: API</title>
<link rel="stylesheet" href="/v1/docs/swagger-ui.css">
<script defer src="/v1/docs/swagger-ui-bundle.js"></script>
<script defer src="/v1/docs/start.js"></script>
</head>
<body>
<div id="api"></div>
<noscript>Beskrivningen finns också som fil / The description is also a file: <a href="/v1/openapi.json">openapi.json</a></noscript>
</body>
</html>
`;

/** `validatorUrl: null`: else it would ask a host of its own about the description. */
const start = `SwaggerUIBundle({
  url: '/v1/openapi.json',
  dom_id: '#api',
  validatorUrl: null,
  docExpansion: 'none',
  defaultModelsExpandDepth: 0,
});
`;

const DAY = 'public, max-age=86400';

export function docs(): Hono<Env> {
  const files: Readonly<Record<string, { readonly type: string; readonly read: () => string }>> = {
    'swagger-ui.css': { type: 'text/css; charset=utf-8', read: () => vendored('swagger-ui.css') },
    'swagger-ui-bundle.js': {
      type: 'text/javascript; charset=utf-8',
      read: () => vendored('swagger-ui-bundle.js'),
    },
    'start.js': { type: 'text/javascript; charset=utf-8', read: () => start },
  };
  const read = new Map<string, string>();
  const app = new Hono<Env>();
  app.get('/docs', (c) => {
    c.header('Content-Security-Policy', POLICY);
    return c.html(page);
  });
  for (const [name, { type, read: from }] of Object.entries(files))
    app.get(`/docs/${name}`, (c) => {
      const text = read.get(name) ?? from();
      read.set(name, text);
      return c.body(text, 200, { 'Content-Type': type, 'Cache-Control': DAY });
    });
  return app;
}
