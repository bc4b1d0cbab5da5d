import { afterEach, describe, expect, test, vi } from 'vitest';
import { keepTicking } from '../../src/background/tick.ts';
import type { Accepted } from '../../src/engine/command.ts';
import { findReplies } from '../../src/store/replies.ts';
import { openEngine } from '../fixtures/engine.ts';

afterEach(() => vi.useRealTimers());

/** Lets everything happen that is not waiting for a timer. */
async function settled(until: () => boolean | Promise<boolean>): Promise<void> {
  for (let turns = 0; !(await until()); turns++) {
    if (turns > 10_000) throw new Error('it never happened');
    await new Promise<void>((resolve) => setImmediate(resolve));
  }
}

const onlyTimeouts = { toFake: ['setTimeout', 'clearTimeout'] as ('setTimeout' | 'clearTimeout')[] };

describe('the loop', () => {
  test('fires what is due when it starts, without anyone waiting for it', async () => {
    await using bench = await openEngine();
    const id = await bench.start('letter', { title: 'A' });
    bench.now = '2026-12-23T09:00:00.000Z';
    const loop = keepTicking(bench.engine, bench.db, () => {});
    await settled(async () => (await bench.actor(id)).version === 2);
    await loop.stop();
  });

  test('wakes at the next due instant, and never sleeps more than a minute', async () => {
    vi.useFakeTimers(onlyTimeouts);
    const sleeps = vi.spyOn(globalThis, 'setTimeout');
    await using bench = await openEngine();
    const id = await bench.start('letter', { title: 'A' });
    const loop = keepTicking(bench.engine, bench.db, () => {});
    await settled(() => vi.getTimerCount() === 1);
    bench.now = '2026-12-22T22:59:30.000Z';
    vi.advanceTimersByTime(60_000);
    await settled(() => sleeps.mock.calls.length === 2 && vi.getTimerCount() === 1);
    bench.now = '2026-12-22T23:00:00.000Z';
    vi.advanceTimersByTime(30_000);
    await settled(async () => (await bench.actor(id)).version === 2);
    await settled(() => vi.getTimerCount() === 1);
    expect(sleeps.mock.calls.map((it) => it[1])).toEqual([60_000, 30_000, 60_000]);
    await loop.stop();
  });

  test('leaves nothing behind of the times that it has slept', async () => {
    vi.useFakeTimers(onlyTimeouts);
    const listening = (name: 'addEventListener' | 'removeEventListener') =>
      vi.spyOn(AbortSignal.prototype, name).mock.calls;
    const [added, removed] = [listening('addEventListener'), listening('removeEventListener')];
    await using bench = await openEngine();
    const loop = keepTicking(bench.engine, bench.db, () => {});
    for (let slept = 0; slept < 5; slept++) {
      await settled(() => vi.getTimerCount() === 1);
      vi.advanceTimersByTime(60_000);
      await settled(() => vi.getTimerCount() === 0);
    }
    await settled(() => vi.getTimerCount() === 1);
    expect(added.length - removed.length).toBe(1);
    await loop.stop();
    vi.restoreAllMocks();
  });

  test('stops at once, while it sleeps', async () => {
    vi.useFakeTimers(onlyTimeouts);
    await using bench = await openEngine();
    const loop = keepTicking(bench.engine, bench.db, () => {});
    await settled(() => vi.getTimerCount() === 1);
    await loop.stop();
    expect(vi.getTimerCount()).toBe(0);
  });

  test('stops at once, while it works', async () => {
    vi.useFakeTimers(onlyTimeouts);
    await using bench = await openEngine();
    await keepTicking(bench.engine, bench.db, () => {}).stop();
    expect(vi.getTimerCount()).toBe(0);
  });

  test('stops when the batch is done that it is at, however much more is due: the rest is when it starts anew', async () => {
    await using bench = await openEngine();
    const ids = await Promise.all(Array.from({ length: 450 }, () => bench.start('letter', { title: 'A' })));
    bench.now = '2026-12-23T09:00:00.000Z';
    const fired = async () =>
      (await Promise.all(ids.map((id) => bench.actor(id)))).filter((it) => it.version === 2).length;
    await keepTicking(bench.engine, bench.db, () => {}).stop();
    expect(await fired()).toBe(200);
    expect(await bench.tick()).toBe(250);
    expect(await fired()).toBe(450);
  });

  test('tells what fails, and goes on', async () => {
    vi.useFakeTimers(onlyTimeouts);
    await using bench = await openEngine();
    const failures: unknown[] = [];
    const reads = vi.spyOn(bench.db.reader, 'selectFrom').mockImplementationOnce(() => {
      throw new Error('no disk');
    });
    const loop = keepTicking(bench.engine, bench.db, (error) => failures.push(error));
    await settled(() => vi.getTimerCount() === 1);
    expect(failures.map(String)).toEqual(['Error: no disk']);
    reads.mockRestore();
    const id = await bench.start('letter', { title: 'A' });
    bench.now = '2026-12-23T09:00:00.000Z';
    vi.advanceTimersByTime(60_000);
    await settled(async () => (await bench.actor(id)).version === 2);
    await loop.stop();
  });

  test('takes in what other servers publish, also while what is due takes long', async () => {
    vi.useFakeTimers(onlyTimeouts);
    await using bench = await openEngine();
    await bench.start('letter', { title: 'A' });
    bench.now = '2026-12-23T09:00:00.000Z';
    const firing = Promise.withResolvers<Accepted>();
    vi.spyOn(bench.engine, 'submit').mockReturnValue(firing.promise);
    const keepUp = vi.spyOn(bench.engine, 'keepUp');
    const loop = keepTicking(bench.engine, { ...bench.db, shared: true }, () => {});
    for (let second = 1; second <= 3; second++) {
      await settled(() => vi.getTimerCount() === 1);
      expect(keepUp).toHaveBeenCalledTimes(second);
      vi.advanceTimersByTime(1_000);
    }
    firing.resolve({} as Accepted);
    await loop.stop();
  });

  test('forgets answers to idempotency keys after a month, not before', async () => {
    await using bench = await openEngine();
    const idempotency = { scope: 'anna', key: 'k', fingerprint: 'f' };
    await bench.start('counter', {}, { idempotency });
    const knownOn = async (now: string) => {
      bench.now = now;
      await keepTicking(bench.engine, bench.db, () => {}).stop();
      return (await findReplies(bench.db.reader, [{ scope: 'anna', key: 'k' }]))[0] ?? null;
    };
    expect(await knownOn('2026-12-31T09:00:00.000Z')).not.toBeNull();
    expect(await knownOn('2026-12-31T09:00:00.001Z')).toBeNull();
  });
});
