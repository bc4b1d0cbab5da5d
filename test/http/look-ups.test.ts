import { CompiledQuery, DefaultQueryExecutor, sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { isPostgres } from '../../db/kind.ts';
import { type Database, openDatabase } from '../../db/open.ts';
import type { Db } from '../../db/tables.ts';
import type { JsonObject } from '../../machines/chart.ts';
import type { Role } from '../../machines/roles.ts';
import { tick } from '../../src/background/tick.ts';
import * as examples from '../../src/http/examples.ts';
import { forgetDelivered } from '../../src/store/deliveries.ts';
import { forgetReplies } from '../../src/store/replies.ts';
import { postgresHere } from '../fixtures/postgres.ts';
import { createTestServer, type TestServer } from '../fixtures/server.ts';

const postgres = await postgresHere();
const databases: [string, () => Promise<string>][] = [['SQLite', async () => ':memory:']];
if (postgres) databases.push(['PostgreSQL', () => postgres.create()]);

/** Every statement that is carried out meanwhile, but for inserts. */
async function overheard(work: () => Promise<unknown>): Promise<Set<string>> {
  const executors = Object.getPrototypeOf(DefaultQueryExecutor.prototype) as DefaultQueryExecutor;
  const heard = vi.spyOn(executors, 'executeQuery');
  await work();
  const statements = heard.mock.calls.map(([it]) => it.sql);
  heard.mockRestore();
  return new Set(statements.filter((it) => /^\s*(select|update|delete|with)\b/i.test(it)));
}

const filters = [
  '',
  'page=3',
  'municipality=huddinge',
  `after=${Buffer.from('2026-11-20T09:00:00.000Z x').toString('base64url')}`,
  'q=avtal',
  'q=avtal%20samverkan&municipality=huddinge',
  'recipient=karolinska',
  'from=2026-01-01&to=2026-12-31',
  'ended=false',
  'state=administration',
  'body=administration',
  'body=kf&ended=true',
  'ended=true',
];
const pages = ['/', '/matters', '/meetings', '/joint-matters', '/routes', '/webhooks', '/moves', '/tokens'];

/** Every address that only reads, with what it may be asked. */
async function addresses({ request }: TestServer, ids: Readonly<Record<string, string>>) {
  const { paths } = (await (await request('/v1/openapi.json')).json()) as { paths: Record<string, object> };
  const reading = Object.keys(paths).filter((it) => 'get' in (paths[it] ?? {}) && !it.endsWith('/stream'));
  const idIn = (path: string) => ids[/^\/([\w-]+)/.exec(path)?.[1] ?? ''] ?? ids.matters ?? '';
  const api = reading.map((it) => `/v1${it.replace('{id}', idIn(it)).replaceAll(/\{\w+\}/g, 'e-signering')}`);
  const lists = ['matters', 'meetings', 'joint-matters'].flatMap((it) =>
    filters.map((filter) => `/v1/${it}?${filter}`),
  );
  const more = ['/metrics', '/readyz', '/v1/desk?municipality=huddinge'];
  return [...api, ...lists, ...more, `/v1/subscriptions/${ids.subscriptions}/deliveries?state=dead`];
}

/** Starts a server, and has it do all that it does: begin records, answer whoever asks, and what it does by itself. */
async function lived(db: Database): Promise<TestServer> {
  const server = await createTestServer({ db });
  const { services } = server;
  const begun = async (path: string, body: object, as: Role = 'clerk'): Promise<string> => {
    const made = await (await server.as(as).post(`/v1/${path}`, body as JsonObject)).json();
    return String(made.id ?? (made.subscription as JsonObject).id);
  };
  const subscription = { municipality: 'huddinge', name: 'E-arkiv', url: 'https://arkiv.example.se/x' };
  const ids = {
    matters: await begun('matters', examples.newMatter),
    meetings: await begun('meetings', examples.newMeeting),
    'joint-matters': await begun('joint-matters', examples.newJointMatter),
    subscriptions: await begun('subscriptions', subscription, 'administrator'),
  };
  for (const path of await addresses(server, ids))
    for (const role of ['clerk', 'administrator'] as const) {
      const { status } = await server.as(role).get(path);
      expect([200, 403, 404], path).toContain(status);
    }
  for (const path of pages)
    await server.request(path, { headers: { cookie: 'identity=demo-administrator' } });
  await tick(services.engine, db);
  await services.webhooks.courier.startDue();
  await services.webhooks.courier.nextDue();
  await forgetReplies(db.writer, services.engine.now());
  await forgetDelivered(db.writer, services.engine.now());
  return server;
}

/** Tables that grow with what happens, under every name that a statement gives them. */
const GROWING =
  'actor|before|entry|deadline|outbox|receipt|reply|seal|delivery|earlier|redelivery|term|record|member';

/** What is read from its beginning no further than to the first that is asked for; and an index of what is few. */
const STOPS = [
  'SCAN seal',
  'SCAN actor USING INDEX actor_pinned',
  'SCAN deadline USING INDEX deadline_due',
  'SCAN deadline USING INDEX deadline_failed',
  'SCAN delivery USING INDEX delivery_waiting',
  'SCAN delivery USING COVERING INDEX delivery_waiting',
];
/** What is looked up of one record or actor, or of the two thousand that a list sorts, is sorted. */
const FEW =
  /\((root|actor|id|integration|plan)=\?|term_word|actor_open \(tenant=\? AND chart=\? AND state=\?\)|SEARCH (subscription|token|integration) |SCAN (move_plan|subscription|integration|route|account|token)\b/;

/** What of SQLite's plan grows with what there is: a table read from end to end, or sorted. */
function longIn(plan: readonly string[]): string[] {
  const scans = plan.filter((it) => new RegExp(`^SCAN (${GROWING})\\b`).test(it) && !STOPS.includes(it));
  const sorts = plan.filter((it) => it.endsWith('FOR ORDER BY') && !plan.some((other) => FEW.test(other)));
  return [...scans, ...sorts];
}

async function planOf(db: Db, text: string): Promise<string[]> {
  const { rows } = await db.executeQuery<{ detail: string }>(CompiledQuery.raw(`explain query plan ${text}`));
  return rows.map((it) => it.detail);
}

describe.each(databases)('Whatever is asked of %s, from the start of the server on,', (_, locate) => {
  let server: TestServer;
  let statements: Set<string>;
  beforeAll(async () => {
    const db = await openDatabase(await locate());
    statements = await overheard(async () => {
      server = await lived(db);
    });
  }, 120_000);
  afterAll(() => server.close());

  /** What of a statement's plan takes the longer the more there is. */
  const longOf = (statement: string) => {
    const db = server.db.writer;
    return (isPostgres(db) ? scannedIn : longOn)(db, statement);
  };

  test('is looked up in an index, however much there is', async () => {
    expect(statements.size).toBeGreaterThan(60);
    for (const it of statements) expect(await longOf(it), it).toEqual([]);
  });

  test.each([`select id from actor where title = 'x'`, 'select id from actor order by updated_at limit 5'])(
    'would not be, where no index has it: %s',
    async (statement) => {
      expect(await longOf(statement)).not.toEqual([]);
    },
  );
});

const longOn = async (db: Db, text: string): Promise<string[]> => longIn(await planOf(db, text));

/** What PostgreSQL would read from end to end though it is told not to where there is another way. */
const scannedIn = (db: Db, text: string): Promise<string[]> =>
  db.connection().execute(async (one) => {
    await sql`set enable_seqscan = off`.execute(one);
    const explained = CompiledQuery.raw(`explain (generic_plan) ${text}`);
    const { rows } = await one.executeQuery<Record<string, string>>(explained);
    await sql`reset enable_seqscan`.execute(one);
    const plan = rows.map((it) => it['QUERY PLAN'] ?? '');
    return plan.filter((it) => new RegExp(`Seq Scan on (${GROWING})\\b`).test(it));
  });
