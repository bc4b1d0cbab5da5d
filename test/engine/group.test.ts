import { sql } from 'kysely';
import { describe, expect, test, vi } from 'vitest';
import { isPostgres } from '../../db/kind.ts';
import type { Idempotency } from '../../src/engine/command.ts';
import type { Refusal } from '../../src/engine/refusal.ts';
import { replay } from '../../src/engine/replay.ts';
import { entriesAfter } from '../../src/store/entries.ts';
import { findReceipt } from '../../src/store/receipts.ts';
import { type Bench, isElsewhere, openEngine, outcomeOf } from '../fixtures/engine.ts';

const key = (fingerprint = 'same'): { idempotency: Idempotency } => ({
  idempotency: { scope: 'anna', key: 'k-1', fingerprint },
});

/** From now on every transaction with an entry of the type fails when it is committed, not before. */
async function failCommitsOf(bench: Bench, type: string): Promise<void> {
  await sql`create table debt (id integer primary key, owes integer references debt (id) deferrable initially deferred)`.execute(
    bench.db.writer,
  );
  const insert = 'insert into debt (owes) values (999)';
  const when = `when (new.type = '${type}')`;
  if (isPostgres(bench.db.writer))
    await sql
      .raw(
        `alter table debt alter id add generated always as identity;
        create function owe() returns trigger language plpgsql as $$ begin ${insert}; return null; end $$;
        create trigger never after insert on entry for each row ${when} execute function owe()`,
      )
      .execute(bench.db.writer);
  else
    await sql
      .raw(`create trigger never after insert on entry ${when} begin ${insert}; end`)
      .execute(bench.db.writer);
}

const letCommitsSucceed = ({ db: { writer } }: Bench) =>
  sql`drop trigger never ${isPostgres(writer) ? sql`on entry` : sql``}`.execute(writer);

describe('50 writers on one matter at the same time', () => {
  test('who all saw the same version: one is accepted, the others are told the present one', async () => {
    await using bench = await openEngine();
    const id = await bench.start('counter', {});
    const answers = await Promise.all(
      Array.from({ length: 50 }, () =>
        bench.send(id, 'count.add', { by: 1 }, { expected: 1 }).then(
          (it) => it.version,
          (error: Refusal) => `${error.code} ${error.particulars.version}`,
        ),
      ),
    );
    expect(answers.filter((it) => it === 2)).toHaveLength(1);
    expect(answers.filter((it) => it === 'stale 2')).toHaveLength(49);
    expect((await bench.log(id)).map((it) => it.version)).toEqual([1, 2]);
  });

  test('who say no version: all are accepted, and the versions have no gap', async () => {
    await using bench = await openEngine();
    const id = await bench.start('counter', {});
    const answers = await Promise.all(
      Array.from({ length: 50 }, () => bench.send(id, 'count.add', { by: 1 })),
    );
    expect(answers.map((it) => it.version)).toEqual(Array.from({ length: 50 }, (_, n) => n + 2));
    expect(await bench.context(id)).toMatchObject({ n: 50 });
    expect((await bench.log(id)).map((it) => it.version)).toEqual(
      Array.from({ length: 51 }, (_, n) => n + 1),
    );
  });
});

describe('a repetition with the same key', () => {
  test('in parallel, 20 times: one event and 20 equal answers', async () => {
    await using bench = await openEngine();
    const id = await bench.start('counter', {});
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => bench.send(id, 'count.add', { by: 1 }, key())),
    );
    expect(new Set(answers.map(({ repeated: _, ...answer }) => JSON.stringify(answer))).size).toBe(1);
    expect(answers.filter((it) => it.repeated)).toHaveLength(19);
    expect(await bench.context(id)).toMatchObject({ n: 1 });
  });

  test('after a crash between commit and answer: the first answer, and nothing is done twice', async () => {
    await using bench = await openEngine();
    const id = await bench.start('counter', {});
    const lost = await bench.send(id, 'count.add', { by: 1 }, key());
    await bench.restart();
    expect(await bench.send(id, 'count.add', { by: 1 }, key())).toEqual({ ...lost, repeated: true });
    expect(await bench.context(id)).toMatchObject({ n: 1 });
  });

  test('of another request is an error, in the same group and later', async () => {
    await using bench = await openEngine();
    const id = await bench.start('counter', {});
    const both = [
      bench.send(id, 'count.add', { by: 1 }, key('one')),
      bench.send(id, 'count.add', { by: 2 }, key('two')),
    ];
    expect(await Promise.all(both.map(outcomeOf))).toEqual(['accepted', 'keyReused']);
    expect(await outcomeOf(bench.send(id, 'count.add', { by: 2 }, key('two')))).toBe('keyReused');
  });

  test('of a command that was refused is carried out: a refusal is not remembered', async () => {
    await using bench = await openEngine();
    const id = await bench.start('letter', { title: 'A' });
    expect(await outcomeOf(bench.send(id, 'letter.reopen', {}, key()))).toBe('refused');
    await bench.send(id, 'letter.answer');
    expect(await outcomeOf(bench.send(id, 'letter.reopen', {}, key()))).toBe('accepted');
  });

  test('under another scope is no repetition', async () => {
    await using bench = await openEngine();
    const id = await bench.start('counter', {});
    await bench.send(id, 'count.add', { by: 1 }, key());
    const other = { idempotency: { scope: 'berit', key: 'k-1', fingerprint: 'same' } };
    expect((await bench.send(id, 'count.add', { by: 1 }, other)).repeated).toBe(false);
  });

  test('of a message from another system: one event, and one received document', async () => {
    await using bench = await openEngine();
    const id = await bench.start('counter', {});
    const message = { integration: 'board', id: 'msg-1', tenant: 'huddinge', body: '{}' };
    const [first, second] = await Promise.all([
      bench.send(id, 'count.add', { by: 1 }, { message }),
      bench.send(id, 'count.add', { by: 1 }, { message }),
    ]);
    expect(second).toEqual({ ...first, repeated: true });
    expect(await bench.context(id)).toMatchObject({ n: 1 });
    expect(await findReceipt(bench.db.reader, 'board', 'msg-1')).toMatchObject({ body: '{}' });
  });
});

