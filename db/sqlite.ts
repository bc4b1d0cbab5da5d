/** node-sqlite3: statements run on another thread, so that the event loop is free while the disk is written. */
import type { Dialect } from 'kysely';
import { buildQueryFn, type IGenericSqlite, parseBigInt } from 'kysely-generic-sqlite';
import sqlite3 from 'sqlite3';
import { assertBindable } from './bindable.ts';
import { isQuery, type OpenSqlite, reading } from './dialect.ts';

const modes = {
  read: sqlite3.OPEN_READONLY | sqlite3.OPEN_FULLMUTEX,
  write: sqlite3.OPEN_READWRITE | sqlite3.OPEN_CREATE | sqlite3.OPEN_FULLMUTEX,
};

export const openSqlite: OpenSqlite = (filename, access) =>
  new Promise((resolve, reject) => {
    const db = new sqlite3.Database(filename, modes[access], (error) => {
      if (error) reject(new Error(`${filename}: ${error.message}`, { cause: error }));
      else resolve(executor(db));
    });
  });

type Parameters = readonly unknown[] | undefined;

function executor(db: sqlite3.Database): IGenericSqlite<sqlite3.Database> {
  const statements = new Statements(db);
  const all = async (text: string, parameters: Parameters = []) => {
    parameters.forEach(assertBindable);
    const statement = await statements.of(text);
    return new Promise<unknown[]>((resolve, reject) => {
      statement.all(parameters, (error, rows) => (error ? reject(error) : resolve(rows)));
    });
  };
  const run = async (text: string, parameters: Parameters = []) => {
    parameters.forEach(assertBindable);
    const statement = await statements.of(text);
    return new Promise<{ insertId: bigint; numAffectedRows: bigint }>((resolve, reject) => {
      statement.run(parameters, function (error) {
        if (error) reject(error);
        else
          resolve({
            insertId: parseBigInt(this.lastID) ?? 0n,
            numAffectedRows: parseBigInt(this.changes) ?? 0n,
          });
      });
    });
  };
  return {
    db,
    query: buildQueryFn({ all: all as never, run, isQuery: (text) => isQuery(text) }),
    close: async () => {
      await statements.close();
      await new Promise<void>((resolve, reject) => db.close((error) => (error ? reject(error) : resolve())));
    },
  };
}

/** Statements kept prepared: the most recently used. Each holds what it was last given, so there are not too many. */
const MOST_STATEMENTS = 128;

/** The statements of a connection, each prepared once: preparing took most of the time of a short commit. */
class Statements {
  readonly #db: sqlite3.Database;
  readonly #kept = new Map<string, sqlite3.Statement>();

  constructor(db: sqlite3.Database) {
    this.#db = db;
  }

  /** @throws the database's own error for a text that is not SQL. */
  async of(text: string): Promise<sqlite3.Statement> {
    const statement = this.#kept.get(text) ?? (await this.#prepare(text));
    this.#kept.delete(text);
    this.#kept.set(text, statement);
    for (const [oldest, it] of this.#kept) {
      if (this.#kept.size <= MOST_STATEMENTS) break;
      this.#kept.delete(oldest);
      await finalized(it);
    }
    return statement;
  }

  #prepare(text: string): Promise<sqlite3.Statement> {
    return new Promise((resolve, reject) => {
      const statement = this.#db.prepare(text, (error: Error | null) =>
        error ? reject(error) : resolve(statement),
      );
    });
  }

  async close(): Promise<void> {
    await Promise.all([...this.#kept.values()].map(finalized));
    this.#kept.clear();
  }
}

const finalized = (statement: sqlite3.Statement): Promise<void> =>
  new Promise((resolve) => {
    statement.finalize(() => resolve());
  });

/** A connection to a file that another process may be writing. */
export const sqliteReader = (filename: string): Dialect => reading(openSqlite, filename);
