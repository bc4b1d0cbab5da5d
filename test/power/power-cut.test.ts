import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openDatabase } from '../../db/open.ts';
import { huddinge } from '../../machines/municipalities/huddinge.ts';
import { Registry } from '../../machines/registry.ts';
import { entriesAfter } from '../../src/store/entries.ts';
import { auditAll } from '../../src/views/audit.ts';
import { amount } from '../fixtures/at-length.ts';
import { type Bench, openEngine, sweden } from '../fixtures/engine.ts';
import { smallCharts } from '../fixtures/small-charts.ts';
import type { Ack, Mode } from './child.ts';
import { Disk, type Luck } from './disk.ts';
import { canTrace, type Operation, operationsIn, shimmed } from './trace.ts';

const folder = realpathSync(mkdtempSync(join(tmpdir(), 'power-')));
afterAll(() => rmSync(folder, { recursive: true }));

const program = fileURLToPath(new URL('child.ts', import.meta.url));
const mover = fileURLToPath(new URL('moving-child.ts', import.meta.url));
const SLOW = { timeout: 3_600_000 };
const NOTES = amount(40, 200);

interface Run {
  readonly home: string;
  readonly operations: readonly Operation[];
}

/** A server in an empty folder, to its sudden end. */
function run(mode: Mode | 'moving', of = program): Run {
  const [home, elsewhere] = [join(folder, mode), join(folder, `${mode}-elsewhere`)];
  for (const it of [home, elsewhere]) mkdirSync(it);
  const [trace, faults] = [join(elsewhere, 'trace'), join(elsewhere, 'faults')];
  execFileSync(process.execPath, [of, home, mode, String(NOTES)], {
    env: shimmed({ folder: home, trace, faults }),
    stdio: ['ignore', 'ignore', 'inherit'],
    timeout: 300_000,
  });
  return { home, operations: operationsIn(trace) };
}

