import { chmodSync, existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { link } from 'node:fs/promises';
import { join } from 'node:path';
import { pino } from 'pino';
import sqlite3 from 'sqlite3';
import { describe, expect, it, vi } from 'vitest';
import { copyDatabase } from '../../db/copy.ts';
import { openDatabase } from '../../db/open.ts';
import { backup, copyDurably } from '../../src/commands/backup.ts';
import { verify } from '../../src/commands/verify.ts';
import { loadDemo } from '../../src/demo/load.ts';
import { openEngine } from '../fixtures/engine.ts';
import { smallCharts } from '../fixtures/small-charts.ts';
import { answer, Folder } from './command.ts';

vi.mock('../../db/copy.ts', { spy: true });
vi.mock('node:fs/promises', { spy: true });

const loaded = async (file: string) => {
  const db = await openDatabase(file);
  await loadDemo(db, pino({ level: 'silent' }), Date.parse('2026-05-21T09:00:00Z'));
  return db;
};

const headIn = (out: string) => /^head: (\d+:[0-9a-f]{64})$/m.exec(out)?.[1];

describe('A database is copied', () => {
  it('while a server has it open, and the copy stands the same audit with the same head', async () => {
    using folder = new Folder();
    const [from, to] = [join(folder.path, 'in-use.db'), join(folder.path, 'copy.db')];
    const db = await loaded(from);
    const copied = await answer(backup, to, '--database', from);
    expect(copied).toMatchObject({ code: 0, out: expect.stringContaining('chain intact: yes') });
    expect(headIn(copied.out)).toBe(headIn((await answer(verify, '--database', from)).out));
    expect(existsSync(`${to}.unfinished`)).toBe(false);
    await db.close();
  });

  it.each([
    ['rw-------', 0o600],
    ['rw-r-----', 0o640],
  ])('and nobody reads the copy who may not read the database: %s', async (_, mode) => {
    using folder = new Folder();
    const [from, to] = [join(folder.path, 'a.db'), join(folder.path, 'copy.db')];
    await (await openDatabase(from)).close();
    chmodSync(from, mode);
    expect((await answer(backup, to, '--database', from)).code).toBe(0);
    expect(statSync(to).mode & 0o777).toBe(mode);
  });

  it('or nothing is left of the copy that takes room', async () => {
    using folder = new Folder();
    const [from, to] = [join(folder.path, 'text.txt'), join(folder.path, 'copy.db')];
    writeFileSync(from, 'no database');
    expect(await answer(backup, to, '--database', from)).toMatchObject({
      code: 1,
      err: expect.stringContaining('not a database'),
    });
    expect(readdirSync(folder.path)).toEqual(['text.txt']);
  });

  it('in the midst of changes: as it was when the copy began, never half of a command', async () => {
    using folder = new Folder();
    const [from, to] = [join(folder.path, 'busy.db'), join(folder.path, 'copy.db')];
    const bench = await openEngine({ filename: from, charts: smallCharts });
    const id = await bench.start('counter', {});
    const copying = answer(backup, to, '--database', from);
    for (let n = 0; n < 200; n++) await bench.send(id, 'count.add', { by: 1 });
    await copying;
    await bench[Symbol.asyncDispose]();
    await using copy = await openEngine({ filename: to, charts: smallCharts });
    const { version } = await copy.actor(id);
    expect((await copy.log(id)).length).toBe(version);
    expect(await copy.context(id)).toMatchObject({ n: version - 1 });
    // It goes on from there.
    await copy.send(id, 'count.add', { by: 1 });
    expect(await copy.context(id)).toMatchObject({ n: version });
  });

  it('whose log was changed: the copy is kept, and found unsound, whatever was written over (exit code 1)', async () => {
    using folder = new Folder();
    const [from, to] = [join(folder.path, 'changed.db'), join(folder.path, 'copy.db')];
    await (await loaded(from)).close();
    await new Promise<void>((resolve, reject) => {
      const db = new sqlite3.Database(from);
      const spoil = `drop trigger entry_redacted; update entry set payload = '{}' where seq = 3;`;
      db.exec(spoil, (failed) =>
        db.close((error) => (failed || error ? reject(failed ?? error) : resolve())),
      );
    });
    const { code, out } = await answer(backup, to, '--database', from);
    expect([code, existsSync(to)]).toEqual([1, true]);
    expect(out).toContain('chain intact: NO');
  });

  it('and has its name once it is audited, whatever is found, with nothing beside it from a copy before', async () => {
    using folder = new Folder();
    const [from, to] = [join(folder.path, 'a.db'), join(folder.path, 'copy.db')];
    await (await openDatabase(from)).close();
    for (const it of ['', '-wal', '-shm', '-journal']) writeFileSync(`${to}.unfinished${it}`, 'broken off');
    const seen: boolean[] = [];
    const looking = copyDurably(from, to, async (copy) => {
      seen.push(existsSync(copy), existsSync(to));
      throw new Error('it cannot be audited');
    });
    await expect(looking).rejects.toThrow('it cannot be audited');
    expect(seen).toEqual([true, false]);
    expect(readdirSync(folder.path).filter((it) => it.startsWith('copy'))).toEqual(['copy.db']);
  });

  it('to a new file only: one that has come meanwhile is not written over, and no copy stays', async () => {
    using folder = new Folder();
    const [from, to] = [join(folder.path, 'a.db'), join(folder.path, 'copy.db')];
    await (await openDatabase(from)).close();
    const copying = copyDurably(from, to, async () => writeFileSync(to, 'precious'));
    await expect(copying).rejects.toThrow(`${to} is there already`);
    expect(readFileSync(to, 'utf8')).toBe('precious');
    expect(readdirSync(folder.path).filter((it) => it.startsWith('copy'))).toEqual(['copy.db']);
  });

  it('also where the file system has no links', async () => {
    using folder = new Folder();
    const [from, to] = [join(folder.path, 'a.db'), join(folder.path, 'copy.db')];
    await (await openDatabase(from)).close();
    vi.mocked(link).mockRejectedValueOnce(Object.assign(new Error('no links'), { code: 'EPERM' }));
    expect((await answer(backup, to, '--database', from)).code).toBe(0);
    expect(readdirSync(folder.path).filter((it) => it.startsWith('copy'))).toEqual(['copy.db']);
  });

  it.each(['-wal', '-shm', '-journal'])(
    'to a new file only: not where SQLite would read a %s of another with it (exit code 2)',
    async (beside) => {
      using folder = new Folder();
      const [from, to] = [join(folder.path, 'a.db'), join(folder.path, 'copy.db')];
      await (await openDatabase(from)).close();
      writeFileSync(to + beside, '');
      const { code, err } = await answer(backup, to, '--database', from);
      expect([code, err]).toEqual([2, expect.stringContaining(`${to}${beside} is there already`)]);
      expect(existsSync(to)).toBe(false);
    },
  );

  it('and is found unsound where it has not the head that the database had (exit code 1)', async () => {
    using folder = new Folder();
    const [from, other] = [join(folder.path, 'a.db'), join(folder.path, 'other.db')];
    await (await loaded(from)).close();
    await (await openDatabase(other)).close();
    const { copyDatabase: copied } =
      await vi.importActual<typeof import('../../db/copy.ts')>('../../db/copy.ts');
    vi.mocked(copyDatabase).mockImplementationOnce((_, to) => copied(other, to));
    const { code, out } = await answer(backup, join(folder.path, 'copy.db'), '--database', from);
    expect([code, out]).toEqual([1, expect.stringContaining('✗ seal : The database ends at seal 0.')]);
  });

  it('to a new file only: one that is there is not written over (exit code 2)', async () => {
    using folder = new Folder();
    const [from, to] = [join(folder.path, 'a.db'), join(folder.path, 'precious.db')];
    await (await openDatabase(from)).close();
    writeFileSync(to, 'precious');
    expect((await answer(backup, to, '--database', from)).code).toBe(2);
    expect(readFileSync(to, 'utf8')).toBe('precious');
    expect((await answer(backup, join(folder.path, 'none', 'b.db'), '--database', from)).code).toBe(2);
    expect(
      (await answer(backup, join(folder.path, 'b.db'), '--database', join(folder.path, 'none.db'))).code,
    ).toBe(2);
    expect((await answer(backup, '--database', from)).code).toBe(2);
  });
});
