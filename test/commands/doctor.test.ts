import { chmodSync, closeSync, openSync, statSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { sql } from 'kysely';
import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type Database, openDatabase } from '../../db/open.ts';
import { doctor } from '../../src/commands/doctor.ts';
import { openDemo } from '../../src/demo.ts';
import { postgresHere } from '../fixtures/postgres.ts';
import { answer, Folder } from './command.ts';

const postgres = await postgresHere();

let folder: Folder;
let file: string;
beforeEach(() => {
  folder = new Folder();
  file = join(folder.path, 'a.db');
});
afterEach(() => folder[Symbol.dispose]());

/** A database that a server has had open, with something done to it. */
async function database(change: (db: Database) => Promise<unknown> = async () => {}): Promise<void> {
  const db = await openDatabase(file);
  const services = await openDemo({ db, log: pino({ level: 'silent' }) });
  await services.engine.drain();
  await change(db);
  await db.close();
  chmodSync(file, 0o600);
}

const examined = () => answer(doctor, '--database', file);

/** The checks that found something. */
const found = (out: string) => [...out.matchAll(/^✗ (\w+)/gm)].map((it) => it[1]);

const deadline = (due: string, failure: string | null) => (db: Database) =>
  db.writer
    .insertInto('deadline')
    .values({
      actor: 'a',
      state: 's',
      name: 'n',
      tenant: 'huddinge',
      root: 'a',
      epoch: 1,
      due_at: due,
      last_day: due.slice(0, 10),
      failure,
    })
    .execute();

const run =
  (...texts: readonly string[]) =>
  async (db: Database) => {
    for (const text of texts) await sql.raw(text).execute(db.writer);
  };

const pinned = `insert into actor (id, chart, chart_version, chart_hash, root, tenant, version, snapshot, head, title, state, ended, created_at, updated_at)
  values ('a', 'gone', 1, 'h', 'a', 't', 1, '{}', 'h', 'A', 's', 0, '2026', '2026')`;

const disabled = (reason: string) =>
  run(`insert into subscription (id, tenant, name, url, events, bodies, routes, secrets, signing_key, heard, state, reason, created_at, created_by)
    values ('s', 't', 'Arkivet', 'https://a.example', '[]', '[]', '[]', '[]', 'k', 0, 'disabled', '${reason}', '2026', 'Ada')`);

