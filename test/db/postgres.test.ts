import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { Kysely, sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { define } from '../../db/define.ts';
import { type Database, openBeside, openDatabase } from '../../db/open.ts';
import { postgres as dialect } from '../../db/postgres.ts';
import { postgresHere } from '../fixtures/postgres.ts';

const postgres = await postgresHere();

describe.runIf(postgres)('a PostgreSQL database', () => {
  let address: string;
  let db: Database;
  beforeEach(async () => {
    address = (await postgres?.create()) ?? '';
    db = await openDatabase(address);
  });
  afterEach(() => db.close());

  const shapeOf = async (reader: Kysely<never>) =>
    (await reader.introspection.getTables())
      .filter((it) => !['last_ever', 'claim', 'sqlite_sequence'].includes(it.name))
      .map(({ name, columns }) => ({
        name,
        columns: columns.map((it) => ({ name: it.name, type: it.dataType.replace('int4', 'integer') })),
      }))
      .sort((a, b) => (a.name < b.name ? -1 : 1));

  test('has the tables that SQLite has, with the same columns of the same types', async () => {
    const sqlite = await openDatabase(':memory:');
    const lower = (shape: Awaited<ReturnType<typeof shapeOf>>) => JSON.stringify(shape).toLowerCase();
    const reader = new Kysely<never>({ dialect: dialect(address, 'migrate') });
    expect(lower(await shapeOf(reader))).toBe(lower(await shapeOf(sqlite.reader as never)));
    await reader.destroy();
    await sqlite.close();
  });

  test('orders every text by its bytes, though its own language is another', async () => {
    const { rows } = await sql<{ place: string; collation: string | null }>`
      select table_name || '.' || column_name as place, collation_name as collation
      from information_schema.columns
      where table_schema = 'public' and data_type = 'text'`.execute(db.reader);
    expect(rows.length).toBeGreaterThan(50);
    expect(rows.filter((it) => it.collation !== 'C')).toEqual([]);
    const { rows: own } = await sql<{ later: boolean }>`select 'Z' > 'a' as later`.execute(db.reader);
    expect(own).toEqual([{ later: true }]);
  });

  test('is brought up to date once, when several servers start on it at the same moment', async () => {
    const empty = (await postgres?.createEmpty()) ?? '';
    const opened = await Promise.all([1, 2, 3].map(() => openDatabase(empty)));
    const { rows } = await sql<{ n: number }>`
      select count(*) as n from kysely_migration`.execute(db.reader);
    const { rows: known } = await sql<{ n: number }>`
      select count(*) as n from kysely_migration`.execute(opened[0]?.reader ?? db.reader);
    expect(known).toEqual(rows);
    for (const it of opened) await it.close();
  });

  test('that a later program has brought further is refused', async () => {
    await sql`insert into kysely_migration values ('9999-future', '2030')`.execute(db.writer);
    await expect(openDatabase(address)).rejects.toThrow(/newer version.*9999-future/);
  });

  test('is not brought up to date beside the servers that run on it, and what is not of their version is refused', async () => {
    const beside = await openBeside(address);
    expect(beside.shared).toBe(true);
    await beside.close();
    const names = () => sql<{ name: string }>`select name from kysely_migration`.execute(db.reader);
    const { name } = (await names()).rows.at(-1) ?? { name: '' };
    await sql`delete from kysely_migration where name = ${name}`.execute(db.writer);
    await expect(openBeside(address)).rejects.toThrow('an older version');
    expect((await names()).rows.map((it) => it.name)).not.toContain(name);
    const empty = (await postgres?.createEmpty()) ?? '';
    await expect(openBeside(empty)).rejects.toThrow('none of the tables');
    await expect(openBeside(`${empty}_not`)).rejects.toThrow('does not exist');
  });

  test('that would lose what it has confirmed is refused', async () => {
    const name = new URL(address).pathname.slice(1);
    await sql.raw(`alter database ${name} set synchronous_commit = off`).execute(db.writer);
    await expect(openDatabase(address)).rejects.toThrow('synchronous_commit is off');
  });
});

describe.runIf(postgres)('a migration that is said once', () => {
  test('keeps on PostgreSQL what its triggers keep on SQLite, where their condition holds', async () => {
    const address = (await postgres?.createEmpty()) ?? '';
    const dbs = [await openDatabase(':memory:'), await openDatabase(address)];
    for (const { writer, close } of dbs) {
      await define(writer as unknown as Kysely<unknown>, [
        'create table note (id integer primary key autoincrement, says text not null) strict',
        `create trigger note_unchanged before update of says on note when (old.says <> new.says)
          begin select raise(abort, 'a note is not changed'); end`,
        `create trigger note_kept before delete on note begin select raise(abort, 'a note is kept'); end`,
      ]);
      await sql`insert into note (says) values ('a'), ('b')`.execute(writer);
      await sql`update note set says = 'a' where id = 1`.execute(writer);
      await expect(sql`update note set says = 'b' where id = 1`.execute(writer)).rejects.toThrow(
        'not changed',
      );
      await expect(sql`delete from note`.execute(writer)).rejects.toThrow('a note is kept');
      await close();
    }
    const later = new Kysely<unknown>({ dialect: dialect(address, 'write') });
    await expect(sql`truncate note`.execute(later)).rejects.toThrow('a note is kept');
    await later.destroy();
  });
});

/** A way to a server that stops carrying anything on the connections that there are; new ones go through. */
async function wayTo(address: string) {
  const url = new URL(address);
  const { hostname: host, port } = url;
  const sockets: Socket[] = [];
  const way = createServer((client) => {
    const server = connect(Number(port), host);
    for (const it of [client, server]) it.on('error', () => {});
    sockets.push(client.pipe(server), server.pipe(client));
  });
  await new Promise<void>((resolve) => way.listen(0, '127.0.0.1', resolve));
  url.port = String((way.address() as AddressInfo).port);
  return {
    address: url.href,
    fallSilent: () => {
      for (const it of sockets.splice(0)) it.unpipe().removeAllListeners('data').resume();
    },
    close: () => way.close(),
  };
}

describe.runIf(postgres)('a connection on which nothing arrives any more', () => {
  afterEach(() => void vi.useRealTimers());

  test('is given up with its statement after a minute, and the next statement has another', async () => {
    const way = await wayTo((await postgres?.create()) ?? '');
    const db = new Kysely<never>({ dialect: dialect(way.address, 'write') });
    const pid = async (it: Kysely<never>) =>
      (await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(it)).rows[0]?.pid;
    const before = await pid(db);
    expect(await pid(db)).toBe(before);
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const lost = db.transaction().execute(async (trx) => {
      way.fallSilent();
      return pid(trx);
    });
    const ended = vi.fn();
    lost.catch(ended);
    await vi.waitFor(() => expect(vi.getTimerCount()).toBe(1), { interval: 10 });
    await vi.advanceTimersByTimeAsync(59_000);
    expect(ended).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(1_000);
    vi.useRealTimers();
    await expect(lost).rejects.toThrow('timeout');
    expect(await pid(db)).not.toBe(before);
    await db.destroy();
    way.close();
  });
});
