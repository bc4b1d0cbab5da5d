/**
 * A server written by hand for PostgreSQL, on the same charts: a SELECT, the step, and one statement that writes all of
 * it where the version is still the one that was read. It has keys, versions and a token, but no chain of hashes, no
 * read models and no deadlines.
 *
 * `node written.ts postgres://…`
 */
import pg from 'pg';
import type { Effect, Identity, JsonObject } from '../../machines/chart.ts';
import { type Standing, serveSteps } from './asked.ts';
import { chartOf, meta, partsOf, run } from './stepping.ts';

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

/** An actor and the parts that it starts. */
function begin(self: Identity, name: string, given: JsonObject): Begun[] {
  const chart = chartOf(name);
  const input = { ...chart.input.parse(given), self, meta: meta() } as unknown as JsonObject;
  const { snapshot, effects } = run(chart, { input });
  return [{ id: self.id, chart: name, snapshot }, ...begunBy(self, effects)];
}

const begunBy = (self: Identity, effects: readonly Effect[]): Begun[] =>
  partsOf(self, effects).flatMap((part) => begin(part.self, part.chart, part.input));

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

interface Row {
  readonly chart: string;
  readonly version: number;
  readonly snapshot: string;
  readonly known: string | null;
}

serveSteps({
  register: async (self, chart, input, key) => {
    const actors = JSON.stringify(begin(self, chart, input));
    const made = { id: self.id, version: 1 };
    await pool.query(START, [actors, new Date().toISOString(), key, JSON.stringify(made)]);
    return made;
  },
  send: async (id, expected, { type, payload }, key) => {
    const { rows } = await pool.query<Row>(READ, [id, key]);
    const [row] = rows;
    if (row?.known) return JSON.parse(row.known) as Standing;
    if (row?.version !== expected) return null;
    const chart = chartOf(row.chart);
    const fields = chart.events[type]?.fields.parse(payload) as JsonObject;
    const { snapshot, effects } = run(chart, row, { ...fields, type, meta: meta() });
    const { self } = (JSON.parse(snapshot) as { context: { self: Identity } }).context;
    const made = { id, version: expected + 1 };
    const parts = JSON.stringify(begunBy(self, effects));
    const at = new Date().toISOString();
    const said = [at, type, JSON.stringify(payload), key, JSON.stringify(made)];
    const { rowCount } = await pool.query(SEND, [parts, id, snapshot, expected, ...said]);
    return rowCount === 1 ? made : null;
  },
});