describe('a poisoned command in a group fails alone', () => {
  test('to an actor that cannot be read', async () => {
    await using bench = await openEngine();
    const [whole, broken] = [await bench.start('counter', {}), await bench.start('counter', {})];
    await sql`update actor set snapshot = 'broken' where id = ${broken}`.execute(bench.db.writer);
    await bench.restart();
    const both = [whole, broken].map((it) => bench.send(it, 'count.add', { by: 1 }));
    expect((await Promise.allSettled(both)).map((it) => it.status)).toEqual(['fulfilled', 'rejected']);
  });

  test.each([
    ['refused by its chart', 'count.unknown'],
    ['whose action throws', 'count.throw'],
    ['that loops for ever', 'count.spin'],
    ['whose context is no JSON', 'count.spoil'],
  ])('%s', async (_, type) => {
    await using bench = await openEngine();
    const [a, b, c] = [
      await bench.start('counter', {}),
      await bench.start('counter', {}),
      await bench.start('counter', {}),
    ];
    const answers = await Promise.all(
      [bench.send(a, 'count.add', { by: 1 }), bench.send(b, type), bench.send(c, 'count.add', { by: 1 })].map(
        outcomeOf,
      ),
    );
    expect(answers).toEqual(['accepted', expect.not.stringMatching('accepted|unavailable'), 'accepted']);
    expect((await bench.actor(b)).version).toBe(1);
    expect(await outcomeOf(bench.send(b, 'count.add', { by: 1 }))).toBe('accepted');
  });

  test('and what the others of the group did to the same actor stays', async () => {
    await using bench = await openEngine();
    const id = await bench.start('counter', {});
    const answers = await Promise.all(
      [
        bench.send(id, 'count.add', { by: 1 }),
        bench.send(id, 'count.throw'),
        bench.send(id, 'count.spoil'),
        bench.send(id, 'count.add', { by: 2 }),
      ].map(outcomeOf),
    );
    expect(answers.map((it) => it === 'accepted')).toEqual([true, false, false, true]);
    expect(await bench.context(id)).toMatchObject({ n: 3 });
    expect(await bench.types(id)).toEqual(['started', 'count.add', 'count.add']);
  });

  test('one that changes a context in place changes nothing', async () => {
    await using bench = await openEngine();
    const id = await bench.start('counter', {});
    expect(await outcomeOf(bench.send(id, 'count.mutate'))).not.toBe('accepted');
    await bench.send(id, 'count.add', { by: 1 });
    expect(await bench.context(id)).toMatchObject({ n: 1, nested: { list: [] } });
    expect(replay(await bench.log(id), bench.registry)).toBe((await bench.actor(id)).snapshot);
  });

  test('one whose snapshot would grow beyond measure is refused', async () => {
    await using bench = await openEngine();
    const id = await bench.start('counter', {});
    expect(await outcomeOf(bench.send(id, 'count.swell', { characters: 900_000 }))).toBe('accepted');
    expect(await outcomeOf(bench.send(id, 'count.swell', { characters: 5_000_000 }))).toBe('invalid');
    expect((await bench.actor(id)).version).toBe(2);
  });
});

