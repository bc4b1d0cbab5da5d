import { CompiledQuery } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { OpenSqlite } from '../../db/dialect.ts';
import { type Database, openDatabase } from '../../db/open.ts';
import { openSqlite } from '../../db/sqlite.ts';
import { type StoredActor, writeActors } from '../../src/store/actors.ts';
import { type ActorFilter, countActors, listActors } from '../../src/store/lists.ts';
import { postgresHere } from '../fixtures/postgres.ts';

const postgres = await postgresHere();
/** What is asked for in an order, as it is put to SQLite. */
let asked: string[] = [];
const overheard: OpenSqlite = async (filename, access) => {
  const driver = await openSqlite(filename, access);
  return {
    ...driver,
    query: (isSelect, text, parameters) => {
      if (/order by .*"id" desc/.test(text)) asked.push(text);
      return driver.query(isSelect, text, parameters);
    },
  };
};
const databases: [string, () => Promise<Database>][] = [
  ['SQLite', () => openDatabase(':memory:', overheard)],
];
if (postgres) databases.push(['PostgreSQL', async () => openDatabase(await postgres.create())]);

const charts = ['huddinge/a', 'huddinge/b', 'meeting'];
const states = ['ks', 'ks.open', 'ks.open,after.told', 'after.told', 'ksx', 'drafting'];
const bodies = ['ks', 'kf', null];

const actorOf = (id: string, more: Partial<StoredActor>): StoredActor => ({
  ...{ id, root: id, parent: null, tenant: 'huddinge', chart: 'huddinge/a', chartVersion: 1, chartHash: 'h' },
  ...{ version: 1, snapshot: '{}', head: 'h', title: 't', number: null, body: null, states: ['drafting'] },
  ...{ ended: false, confidential: false, createdAt: '2026-02-01', updatedAt: 'u', dueAt: null },
  ...more,
});

/** Of every chart in every state, with every body, open and ended, in two municipalities; several of one instant. */
const actors = charts.flatMap((chart, c) =>
  states.flatMap((state, s) =>
    bodies.flatMap((body, b) =>
      [false, true].map((ended, e) => {
        const n = c + 7 * s + 3 * b + e;
        const tenant = n % 3 === 0 ? 'haninge' : 'huddinge';
        const createdAt = `2026-01-0${1 + (n % 5)}T00:00:00.000Z`;
        return actorOf(`r${c}${s}${b}${e}`, {
          chart,
          tenant,
          body,
          ended,
          createdAt,
          states: state.split(','),
        });
      }),
    ),
  ),
);
/** Open in one state, more than are sorted. */
const many = Array.from({ length: 2_100 }, (_, n) =>
  actorOf(`m${n}`, { states: ['many'], createdAt: `2026-02-01T00:00:00.${100 + (n % 900)}Z` }),
);

type Asked = Omit<ActorFilter, 'limit' | 'scope'>;
const kinds: readonly Asked[] = [{ routes: true }, { charts: ['meeting'] }];
const standings: readonly Asked[] = [{}, { ended: true }, { ended: false }];
const narrowings: readonly Asked[] = [
  {},
  { body: 'ks' },
  { state: 'ks' },
  { state: 'ks.open' },
  { state: 'after' },
  { state: 'many' },
  { state: 'no' },
  { state: 'ks', body: 'ks' },
];
const filters = kinds.flatMap((kind) =>
  standings.flatMap((standing) => narrowings.map((narrowing) => ({ ...kind, ...standing, ...narrowing }))),
);

const fits = (it: StoredActor, { routes, charts, body, ended, state }: Asked): boolean =>
  (!routes || it.chart.includes('/')) &&
  (!charts || charts.includes(it.chart)) &&
  (body === undefined || it.body === body) &&
  (ended === undefined || it.ended === ended) &&
  (state === undefined || it.states.some((leaf) => leaf === state || leaf.startsWith(`${state}.`)));
const orderOf = ({ createdAt, id }: StoredActor): string => `${createdAt} ${id}`;

describe.each(databases)('A list on %s', (kind, open) => {
  let db: Database;
  beforeAll(async () => {
    db = await open();
    const parts = actors.map((it) => ({ ...it, id: `${it.id}.p`, parent: it.id }));
    const all = [...actors, ...parts, ...many].map((actor) => ({ actor, was: 0 }));
    await db.writer.transaction().execute((trx) => writeActors(trx, all));
  });
  afterAll(() => db.close());
  const list = (filter: Asked & { limit: number }) =>
    listActors(db.reader, { scope: 'everything', records: true, ...filter });

  it('is of every record that fits and of no other, each once, the newest first, page by page and after one of them', async () => {
    for (const filter of filters) {
      const expected = [...actors, ...many].filter((it) => fits(it, filter));
      const ids = expected.sort((a, b) => (orderOf(a) < orderOf(b) ? 1 : -1)).map((it) => it.id);
      const name = JSON.stringify(filter);
      const counted = await countActors(db.reader, { scope: 'everything', records: true, ...filter }, 5_000);
      expect(counted, name).toBe(ids.length);
      const first = await list({ ...filter, limit: 9 });
      expect(
        first.map((it) => it.id),
        name,
      ).toEqual(ids.slice(0, 9));
      expect(
        (await list({ ...filter, limit: 9, offset: 9 })).map((it) => it.id),
        name,
      ).toEqual(ids.slice(9, 18));
      const after = first.at(-1);
      if (after)
        expect(
          (await list({ ...filter, limit: 9, after })).map((it) => it.id),
          name,
        ).toEqual(ids.slice(9, 18));
    }
  });

  it.runIf(kind === 'SQLite').each<[string, Asked, RegExp]>([
    ['of what is with a body', { body: 'ks' }, /actor_body \(tenant=\? AND body=\? AND ended=\?\)/],
    ['of what has ended', { ended: true }, /actor_ended \(tenant=\? AND chart=\? AND state=\?\)/],
    [
      'of what has ended in a state',
      { ended: true, state: 'ks' },
      /actor_ended \(tenant=\? AND chart=\? AND state=\?\)/,
    ],
    [
      'of few that are open',
      { ended: false, tenant: 'haninge' },
      /actor_open \(tenant=\? AND chart=\? AND state=\?\)/,
    ],
    ['of many that are open', { ended: false }, /actor_record \(tenant=\?/],
    [
      'of few that are open in a state',
      { ended: false, state: 'ks' },
      /actor_open \(tenant=\? AND chart=\? AND state=\?\)/,
    ],
    ['of many that are open in a state', { ended: false, state: 'many' }, /actor_record \(tenant=\?/],
  ])('%s is looked up, and not among all that there is', async (_, filter, index) => {
    asked = [];
    await list({ routes: true, tenant: 'huddinge', ...filter, limit: 9 });
    expect(asked.length).toBeGreaterThan(0);
    for (const text of [...asked]) {
      const { rows } = await db.reader.executeQuery<{ detail: string }>(
        CompiledQuery.raw(`explain query plan ${text}`),
      );
      expect(rows[0]?.detail).toMatch(index);
    }
  });
});
