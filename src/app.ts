/** The whole server as one expression, in the order in which requests meet it. */
import { Hono } from 'hono';
import { sql } from 'kysely';
import { pages } from './clerk/pages.tsx';
import { answeredAnew } from './http/anew.ts';
import { api, failed } from './http/api.ts';
import { onlyOurs } from './http/host.ts';
import { Metrics } from './http/metrics.ts';
import { problemType } from './http/problem-types.ts';
import { type Numbered, notOverloaded, numbered, protectedAnswer } from './http/request.ts';
import { PrefixRouter } from './http/router.ts';
import type { Services } from './services.ts';

interface Limits {
  /** Requests a minute of one identity; nought for no limit. */
  readonly rateLimit?: number;
  /** What opens `/metrics`; without one only this machine is told. */
  readonly metricsToken?: string | null;
}

export function createApp(services: Services, { rateLimit = 0, metricsToken = null }: Limits = {}) {
  const metrics = new Metrics(services);
  const app = new Hono<Numbered>({ router: new PrefixRouter('/v1/') });
  return app
    .onError(answeredAnew(services, app, failed(services)))
    .use(numbered(services.log))
    .use(metrics.measured)
    .use(protectedAnswer)
    .use(notOverloaded())
    .use(onlyOurs(services.people?.publicUrl ?? null))
    .get('/metrics', metrics.told(metricsToken))
    .get('/livez', (c) => c.json({ status: 'ok' }))
    .get('/readyz', async (c) =>
      (await isReady(services)) ? c.json({ status: 'ok' }) : c.json({ status: 'unavailable' }, 503),
    )
    .get('/problems/:code', problemType)
    .route('/v1', api(services, rateLimit))
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