describe('when a commit fails', () => {
  test('nobody was told yes, the next read shows the old version, and the engine goes on', async () => {
    await using bench = await openEngine();
    const id = await bench.start('counter', {});
    await failCommitsOf(bench, 'count.add');
    const answers = await Promise.all(
      [bench.send(id, 'count.add', { by: 1 }), bench.start('counter', {}), bench.send(id, 'count.throw')].map(
        outcomeOf,
      ),
    );
    expect(answers).toEqual(['unavailable', 'unavailable', 'unavailable']);
    expect(String(bench.engine.failure)).toMatch(/foreign key/i);
    expect((await bench.actor(id)).version).toBe(1);

    await letCommitsSucceed(bench);
    expect(await bench.send(id, 'count.add', { by: 1 }, { expected: 1 })).toMatchObject({ version: 2 });
    expect(bench.engine.failure).toBeNull();
    expect(await bench.context(id)).toMatchObject({ n: 1 });
  });

  test.skipIf(isElsewhere())(
    'for want of space, as when SQLite rolls back by itself, the engine goes on as well',
    async () => {
      await using bench = await openEngine();
      const id = await bench.start('counter', {});
      const { rows } = await sql<{ page_count: number }>`pragma page_count`.execute(bench.db.writer);
      await sql.raw(`pragma max_page_count = ${(rows[0]?.page_count ?? 0) + 4}`).execute(bench.db.writer);
      expect(await outcomeOf(bench.send(id, 'count.swell', { characters: 500_000 }))).toBe('unavailable');
      expect(String(bench.engine.failure)).toMatch('FULL');
      expect((await bench.actor(id)).version).toBe(1);

      await sql`pragma max_page_count = 1000000`.execute(bench.db.writer);
      expect(await outcomeOf(bench.send(id, 'count.swell', { characters: 500_000 }))).toBe('accepted');
    },
  );

  test('because someone else has written an actor, it is read again', async () => {
    await using bench = await openEngine();
    const id = await bench.start('counter', {});
    await sql`update actor set version = 7`.execute(bench.db.writer);
    expect(await outcomeOf(bench.send(id, 'count.add', { by: 1 }))).toBe('unavailable');
    expect(await bench.types(id)).toEqual(['started']);
    expect(await bench.send(id, 'count.add', { by: 1 })).toMatchObject({ version: 8 });
  });

  test('the global sequence keeps no gap', async () => {
    await using bench = await openEngine();
    const id = await bench.start('counter', {});
    await failCommitsOf(bench, 'count.add');
    await outcomeOf(bench.send(id, 'count.add', { by: 1 }));
    await letCommitsSucceed(bench);
    await Promise.all([bench.send(id, 'count.add', { by: 1 }), bench.send(id, 'count.add', { by: 1 })]);
    expect((await entriesAfter(bench.db.reader, 0, 10)).map((it) => it.seq)).toEqual([1, 2, 3]);
  });

  test('a key that came with it is free again', async () => {
    await using bench = await openEngine();
    const id = await bench.start('counter', {});
    await failCommitsOf(bench, 'count.add');
    expect(await outcomeOf(bench.send(id, 'count.add', { by: 1 }, key()))).toBe('unavailable');
    await letCommitsSucceed(bench);
    expect(await bench.send(id, 'count.add', { by: 1 }, key())).toMatchObject({
      repeated: false,
      version: 2,
    });
  });
});

describe('what is published', () => {
  test('are the records that changed, once it is durable', async () => {
    const published = vi.fn();
    await using bench = await openEngine({ published });
    const id = await bench.start('counter', {});
    expect(published.mock.calls).toEqual([[new Set([id])]]);
    await outcomeOf(bench.send(id, 'count.throw'));
    expect(published).toHaveBeenCalledTimes(1);
  });

  test('does no harm when it fails: what is committed is acknowledged', async () => {
    const warned = vi.spyOn(process, 'emitWarning').mockReturnValue();
    const published = vi.fn(() => {
      throw new Error('nobody listens');
    });
    await using bench = await openEngine({ published });
    const id = await bench.start('counter', {});
    expect(await bench.send(id, 'count.add', { by: 1 })).toMatchObject({ version: 2 });
    expect(bench.engine.failure).toBeNull();
    expect(String(warned.mock.calls[0]?.[0])).toMatch('nobody listens');
    warned.mockRestore();
  });
});

