/**
 * A server written by hand for PostgreSQL, on the same charts: a SELECT, the step, and one statement that writes all of
 * it where the version is still the one that was read. It has keys, versions and a token, but no chain of hashes, no
 * read models and no deadlines.
 *
 * `node written.ts postgres://…`
 */
import { randomUUID } from 'node:crypto';
import { serve } from '@hono/node-server';
import { Hono } from 'hono';
import pg from 'pg';
import type { Effect, Identity, JsonObject } from '../../machines/chart.ts';
import { chartOf, meta, run } from './stepping.ts';

const pool = new pg.Pool({ connectionString: process.argv[2], max: 16 });
await pool.query(`
  create table actor (id text primary key, chart text not null, version integer not null, snapshot text not null);
  create table event (actor text, version integer, at text, type text, payload text, primary key (actor, version));
  create table reply (key text primary key, body text not null)`);

interface Begun {
  readonly id: string;
  readonly chart: string;
  readonly snapshot: string;
}

/** An actor and the parts that it starts; the walk starts nothing else. */
function begin(self: Identity, name: string, given: JsonObject): Begun[] {
  const chart = chartOf(name);
  const input = { ...chart.input.parse(given), self, meta: meta() } as unknown as JsonObject;
  const { snapshot, effects } = run(chart, { input });
  return [{ id: self.id, chart: name, snapshot }, ...partsOf(self, effects)];
}

const partsOf = (self: Identity, effects: readonly Effect[]): Begun[] =>
  effects.flatMap((effect) => {
    if (effect.kind !== 'start') throw new Error(`the walk causes no ${effect.kind}`);
    const id = `${self.id}.${effect.key}`;
    return begin({ ...self, id, parent: self.id }, effect.chart, effect.input);
  });

const begun = `json_to_recordset($1::json) as begun(id text, chart text, snapshot text)`;

const START = {
  name: 'start',
  text: `with actors as (insert into actor select id, chart, 1, snapshot from ${begun}),
    events as (insert into event select id, 1, $2, 'started', '{}' from ${begun})
    insert into reply values ($3, $4) on conflict do nothing`,
};

const READ = {
  name: 'read',
  text: `select chart, version, snapshot, (select body from reply where key = $2) as known from actor where id = $1`,
};

const SEND = {
  name: 'send',
  text: `with written as (update actor set version = version + 1, snapshot = $3 where id = $2 and version = $4 returning id),
    parts as (insert into actor select id, chart, 1, snapshot from ${begun}),
    started as (insert into event select id, 1, $5, 'started', '{}' from ${begun}),
    logged as (insert into event select id, $4 + 1, $5, $6, $7 from written)
    insert into reply select $8, $9 from written`,
};

const app = new Hono()
  .use(async (c, next) => {
    if (c.req.header('authorization') !== 'Bearer demo-clerk') throw new Error('who are you?');
    await next();
  })
  .post('/v1/matters', async (c) => {
    const { municipality, route, ...input } = (await c.req.json()) as JsonObject & { municipality: string };
    const id = randomUUID();
    const self = { id, parent: null, root: id, tenant: municipality };
    const actors = begin(self, `${municipality}/${route}`, { ...input, number: `HKS ${id}` });
    const made = { id, version: 1 };
    const key = c.req.header('idempotency-key');
    await pool.query(START, [JSON.stringify(actors), new Date().toISOString(), key, JSON.stringify(made)]);
    return c.json(made, 201);
  })
  .post('/v1/matters/:id/events', async (c) => {
    const { type, payload } = (await c.req.json()) as { type: string; payload: JsonObject };
    const id = c.req.param('id');
    const key = c.req.header('idempotency-key');
    const expected = Number(c.req.header('if-match')?.replaceAll('"', ''));
    const { rows } = await pool.query<{
      chart: string;
      version: number;
      snapshot: string;
      known: string | null;
    }>(READ, [id, key]);
    const [row] = rows;
    if (row?.known) return c.body(row.known, 200, { 'content-type': 'application/json' });
    if (row?.version !== expected) return c.json({ id, version: row?.version }, 412);
    const chart = chartOf(row.chart);
    const fields = chart.events[type]?.fields.parse(payload) as JsonObject;
    const { snapshot, effects } = run(chart, row, { ...fields, type, meta: meta() });
    const { self } = (JSON.parse(snapshot) as { context: { self: Identity } }).context;
    const made = { id, version: expected + 1 };
    const at = new Date().toISOString();
    const parts = JSON.stringify(partsOf(self, effects));
    const values = [
      parts,
      id,
      snapshot,
      expected,
      at,
      type,
      JSON.stringify(payload),
      key,
      JSON.stringify(made),
    ];
    const { rowCount } = await pool.query(SEND, values);
    return rowCount === 1 ? c.json(made) : c.json({ id }, 412);
  });

serve({ fetch: app.fetch, hostname: '127.0.0.1', port: 0 }, ({ port }) =>
  console.log(`http://127.0.0.1:${port}`),
);
