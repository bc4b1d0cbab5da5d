/** Node's own SQLite behind the same dialect: the other driver of the contract tests. */
import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite';
import { buildQueryFn, parseBigInt } from 'kysely-generic-sqlite';
import { assertBindable } from '../../db/bindable.ts';
import { isQuery, type OpenSqlite } from '../../db/dialect.ts';

export const openNodeSqlite: OpenSqlite = async (filename, access) => {
  const db = new DatabaseSync(filename, { readOnly: access === 'read', timeout: 1000 });
  const prepared = (text: string, parameters: readonly unknown[] = []): [StatementSync, SQLInputValue[]] => {
    parameters.forEach(assertBindable);
    return [db.prepare(text), parameters as SQLInputValue[]];
  };
  return {
    db,
    query: buildQueryFn({
      all: async (text, parameters) => {
        const [statement, values] = prepared(text, parameters);
        return statement.all(...values).map((row) => ({ ...row })) as never;
      },
      run: async (text, parameters) => {
        const [statement, values] = prepared(text, parameters);
        const { changes, lastInsertRowid } = statement.run(...values);
        return { insertId: parseBigInt(lastInsertRowid) ?? 0n, numAffectedRows: parseBigInt(changes) ?? 0n };
      },
      isQuery: (text) => isQuery(text),
    }),
    close: async () => db.close(),
  };
};
