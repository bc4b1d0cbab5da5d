/**
 * The server that one writes first, on the same charts and the same database: a transaction for each request, in which
 * an XState actor is made of its stored snapshot, takes the event, and is stored again with a line of its log. It has
 * keys, versions and a token, but no chain of hashes, no read models and no deadlines.
 *
 * `node naive.ts FILE`
 */
import { Kysely, sql, type Transaction } from 'kysely';
import { writing } from '../../db/dialect.ts';
import { openSqlite } from '../../db/sqlite.ts';
import type { Effect, Identity, JsonObject } from '../../machines/chart.ts';
import { type Standing, serveSteps } from './asked.ts';
import { chartOf, meta, partsOf, run } from './stepping.ts';

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

async function send(
  trx: Trx,
  id: string,
  expected: number,
  type: string,
  payload: JsonObject,
): Promise<Standing | null> {
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
  return { id, version };
}

const log = (trx: Trx, actor: string, version: number, type: string, payload: JsonObject) =>
  trx
    .insertInto('event')
    .values({ actor, version, at: new Date().toISOString(), type, payload: JSON.stringify(payload) })
    .execute();

async function follow(trx: Trx, self: Identity, effects: readonly Effect[]): Promise<void> {
  for (const part of partsOf(self, effects)) await begin(trx, part.self, part.chart, part.input);
}

/** One transaction, whose answer is kept under the request's key. */
const once = <Made>(key: string, make: (trx: Trx) => Promise<Made>): Promise<Made> =>
  db.transaction().execute(async (trx) => {
    const known = await trx.selectFrom('reply').select('body').where('key', '=', key).executeTakeFirst();
    if (known) return JSON.parse(known.body) as Made;
    const made = await make(trx);
    await trx
      .insertInto('reply')
      .values({ key, body: JSON.stringify(made) })
      .execute();
    return made;
  });

serveSteps({
  register: (self, chart, input, key) =>
    once(key, async (trx) => {
      await begin(trx, self, chart, input);
      return { id: self.id, version: 1 };
    }),
  send: (id, expected, { type, payload }, key) => once(key, (trx) => send(trx, id, expected, type, payload)),
});
