import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { CompiledQuery, type RawBuilder, sql } from 'kysely';
import { afterAll, afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { type Database, openDatabase } from '../../db/open.ts';
import { openSqlite } from '../../db/sqlite.ts';
import { changeRights } from '../../src/engine/rights.ts';
import { addAccount, findAccount, type StoredAccount } from '../../src/store/accounts.ts';
import { actorsOfRoot, findActor, type StoredActor, writeActors } from '../../src/store/actors.ts';
import {
  type Deadline,
  deadlinesOfActors,
  dueDeadlines,
  dueDeadlinesOfRoot,
  nextDue,
  replaceDeadlines,
  retryFailed,
  upcomingDeadlines,
} from '../../src/store/deadlines.ts';
import { addDefinitions, pinnedDefinitions, storedDefinitions } from '../../src/store/definitions.ts';
import {
  appendEntries,
  type Entry,
  entriesAfter,
  entriesOfActor,
  entriesOfRoot,
  hashesBetween,
} from '../../src/store/entries.ts';
import { type ActorFilter, countActors, listActors } from '../../src/store/lists.ts';
import { atOneMoment } from '../../src/store/moment.ts';
import { holderOf } from '../../src/store/numbers.ts';
import { addToOutbox, outboxOf } from '../../src/store/outbox.ts';
import { findReceipt, keepReceipts, receiptsSealed } from '../../src/store/receipts.ts';
import { addReplies, findReplies, forgetReplies } from '../../src/store/replies.ts';
import {
  countRightsChanges,
  listRightsChanges,
  newestRightsChange,
  type RightsFilter,
  rightsChangesAfter,
} from '../../src/store/rights.ts';
import { addSeal, findSeal, lastEver, newestSeal, sealsAfter } from '../../src/store/seals.ts';
import { lastInSeries, writeSeries } from '../../src/store/series.ts';
import { takeTurn } from '../../src/store/turn.ts';
import { actorsIn } from '../../src/store/waiting.ts';
import { postgresHere } from '../fixtures/postgres.ts';
import { openNodeSqlite } from './node-sqlite.ts';

const folder = mkdtempSync(join(tmpdir(), 'contract-'));
afterAll(() => rmSync(folder, { recursive: true }));
let files = 0;

const AT = '2026-12-01T09:00:00.000Z';

const actorOf = (id: string, more: Partial<StoredActor> = {}): StoredActor => ({
  id,
  chart: 'huddinge/council-matter',
  chartVersion: 1,
  chartHash: 'h',
  parent: null,
  root: id,
  tenant: 'huddinge',
  version: 1,
  snapshot: '{}',
  head: 'head',
  title: 'Å',
  number: null,
  body: null,
  states: ['a.b', 'c'],
  ended: false,
  confidential: false,
  createdAt: AT,
  updatedAt: AT,
  dueAt: null,
  ...more,
});

const entryOf = (actor: string, version: number, more: Partial<Entry> = {}): Entry => ({
  seq: version,
  actor,
  version,
  root: actor,
  tenant: 'huddinge',
  command: 'c',
  at: AT,
  type: 't',
  payload: '{}',
  meta: '{}',
  step: '{}',
  salt: 's',
  content: null,
  prev: 'p',
  hash: 'h',
  ...more,
});

const deadlineOf = (actor: string, name: string, more: Partial<Deadline> = {}): Deadline => ({
  actor,
  state: 's',
  name,
  tenant: 'huddinge',
  root: actor,
  epoch: 1,
  dueAt: AT,
  lastDay: '2026-11-30',
  failure: null,
  ...more,
});

const postgres = await postgresHere();
const newFile = () => join(folder, `${++files}.db`);

const databases: [string, 'SQLite' | 'PostgreSQL', () => Promise<Database>][] = [
  ['node-sqlite3', 'SQLite', () => openDatabase(newFile(), openSqlite)],
  ["Node's own SQLite", 'SQLite', () => openDatabase(newFile(), openNodeSqlite)],
];
if (postgres) databases.push(['PostgreSQL', 'PostgreSQL', async () => openDatabase(await postgres.create())]);

describe.each(databases)('storage on %s', (_, kind, open) => {
  const onSqlite = kind === 'SQLite';
  let db: Database;
  beforeEach(async () => {
    db = await open();
  });
  afterEach(() => db.close());

  const write = (run: Parameters<ReturnType<Database['writer']['transaction']>['execute']>[0]) =>
    db.writer.transaction().execute(run);
  const put = (...actors: StoredActor[]) =>
    write((trx) =>
      writeActors(
        trx,
        actors.map((actor) => ({ actor, was: actor.version - 1 })),
      ),
    );
  const insertSeries = (name: unknown, last: unknown) =>
    db.writer.executeQuery(
      CompiledQuery.raw(`insert into series values ${onSqlite ? '(?, ?)' : '($1, $2)'}`, [name, last]),
    );

  describe('a value', () => {
    test('of any text comes back as it was', async () => {
      const text = fc.string({ unit: 'binary', maxLength: 300, size: 'max' });
      await fc.assert(
        fc.asyncProperty(text, async (value) => {
          await sql`delete from series`.execute(db.writer);
          await insertSeries(value, 1);
          const { rows } = await sql<{ name: string; n: number }>`
            select name, (select count(*) from series where name = ${value}) as n from series`.execute(
            db.reader,
          );
          expect(rows).toEqual([{ name: value, n: 1 }]);
        }),
        { numRuns: 60 },
      );
    });

    test.each([
      ['', 'a\0b', 'å', 'a\u030a', '\u{1f600}', '\ufeff', "'; drop table entry; --", '\u0001', '\u00010\0\0'],
    ])('such as an odd text comes back as it was', async (...texts) => {
      for (const [index, text] of texts.entries()) await insertSeries(text, index);
      for (const [index, text] of texts.entries()) expect(await lastInSeries(db.reader, text)).toBe(index);
    });

    test('of millions of characters comes back as it was', async () => {
      const data = 'x\0'.repeat(1_500_000);
      await addDefinitions(db.writer, [{ name: 'n', version: 1, hash: 'h', data }], AT);
      expect((await storedDefinitions(db.reader))[0]?.data === data).toBe(true);
    });

    test('is ordered by its code points, whatever the language', async () => {
      const texts = [
        'Z',
        'a',
        'Å',
        'z',
        'å',
        '\0',
        '\u0001',
        '\u00011',
        '\u0002',
        '',
        'a b',
        'ab',
        '\u{1f600}',
        '\uffff',
      ];
      for (const text of texts) await insertSeries(text, 1);
      const rows = await db.reader.selectFrom('series').select('name').orderBy('name').execute();
      const points = (it: string) => Buffer.from(it).toString('hex');
      expect(rows.map((it) => points(it.name))).toEqual(texts.map(points).sort());
    });

    test.each([0, 1, -1, 2 ** 31 - 1, 1 - 2 ** 31])('%d is kept as an integer', async (value) => {
      await insertSeries('n', value);
      const typeOf = onSqlite ? sql`typeof(last)` : sql`pg_typeof(last)::text`;
      const { rows } = await sql`select last, ${typeOf} as type from series`.execute(db.reader);
      expect(rows).toEqual([{ last: value, type: 'integer' }]);
    });

    test.each([
      ['an integer above 2^31', 1_795_219_367_748],
      ['2^31 itself', 2 ** 31],
      ['a fraction', 1.5],
      ['no number', Number.NaN],
      ['a BigInt', 1n],
      ['an object', { a: 1 }],
      ['a list', [1]],
      ['a date', new Date(0)],
      ['true', true],
      ['undefined', undefined],
      ['bytes', new Uint8Array(2)],
      ['half a character', 'a\ud800'],
    ])('that would be bound as another is refused before: %s', async (_what, value) => {
      await expect(insertSeries(value, 1)).rejects.toThrow(TypeError);
      await expect(insertSeries('n', value)).rejects.toThrow(TypeError);
      expect(await lastInSeries(db.reader, 'n')).toBe(0);
    });

    test.each([
      ['text in a number’s column', 'a', 'b'],
      ['null where there must be something', 'a', null],
    ])('of the wrong type is refused by the table: %s', async (_what, name, last) => {
      await expect(insertSeries(name, last)).rejects.toThrow();
    });
  });

  describe('a transaction', () => {
    test('that fails leaves nothing, and its error is told', async () => {
      const failing = write(async (trx) => {
        await writeSeries(trx, new Map([['a', 1]]));
        throw new Error('no');
      });
      await expect(failing).rejects.toThrow('no');
      expect(await lastInSeries(db.reader, 'a')).toBe(0);
    });

    test('is not seen by readers before it is committed, and does not wait for them', async () => {
      await write(async (trx) => {
        await writeSeries(trx, new Map([['a', 1]]));
        expect(await lastInSeries(db.reader, 'a')).toBe(0);
      });
      expect(await lastInSeries(db.reader, 'a')).toBe(1);
    });

    test('of many at the same time is whole where each takes its turn: none sees half of another', async () => {
      const half = { a: 0, b: 0 };
      await Promise.all(
        Array.from({ length: 20 }, () =>
          write(async (trx) => {
            await takeTurn(trx, 'log');
            half.a = await lastInSeries(trx, 'a');
            half.b = await lastInSeries(trx, 'b');
            expect(half.a).toBe(half.b);
            await writeSeries(trx, new Map([['a', half.a + 1]]));
            await writeSeries(trx, new Map([['b', half.b + 1]]));
          }),
        ),
      );
      expect([await lastInSeries(db.reader, 'a'), await lastInSeries(db.reader, 'b')]).toEqual([20, 20]);
    });

    test('of reads as of one moment that fails tells why, also where it ended with what failed', async () => {
      const failing = atOneMoment(db.reader, async (moment) => {
        await sql`rollback`.execute(moment);
        throw new Error('the disk');
      });
      await expect(failing).rejects.toThrow('the disk');
      expect(await atOneMoment(db.reader, (moment) => lastInSeries(moment, 'HKS'))).toBe(0);
    });

    test('cannot be written by a reader', async () => {
      await expect(sql`delete from series`.execute(db.reader)).rejects.toThrow(/readonly|read-only/i);
    });
  });

  describe('actors', () => {
    test('come back as they were written', async () => {
      const actor = actorOf('a', { number: 'HKS 2026/1', body: 'kf', ended: true, states: [] });
      await put(actor);
      expect(await findActor(db.reader, 'a')).toEqual(actor);
      expect(await findActor(db.reader, 'b')).toBeNull();
    });

    test('are overwritten only at the version that was seen; how many were written is told', async () => {
      await put(actorOf('a'), actorOf('b'));
      const next = (id: string, was: number) => ({ actor: actorOf(id, { version: 2, title: 'new' }), was });
      expect(await write((trx) => writeActors(trx, [next('a', 1), next('b', 7)]))).toBe(1);
      expect(await findActor(db.reader, 'a')).toMatchObject({ version: 2, title: 'new' });
      expect(await findActor(db.reader, 'b')).toMatchObject({ version: 1, title: 'Å' });
    });

    test('that exist are not started again', async () => {
      await put(actorOf('a'));
      expect(await write((trx) => writeActors(trx, [{ actor: actorOf('a', { title: 'x' }), was: 0 }]))).toBe(
        0,
      );
      expect(await findActor(db.reader, 'a')).toMatchObject({ title: 'Å' });
    });

    test('in numbers beyond one statement are all written', async () => {
      const many = Array.from({ length: 1_201 }, (_it, n) => actorOf(`a${n}`));
      expect(await put(...many)).toBe(1_201);
      const changed = many.map((it) => ({ actor: { ...it, version: 2 }, was: 1 }));
      expect(await write((trx) => writeActors(trx, changed))).toBe(1_201);
    });

    test('of a record come with the record first', async () => {
      await put(
        actorOf('z'),
        actorOf('z.b', { root: 'z', parent: 'z' }),
        actorOf('a', { root: 'z', parent: 'z' }),
        actorOf('y'),
      );
      expect((await actorsOfRoot(db.reader, 'everything', 'z')).map((it) => it.id)).toEqual([
        'z',
        'a',
        'z.b',
      ]);
    });

    test('are listed the newest first, by pages or after one of them, and counted', async () => {
      const day = (n: number) => `2026-12-0${n}T00:00:00.000Z`;
      await put(
        actorOf('b', { createdAt: day(1) }),
        actorOf('a', { createdAt: day(1), ended: true }),
        actorOf('c', { createdAt: day(2), tenant: 'haninge' }),
        actorOf('m', { createdAt: day(3), chart: 'meeting', body: 'kf' }),
      );
      const ids = async (filter: Omit<ActorFilter, 'scope'>) =>
        (await listActors(db.reader, { ...filter, scope: 'everything' })).map((it) => it.id);
      expect(await ids({ limit: 10 })).toEqual(['m', 'c', 'b', 'a']);
      expect(await ids({ limit: 2, offset: 1 })).toEqual(['c', 'b']);
      expect(await ids({ limit: 10, after: { createdAt: day(2), id: 'c' } })).toEqual(['b', 'a']);
      expect(await ids({ limit: 10, after: { createdAt: day(1), id: 'b' } })).toEqual(['a']);
      expect(await ids({ limit: 10, tenant: 'haninge' })).toEqual(['c']);
      expect(await ids({ limit: 10, routes: true, ended: false })).toEqual(['c', 'b']);
      expect(await ids({ limit: 10, charts: ['meeting'], body: 'kf' })).toEqual(['m']);
      expect(await countActors(db.reader, { scope: 'everything', routes: true }, 9)).toBe(3);
    });
  });

  describe('registry numbers', () => {
    const numbered = (id: string, more: Partial<StoredActor> = {}) => actorOf(id, { number: '7', ...more });

    test('are one record’s in a municipality', async () => {
      await put(numbered('a'));
      await expect(put(numbered('b'))).rejects.toThrow(/unique/i);
      expect(await put(numbered('c', { tenant: 'haninge' }))).toBe(1);
      expect(await holderOf(db.reader, '7', 'huddinge')).toBe('a');
      expect(await holderOf(db.reader, '7', 'salem')).toBeNull();
      expect(['a', 'c']).toContain(await holderOf(db.reader, '7', null));
    });

    test('of members of a joint matter count too, for they are records of their own', async () => {
      await put(numbered('a'));
      await expect(put(numbered('j.huddinge', { parent: 'j' }))).rejects.toThrow(/unique/i);
    });

    test('of meetings and of parts are none', async () => {
      await put(
        numbered('a'),
        numbered('m', { chart: 'meeting' }),
        numbered('a.p', { root: 'a', parent: 'a' }),
      );
      expect(await holderOf(db.reader, '7', 'huddinge')).toBe('a');
    });

    test.runIf(onSqlite)('are found by the index', async () => {
      const { sql: text } = db.reader
        .selectFrom('actor')
        .select('id')
        .where('number', '=', '7')
        .whereRef('root', '=', 'id')
        .where(sql<boolean>`chart <> 'meeting'`)
        .compile();
      expect(await planOf(text, ['7'])).toMatch('actor_number');
    });
  });

  describe('who waits for someone', () => {
    test.runIf(onSqlite).each([
      ['one municipality', 'huddinge'],
      ['all of them', undefined],
    ])('in %s is read off an index, without a snapshot being touched', async (_, tenant) => {
      await put(actorOf('t', { chart: 'task', states: ['open'] }));
      const asked = vi.spyOn(db.reader.getExecutor(), 'executeQuery');
      await actorsIn(db.reader, 'everything', [{ chart: 'task', leaf: 'open' }], tenant, 9);
      const queries = asked.mock.calls.map(([it]) => it);
      asked.mockRestore();
      const plans = await Promise.all(queries.map((it) => planOf(it.sql, it.parameters)));
      const last = plans.at(-1) ?? '';
      expect(last).toMatch(
        /SEARCH actor USING COVERING INDEX actor_open \(tenant=\? AND chart=\? AND state=\?\)/,
      );
      expect(last).not.toContain('TEMP B-TREE');
      for (const plan of plans) expect(plan).not.toMatch(/SCAN (actor|next)\b(?! USING)/);
    });
  });

  const planOf = async (text: string, parameters: readonly unknown[]) => {
    const { rows } = await db.reader.executeQuery<{ detail: string }>(
      CompiledQuery.raw(`explain query plan ${text}`, [...parameters]),
    );
    return rows.map((it) => it.detail).join('\n');
  };

  describe('the log', () => {
    test('comes back in order: of an actor, of a record, and of the whole database without a gap', async () => {
      const part = entryOf('a.p', 1, { seq: 3, root: 'a' });
      const others = [entryOf('b', 1, { seq: 2 }), part, entryOf('a', 2, { seq: 4 })];
      await write((trx) => appendEntries(trx, [entryOf('a', 1), ...others]));
      expect((await entriesOfActor(db.reader, 'a')).map((it) => it.version)).toEqual([1, 2]);
      expect((await entriesOfRoot(db.reader, 'a')).map((it) => it.seq)).toEqual([1, 3, 4]);
      expect((await entriesAfter(db.reader, 1, 2)).map((it) => it.seq)).toEqual([2, 3]);
      expect((await hashesBetween(db.reader, 1, 3)).map((it) => it.seq)).toEqual([2, 3]);
    });

    test('has each version of an actor once, and each place once', async () => {
      await write((trx) => appendEntries(trx, [entryOf('a', 1)]));
      const twice = [entryOf('a', 1, { seq: 2 }), entryOf('b', 1, { seq: 1 })];
      for (const it of twice)
        await expect(write((trx) => appendEntries(trx, [it]))).rejects.toThrow(/unique/i);
    });

    test('is known how far it had come, also when its end has been removed; a transaction that failed counts for nothing', async () => {
      await write(async (trx) => {
        await appendEntries(trx, [entryOf('a', 7)]);
        throw new Error('no');
      }).catch(() => {});
      expect(await lastEver(db.reader, 'entry')).toBe(0);
      await write((trx) => appendEntries(trx, [entryOf('a', 1), entryOf('a', 2)]));
      await sql`drop trigger entry_kept ${onSqlite ? sql`` : sql`on entry`}`.execute(db.writer);
      await sql`delete from entry where seq = 2`.execute(db.writer);
      expect(await lastEver(db.reader, 'entry')).toBe(2);
    });

    test('can be emptied of what it says for a commitment to that, which stays (R-125)', async () => {
      await write((trx) => appendEntries(trx, [entryOf('a', 1)]));
      const empty = (content: string) =>
        sql`update entry set payload = '{"a":0}', salt = null, content = ${content}`.execute(db.writer);
      await empty('c');
      expect(await entriesOfActor(db.reader, 'a')).toEqual([
        entryOf('a', 1, { payload: '{"a":0}', salt: null, content: 'c' }),
      ]);
      await expect(empty('d')).rejects.toThrow('append-only');
    });

    const other = sql`(1, 'b', 1, 'a', 't', 'c', 'x', 't', '{}', '{}', '{}', 'p', 'h', 's', null)`;
    const ways: Record<string, RawBuilder<unknown>> = onSqlite
      ? {
          replaced: sql`insert or replace into entry values (2, 'a', 1, 'a', 't', 'c', 'x', 't', '{}', '{}', '{}', 'p', 'h', 's', null)`,
          'replaced by its place': sql`insert or replace into entry values ${other}`,
        }
      : {
          'removed with all others': sql`truncate entry`,
          'replaced by its place': sql`insert into entry values ${other} on conflict (seq) do update set type = 'u'`,
        };
    test.each([
      ['changed', sql`update entry set type = 'other'`] as const,
      ['given other fields', sql`update entry set payload = '{"a":1}'`] as const,
      ['emptied without its commitment', sql`update entry set payload = '', salt = null`] as const,
      ['emptied with its salt', sql`update entry set payload = '', content = 'c'`] as const,
      ['deleted', sql`delete from entry`] as const,
      ...Object.entries(ways),
    ])('cannot be %s', async (_what, statement) => {
      await write((trx) => appendEntries(trx, [entryOf('a', 1)]));
      await expect(statement.execute(db.writer)).rejects.toThrow('append-only');
      expect(await entriesOfActor(db.reader, 'a')).toMatchObject([{ seq: 1, type: 't', at: AT }]);
    });
  });

  describe('deadlines', () => {
    const day = (n: number) => ({ dueAt: `2026-12-${String(n).padStart(2, '0')}T23:00:00.000Z` });
    const set = (...deadlines: Deadline[]) => write((trx) => replaceDeadlines(trx, [], deadlines));

    test('that are due come in the order in which they fire, in batches that follow on one another', async () => {
      const all = [
        deadlineOf('a', 'y', day(1)),
        deadlineOf('b', 'a', day(1)),
        deadlineOf('b', 'b', day(1)),
        deadlineOf('a', 'x', day(2)),
        deadlineOf('c', 'x', day(3)),
      ];
      await set(...all.toReversed());
      const first = await dueDeadlines(db.reader, '2026-12-02T23:00:00.000Z', 3);
      expect(first).toEqual(all.slice(0, 3));
      expect(await dueDeadlines(db.reader, '2026-12-02T23:00:00.000Z', 3, first[2])).toEqual([all[3]]);
      expect(await dueDeadlines(db.reader, '2026-12-01T22:59:59.999Z', 3)).toEqual([]);
      expect(await nextDue(db.reader)).toBe(day(1).dueAt);
    });

    test('of a record are those of its parts too', async () => {
      await set(
        deadlineOf('a.p', 'x', { root: 'a', ...day(2) }),
        deadlineOf('a', 'x', day(3)),
        deadlineOf('b', 'x', day(1)),
      );
      const due = await dueDeadlinesOfRoot(db.reader, 'a', '2026-12-31T00:00:00.000Z');
      expect(due.map((it) => it.actor)).toEqual(['a.p', 'a']);
      expect(await deadlinesOfActors(db.reader, ['a', 'b', 'z'])).toHaveLength(2);
    });

    test('that were touched are replaced by those that run now', async () => {
      await set(deadlineOf('a', 'x'), deadlineOf('a', 'y'), deadlineOf('b', 'x'));
      const again = deadlineOf('a', 'y', { epoch: 4, ...day(9) });
      await write((trx) => replaceDeadlines(trx, [deadlineOf('a', 'x'), deadlineOf('a', 'y')], [again]));
      expect(await deadlinesOfActors(db.reader, ['a', 'b'])).toEqual([deadlineOf('b', 'x'), again]);
    });

    test('that failed are not due, but seen, and due again when they are to be tried again', async () => {
      await write((trx) => writeActors(trx, [{ actor: actorOf('a'), was: 0 }]));
      await set(deadlineOf('a', 'x', { failure: 'refused' }));
      const later = '2027-01-01T00:00:00.000Z';
      expect(await dueDeadlines(db.reader, later, 9)).toEqual([]);
      expect(await dueDeadlinesOfRoot(db.reader, 'a', later)).toEqual([]);
      expect(await nextDue(db.reader)).toBeNull();
      expect(await upcomingDeadlines(db.reader, 'everything', 'huddinge', 9)).toHaveLength(1);
      await retryFailed(db.writer);
      expect(await dueDeadlines(db.reader, later, 9)).toEqual([deadlineOf('a', 'x')]);
    });
  });

  describe('replies, receipts, series, definitions and the outbox', () => {
    test('give back what was put into them, and nothing for what was not', async () => {
      const reply = { scope: 's', key: 'k', fingerprint: 'f', reply: '{}', createdAt: AT };
      const receipt = {
        integration: 'i',
        message: 'm',
        tenant: 't',
        receivedAt: AT,
        body: '\0',
        salt: 's',
        content: null,
        result: '{}',
        seal: 3,
      };
      await write(async (trx) => {
        await addReplies(trx, [reply]);
        await keepReceipts(trx, [receipt]);
        await writeSeries(trx, new Map([['HKS 2026', 7]]));
      });
      const asked = [
        { scope: 's', key: 'k' },
        { scope: 'k', key: 's' },
      ];
      expect(await findReplies(db.reader, asked)).toEqual([reply]);
      expect(await findReplies(db.reader, [])).toEqual([]);
      expect(await findReceipt(db.reader, 'i', 'm')).toEqual(receipt);
      expect(await findReceipt(db.reader, 'm', 'i')).toBeNull();
      const covered = { integration: 'i', message: 'm', body: '\0', salt: 's', content: null, seal: 3 };
      expect(await receiptsSealed(db.reader, { after: 2, to: 3 })).toEqual([covered]);
      expect(await receiptsSealed(db.reader, { after: 3, to: 9 })).toEqual([]);
      expect([await lastInSeries(db.reader, 'HKS 2026'), await lastInSeries(db.reader, 'HKS 2027')]).toEqual([
        7, 0,
      ]);
    });

    test('a received document stays as it came, whatever became of it then', async () => {
      const receipt = {
        integration: 'i',
        message: 'm',
        tenant: 't',
        receivedAt: AT,
        body: 'b',
        salt: 's',
        content: null,
        result: 'no',
        seal: 1,
      };
      await write((trx) => keepReceipts(trx, [receipt]));
      await write((trx) =>
        keepReceipts(trx, [{ ...receipt, receivedAt: 'later', body: 'other', result: 'yes', seal: 2 }]),
      );
      expect(await findReceipt(db.reader, 'i', 'm')).toEqual({ ...receipt, result: 'yes' });
      for (const it of [sql`update receipt set body = 'x'`, sql`delete from receipt`])
        await expect(it.execute(db.writer)).rejects.toThrow('a received document');
    });

    test('seals come back in order, and are neither changed nor removed', async () => {
      const seal = (number: number) => ({
        number,
        last: number * 2,
        at: AT,
        prev: `p${number}`,
        hash: `h${number}`,
      });
      expect(await newestSeal(db.reader)).toBeNull();
      for (const number of [1, 2, 3]) await write((trx) => addSeal(trx, seal(number)));
      expect(await newestSeal(db.reader)).toEqual(seal(3));
      expect(await sealsAfter(db.reader, 1, 1)).toEqual([seal(2)]);
      expect([await findSeal(db.reader, 1), await findSeal(db.reader, 4)]).toEqual([seal(1), null]);
      expect(await lastEver(db.reader, 'seal')).toBe(3);
      for (const it of [sql`update seal set hash = 'x'`, sql`delete from seal`])
        await expect(it.execute(db.writer)).rejects.toThrow('a seal is');
    });

    describe('the register of access rights', () => {
      const account = (login: string): StoredAccount => ({
        login,
        name: 'Anna',
        grants: '[]',
        password: null,
        codeHash: 'c',
        codeEndsAt: AT,
        createdAt: AT,
      });
      const ada = { id: 'local:ada', name: 'Ada', way: 'page' } as const;
      const rows = () => rightsChangesAfter(db.reader, 0, 100);

      test('has each change in order, and is neither changed nor emptied', async () => {
        for (const login of ['a', 'b', 'a'])
          await changeRights(db, ada, AT, (it) => addAccount(it, account(login)));
        const [first, second, ...more] = await rows();
        expect([first, second, ...more]).toMatchObject([
          { number: 1, at: AT, by: ada, kind: 'account', subject: 'a', act: 'made', before: null },
          { number: 2, subject: 'b', municipalities: null, prev: first?.hash },
        ]);
        expect(await newestRightsChange(db.reader)).toEqual(second);
        expect(await rightsChangesAfter(db.reader, 1, 1)).toEqual([second]);
        expect(await lastEver(db.reader, 'rights_change')).toBe(2);
        for (const it of [
          sql`update rights_change set author_name = 'Bo'`,
          sql`delete from rights_change`,
          ...(onSqlite ? [] : [sql`truncate rights_change`]),
        ])
          await expect(it.execute(db.writer)).rejects.toThrow('a change of access rights is');
        expect(await rows()).toEqual([first, second]);
      });

      test('is asked for by municipality, kind and subject, the newest first, and counted', async () => {
        const held = (...tenants: string[]) => JSON.stringify(tenants.map((tenant) => ({ tenant })));
        for (const [login, grants] of [
          ['everywhere', null],
          ['a', held('salem')],
          ['b', held('salem', 'tyreso')],
          ['c', held('salem-north')],
        ] as const)
          await changeRights(db, ada, AT, (it) => addAccount(it, { ...account(login), grants }));
        const asked = async (filter: RightsFilter, limit = 9, offset = 0) => [
          ...(await listRightsChanges(db.reader, filter, { limit, offset })).map((it) => it.subject),
          await countRightsChanges(db.reader, filter),
        ];
        expect(await asked({ municipalities: ['salem'] })).toEqual(['b', 'a', 'everywhere', 3]);
        expect(await asked({ municipalities: ['salem'] }, 1, 1)).toEqual(['a', 3]);
        expect(await asked({ municipalities: ['tyreso', 'salem-north'] })).toEqual([
          'c',
          'b',
          'everywhere',
          3,
        ]);
        expect(await asked({ municipalities: [] })).toEqual(['everywhere', 1]);
        expect(await asked({ municipalities: ['salem'], kind: 'token' })).toEqual([0]);
        expect(await asked({ municipalities: ['salem'], kind: 'account', subject: 'a' })).toEqual(['a', 1]);
      });

      test('has a change, or there is none: what fails afterwards takes both back', async () => {
        const failing = changeRights(db, ada, AT, async (it) => {
          await addAccount(it, account('a'));
          throw new Error('afterwards');
        });
        await expect(failing).rejects.toThrow('afterwards');
        expect([await rows(), await findAccount(db.reader, 'a')]).toEqual([[], null]);
        // And where the row cannot be written there is no change.
        const unwritten = changeRights(db, ada, null as never, (it) => addAccount(it, account('a')));
        await expect(unwritten).rejects.toThrow(/null/i);
        expect([await rows(), await findAccount(db.reader, 'a')]).toEqual([[], null]);
      });

      test('is one chain, however many change it at once', async () => {
        const logins = Array.from({ length: 20 }, (_, index) => `a${index}`);
        await Promise.all(
          logins.map((it) => changeRights(db, ada, AT, (changing) => addAccount(changing, account(it)))),
        );
        const all = await rows();
        expect(all.map((it) => it.number)).toEqual(logins.map((_, index) => index + 1));
        expect(all.slice(1).map((it) => it.prev)).toEqual(all.slice(0, -1).map((it) => it.hash));
      });
    });

    test('replies are forgotten after their time', async () => {
      const reply = (key: string, createdAt: string) => ({
        scope: 's',
        key,
        fingerprint: 'f',
        reply: '{}',
        createdAt,
      });
      await write((trx) => addReplies(trx, [reply('old', AT), reply('new', '2026-12-02T09:00:00.000Z')]));
      await forgetReplies(db.writer, '2026-12-02T00:00:00.000Z');
      const asked = ['old', 'new'].map((key) => ({ scope: 's', key }));
      expect((await findReplies(db.reader, asked)).map((it) => it.key)).toEqual(['new']);
    });

    test('the outbox keeps the order', async () => {
      const message = (id: string) => ({
        id,
        actor: 'a',
        tenant: 't',
        topic: 'x',
        payload: '{}',
        createdAt: AT,
      });
      await write((trx) => addToOutbox(trx, ['z', 'a', 'm'].map(message)));
      expect((await outboxOf(db.reader, 'a')).map((it) => it.id)).toEqual(['z', 'a', 'm']);
      await expect(write((trx) => addToOutbox(trx, [message('a')]))).rejects.toThrow(/unique/i);
    });

    test('definitions are those that were released, and those that actors run on', async () => {
      const definition = { name: 'n', version: 1, hash: 'h', data: '{}' };
      await addDefinitions(db.writer, [definition], AT);
      await addDefinitions(db.writer, [], AT);
      await put(
        actorOf('a', { chart: 'n' }),
        actorOf('b', { chart: 'n' }),
        actorOf('c', { chart: 'n', chartVersion: 2 }),
      );
      expect(await storedDefinitions(db.reader)).toEqual([definition]);
      const pinned = await pinnedDefinitions(db.reader);
      expect(pinned.sort((a, b) => a.version - b.version)).toEqual([
        { name: 'n', version: 1, hash: 'h' },
        { name: 'n', version: 2, hash: 'h' },
      ]);
    });
  });
});
