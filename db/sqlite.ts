/** Kysely over node-sqlite3 (statements run on another thread, so that the event loop is free during fsync). */
import { CompiledQuery, type DatabaseConnection, type Driver } from 'kysely';
import {
  BaseSqliteDialect,
  buildQueryFn,
  GenericSqliteDriver,
  type IGenericSqlite,
  parseBigInt,
} from 'kysely-generic-sqlite';
import sqlite3 from 'sqlite3';

type Parameters = readonly unknown[] | undefined;

class ImmediateDriver extends GenericSqliteDriver {
  /** A transaction takes the write lock when it begins: it never fails half way for a lock. */
  override async beginTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw('begin immediate'));
  }

  /** When the disk is full or failing SQLite rolls back by itself; what it failed with is the error to tell. */
  override async rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    await super.rollbackTransaction(connection).catch((error: unknown) => {
      if (!String(error).includes('no transaction is active')) throw error;
    });
  }
}

class Sqlite3Dialect extends BaseSqliteDialect {
  constructor(
    open: () => Promise<IGenericSqlite>,
    onConnect: (connection: DatabaseConnection) => Promise<void>,
  ) {
    super((): Driver => new ImmediateDriver(open, onConnect));
  }
}

/**
 * What node-sqlite3 would bind as something else: an integer above 2^31 as REAL, an object as a string, a
 * BigInt as NULL. None of our columns holds such a value, so one is a defect and is refused.
 */
function assertBindable(value: unknown): void {
  const safe =
    value === null ||
    typeof value === 'string' ||
    (typeof value === 'number' && Number.isInteger(value) && Math.abs(value) < 2 ** 31);
  if (!safe) throw new TypeError(`cannot bind ${typeof value} ${String(value)}`);
}

const isQuery = (text: string) => /^\s*(select|with|pragma)\b|\breturning\b/i.test(text);

function open(filename: string, mode: number): Promise<IGenericSqlite<sqlite3.Database>> {
  return new Promise((resolve, reject) => {
    const db = new sqlite3.Database(filename, mode, (error) =>
      error ? reject(error) : resolve(executor(db)),
    );
  });
}

function executor(db: sqlite3.Database): IGenericSqlite<sqlite3.Database> {
  const all = (text: string, parameters: Parameters = []) =>
    new Promise<unknown[]>((resolve, reject) => {
      parameters.forEach(assertBindable);
      db.all(text, parameters, (error, rows) => (error ? reject(error) : resolve(rows)));
    });
  const run = (text: string, parameters: Parameters = []) =>
    new Promise<{ insertId: bigint; numAffectedRows: bigint }>((resolve, reject) => {
      parameters.forEach(assertBindable);
      db.run(text, parameters, function (error) {
        if (error) reject(error);
        else
          resolve({
            insertId: parseBigInt(this.lastID) ?? 0n,
            numAffectedRows: parseBigInt(this.changes) ?? 0n,
          });
      });
    });
  return {
    db,
    query: buildQueryFn({ all: all as never, run, isQuery: (text) => isQuery(text) }),
    close: () =>
      new Promise<void>((resolve, reject) => db.close((error) => (error ? reject(error) : resolve()))),
  };
}

/** Settings that durability and safety rest on; each is read back, for SQLite ignores what it cannot do. */
const settings = {
  journal_mode: 'wal',
  synchronous: 2,
  foreign_keys: 1,
  busy_timeout: 5000,
  trusted_schema: 0,
  // Else `insert or replace` would delete an entry of the log without asking its trigger.
  recursive_triggers: 1,
  journal_size_limit: 67_108_864,
} as const;

async function configure(connection: DatabaseConnection, inMemory: boolean): Promise<void> {
  for (const [name, value] of Object.entries(settings)) {
    await connection.executeQuery(CompiledQuery.raw(`pragma ${name} = ${value}`));
    const { rows } = await connection.executeQuery<Record<string, unknown>>(
      CompiledQuery.raw(`pragma ${name}`),
    );
    const actual = Object.values(rows[0] ?? {})[0];
    if (actual !== value && !(inMemory && name === 'journal_mode'))
      throw new Error(`SQLite did not take ${name} = ${value}: it is ${String(actual)}`);
  }
}

/** The writing connection. `:memory:` for tests and the player. */
export const sqliteWriter = (filename: string) =>
  new Sqlite3Dialect(
    () => open(filename, sqlite3.OPEN_READWRITE | sqlite3.OPEN_CREATE | sqlite3.OPEN_FULLMUTEX),
    (connection) => configure(connection, filename === ':memory:'),
  );

/** A connection that cannot write. */
export const sqliteReader = (filename: string) =>
  new Sqlite3Dialect(
    () => open(filename, sqlite3.OPEN_READONLY | sqlite3.OPEN_FULLMUTEX),
    async (connection) => {
      await connection.executeQuery(CompiledQuery.raw(`pragma busy_timeout = ${settings.busy_timeout}`));
      await connection.executeQuery(CompiledQuery.raw('pragma query_only = 1'));
    },
  );

/**
 * Holds a file that only one process can hold: a second server on the same database is refused. The lock is
 * SQLite's own, so the operating system releases it when the process dies.
 */
export async function lockFile(filename: string): Promise<() => Promise<void>> {
  const lock = await open(`${filename}.lock`, sqlite3.OPEN_READWRITE | sqlite3.OPEN_CREATE);
  try {
    await lock.query(false, 'begin exclusive', []);
  } catch {
    await lock.close();
    throw new Error(`another server is already running on ${filename}`);
  }
  return async () => {
    await lock.close();
  };
}
