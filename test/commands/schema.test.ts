/** A command may be given a database that servers of another version run on: only a server's start changes its schema. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Kysely, sql } from 'kysely';
import { Migrator } from 'kysely/migration';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writing } from '../../db/dialect.ts';
import { isAddress } from '../../db/location.ts';
import { migrations } from '../../db/migrations/all.ts';
import { openDatabase } from '../../db/open.ts';
import { postgres as dialect } from '../../db/postgres.ts';
import { openSqlite } from '../../db/sqlite.ts';
import { arendegang } from '../../src/commands/arendegang.ts';
import type { Command } from '../../src/commands/command.ts';
import { startServer } from '../../src/commands/serve.ts';
import { readConfig } from '../../src/config.ts';
import { postgresHere } from '../fixtures/postgres.ts';
import { answer, Folder } from './command.ts';

const postgres = await postgresHere();
const folder = new Folder();
afterAll(() => folder[Symbol.dispose]());
let files = 0;
const newFile = async () => join(folder.path, `${++files}.db`);
const nowhere = 'postgres://nobody@127.0.0.1:1/none';

const plan = folder.file('plan.json', {});
const redact = ['redact', '--decision', 'SN 2032-01-12 § 7'];
const newToken = ['token', 'create', 'Arkivet', '--municipality', 'huddinge', '--role', 'auditor'];

/** The commands that refuse a database of another version, each with what it is given before --database. */
const refusing: readonly (readonly string[])[] = [
  ['verify'],
  ['migrate', plan, '--dry-run'],
  ['migrate', plan],
  redact,
  [...redact, '--carry-out', '--by', 'Ada'],
  ['token', 'list'],
  newToken,
  ['account', 'renew', 'admin'],
];
/** The commands that are tried below in another way, and those that open no database that is there. */
const tried = ['serve', 'doctor', 'backup', 'transfer'];
const without = ['play', 'check', 'rules'];

const unsaid = { sv: '', en: '' };
const whole: Command = {
  name: 'arendegang',
  summary: unsaid,
  help: unsaid,
  run: (args, speech) => arendegang(args, speech, speech.language),
};
const run = (args: readonly string[], database?: string) =>
  answer(whole, ...args, ...(database === undefined ? [] : ['--database', database]));

const [before = '', newest = ''] = Object.keys(migrations).slice(-2);

/** A database as the program before the newest migration left it. */
const older = (location: string) =>
  within(location, async (db) => {
    const provider = { getMigrations: async () => ({ ...migrations }) };
    expect((await new Migrator({ db, provider }).migrateTo(before)).error).toBeUndefined();
  });

async function newer(location: string): Promise<void> {
  await (await openDatabase(location)).close();
  await within(location, (db) =>
    sql`insert into kysely_migration values ('9999-future', '2030')`.execute(db),
  );
}

const schemaOf = (location: string) =>
  within(location, async (db) => {
    const { rows } = await sql`select * from kysely_migration order by name`.execute(db);
    return { rows, tables: await db.introspection.getTables() };
  });

async function within<T>(location: string, act: (db: Kysely<unknown>) => Promise<T>): Promise<T> {
  const db = new Kysely<unknown>({
    dialect: isAddress(location) ? dialect(location, 'migrate') : writing(openSqlite, location),
  });
  return act(db).finally(() => db.destroy());
}

const databases: [string, () => Promise<string>][] = [['SQLite', newFile]];
if (postgres) databases.push(['PostgreSQL', () => postgres.createEmpty()]);
const versions = [
  [
    'an older',
    older,
    new RegExp(`äldre version.*saknar ${newest}.*an older version.*lacking ${newest}.*start`),
  ],
  ['a newer', newer, /nyare version.*9999-future.*a newer version.*9999-future.*use that one/],
] as const;
const cases = databases.flatMap(([kind, place]) => versions.map((it) => [kind, ...it, place] as const));

describe.each(cases)(
  'On %s, with the schema of %s version of the program,',
  (kind, age, become, says, place) => {
    let database: string;
    let schema: Awaited<ReturnType<typeof schemaOf>>;
    beforeAll(async () => {
      database = await place();
      await become(database);
      schema = await schemaOf(database);
    });

    it.each(refusing.map((args) => [args.filter((it) => it !== plan).join(' '), args]))(
      '%s refuses the database, says what to do (exit code 2), and leaves it as it is',
      async (_, args) => {
        const { code, out, err } = await run(args, database);
        expect({ code, out, err }).toEqual({ code: 2, out: '', err: expect.stringMatching(says) });
        expect(await schemaOf(database)).toEqual(schema);
      },
    );

    it('doctor tells, and leaves it as it is', async () => {
      const { code, out } = await run(['doctor'], database);
      expect([code, out]).toEqual([1, expect.stringMatching(/^✗ schema: .* version of the program/m)]);
      expect(await schemaOf(database)).toEqual(schema);
    });

    it.runIf(kind === 'SQLite')(
      'backup copies it as it is, and says that the copy is not audited',
      async () => {
        const to = await newFile();
        const { code, out } = await run(['backup', to], database);
        expect([code, out]).toEqual([1, expect.stringMatching(says)]);
        expect(await schemaOf(to)).toEqual(schema);
      },
    );

    it('transfer takes nothing from it and puts nothing into it', async () => {
      const own = await newFile();
      await (await openDatabase(own)).close();
      const [from, to] = kind === 'SQLite' ? [database, nowhere] : [own, database];
      const { code, err } = await run(['transfer', '--from', from, '--to', to]);
      expect([code, err]).toEqual([2, expect.stringMatching(says)]);
      expect(await schemaOf(database)).toEqual(schema);
    });

    it(`the start of a server ${age === 'a newer' ? 'refuses it' : 'brings it up to date'}`, async () => {
      const place = isAddress(database) ? { DATABASE_URL: database } : { DATABASE_PATH: database };
      const starting = startServer(readConfig({ ...place, EMPTY: 'true', PORT: '0', LOG_LEVEL: 'silent' }));
      if (age === 'a newer') return expect(starting).rejects.toThrow(says);
      await (await starting).stop();
      expect((await schemaOf(database)).rows).toHaveLength(Object.keys(migrations).length);
      expect((await run(['token', 'list'], database)).code).toBe(0);
    });
  },
);

it('every command is one of those', async () => {
  const { err } = await run([]);
  const names = err.match(/^ {2}(\w+)/gm)?.map((it) => it.trim());
  expect(names?.sort()).toEqual(
    [...new Set([...refusing.map(([name]) => name), ...tried, ...without])].sort(),
  );
});

it('a database without tables is not given them by a command that looks at it', async () => {
  const file = folder.file('empty.db', '');
  expect(await run(['verify'], file)).toMatchObject({
    code: 2,
    err: expect.stringContaining('none of the tables'),
  });
  expect(existsSync(`${file}-wal`)).toBe(false);
});