/** Numbers from 0 to 1 that are the same in every run (mulberry32). */
function numbersFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let it = Math.imul(state ^ (state >>> 15), 1 | state);
    it = (it + Math.imul(it ^ (it >>> 7), 61 | it)) ^ it;
    return ((it ^ (it >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** By chance, with a share of all. */
function share(of: number, seed: number): Luck {
  const next = numbersFrom(seed);
  return () => next() < of;
}

/**
 * Of what nobody has asked to be on the disk, nothing is there, or everything, or what came first, or every other
 * sector and name or so.
 */
function luckOf(number: number, place: number): Luck {
  const first = place - Math.floor(numbersFrom(number)() * 40);
  const kinds: readonly Luck[] = [
    () => false,
    () => true,
    (it) => it < first,
    share(0.5, number),
    share(0.9, number),
  ];
  return kinds[number % kinds.length] as Luck;
}

interface Cut {
  readonly number: number;
  readonly files: ReadonlyMap<string, Buffer>;
  readonly acknowledged: readonly Ack[];
}

/** What is found when the power is cut, at moments spread over a run. */
function* cutsOf({ home, operations }: Run, count: number): Generator<Cut> {
  const disk = new Disk(home, share(0.5, 1));
  const acknowledged: Ack[] = [];
  let number = 0;
  for (const [place, it] of operations.entries()) {
    disk.apply(it);
    if (it.path === join(home, 'acks') && it.kind === 'write')
      acknowledged.push(JSON.parse(it.data.toString()) as Ack);
    if (Math.floor(((place + 1) * count) / operations.length) === number) continue;
    number += 1;
    yield { number, files: disk.found(luckOf(number, place)), acknowledged: [...acknowledged] };
  }
}

const sourceOf = (bench: Bench) => ({
  db: bench.db.writer,
  registry: new Registry(smallCharts),
  calendarOf: () => sweden,
  registerOf: () => huddinge,
  now: () => bench.now,
});

/** Opens what was found, as SQLite and as a server. @returns the commands in its log; fails where it is not sound. */
async function commandsIn(file: string, goOn: boolean): Promise<Set<string>> {
  await using bench = await openEngine({ filename: file, now: '2026-12-20T09:00:00.000Z' });
  const { rows } = await sql<{ integrity_check: string }>`pragma integrity_check`.execute(bench.db.writer);
  expect(rows).toEqual([{ integrity_check: 'ok' }]);
  expect((await auditAll(sourceOf(bench))).findings).toEqual([]);
  const log = await entriesAfter(bench.db.reader, 0, 1_000_000);
  if (goOn) {
    await bench.tick();
    const letter = await bench.start('letter', { title: 'After the power came back' });
    await bench.send(letter, 'letter.note', { text: 'it goes on' });
    expect((await auditAll(sourceOf(bench))).findings).toEqual([]);
  }
  return new Set(log.map(keyOf));
}

const keyOf = ({ actor, version, command }: { actor: string; version: number; command: string }): string =>
  `${actor} ${version} ${command}`;

/** Starts on what was found. @returns how many acknowledged commands are not there. */
async function lostIn({ number, files, acknowledged }: Cut): Promise<number> {
  const found = join(folder, 'found');
  rmSync(found, { recursive: true, force: true });
  mkdirSync(found);
  for (const [path, content] of files) writeFileSync(join(found, basename(path)), content);
  const there = await commandsIn(join(found, 'a.db'), number % 5 === 0);
  const copied = acknowledged.findIndex((it) => 'copied' in it);
  if (copied < 0) return missing(acknowledged, there);
  const before = acknowledged.slice(0, copied);
  return missing(acknowledged, there) + missing(before, await commandsIn(join(found, 'copy.db'), false));
}

const missing = (acknowledged: readonly Ack[], there: ReadonlySet<string>): number =>
  acknowledged.filter((it) => !('copied' in it) && !there.has(keyOf(it))).length;

async function lossesOf(made: Run, count: number): Promise<number> {
  let losses = 0;
  for (const cut of cutsOf(made, count)) if ((await lostIn(cut)) > 0) losses += 1;
  return losses;
}

describe.skipIf(!canTrace())('a server whose power is cut', () => {
  let whole: Run;
  beforeAll(() => {
    whole = run('full');
  });

  test('at any moment has lost nothing that it acknowledged, and its database is sound', SLOW, async () => {
    const kindsOf = (file: string) =>
      new Set(whole.operations.flatMap((it) => (it.path === join(whole.home, file) ? it.kind : [])));
    // It wrote to the log and to the database itself, and asked for both to be on the disk; names came and went.
    expect([...kindsOf('a.db')]).toEqual(expect.arrayContaining(['create', 'write', 'sync']));
    expect([...kindsOf('a.db-wal')]).toEqual(expect.arrayContaining(['create', 'write', 'sync', 'remove']));
    expect([...kindsOf('copy.db.unfinished')]).toEqual(
      expect.arrayContaining(['create', 'sync', 'link', 'remove']),
    );
    expect(await lossesOf(whole, amount(100, 2_000))).toBe(0);
  });

  test(
    'while its log is moved into the file beside it, and begins again, has lost nothing either',
    SLOW,
    async () => {
      const made = run('large');
      const log = made.operations.filter(
        (it) => it.path === join(made.home, 'a.db-wal') && it.kind === 'write',
      );
      // From its start: when it was made, when the server started again, and when all of it had been moved.
      expect(log.filter((it) => it.at === 0).length).toBeGreaterThan(2);
      expect(await lossesOf(made, amount(12, 500))).toBe(0);
      const unsynced = made.operations.filter(
        (it) => !(it.path === join(made.home, 'a.db') && it.kind === 'sync'),
      );
      await expect(lossesOf({ ...made, operations: unsynced }, 12)).rejects.toThrow();
    },
  );

  test(
    'where the file could not be brought to the disk when the log had been moved in parts, has lost nothing either',
    SLOW,
    async () => {
      const { home, operations } = run('moving', mover);
      const file = join(home, 'a.db');
      expect(operations.some((it) => it.kind === 'failed sync' && it.path === file)).toBe(true);
      const disk = new Disk(home);
      for (const it of operations) disk.apply(it);
      const found = join(folder, 'moved');
      mkdirSync(found);
      for (const [path, content] of disk.found(() => false))
        writeFileSync(join(found, basename(path)), content);
      const db = await openDatabase(join(found, 'a.db'));
      const { rows } = await sql<{ is: string; count: number }>`
        select integrity_check as "is", (select count(*) from filled) as count
        from pragma_integrity_check`.execute(db.writer);
      expect(rows).toEqual([{ is: 'ok', count: expect.any(Number) }]);
      const acknowledged = readFileSync(join(home, 'acks'), 'utf8').trim().split('\n').length;
      expect(rows[0]?.count).toBeGreaterThanOrEqual(acknowledged);
      await db.close();
    },
  );

  test(
    'after writes and syncs that failed, as they do on a full or a broken disk, has lost nothing either',
    SLOW,
    async () => {
      const made = run('failing');
      expect(made.operations.filter((it) => it.kind === 'failed sync').length).toBeGreaterThan(3);
      expect(await lossesOf(made, amount(50, 2_000))).toBe(0);
    },
  );

  test(
    'loses acknowledged commits where SQLite does not ask for each to be on the disk: so the cuts are real',
    SLOW,
    async () => {
      expect(await lossesOf(run('normal'), amount(20, 200))).toBeGreaterThan(amount(4, 40));
    },
  );

  test(
    'loses all of them where the folder is not asked to keep the names of its files: so names are cut too',
    SLOW,
    async () => {
      const forgetful = whole.operations.filter((it) => !(it.path === whole.home && it.kind === 'sync'));
      expect(await lossesOf({ ...whole, operations: forgetful }, 10)).toBeGreaterThan(0);
    },
  );
});