describe('A database is looked over', () => {
  it('and nothing is wrong with a new one', async () => {
    await database();
    const { code, out } = await examined();
    expect(found(out)).toEqual([]);
    expect(code).toBe(0);
    expect(out).toContain('✓ pages');
  });

  it.each([
    ['schema', run("insert into kysely_migration values ('9999-future', '2030-01-01')")],
    ['definitions', run(pinned)],
    ['definitions', run("update definition set hash = '0' where name = 'huddinge/sn-matter'")],
    ['plans', run("insert into move_plan values ('p', '0', '{}', '2026', 'Ada')")],
    ['clock', run("insert into seal values (1, 0, '2999-01-01T00:00:00.000Z', 'p', 'h')")],
    ['deadlines', deadline('2020-01-01T00:00:00.000Z', null)],
    ['deadlines', deadline('2999-01-01T00:00:00.000Z', 'it could not be')],
    ['messages', disabled('gone')],
  ])('and what is wrong with its %s is told, and nothing else (exit code 1)', async (check, change) => {
    await database(change);
    const { code, out } = await examined();
    expect(found(out)).toEqual([check]);
    expect(code).toBe(1);
  });

  it.each([
    ['table term', 'drop table term'],
    ['index actor_number', 'drop index actor_number'],
    ['index deadline_due', 'drop index deadline_due'],
    ['trigger entry_kept', 'drop trigger entry_kept'],
    ['table actor', 'alter table actor add column extra text'],
    ['trigger extra', 'create trigger extra after insert on actor begin delete from actor; end'],
  ])('and a %s that is not as the program makes it is told', async (name, statement) => {
    await database(run(statement));
    const { out } = await examined();
    expect(found(out)).toEqual(['schema']);
    expect(out).toContain(`not as the program makes them (${name}`);
  });

  it('and a table of another program, as one that copies the file, is well', async () => {
    await database(run('create table elsewhere (id integer primary key)'));
    expect((await examined()).code).toBe(0);
  });

  it.runIf(postgres)('and the same is told of PostgreSQL, by name', async () => {
    const address = (await postgres?.create()) ?? '';
    const looked = async () => found((await answer(doctor, '--database', address)).out);
    expect(await looked()).toEqual([]);
    const spoilt = [
      'drop table term',
      'drop index deadline_due',
      'drop trigger entry_kept_whole on entry',
      'alter table actor add column extra text',
    ];
    const db = await openDatabase(address);
    for (const it of spoilt) await run(it)(db);
    await db.close();
    const { out } = await answer(doctor, '--database', address);
    for (const it of ['table term', 'index deadline_due', 'trigger entry_kept_whole', 'table actor'])
      expect(out).toContain(it);
    expect(await looked()).toEqual(['schema']);
  });

  it.runIf(postgres).each([
    ['trigger extra', 'create trigger extra before insert on actor for each row execute function meddle()'],
    [
      'trigger entry_kept',
      'create or replace trigger entry_kept before delete on entry for each row execute function meddle()',
    ],
    ['trigger entry_kept', 'alter table entry disable trigger entry_kept'],
    ['trigger entry_remembered', 'drop trigger entry_remembered on entry'],
    ['rule extra', 'create rule extra as on update to actor do instead nothing'],
    ['index extra', 'create unique index extra on actor (title)'],
  ])('and on PostgreSQL a %s that is not as the program makes it: %s', async (name, statement) => {
    const address = (await postgres?.create()) ?? '';
    const db = await openDatabase(address);
    await run(
      `create function meddle() returns trigger language plpgsql as 'begin return null; end'`,
      'create table elsewhere (id integer primary key)',
      'create trigger elsewhere before insert on elsewhere for each row execute function meddle()',
      statement,
    )(db);
    await db.close();
    const { out } = await answer(doctor, '--database', address);
    expect(out).toContain(`not as the program makes them (${name})`);
  });

  it('and a deadline that is yet to fall due is well', async () => {
    await database(deadline('2999-01-01T00:00:00.000Z', null));
    expect((await examined()).code).toBe(0);
  });

  it('and a receiver that someone has turned off is well', async () => {
    await database(disabled('byHand'));
    expect((await examined()).code).toBe(0);
  });

  it('and pages that were written over are told', async () => {
    await database();
    const { size } = statSync(file);
    const pages = openSync(file, 'r+');
    writeSync(pages, Buffer.alloc(4096, 7), 0, 4096, size - 4096);
    closeSync(pages);
    expect(found((await examined()).out)).toContain('pages');
  });

  it('and an index that lacks what its table has is told: by it no deadline would be found', async () => {
    await database(async (db) => {
      await deadline('2999-01-01T00:00:00.000Z', null)(db);
      const { rows } = await sql<{ sql: string }>`
        select sql from sqlite_schema where name = 'deadline_due'`.execute(db.writer);
      await run(
        'pragma writable_schema = on',
        'drop index deadline_due',
        'create index deadline_due on deadline (due_at) where 0',
        `update sqlite_schema set sql = '${rows[0]?.sql}' where name = 'deadline_due'`,
      )(db);
    });
    const { out } = await examined();
    expect(found(out)).toEqual(['pages']);
    expect(out).toContain('deadline_due');
  });

  it('and who else on the machine can read it is told', async () => {
    await database();
    chmodSync(file, 0o644);
    expect(found((await examined()).out)).toEqual(['access']);
  });

  it('and settings that are wrong are told by name', async () => {
    await database();
    vi.stubEnv('PORT', 'x');
    vi.stubEnv('DATABASE_PATH', file);
    const { out } = await answer(doctor);
    vi.unstubAllEnvs();
    expect(out).toMatch(/✗ settings: environment variables are wrong: PORT/);
    expect(out).toMatch(/✓ schema/);
  });

  it('in Swedish and for machines', async () => {
    await database(run(pinned));
    expect((await answer(doctor, '--database', file, '--lang', 'sv')).out).toMatch(
      /✗ definitions: servern startar inte/,
    );
    const { out } = await answer(doctor, '--database', file, '--json');
    expect(JSON.parse(out)).toContainEqual({ check: 'pages', ok: true, says: null });
  });

  it('and where there is none that is a wrong use (exit code 2)', async () => {
    expect(await examined()).toMatchObject({ code: 2, err: expect.stringContaining('there is no database') });
  });
});
