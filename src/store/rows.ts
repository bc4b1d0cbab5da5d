import { CompiledQuery, sql } from 'kysely';
import { assertBindable } from '../../db/bindable.ts';
import { isPostgres } from '../../db/kind.ts';
import type { Db, Tables, Trx } from '../../db/tables.ts';

/** Rows of an insert are limited by SQLite's 32,766 parameters; PostgreSQL takes twice as many. */
const ROWS_PER_STATEMENT = 512;

/** In pieces that fit in one statement, each half as long as the one before or shorter: there are few lengths. */
export function* pieces<T>(rows: readonly T[]): Generator<T[]> {
  let at = 0;
  for (let size = ROWS_PER_STATEMENT; size >= 1; size /= 2)
    for (; rows.length - at >= size; at += size) yield rows.slice(at, at + size);
}

/**
 * Inserts rows, many in one statement. The text of a statement is made once for each number of rows, of which there
 * are ten: building and preparing it anew took longer than the steps that it wrote (`npm run bench`).
 * @param more what the statement says after its rows, with the parameters that the writer is given last.
 * @returns a writer, which answers how many rows were written.
 */
export function inserting<Name extends keyof Tables>(
  table: Name,
  columns: readonly (keyof Tables[Name] & string)[],
  more = '',
) {
  const texts = { sqlite: new Map<number, string>(), postgres: new Map<number, string>() };
  const row = `(${columns.map(() => '?').join(', ')})`;
  const textOf = (count: number, kind: keyof typeof texts): string => {
    const known = texts[kind].get(count);
    if (known) return known;
    const all = `insert into ${table} (${columns.join(', ')}) values ${Array(count).fill(row).join(', ')} ${more}`;
    let place = 0;
    const text = kind === 'sqlite' ? all : all.replaceAll('?', () => `$${++place}`);
    texts[kind].set(count, text);
    return text;
  };
  return async (
    trx: Trx,
    rows: readonly Partial<Record<keyof Tables[Name], unknown>>[],
    ...last: readonly unknown[]
  ): Promise<number> => {
    const kind = isPostgres(trx) ? 'postgres' : 'sqlite';
    let written = 0;
    for (const piece of pieces(rows)) {
      const values = piece.flatMap((it) => columns.map((column) => it[column]));
      const query = CompiledQuery.raw(textOf(piece.length, kind), [...values, ...last]);
      written += Number((await trx.executeQuery(query)).numAffectedRows ?? 0n);
    }
    return written;
  };
}

/**
 * Rows of texts to compare with, for `(a, b) in (…)`: the text of the query is the same for any number of them.
 * @throws TypeError as `jsonOf` does.
 */
export function listed(db: Db, rows: readonly (readonly string[])[]) {
  const values = sql.join((rows[0] ?? ['']).map((_, place) => sql`it.value ->> ${sql.lit(place)}`));
  const json = jsonOf(rows);
  return isPostgres(db)
    ? sql`(select ${values} from json_array_elements(${json}::json) as it(value))`
    : sql`(select ${values} from jsonb_each(${json}) as it)`;
}

/** NUL, which SQLite would end a text at, or half a character. */
const UNSOUND = /\\u(0000|d[89a-f])/;

/**
 * Rows as JSON for a statement to take apart.
 * @throws TypeError for a text that would not be kept as it is, or a number that is not whole.
 */
export function jsonOf(rows: readonly (readonly unknown[])[]): string {
  const text = JSON.stringify(rows);
  if (UNSOUND.test(text)) for (const row of rows) row.forEach(assertKept);
  return text;
}

function assertKept(value: unknown): void {
  assertBindable(value);
  if (typeof value === 'string' && value.includes('\0')) throw new TypeError('cannot keep a text with NUL');
}
