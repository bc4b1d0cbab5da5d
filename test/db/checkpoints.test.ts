import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { sql } from 'kysely';
import { afterAll, describe, expect, test } from 'vitest';
import type { OpenSqlite } from '../../db/dialect.ts';
import { type Database, openDatabase } from '../../db/open.ts';
import { openSqlite } from '../../db/sqlite.ts';

const folder = mkdtempSync(join(tmpdir(), 'checkpoints-'));
afterAll(() => rmSync(folder, { recursive: true }));

const MIB = 2 ** 20;

/** A driver of which every connection that moves pages into the file is counted, once; and fails at it while told to. */
function watched(disk = { fails: false }) {
  const movers = new Set<object>();
  const open: OpenSqlite = async (filename, access) => {
    const driver = await openSqlite(filename, access);
    const query: typeof driver.query = async (isSelect, text, parameters) => {
      if (!text.includes('wal_checkpoint(passive)')) return driver.query(isSelect, text, parameters);
      if (disk.fails) throw new Error('no space');
      movers.add(driver);
      return driver.query(isSelect, text, parameters);
    };
    return { ...driver, query };
  };
  return { open, movers };
}

/** Writes so many MiB over one another. @returns the most MiB that the log before the file took. */
async function logOf({ writer }: Database, file: string, size: number): Promise<number> {
  let most = 0;
  for (let n = 0; n < size; n++) {
    await sql`insert into installation values ('large', ${String.fromCharCode(97 + (n % 26)).repeat(MIB)})
      on conflict (name) do update set value = excluded.value`.execute(writer);
    most = Math.max(most, statSync(`${file}-wal`).size / MIB);
  }
  return most;
}

test('the log before the file is moved into it beside the writer, who moves the last of it: then it begins again', async () => {
  const file = join(folder, 'moved.db');
  const { open, movers } = watched();
  const db = await openDatabase(file, open);
  expect(await logOf(db, file, 160)).toBeLessThan(60);
  expect(movers.size).toBe(2);
  await db.close();
});

test('where that fails nobody who writes is told, SQLite moves nothing by itself, and the log begins again later', async () => {
  const file = join(folder, 'failing.db');
  const disk = { fails: true };
  const db = await openDatabase(file, watched(disk).open);
  expect(await logOf(db, file, 160)).toBeGreaterThan(150);
  disk.fails = false;
  await logOf(db, file, 80);
  expect(statSync(`${file}-wal`).size / MIB).toBeLessThan(70);
  await db.close();
});

/** What makes a program the first process of a container, as it is where that has nothing else to run. */
const CONTAINER = ['unshare', '--user', '--map-root-user', '--pid', '--fork'];
const hasContainers = spawnSync(CONTAINER[0] ?? '', [...CONTAINER.slice(1), 'true']).status === 0;

describe.each([
  ['the process', [], true],
  ['the first process of a container', CONTAINER, hasContainers],
] as const)('where the file cannot be brought to the disk %s', (_, container, isHere) => {
  test.runIf(isHere)('ends, and the next one finds all of it in the log', async () => {
    const file = join(folder, `unsyncable${container.length}.db`);
    const program = fileURLToPath(new URL('../fixtures/unsyncable-child.ts', import.meta.url));
    const [command = '', ...args] = [...container, process.execPath, program, file];
    const { signal, stdout, stderr } = spawnSync(command, args, { encoding: 'utf8' });
    const written = stdout.trim().split('\n').length;
    expect(signal).not.toBeNull();
    expect(stderr).toContain('EIO');
    expect(written).toBeGreaterThan(20);
    expect(statSync(`${file}-wal`).size / MIB).toBeGreaterThan(written);
    const db = await openDatabase(file);
    const { rows } = await sql<{ name: string }>`select name from installation where name like 'n-%'`.execute(
      db.reader,
    );
    expect(rows.length).toBeGreaterThanOrEqual(written);
    await db.close();
  });
});
