import { CompiledQuery, type Kysely, sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { up } from '../../db/migrations/0006-search.ts';
import { type ActorFilter, countActors, listActors } from '../../src/store/lists.ts';
import { soughtIn, type Term, writeTerms } from '../../src/store/terms.ts';
import { listRecords } from '../../src/views/lists.ts';
import { openTownHall, sourceOf, walkToDecision } from '../fixtures/council-matter.ts';
import { type Bench, openEngine } from '../fixtures/engine.ts';

const termsOf = async (bench: Bench) => {
  const { rows } = await sql`select * from term order by record, kind, word`.execute(bench.db.reader);
  return rows as { record: string; kind: string; word: string }[];
};

describe('A matter whose decision is dispatched', () => {
  let bench: Bench;
  let matter: string;
  beforeAll(async () => {
    bench = await openTownHall();
    ({ matter } = await walkToDecision(bench, {
      recipients: ['Karolinska Institutet', 'Zlatan Petrov', 'Samtliga nämnder och bolag'],
    }));
    await bench.send(matter, 'decision.dispatch');
  });
  afterAll(() => bench[Symbol.asyncDispose]());

  const found = async (recipient: string) =>
    (await listRecords(sourceOf(bench), { kind: 'matters', limit: 5, recipient })).items.map((one) => one.id);

  it.each(['Karolinska Institutet', 'karolinska', 'institutet KAROL', 'socialnamnd'])(
    'is found by a recipient in the register: %s',
    async (name) => expect(await found(name)).toEqual([matter]),
  );

  it('is not found by a person who got it, nor by a word of its title asked for as a recipient (R-127)', async () => {
    expect((await bench.context(matter)).recipients).toContain('Zlatan Petrov');
    for (const name of ['Zlatan', 'samverkan', 'huddinge kommun zlatan'])
      expect(await found(name)).toEqual([]);
    expect((await termsOf(bench)).map((one) => one.word)).not.toContain('zlatan');
  });

  it('has the same words when they are made anew of what is stored', async () => {
    const kept = await termsOf(bench);
    expect(new Set(kept.map((one) => one.kind))).toEqual(new Set(['text', 'recipient']));
    for (const statement of ['drop table term', 'drop index actor_record'])
      await sql.raw(statement).execute(bench.db.writer);
    await up(bench.db.writer as unknown as Kysely<unknown>);
    expect(await termsOf(bench)).toEqual(kept);
  });
});

describe('A record that is numbered anew', () => {
  it('is found by its new number and no more by the old', async () => {
    await using bench = await openEngine();
    const found = async (q: string) =>
      (await listActors(bench.db.reader, { scope: 'everything', sought: soughtIn(q, 'text'), limit: 5 })).map(
        (one) => one.id,
      );
    const id = await bench.start('letter', { title: 'Brev', number: 'HKS 2026/7' });
    expect(await found('2026/7')).toEqual([id]);
    await bench.send(id, 'letter.number', { number: 'HKS 2026/8' });
    expect(await found('2026/7')).toEqual([]);
    expect(await found('brev 2026/8')).toEqual([id]);
  });

  it('also where both happen in one group of commands', async () => {
    await using bench = await openEngine();
    const term = (text: string, instead: boolean): Term => ({
      record: 'a',
      tenant: 'huddinge',
      kind: 'text',
      text,
      instead,
    });
    await bench.db.writer
      .transaction()
      .execute((trx) => writeTerms(trx, [term('Första', false), term('Andra', true)]));
    expect((await termsOf(bench)).map((one) => one.word)).toEqual(['andra']);
  });
});

describe('A search among very many', () => {
  let bench: Bench;
  beforeAll(async () => {
    bench = await openEngine();
    await bench.start('letter', { title: 'Avtal om Grannsamverkan' });
    await sql`
      insert into term (record, kind, word, tenant)
      with recursive n (i) as (select 1 union all select i + 1 from n where i < 3000)
      select 'r' || i, 'text', 'avtal', 'huddinge' from n`.execute(bench.db.writer);
  });
  afterAll(() => bench[Symbol.asyncDispose]());

  /** How the database goes about the statement that a list comes to, step by step. */
  const planOf = async (filter: Omit<ActorFilter, 'limit'>): Promise<string[]> => {
    const { reader } = bench.db;
    let last = CompiledQuery.raw('select 1');
    const seeing = reader.withPlugin({
      transformQuery: ({ node, queryId }) => {
        const query = reader.getExecutor().compileQuery(node, queryId);
        if (query.sql.includes('order by "created_at" desc')) last = query;
        return node;
      },
      transformResult: async ({ result }) => result,
    });
    await listActors(seeing, { ...filter, limit: 5 });
    const explained = CompiledQuery.raw(`explain query plan ${last.sql}`, [...last.parameters]);
    const { rows } = await reader.executeQuery<{ detail: string }>(explained);
    return rows.map((one) => one.detail);
  };

  it('begins with the word that fewest have, and asks for the others record by record', async () => {
    const plan = await planOf({
      scope: 'everything',
      sought: soughtIn('avtal grann', 'text'),
      tenant: 'huddinge',
      records: true,
    });
    expect(plan.filter((step) => step.includes('actor'))).toEqual([
      expect.stringMatching(/^SEARCH actor USING .* \(id=\?\)$/),
    ]);
    expect(plan.filter((step) => step.includes('term')).sort()).toEqual([
      expect.stringMatching(/^SEARCH term (EXISTS )?USING PRIMARY KEY \(record=\? AND kind=\? AND word>\?/),
      expect.stringMatching(
        /^SEARCH term USING COVERING INDEX term_word \(tenant=\? AND kind=\? AND word>\?/,
      ),
    ]);
  });

  it('looks through the records from the newest where every word is had by thousands: none is sorted', async () => {
    for (const sought of [soughtIn('avt', 'text'), []]) {
      const plan = await planOf({ scope: 'everything', sought, tenant: 'huddinge', records: true });
      expect(plan[0]).toMatch(/^SEARCH actor USING INDEX actor_record \(tenant=\?/);
      expect(plan.join()).not.toContain('TEMP B-TREE');
    }
  });

  it('is told how many there are only as far as anyone counts', async () => {
    expect(await countActors(bench.db.reader, { scope: 'everything' }, 7)).toBe(1);
    const few = { kind: 'matters', limit: 5 } as const;
    expect((await listRecords(sourceOf(bench), few)).total).toBe(0);
    await sql`
      insert into actor
      with recursive n (i) as (select 1 union all select i + 1 from n where i < 10001)
      select 'm' || i, 'huddinge/x', 1, 'h', null, 'm' || i, 'huddinge', 1, '{}', 'h', 't', null, null, 's', 0, 'c', 'u', 0, '~'
      from n`.execute(bench.db.writer);
    expect(await countActors(bench.db.reader, { scope: 'everything', routes: true }, 10_001)).toBe(10_001);
  });
});
