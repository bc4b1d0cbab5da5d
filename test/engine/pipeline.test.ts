import type { CompiledQuery } from 'kysely';
import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { type Database, openDatabase } from '../../db/open.ts';
import { defineChart } from '../../machines/chart.ts';
import { clerical } from '../../machines/events.ts';
import { dueDeadlines, nextDue } from '../../src/store/deadlines.ts';
import { auditAll } from '../../src/views/audit.ts';
import { sourceOf } from '../fixtures/council-matter.ts';
import { anna, type Bench, openEngine, outcomeOf } from '../fixtures/engine.ts';
import { smallCharts } from '../fixtures/small-charts.ts';

const same = (text: string) => ({ sv: text, en: text });

/** Has a deadline that sets itself once more, every week. */
const weekly = defineChart({
  name: 'weekly',
  version: 1,
  label: same('Weekly'),
  record: { startedBy: ['clerk'] },
  input: z.strictObject({}),
  context: {},
  card: () => ({ title: 'Weekly', number: null, body: null }),
  events: { touch: clerical({ label: same('Touch'), by: ['clerk'] }) },
  deadlines: { week: { label: same('Week'), rule: null, period: { weeks: 1 }, roll: false } },
  states: {},
  data: {
    initial: 'a',
    states: { a: { on: { touch: {} }, after: { week: { target: 'a', reenter: true } } } },
  },
});

