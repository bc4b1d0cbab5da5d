import { chmodSync, mkdtempSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, describe, expect, test } from 'vitest';
import { openBeside, openDatabase } from '../../db/open.ts';

const folder = mkdtempSync(join(tmpdir(), 'open-'));
afterAll(() => rmSync(folder, { recursive: true }));

let files = 0;
const freshFile = () => join(folder, `${++files}.db`);

const tableNames = async (filename: string) => {
  const db = await openDatabase(filename);
  const { rows } = await sql<{ name: string }>`
    select name from sqlite_schema where type = 'table' and name not like 'sqlite_%' order by name`.execute(
    db.reader,
  );
  await db.close();
  return rows.map((it) => it.name);
};

/** Opens a file and writes into it that a later program has migrated it. */
async function migratedByLater(filename: string): Promise<void> {
  const db = await openDatabase(filename);
  await sql`insert into kysely_migration values ('9999-future', '2030-01-01T00:00:00.000Z')`.execute(
    db.writer,
  );
  await db.close();
}

describe('opening a database', () => {
  test('makes a file that nobody else on the machine reads, and leaves one that is there to whom it is for', async () => {
    const [made, given] = [freshFile(), freshFile()];
    writeFileSync(given, '');
    chmodSync(given, 0o640);
    for (const file of [made, given]) {
      const db = await openDatabase(file);
      const modes = ['', '-wal', '-shm'].map((end) => statSync(file + end).mode & 0o777);
      expect(modes).toEqual(Array(3).fill(file === made ? 0o600 : 0o640));
      await db.close();
    }
  });

  test('creates every table in a file that does not exist', async () => {
    expect(await tableNames(freshFile())).toEqual([
      'account',
      'actor',
      'attempt',
      'deadline',
      'definition',
      'delivery',
      'entry',
      'installation',
      'integration',
      'kysely_migration',
      'kysely_migration_lock',
      'move_batch',
      'move_plan',
      'outbox',
      'receipt',
      'redelivery',
      'reply',
      'rights_change',
      'route',
      'seal',
      'series',
      'session',
      'subscription',
      'term',
      'token',
    ]);
  });

  test('a second time changes nothing', async () => {
    const filename = freshFile();
    const schema = async () => {
      const db = await openDatabase(filename);
      const { rows } = await sql`select type, name, sql from sqlite_schema order by name`.execute(db.reader);
      const migrations = await sql`select * from kysely_migration`.execute(db.reader);
      await db.close();
      return { rows, migrations: migrations.rows };
    };
    expect(await schema()).toEqual(await schema());
  });

  test('makes every table of ours strict, and checks foreign keys nowhere, for there are none', async () => {
    const db = await openDatabase(':memory:');
    const { rows } = await sql<{ name: string; strict: number }>`
      select name, strict from pragma_table_list where schema = 'main' and name not like 'sqlite%'
        and name not like 'kysely%'`.execute(db.reader);
    expect(rows.length).toBeGreaterThan(5);
    expect(rows.filter((it) => it.strict !== 1)).toEqual([]);
    await db.close();
  });

  test.each([
    ['journal_mode', 'wal'],
    ['synchronous', 2],
    ['foreign_keys', 1],
    ['busy_timeout', 5000],
    ['trusted_schema', 0],
    ['recursive_triggers', 1],
    ['journal_size_limit', 67_108_864],
  ])('sets %s to %s on the connection that writes', async (name, value) => {
    const db = await openDatabase(freshFile());
    const { rows } = await sql.raw<Record<string, unknown>>(`pragma ${name}`).execute(db.writer);
    expect(Object.values(rows[0] ?? {})).toEqual([value]);
    await db.close();
  });

  test('of a newer program is refused, and says so', async () => {
    const filename = freshFile();
    await migratedByLater(filename);
    await expect(openDatabase(filename)).rejects.toThrow(/newer version.*9999-future/);
  });

  test('that fails leaves the file free for the next try', async () => {
    const filename = freshFile();
    await migratedByLater(filename);
    for (const _ of [1, 2]) await expect(openDatabase(filename)).rejects.toThrow('newer version');
  });

  test('of a file that is no database is refused', async () => {
    const filename = freshFile();
    writeFileSync(filename, 'This is a letter, and a long one, and no database at all.'.repeat(50));
    await expect(openDatabase(filename)).rejects.toThrow('not a database');
  });

  test('in a folder that does not exist names the file', async () => {
    const filename = join(folder, 'nowhere', 'a.db');
    await expect(openDatabase(filename)).rejects.toThrow(filename);
  });
});

describe('opening a database beside the server that runs on it', () => {
  test('is possible, and refused where another version has written its schema', async () => {
    const filename = freshFile();
    const server = await openDatabase(filename);
    const beside = await openBeside(filename);
    await beside.close();
    await sql`delete from kysely_migration`.execute(server.writer);
    await expect(openBeside(filename)).rejects.toThrow('none of the tables of the program: start the server');
    await server.close();
  });
});

describe('a second server on the same file', () => {
  test('is refused while the first runs, and let in after it', async () => {
    const filename = freshFile();
    const first = await openDatabase(filename);
    await expect(openDatabase(filename)).rejects.toThrow(`another server is already running on ${filename}`);
    await first.close();
    const second = await openDatabase(filename);
    await second.close();
  });

  test('is refused under another name of the file as well', async () => {
    const filename = freshFile();
    const first = await openDatabase(filename);
    const link = freshFile();
    symlinkSync(filename, link);
    await expect(openDatabase(link)).rejects.toThrow('another server');
    await first.close();
  });

  test('does not disturb the first', async () => {
    const filename = freshFile();
    const first = await openDatabase(filename);
    await openDatabase(filename).catch(() => {});
    await sql`insert into series values ('HKS 2026', 1)`.execute(first.writer);
    await first.close();
  });

  test('is none where databases are in memory', async () => {
    const both = [await openDatabase(':memory:'), await openDatabase(':memory:')];
    for (const db of both) await db.close();
  });
});
