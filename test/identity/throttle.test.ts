/** Whoever guesses waits. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Database, openDatabase } from '../../db/open.ts';
import { Throttle } from '../../src/identity/throttle.ts';

let db: Database;
let now: number;
let throttle: Throttle;
beforeEach(async () => {
  db = await openDatabase(':memory:');
  now = Date.parse('2026-11-20T09:00:00Z');
  throttle = new Throttle(db.writer, () => now);
});
afterEach(() => db.close());

/** How long each of so many attempts is told to wait, each made as soon as it may be. */
async function waits(times: number, attempt: (n: number) => Promise<number>): Promise<number[]> {
  const told: number[] = [];
  for (let n = 0; n < times; n++) {
    const wait = await attempt(n);
    told.push(wait);
    now += wait * 1000;
    if (wait > 0) expect(await attempt(n)).toBe(0);
  }
  return told;
}

describe('whoever guesses', () => {
  test('at one account tries five times, and then waits longer each time: a minute at most, so that its owner gets in', async () => {
    const told = await waits(13, (n) => throttle.attempt('admin', `192.0.2.${n}`));
    expect(told).toEqual([0, 0, 0, 0, 0, 1, 2, 4, 8, 16, 32, 60, 60]);
  });

  test('at many accounts from one address tries twenty times, and then waits up to a quarter of an hour', async () => {
    const told = await waits(32, (n) => throttle.attempt(`someone-${n}`, '192.0.2.1'));
    expect(told.slice(0, 20)).toEqual(Array(20).fill(0));
    expect(told.slice(20)).toEqual([1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 900, 900]);
  });

  test('keeps nobody else waiting', async () => {
    await waits(8, () => throttle.attempt('admin', '192.0.2.1'));
    expect(await throttle.attempt('admin', '192.0.2.2')).toBeGreaterThan(0);
    expect(await throttle.attempt('other', '192.0.2.2')).toBe(0);
  });

  test('has no more tries by making them at the same time', async () => {
    const told = await Promise.all(Array.from({ length: 50 }, () => throttle.attempt('admin', 'somewhere')));
    const tried = told.filter((it) => it === 0).length;
    expect(tried).toBeGreaterThan(0);
    expect(tried).toBeLessThanOrEqual(5);
  });

  test('is remembered by another process on the same database', async () => {
    for (let n = 0; n < 5; n++) await throttle.attempt('admin', 'here');
    expect(await new Throttle(db.writer, () => now).attempt('admin', 'elsewhere')).toBe(1);
  });

  /** Someone who comes in. */
  const comesIn = async (login: string, from: string) => {
    expect(await throttle.attempt(login, from)).toBe(0);
    await throttle.succeeded(login, from);
  };

  test('is told from an office in which everyone comes in from one address', async () => {
    for (let n = 0; n < 100; n++) await comesIn(`someone-${n}`, 'office');
    expect(await waits(21, (n) => throttle.attempt(`other-${n}`, 'office'))).toEqual([
      ...Array(20).fill(0),
      1,
    ]);
  });

  test('does not start anew at an address by coming in to an own account between the guesses', async () => {
    for (let n = 0; n < 20; n++) {
      await comesIn('own', 'here');
      expect(await throttle.attempt(`someone-${n}`, 'here')).toBe(0);
    }
    expect(await throttle.attempt('someone-20', 'here')).toBe(1);
    now += 1000;
    await comesIn('own', 'here');
    expect(await throttle.attempt('someone-20', 'here')).toBe(0);
    expect(await throttle.attempt('someone-21', 'here')).toBe(2);
  });

  test('starts anew after a success, or after a day without an attempt', async () => {
    const five = async () => {
      for (let n = 0; n < 5; n++) expect(await throttle.attempt('admin', 'here')).toBe(0);
      expect(await throttle.attempt('admin', 'here')).toBe(1);
    };
    await five();
    await throttle.succeeded('admin', 'here');
    await five();
    now += 24 * 3_600_000;
    await five();
  });

  test('is remembered by no name or address', async () => {
    await throttle.attempt('admin', '192.0.2.1');
    const rows = await db.reader.selectFrom('attempt').selectAll().execute();
    expect(rows).toHaveLength(2);
    for (const { subject } of rows) expect(subject).toMatch(/^[0-9a-f]{64}$/);
  });
});