/** A database whose writes wait until the test lets them go on, or fail. */
async function heldDatabase() {
  const db = await openDatabase(':memory:');
  let began = () => {};
  let gate: Promise<void> | null = null;
  let writes = 0;
  const waits = async <T>(write: () => Promise<T>): Promise<T> => {
    writes++;
    began();
    await gate;
    return write();
  };
  const writer = new Proxy(db.writer, {
    get(target, name) {
      const value = Reflect.get(target, name, target) as unknown;
      if (name === 'transaction')
        return () => ({ execute: (write: never) => waits(() => target.transaction().execute(write)) });
      if (name === 'executeQuery') return (query: CompiledQuery) => waits(() => target.executeQuery(query));
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
  const held: Database = { ...db, writer };
  /** Holds the writes from now on. */
  const hold = () => {
    const writing = new Promise<void>((resolve) => {
      began = resolve;
    });
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    gate = promise;
    const end = (how: () => void) => {
      gate = null;
      how();
    };
    return { writing, succeed: () => end(resolve), fail: () => end(() => reject(new Error('no space'))) };
  };
  /** How many writes were begun since it was asked last. */
  const begun = () => {
    const before = writes;
    writes = 0;
    return before;
  };
  return { db: held, hold, begun, close: () => db.close() };
}

type Held = Awaited<ReturnType<typeof heldDatabase>>;

async function withHeld(
  run: (bench: Bench, hold: Held['hold'], begun: Held['begun']) => Promise<void>,
): Promise<void> {
  const { db, hold, begun, close } = await heldDatabase();
  const bench = await openEngine({ db, charts: [...smallCharts, weekly] });
  await run(bench, hold, begun);
  await bench.engine.drain();
  await close();
}

describe('while a group is written', () => {
  test('what arrives is carried out on top of it, and is answered after it', () =>
    withHeld(async (bench, hold) => {
      const id = await bench.start('counter', {});
      const { writing, succeed } = hold();
      const order: string[] = [];
      const first = bench.send(id, 'count.add', { by: 1 }).then(() => order.push('first'));
      await writing;
      const second = bench.send(id, 'count.add', { by: 2 }, { expected: 2 }).then((it) => {
        order.push('second');
        return it;
      });
      const stale = outcomeOf(bench.send(id, 'count.add', { by: 4 }, { expected: 2 }));
      expect((await bench.engine.actor(id, anna))?.version).toBe(1);
      succeed();
      await first;
      expect(await second).toMatchObject({ version: 3 });
      expect(await stale).toBe('stale');
      expect(order).toEqual(['first', 'second']);
      expect(await bench.context(id)).toMatchObject({ n: 3 });
    }));

  test('and it fails, all that was carried out on top of it is void, also what was refused', () =>
    withHeld(async (bench, hold) => {
      const [id, other] = [await bench.start('counter', {}), await bench.start('counter', {})];
      const { writing, fail } = hold();
      const first = outcomeOf(bench.send(id, 'count.add', { by: 1 }));
      await writing;
      const onTop = [
        outcomeOf(bench.send(id, 'count.add', { by: 2 })),
        outcomeOf(bench.send(other, 'count.add', { by: 2 })),
        outcomeOf(bench.send(id, 'count.add', { by: 4 }, { expected: 1 })),
      ];
      fail();
      expect(await first).toBe('unavailable');
      expect(await Promise.all(onTop)).toEqual(['unavailable', 'unavailable', 'unavailable']);
      expect(await bench.types(other)).toEqual(['started']);
      expect(await bench.send(id, 'count.add', { by: 1 }, { expected: 1 })).toMatchObject({ version: 2 });
    }));

  test('a key that it is remembering is known', () =>
    withHeld(async (bench, hold) => {
      const id = await bench.start('counter', {});
      const key = { idempotency: { scope: 'anna', key: 'k', fingerprint: 'f' } };
      const { writing, succeed } = hold();
      const first = bench.send(id, 'count.add', { by: 1 }, key);
      await writing;
      const again = bench.send(id, 'count.add', { by: 1 }, key);
      succeed();
      expect(await first).toMatchObject({ version: 2, repeated: false });
      expect(await again).toMatchObject({ version: 2, repeated: true });
    }));

  test('a key that was answered long before is found out: nothing is done twice, and nobody else is refused', () =>
    withHeld(async (bench, hold) => {
      const [id, other] = [await bench.start('counter', {}), await bench.start('counter', {})];
      const key = (fingerprint: string) => ({ idempotency: { scope: 'anna', key: 'k', fingerprint } });
      await bench.send(id, 'count.add', { by: 1 }, key('f'));
      const { writing, succeed } = hold();
      const again = bench.send(id, 'count.add', { by: 1 }, key('f'));
      const innocent = bench.send(other, 'count.add', { by: 2 });
      await writing;
      const onTop = bench.send(other, 'count.add', { by: 4 }, { expected: 2 });
      const changed = outcomeOf(bench.send(id, 'count.add', { by: 8 }, key('g')));
      succeed();
      expect(await again).toMatchObject({ version: 2, repeated: true });
      expect((await Promise.all([innocent, onTop])).map((it) => it.version)).toEqual([2, 3]);
      expect(await changed).toBe('keyReused');
      expect(bench.engine.failure).toBeNull();
      expect(await bench.types(id)).toEqual(['started', 'count.add']);
      expect(await bench.context(other)).toMatchObject({ n: 6 });
      // Neither a seal nor a place in the log was left out.
      expect((await auditAll(sourceOf(bench))).findings).toEqual([]);
    }));

  test('and is void for a key that was answered long before, all is written by the next one, whatever else is repeated', () =>
    withHeld(async (bench, hold, begun) => {
      const [id, other] = [await bench.start('counter', {}), await bench.start('counter', {})];
      const key = (of: string) => ({ idempotency: { scope: 'anna', key: of, fingerprint: 'f' } });
      const add = (of: string) => bench.send(id, 'count.add', { by: 1 }, key(of));
      const keys = ['a', 'b', 'c', 'd'];
      for (const it of keys) await add(it);
      const { writing, succeed } = hold();
      begun();
      const [first, ...more] = keys;
      const again = [add(first ?? '')];
      const innocent = bench.send(other, 'count.add', { by: 1 });
      await writing;
      again.push(...more.map(add));
      for (let n = 0; n < 20; n++) await nextDue(bench.db.reader);
      succeed();
      expect(await innocent).toMatchObject({ version: 2 });
      expect((await Promise.all(again)).map((it) => it.repeated)).toEqual(keys.map(() => true));
      expect(begun()).toBe(2);
      // Then keys are taken to be new again, until one is known.
      await bench.send(other, 'count.add', { by: 1 });
      await add('a');
      expect(begun()).toBe(2);
    }));

  test('a request that is repeated gets its answer also where it would be refused now', () =>
    withHeld(async (bench) => {
      const id = await bench.start('counter', {});
      const key = { expected: 1, idempotency: { scope: 'anna', key: 'k', fingerprint: 'f' } };
      await bench.send(id, 'count.add', { by: 1 }, key);
      expect(await bench.send(id, 'count.add', { by: 1 }, key)).toMatchObject({ version: 2, repeated: true });
      const another = { expected: 1, idempotency: { ...key.idempotency, key: 'l' } };
      expect(await outcomeOf(bench.send(id, 'count.add', { by: 1 }, another))).toBe('stale');
    }));

  test('a number that it takes is taken, and its series goes on', () =>
    withHeld(async (bench, hold) => {
      const series = { series: { '/number': 'HKS 2026' } };
      const { writing, succeed } = hold();
      const first = bench.start('letter', { title: 'A' }, series);
      await writing;
      const second = bench.start('letter', { title: 'B' }, series);
      const taken = outcomeOf(bench.start('letter', { title: 'C', number: 'HKS 2026/1' }));
      succeed();
      expect((await bench.actor(await first)).number).toBe('HKS 2026/1');
      expect((await bench.actor(await second)).number).toBe('HKS 2026/2');
      expect(await taken).toBe('exists');
    }));

  /** Fires what is due, and sends more while that is written, or after it. */
  async function fireThen({ bench, hold, together }: Fired, send: () => Promise<unknown>): Promise<void> {
    const [deadline] = await dueDeadlines(bench.db.reader, bench.now, 1);
    if (!deadline) throw new Error('nothing is due');
    const { writing, succeed } = hold();
    const fired = outcomeOf(bench.engine.submit({ kind: 'fire', deadline }));
    await writing;
    if (!together) {
      succeed();
      await fired;
    }
    const sent = send();
    // What it asks the database comes in between.
    for (let n = 0; n < 20; n++) await nextDue(bench.db.reader);
    succeed();
    await Promise.all([fired, sent]);
  }

  interface Fired {
    readonly bench: Bench;
    readonly hold: Held['hold'];
    readonly together: boolean;
  }

  describe.each([
    ['while it is written', true],
    ['after it', false],
  ])('what is sent %s', (_, together) => {
    test('comes after a deadline that it has set once more, and whose day is past', () =>
      withHeld(async (bench, hold) => {
        const id = await bench.start('weekly', {});
        bench.now = '2026-12-25T09:00:00.000Z';
        await fireThen({ bench, hold, together }, () => bench.send(id, 'touch'));
        const weeks = ['deadline.week', 'deadline.week', 'deadline.week'];
        expect(await bench.types(id)).toEqual(['started', ...weeks, 'touch']);
      }));

    test('does not try a deadline again that it has set aside', () =>
      withHeld(async (bench, hold) => {
        const [id, other] = [await bench.start('relay', {}), await bench.start('relay', {})];
        const event = { type: 'relay.publish', topic: 'at last', payload: {} };
        const input = { on: '2026-12-05', due: { to: `${other}.late`, event } };
        await bench.send(id, 'relay.start', { chart: 'part', key: 'early', input });
        bench.now = '2026-12-06T09:00:00.000Z';
        await fireThen({ bench, hold, together }, async () => {
          const late = bench.send(other, 'relay.start', { chart: 'part', key: 'late', input: {} });
          await Promise.all([late, bench.send(id, 'relay.publish', { topic: 't', payload: {} })]);
        });
        expect(await bench.types(`${other}.late`)).toEqual(['started']);
        expect(await bench.deadlines(`${id}.early`)).toMatchObject([
          { failure: `There is no ${other}.late.` },
        ]);
      }));
  });
});
