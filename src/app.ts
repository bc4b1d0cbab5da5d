/** The whole server as one expression, in the order in which requests meet it. */
import { Hono } from 'hono';
import { sql } from 'kysely';
import { pages } from './clerk/pages.tsx';
import { api } from './http/api.ts';
import { onlyLoopback } from './http/host.ts';
import { problemType } from './http/problem-types.ts';
import type { Services } from './services.ts';

export function createApp(services: Services): Hono {
  return new Hono()
    .use(onlyLoopback)
    .get('/livez', (c) => c.json({ status: 'ok' }))
    .get('/readyz', async (c) =>
      (await isReady(services)) ? c.json({ status: 'ok' }) : c.json({ status: 'unavailable' }, 503),
    )
    .get('/problems/:code', problemType)
    .route('/v1', api(services))
    .route('/', pages(services));
}

/** Ready when the database answers and commits succeed. */
async function isReady({ engine, db }: Services): Promise<boolean> {
  const answers = await sql`select 1`.execute(db.reader).then(
    () => true,
    () => false,
  );
  return answers && (await engine.canCommit());
}
