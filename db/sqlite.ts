/** node-sqlite3: statements run on another thread, so that the event loop is free while the disk is written. */
import type { Dialect } from 'kysely';
import { buildQueryFn, type IGenericSqlite, parseBigInt } from 'kysely-generic-sqlite';
import sqlite3 from 'sqlite3';
import { assertBindable, isQuery, type OpenSqlite, reading } from './dialect.ts';

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

/** A connection to a file that another process may be writing. */
export const sqliteReader = (filename: string): Dialect => reading(openSqlite, filename);
