/**
 * The server that one writes first, on the same charts and the same database: a transaction for each request, in which
 * an XState actor is made of its stored snapshot, takes the event, and is stored again with a line of its log. It has
 * keys, versions and a token, but no chain of hashes, no read models and no deadlines.
 *
 * `node naive.ts FILE`
 */
import { randomUUID } from 'node:crypto';
import { serve } from '@hono/node-server';
import { type Context, Hono } from 'hono';
import { Kysely, sql, type Transaction } from 'kysely';
import { writing } from '../../db/dialect.ts';
import { openSqlite } from '../../db/sqlite.ts';
import type { Effect, Identity, JsonObject } from '../../machines/chart.ts';
import { chartOf, meta, run } from './stepping.ts';

interface Tables {
  actor: { id: string; chart: string; version: number; snapshot: string };
  event: { actor: string; version: number; at: string; type: string; payload: string };
  reply: { key: string; body: string };
}
type Trx = Transaction<Tables>;

const db = new Kysely<Tables>({ dialect: writing(openSqlite, process.argv[2] ?? ':memory:') });
// Ours moves its log beside the writer. A larger log than SQLite's own thousand pages costs this one less.
await sql`pragma wal_autocheckpoint = 16000`.execute(db);
await sql`create table actor (id text primary key, chart text not null, version integer not null, snapshot text not null)`.execute(
  db,
);
await sql`create table event (actor text, version integer, at text, type text, payload text, primary key (actor, version))`.execute(
  db,
);
await sql`create table reply (key text primary key, body text not null)`.execute(db);

async function begin(trx: Trx, self: Identity, name: string, given: JsonObject): Promise<void> {
  const chart = chartOf(name);
  const input = { ...chart.input.parse(given), self } as unknown as JsonObject;
  const { snapshot, effects } = run(chart, { input: { ...input, meta: meta() } });
  await trx.insertInto('actor').values({ id: self.id, chart: name, version: 1, snapshot }).execute();
  await log(trx, self.id, 1, 'started', given);
  await follow(trx, self, effects);
}

async function send(trx: Trx, id: string, expected: number, type: string, payload: JsonObject) {
  const row = await trx.selectFrom('actor').selectAll().where('id', '=', id).executeTakeFirstOrThrow();
  if (row.version !== expected) return null;
  const chart = chartOf(row.chart);
  const fields = chart.events[type]?.fields.parse(payload) as JsonObject;
  const { snapshot, effects } = run(chart, row, { ...fields, type, meta: meta() });
  const version = row.version + 1;
  await trx.updateTable('actor').set({ version, snapshot }).where('id', '=', id).execute();
  await log(trx, id, version, type, payload);
  const { self } = (JSON.parse(snapshot) as { context: { self: Identity } }).context;
  await follow(trx, self, effects);
  return version;
}

const log = (trx: Trx, actor: string, version: number, type: string, payload: JsonObject) =>
  trx
    .insertInto('event')
    .values({ actor, version, at: new Date().toISOString(), type, payload: JSON.stringify(payload) })
    .execute();

/** The walk only starts parts. */
async function follow(trx: Trx, self: Identity, effects: readonly Effect[]): Promise<void> {
  for (const effect of effects) {
    if (effect.kind !== 'start') throw new Error(`the walk causes no ${effect.kind}`);
    const id = `${self.id}.${effect.key}`;
    await begin(trx, { ...self, id, parent: self.id }, effect.chart, effect.input);
  }
}

/** One transaction, whose answer is kept under the request's key. */
const once = (c: Context, make: (trx: Trx) => Promise<object>) =>
  db.transaction().execute(async (trx) => {
    if (c.req.header('authorization') !== 'Bearer demo-clerk') throw new Error('who are you?');
    const key = c.req.header('idempotency-key') ?? '';
    const known = await trx.selectFrom('reply').select('body').where('key', '=', key).executeTakeFirst();
    if (known) return JSON.parse(known.body) as object;
    const made = await make(trx);
    await trx
      .insertInto('reply')
      .values({ key, body: JSON.stringify(made) })
      .execute();
    return made;
  });

const app = new Hono()
  .post('/v1/matters', async (c) => {
    const { municipality, route, ...input } = (await c.req.json()) as JsonObject & { municipality: string };
    const id = randomUUID();
    const self = { id, parent: null, root: id, tenant: municipality };
    const numbered = { ...input, number: `HKS ${id}` };
    return c.json(
      await once(c, async (trx) => {
        await begin(trx, self, `${municipality}/${route}`, numbered);
        return { id, version: 1 };
      }),
      201,
    );
  })
  .post('/v1/matters/:id/events', async (c) => {
    const { type, payload } = (await c.req.json()) as { type: string; payload: JsonObject };
    const id = c.req.param('id');
    const expected = Number(c.req.header('if-match')?.replaceAll('"', ''));
    return c.json(
      await once(c, async (trx) => ({ id, version: await send(trx, id, expected, type, payload) })),
    );
  });

serve({ fetch: app.fetch, hostname: '127.0.0.1', port: 0 }, ({ port }) =>
  console.log(`http://127.0.0.1:${port}`),
);
