/** A Hono server that answers with what it is sent: as much as HTTP and JSON leave to anyone. */
import { serve } from '@hono/node-server';
import { Hono } from 'hono';

const app = new Hono().post('*', async (c) => c.json(await c.req.json()));
serve({ fetch: app.fetch, hostname: '127.0.0.1', port: 0 }, ({ port }) =>
  console.log(`http://127.0.0.1:${port}`),
);
