import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { Registry } from '../../machines/registry.ts';
import { fold, replay } from '../../src/engine/replay.ts';
import type { Entry } from '../../src/store/entries.ts';
import { type Bench, openEngine } from '../fixtures/engine.ts';
import { letter, smallCharts } from '../fixtures/small-charts.ts';

const registry = new Registry(smallCharts);
afterEach(() => vi.useRealTimers());

/** A letter around the night between two years, with every kind of entry. */
async function lived(bench: Bench): Promise<string> {
  bench.now = '2026-12-20T09:00:00.000Z';
  const copy = await bench.start('letter', { title: 'Copy' });
  await bench.send(copy, 'letter.answer');
  const id = await bench.start('letter', { title: 'Å\u030a', number: '7', copy, from: '2026-12-30' });
  await bench.send(id, 'letter.note', { text: '1e21' });
  await bench.send(id, 'letter.await', { from: '2026-12-31' });
  bench.now = '2026-12-31T23:30:00.000Z';
  await bench.tick();
  await bench.send(id, 'letter.note', { text: 'a new year' });
  bench.now = '2027-03-31T22:00:00.000Z';
  await bench.tick();
  await bench.send(id, 'letter.archive');
  await bench.send(id, 'letter.note', { text: 'a receipt' });
  return id;
}

async function foldElsewhere(entries: readonly Entry[], env: Record<string, string>): Promise<string> {
  const program = fileURLToPath(new URL('../fixtures/fold-elsewhere.ts', import.meta.url));
  const running = promisify(execFile)(process.execPath, [program], { env: { ...process.env, ...env } });
  running.child.stdin?.end(JSON.stringify(entries));
  return (await running).stdout;
}

describe('folding the log of an actor', () => {
  test('gives the stored snapshot, byte for byte, after every entry', async () => {
    await using bench = await openEngine();
    const id = await bench.start('letter', { title: 'A' });
    for (const [type, payload] of [
      ['letter.note', { text: 'x' }],
      ['letter.answer', {}],
      ['letter.reopen', {}],
    ] as const) {
      await bench.send(id, type, payload);
      expect(replay(await bench.log(id), registry)).toBe((await bench.actor(id)).snapshot);
    }
  });

  test('as far as a version gives the snapshot as of then', async () => {
    await using bench = await openEngine();
    const id = await bench.start('letter', { title: 'A' });
    const then = (await bench.actor(id)).snapshot;
    await bench.send(id, 'letter.answer');
    expect(replay(await bench.log(id), registry, 1)).toBe(then);
  });

  test('takes the transitions that the log names, and sets the deadlines that it names', async () => {
    await using bench = await openEngine();
    const id = await lived(bench);
    for (const { recorded, step } of fold(await bench.log(id), registry)) {
      expect(step.taken).toEqual(recorded.taken);
      expect(step.states).toEqual(recorded.to);
      expect(step.deadlines.map(({ state, name }) => [state, name])).toEqual(
        recorded.deadlines.map(({ state, name }) => [state, name]),
      );
    }
    expect(await bench.types(id)).toContain('deadline.remind');
    expect(await bench.types(id)).toContain('deadline.reply');
  });

  test('does not depend on the day, the time zone or the process', { timeout: 300_000 }, async () => {
    await using bench = await openEngine();
    const id = await lived(bench);
    const [log, { snapshot }] = [await bench.log(id), await bench.actor(id)];
    vi.useFakeTimers({ now: Date.parse('2041-02-28T12:00:00Z'), toFake: ['Date'] });
    expect(replay(log, registry)).toBe(snapshot);
    vi.useRealTimers();
    const elsewhere = [
      { TZ: 'Pacific/Kiritimati', LANG: 'tr_TR.UTF-8' },
      { TZ: 'Pacific/Pago_Pago', LC_ALL: 'C' },
    ];
    expect(await Promise.all(elsewhere.map((env) => foldElsewhere(log, env)))).toEqual([snapshot, snapshot]);
  });

  test('of a log under a chart that is not registered fails', async () => {
    await using bench = await openEngine();
    const id = await lived(bench);
    const log = await bench.log(id);
    expect(() => replay(log, new Registry([]))).toThrow('letter@1 is not registered');
  });

  test('of an entry that its chart does not accept names it', async () => {
    await using bench = await openEngine();
    const id = await bench.start('letter', { title: 'A' });
    await bench.send(id, 'letter.answer');
    const forged = (await bench.log(id)).map((it) =>
      it.version === 2 ? { ...it, type: 'letter.reopen' } : it,
    );
    expect(() => replay(forged, registry)).toThrow('entry 2 (letter.reopen) is not accepted');
  });

  test('of nothing gives nothing', () => {
    expect(() => replay([], new Registry([letter]))).toThrow('no snapshot');
  });
});
