/**
 * A server's database whose disk fails once: `node moving-child.ts FOLDER`. While somebody reads, the writer moves a part
 * of what waits in the log before the file; the sync with which SQLite moves the rest fails; then all of it is moved, and
 * the log begins again. A line of `acks` is the number of a row that is there.
 */
import { appendFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { sql } from 'kysely';
import type { OpenSqlite } from '../../db/dialect.ts';
import { openDatabase, openReader } from '../../db/open.ts';
import { openSqlite } from '../../db/sqlite.ts';

const [folder = ''] = process.argv.slice(2);
const file = join(folder, 'a.db');
/** MiB: more than waits before it is moved, and than the log takes before it begins again. */
const MUCH = 80;
/** The second sync fails: of a checkpoint that is the one of the file, after that of the log. */
const FAULT = 's 5 2';

type Around = <T>(move: () => Promise<T>) => Promise<T>;
const asItIs: Around = (move) => move();
/** What is done about moving pages: by the writer, which is the connection that is opened first, and beside it. */
const around = { writer: asItIs, beside: asItIs };

let opened = 0;
const open: OpenSqlite = async (filename, access) => {
  const driver = await openSqlite(filename, access);
  const whose = filename === file && access === 'write' && opened++ === 0 ? 'writer' : 'beside';
  const query: typeof driver.query = (isSelect, text, parameters) => {
    const asked = async () => driver.query(isSelect, text, parameters);
    return text.includes('passive') ? around[whose](asked) : asked();
  };
  return { ...driver, query };
};

const db = await openDatabase(file, open);
await sql`create table filled (n integer primary key, text text not null) strict`.execute(db.writer);

let rows = 0;
let filling: Promise<unknown> = Promise.resolve();
let paused = Promise.resolve();

/** Writes so many MiB, as long as there is something to wait for. */
async function fill(size: number, goesOn = () => true): Promise<void> {
  for (let n = 0; n < size * 4 && goesOn(); n++) {
    await paused;
    filling = sql`insert into filled values (${++rows}, ${'x'.repeat(2 ** 18)})`.execute(db.writer);
    await filling;
    appendFileSync(join(folder, 'acks'), `${rows}\n`);
  }
}

/** Reads what is there now, until it is told to stop. */
async function reading(): Promise<() => Promise<unknown>> {
  const reader = await openReader(file);
  await sql`begin`.execute(reader);
  await sql`select count(*) from filled`.execute(reader);
  return () => sql`commit`.execute(reader);
}

const stop = await reading();
await fill(18);
const stopLater = await reading();
around.writer = async (move) => {
  around.writer = asItIs;
  await stop();
  return move();
};
await fill(MUCH, () => around.writer !== asItIs);
await stopLater();
around.beside = async (move) => {
  around.beside = asItIs;
  const { promise, resolve } = Promise.withResolvers<void>();
  paused = promise;
  await filling;
  writeFileSync(process.env.POWER_FAULTS ?? '', FAULT);
  return move().finally(() => {
    writeFileSync(process.env.POWER_FAULTS ?? '', '');
    resolve();
  });
};
await fill(MUCH, () => around.beside !== asItIs);
await fill(MUCH);
process.exit(0);
