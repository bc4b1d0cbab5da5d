/** What the walk asks of a server that is measured beside ours. */
import { randomUUID } from 'node:crypto';
import { serve } from '@hono/node-server';
import { Hono } from 'hono';
import type { Identity, JsonObject } from '../../machines/chart.ts';

/** An actor as a server answers with it. */
export interface Standing {
  readonly id: string;
  readonly version: number;
}

export interface Stepping {
  /** @param key the first answer to it is the answer. */
  register(self: Identity, chart: string, input: JsonObject, key: string): Promise<Standing>;
  /** Null where the actor is at another version. */
  send(
    id: string,
    expected: number,
    event: { readonly type: string; readonly payload: JsonObject },
    key: string,
  ): Promise<Standing | null>;
}

/** Serves on any port that is free, and prints the address. */
export function serveSteps({ register, send }: Stepping): void {
  const app = new Hono()
    .use(async (c, next) => {
      if (c.req.header('authorization') !== 'Bearer demo-clerk') throw new Error('who are you?');
      await next();
    })
    .post('/v1/matters', async (c) => {
      const { municipality, route, ...input } = (await c.req.json()) as JsonObject & { municipality: string };
      const id = randomUUID();
      const self = { id, parent: null, root: id, tenant: municipality };
      const numbered = { ...input, number: `HKS ${id}` };
      const key = c.req.header('idempotency-key') ?? '';
      return c.json(await register(self, `${municipality}/${route}`, numbered, key), 201);
    })
    .post('/v1/matters/:id/events', async (c) => {
      const event = (await c.req.json()) as { type: string; payload: JsonObject };
      const id = c.req.param('id');
      const expected = Number(c.req.header('if-match')?.replaceAll('"', ''));
      const made = await send(id, expected, event, c.req.header('idempotency-key') ?? '');
      return made ? c.json(made) : c.json({ id }, 412);
    });
  serve({ fetch: app.fetch, hostname: '127.0.0.1', port: 0 }, ({ port }) =>
    console.log(`http://127.0.0.1:${port}`),
  );
}
