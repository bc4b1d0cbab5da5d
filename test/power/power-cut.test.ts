import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { sql } from 'kysely';
import { afterAll, describe, expect, test } from 'vitest';
import { openDatabase } from '../../db/open.ts';
import { Registry } from '../../machines/registry.ts';
import { entriesAfter } from '../../src/store/entries.ts';
import { auditAll } from '../../src/views/audit.ts';
import { openEngine, sweden } from '../fixtures/engine.ts';
import { smallCharts } from '../fixtures/small-charts.ts';
import type { Mode } from './child.ts';
import { canTrace, type Luck, type Operation, TracedFile, traced } from './trace.ts';

const folder = realpathSync(mkdtempSync(join(tmpdir(), 'power-')));
afterAll(() => rmSync(folder, { recursive: true }));

const program = fileURLToPath(new URL('child.ts', import.meta.url));
const registry = new Registry(smallCharts);

interface Run {
  readonly base: Buffer;
  readonly file: string;
  readonly acks: string;
  readonly operations: readonly Operation[];
}

/** A server that begins on a closed database and ends without closing it. */
async function run(mode: Mode): Promise<Run> {
  const [home, elsewhere] = [join(folder, mode), join(folder, `${mode}-trace`)];
  for (const it of [home, elsewhere]) mkdirSync(it);
  const [file, acks, base] = [join(home, 'a.db'), join(home, 'acks'), join(elsewhere, 'base.db')];
  await (await openEngine({ filename: file }))[Symbol.asyncDispose]();
  copyFileSync(file, base);
  const operations = traced(home, elsewhere, [program, file, acks, mode]);
  return { base: readFileSync(base), file, acks, operations };
}

interface Cut {
  readonly database: Buffer;
  readonly log: Buffer;
  /** The notes that had been acknowledged. */
  readonly acknowledged: readonly string[];
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

/** Of what nobody has asked to be on the disk, nothing is there, or everything, or every other sector or so. */
function luckOf(number: number): Luck {
  const next = numbersFrom(number);
  const share = [0, 1, 0.5, 0.9][number % 4] ?? 0;
  return () => next() < share;
}

/** What is found when the power is cut, at moments spread over a run. */
function* cutsOf({ base, file, acks, operations }: Run, count: number): Generator<Cut> {
  const database = new TracedFile(base);
  const log = new TracedFile(Buffer.alloc(0));
  const acknowledged: string[] = [];
  let number = 0;
  for (const [index, it] of operations.entries()) {
    if (it.path === file) database.apply(it);
    else if (it.path === `${file}-wal`) log.apply(it);
    else if (it.path === acks) acknowledged.push(...it.data.toString().trim().split('\n'));
    if (Math.floor(((index + 1) * count) / operations.length) === number) continue;
    number += 1;
    const luck = luckOf(number);
    yield { database: database.found(luck), log: log.found(luck), acknowledged: [...acknowledged] };
  }
}

/** Starts on what was found. @returns the acknowledged notes that are not there; fails where the rest is not sound. */
async function lostIn(cut: Cut): Promise<string[]> {
  const file = join(folder, 'found.db');
  for (const it of ['-wal', '-shm', '']) rmSync(`${file}${it}`, { force: true });
  writeFileSync(file, cut.database);
  writeFileSync(`${file}-wal`, cut.log);
  const db = await openDatabase(file);
  try {
    const { rows } = await sql<{ integrity_check: string }>`pragma integrity_check`.execute(db.writer);
    expect(rows).toEqual([{ integrity_check: 'ok' }]);
    const source = {
      db: db.writer,
      registry,
      calendarOf: () => sweden,
      now: () => '2026-12-01T09:00:00.000Z',
    };
    expect((await auditAll(source)).findings).toEqual([]);
    const entries = await entriesAfter(db.writer, 0, 1_000_000);
    const notes = new Set(
      entries.flatMap((it) =>
        it.type === 'letter.note' ? [(JSON.parse(it.payload) as { text: string }).text] : [],
      ),
    );
    return cut.acknowledged.filter((it) => !notes.has(it));
  } finally {
    await db.close();
  }
}

async function lossesOf(made: Run, count: number): Promise<number> {
  let losses = 0;
  for (const cut of cutsOf(made, count)) if ((await lostIn(cut)).length > 0) losses += 1;
  return losses;
}

describe.skipIf(!canTrace())('a server whose power is cut', () => {
  const SLOW = { timeout: 600_000 };

  test('at any moment has lost nothing that it acknowledged, and its database is sound', SLOW, async () => {
    const made = await run('full');
    const kindsOf = (path: string) =>
      new Set(made.operations.flatMap((it) => (it.path === path ? it.kind : [])));
    // It wrote to the log and to the database itself, and asked for both to be on the disk.
    for (const path of [made.file, `${made.file}-wal`])
      expect([...kindsOf(path)]).toEqual(expect.arrayContaining(['write', 'sync']));
    expect(await lossesOf(made, 100)).toBe(0);
  });

  test(
    'loses acknowledged commits where SQLite does not ask for each to be on the disk: so the cuts are real',
    SLOW,
    async () => {
      expect(await lossesOf(await run('normal'), 24)).toBeGreaterThan(6);
    },
  );
});
