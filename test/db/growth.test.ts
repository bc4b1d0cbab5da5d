import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Kysely, sql } from 'kysely';
import { Migrator } from 'kysely/migration';
import { afterAll, expect, test } from 'vitest';
import { writing } from '../../db/dialect.ts';
import { migrations } from '../../db/migrations/all.ts';
import { openDatabase } from '../../db/open.ts';
import { openSqlite } from '../../db/sqlite.ts';

const folder = mkdtempSync(join(tmpdir(), 'growth-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** A file with the tables as they were before they were laid out for growth. */
async function oldDatabase(filename: string, statements: readonly string[]): Promise<void> {
  const db = new Kysely<unknown>({ dialect: writing(openSqlite, filename) });
  const migrator = new Migrator({ db, provider: { getMigrations: async () => ({ ...migrations }) } });
  const { error } = await migrator.migrateTo('0006-search');
  if (error) throw error;
  for (const statement of statements) await sql.raw(statement).execute(db);
  await db.destroy();
}

test('what was there before the tables were laid out for growth is there after it', async () => {
  const filename = join(folder, 'old.db');
  const actor = (id: string) =>
    `insert into actor (id, chart, chart_version, chart_hash, root, tenant, version, snapshot, head, title, state, ended, created_at, updated_at)
     values ('${id}', 'c', 1, 'h', '${id}', 't', 3, '{}', 'head', 'Å', 's', 0, '2026', '2026')`;
  await oldDatabase(filename, [
    actor('b'),
    actor('a'),
    `insert into reply values ('anna', 'k', 'f', '{}', '2026')`,
  ]);
  const db = await openDatabase(filename);
  const actors = await db.reader
    .selectFrom('actor')
    .select(['id', 'version', 'title'])
    .orderBy('id')
    .execute();
  expect(actors).toEqual([
    { id: 'a', version: 3, title: 'Å' },
    { id: 'b', version: 3, title: 'Å' },
  ]);
  expect(await db.reader.selectFrom('reply').select('key').execute()).toEqual([{ key: 'k' }]);
  await expect(sql.raw(actor('a')).execute(db.writer)).rejects.toThrow('UNIQUE');
  await expect(sql`update actor set id = null`.execute(db.writer)).rejects.toThrow('NOT NULL');
  await db.close();
});
