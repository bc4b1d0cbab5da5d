import { join } from 'node:path';
import { sql } from 'kysely';
import { pino } from 'pino';
import { describe, expect, test } from 'vitest';
import { type Database, openDatabase } from '../../db/open.ts';
import { transfer } from '../../src/commands/transfer.ts';
import { verify } from '../../src/commands/verify.ts';
import { loadDemo } from '../../src/demo/load.ts';
import { changeRights, program } from '../../src/engine/rights.ts';
import { addAccount } from '../../src/store/accounts.ts';
import { entriesAfter } from '../../src/store/entries.ts';
import { rightsChangesAfter } from '../../src/store/rights.ts';
import { lastEver } from '../../src/store/seals.ts';
import { writeSeries } from '../../src/store/series.ts';
import { postgresHere } from '../fixtures/postgres.ts';
import { answer, Folder } from './command.ts';

const postgres = await postgresHere();
const write = ({ writer }: Database) => writer.transaction();

/** A file with the demonstration's first matter in it, and a number that is remembered of a message that is gone. */
async function filled(folder: Folder): Promise<string> {
  const file = join(folder.path, 'a.db');
  const db = await openDatabase(file);
  await loadDemo(db, pino({ level: 'silent' }), Date.parse('2026-05-21T09:00:00Z'));
  await write(db).execute((trx) => writeSeries(trx, new Map([['å\0\u0001', 7]])));
  await changeRights(db, program, '2026-05-21T09:00:00.000Z', (it) =>
    addAccount(it, {
      login: 'anna',
      name: 'Anna',
      grants: '[{"tenant":"huddinge"}]',
      password: null,
      codeHash: null,
      codeEndsAt: null,
      createdAt: '2026-05-21T09:00:00.000Z',
    }),
  );
  await db.close();
  return file;
}

describe.runIf(postgres)('A file is transferred to PostgreSQL', () => {
  test('with every row, and the copy stands the same audit with the same head', async () => {
    using folder = new Folder();
    const file = await filled(folder);
    const address = (await postgres?.create()) ?? '';
    const { code, out } = await answer(transfer, '--from', file, '--to', address);
    expect(out).toMatch(
      /chain intact: yes\nreplay equal: yes\nlawful: yes\nregister of access rights intact: yes\nhead: /,
    );
    expect(code).toBe(0);
    expect((await answer(verify, '--database', file)).out).toBe(
      (await answer(verify, '--database', address)).out,
    );
    const [from, to] = [await openDatabase(file), await openDatabase(address)];
    expect(await entriesAfter(to.reader, 0, 10_000)).toEqual(await entriesAfter(from.reader, 0, 10_000));
    expect(await to.reader.selectFrom('series').selectAll().execute()).toContainEqual({
      name: 'å\0\u0001',
      last: 7,
    });
    const register = await rightsChangesAfter(from.reader, 0, 10);
    expect(register).toMatchObject([{ kind: 'integration' }, { subject: 'anna', act: 'made' }]);
    expect(await rightsChangesAfter(to.reader, 0, 10)).toEqual(register);
    for (const of of ['entry', 'seal', 'route', 'rights_change'] as const)
      expect(await lastEver(to.reader, of)).toBe(await lastEver(from.reader, of));
    const next = { id: 'next', actor: 'a', tenant: 't', topic: 't', payload: '{}', created_at: 't' };
    for (const { writer } of [from, to]) await writer.insertInto('outbox').values(next).execute();
    const numbers = ({ reader }: Database) =>
      reader.selectFrom('outbox').select('seq').where('id', '=', 'next').execute();
    expect(await numbers(to)).toEqual(await numbers(from));
    for (const it of [from, to]) await it.close();

    // What has something in it is refused, and stays as it was.
    const again = await answer(transfer, '--from', file, '--to', address);
    expect(again).toMatchObject({ code: 2, err: expect.stringContaining('is not empty') });
  });

  test('whose log was changed: the copy is kept, and found unsound (exit code 1)', async () => {
    using folder = new Folder();
    const file = await filled(folder);
    const db = await openDatabase(file);
    await sql`drop trigger entry_redacted`.execute(db.writer);
    await sql`update entry set payload = '{"finds":2}' where type = 'decision.confirm'`.execute(db.writer);
    await db.close();
    const { code, out } = await answer(transfer, '--from', file, '--to', (await postgres?.create()) ?? '');
    expect(code).toBe(1);
    expect(out).toContain('chain intact: NO');
  });

  test('all of it or nothing', async () => {
    using folder = new Folder();
    const file = await filled(folder);
    const address = (await postgres?.create()) ?? '';
    const target = await openDatabase(address);
    await sql`create function fail() returns trigger language plpgsql as
      $$ begin raise exception 'broken off'; end $$`.execute(target.writer);
    await sql`create trigger fails before insert on series for each row execute function fail()`.execute(
      target.writer,
    );
    expect(await answer(transfer, '--from', file, '--to', address)).toMatchObject({
      code: 1,
      err: expect.stringContaining('broken off'),
    });
    expect(await entriesAfter(target.reader, 0, 1)).toEqual([]);
    await sql`drop trigger fails on series`.execute(target.writer);
    await target.close();
    expect((await answer(transfer, '--from', file, '--to', address)).code).toBe(0);
  });

  test('only while no server runs on it (exit code 2)', async () => {
    using folder = new Folder();
    const file = await filled(folder);
    const server = await openDatabase(file);
    const { code, err } = await answer(transfer, '--from', file, '--to', (await postgres?.create()) ?? '');
    await server.close();
    expect(code).toBe(2);
    expect(err).toContain('another server is already running');
  });
});