describe('registry numbers', () => {
  const series = { series: { '/number': 'HKS 2026' } };

  test('follow on one another without a gap, also past a refused start', async () => {
    await using bench = await openEngine();
    const starts = [
      bench.start('letter', { title: 'A' }, series),
      bench.start('letter', { title: 'B', wrong: true }, series),
      bench.start('letter', { title: 'C' }, series),
    ];
    expect(await Promise.all(starts.map(outcomeOf))).toEqual(['accepted', 'invalid', 'accepted']);
    const last = await bench.start('letter', { title: 'D' }, series);
    expect((await bench.actor(last)).number).toBe('HKS 2026/3');
  });

  test('start from one in each series', async () => {
    await using bench = await openEngine();
    const id = await bench.start('letter', { title: 'A' }, series);
    const other = await bench.start('letter', { title: 'A' }, { series: { '/number': 'HKS 2027' } });
    expect([(await bench.actor(id)).number, (await bench.actor(other)).number]).toEqual([
      'HKS 2026/1',
      'HKS 2027/1',
    ]);
  });

  test('that are taken already refuse that command alone: in the same group, and later', async () => {
    await using bench = await openEngine();
    const numbered = (number: string) => bench.start('letter', { title: 'A', number });
    const together = [numbered('HKS 2026/7'), numbered('HKS 2026/7'), numbered('HKS 2026/8')];
    expect(await Promise.all(together.map(outcomeOf))).toEqual(['accepted', 'exists', 'accepted']);
    expect(await outcomeOf(numbered('HKS 2026/8'))).toBe('exists');
  });

  test('that an event would give twice are refused as well', async () => {
    await using bench = await openEngine();
    await bench.start('letter', { title: 'A', number: 'HKS 2026/7' });
    const id = await bench.start('letter', { title: 'B' });
    expect(await outcomeOf(bench.send(id, 'letter.number', { number: 'HKS 2026/7' }))).toBe('exists');
    expect(await outcomeOf(bench.send(id, 'letter.number', { number: 'HKS 2026/8' }))).toBe('accepted');
    expect(await outcomeOf(bench.send(id, 'letter.number', { number: 'HKS 2026/8' }))).toBe('accepted');
  });

  test('are each municipality’s own', async () => {
    await using bench = await openEngine();
    await bench.start('letter', { title: 'A', number: '1' });
    expect(await outcomeOf(bench.start('letter', { title: 'A', number: '1' }, { tenant: 'haninge' }))).toBe(
      'accepted',
    );
  });

  test('given by hand are passed over by the series', async () => {
    await using bench = await openEngine();
    await bench.start('letter', { title: 'A', number: 'HKS 2026/1' });
    await bench.start('letter', { title: 'B', number: 'HKS 2026/2' });
    const id = await bench.start('letter', { title: 'C' }, series);
    expect((await bench.actor(id)).number).toBe('HKS 2026/3');
  });
});

describe('the engine', () => {
  test.skipIf(isElsewhere())(
    'keeps few actors in memory where they are large, and reads the others again',
    async () => {
      await using bench = await openEngine();
      const ids: string[] = [];
      for (let n = 0; n < 16; n++) {
        const id = await bench.start('counter', {});
        await bench.send(id, 'count.swell', { characters: 4_000_000 });
        ids.push(id);
      }
      const reads = vi.spyOn(bench.db.reader, 'selectFrom');
      const readsFor = async (id: string | undefined) => {
        reads.mockClear();
        await bench.send(id ?? '', 'count.add', { by: 1 });
        return reads.mock.calls.map((it) => it[0]).filter((table) => String(table) === 'actor').length;
      };
      expect(await readsFor(ids[15])).toBe(0);
      expect(await readsFor(ids[0])).toBe(1);
      expect(await readsFor(ids[0])).toBe(0);
    },
  );

  test.skipIf(isElsewhere())(
    'turns new commands away when too many wait, and takes them again later',
    async () => {
      await using bench = await openEngine();
      const id = await bench.start('counter', {});
      const many = Array.from({ length: 10_001 }, () => outcomeOf(bench.send(id, 'count.unknown')));
      expect(await many.at(-1)).toBe('unavailable');
      await Promise.all(many);
      expect(await outcomeOf(bench.send(id, 'count.add', { by: 1 }))).toBe('accepted');
    },
  );

  test('writes what is sent together in several groups where it is large, and as one where it is not', async () => {
    await using bench = await openEngine();
    const ids = await Promise.all(Array.from({ length: 12 }, () => bench.start('counter', {})));
    const { commits } = bench.engine.figures;
    expect(commits).toBe(1);
    const large = { characters: 3_000_000 };
    const answers = await Promise.all(ids.map((id) => bench.send(id, 'count.swell', large)));
    expect(answers.map((it) => it.version)).toEqual(ids.map(() => 2));
    expect(bench.engine.figures).toMatchObject({ commits: commits + 2, commands: 24 });
  });

  test('keeps the order of events that have the same timestamp', async () => {
    await using bench = await openEngine();
    const id = await bench.start('letter', { title: 'A' });
    const texts = ['c', 'a', 'b', 'ä', '1'];
    await Promise.all(texts.map((text) => bench.send(id, 'letter.note', { text })));
    const log = await bench.log(id);
    expect(new Set(log.map((it) => it.at)).size).toBe(1);
    expect(log.slice(1).map((it) => (JSON.parse(it.payload) as { text: string }).text)).toEqual(texts);
    expect(await bench.context(id)).toMatchObject({ notes: texts });
  });
});
