/** Adding a row to a list in a form, taking one out, changing the language: all show the form again, as it was written. */
import type { Json, JsonObject } from '../../../machines/chart.ts';
import type { Attempt } from './event-form.tsx';
import type { Field } from './field.ts';

/** What a button of a form asks of one of its lists. */
export interface RowsAsked {
  readonly path: string;
  /** How many rows to show. */
  readonly rows: number;
  /** The index of the row to take out first, or null. */
  readonly without: number | null;
}

/** `path:rows` shows that many rows, `path:rows-index` takes out one, `as-they-are` none; null for anything else. */
export function rowsAsked(value: unknown): RowsAsked | null {
  if (value === 'as-they-are') return { path: '', rows: 0, without: null };
  const [, path, rows, without] =
    /^([\w.]{1,200}):(\d{1,3})(?:-(\d{1,3}))?$/.exec(typeof value === 'string' ? value : '') ?? [];
  if (path === undefined) return null;
  return { path, rows: Number(rows), without: without === undefined ? null : Number(without) };
}

/** The form with what was typed, and the rows that were asked for. */
export const shownAgain = (fields: readonly Field[], draft: JsonObject, asked: RowsAsked): Attempt => ({
  draft: withRowsAsked(fields, draft, asked),
  errors: new Map(),
  rows: new Map([[asked.path, asked.rows]]),
});

/** The draft without the row that was asked away. What names rows by number follows those that move up. */
function withRowsAsked(fields: readonly Field[], draft: JsonObject, asked: RowsAsked): JsonObject {
  const [name = '', ...rest] = asked.path.split('.');
  const field = fields.find((it) => it.name === name);
  const value = draft[name];
  if (asked.without === null || field === undefined || value === undefined) return draft;
  return { ...draft, [name]: changed(field, value, rest, { ...asked, without: asked.without }) };
}

function changed(
  field: Field,
  value: Json,
  path: readonly string[],
  asked: RowsAsked & { without: number },
): Json {
  if (field.kind === 'group') return withRowsAsked(field.fields, value as JsonObject, within(asked, path));
  if (field.kind !== 'rows' || !Array.isArray(value)) return value;
  const rows = value as readonly JsonObject[];
  const [index, ...rest] = path;
  if (index !== undefined)
    return rows.map((row, at) =>
      at === Number(index) ? withRowsAsked(field.fields, row, within(asked, rest)) : row,
    );
  return rows
    .filter((_, at) => at !== asked.without)
    .map((row) => renumbered(field.fields, row, asked.without + 1));
}

const within = (asked: RowsAsked, path: readonly string[]): RowsAsked => ({ ...asked, path: path.join('.') });

/** A row whose numbers of other rows are as they are when that of number `gone` is no more. */
function renumbered(fields: readonly Field[], row: JsonObject, gone: number): JsonObject {
  const changes = fields.flatMap((field): [string, Json][] => {
    const numbers = row[field.name];
    if (field.kind !== 'numbers' || !field.ofRows || !Array.isArray(numbers)) return [];
    return [
      [
        field.name,
        numbers.filter((n) => n !== gone).map((n) => (typeof n === 'number' && n > gone ? n - 1 : n)),
      ],
    ];
  });
  return { ...row, ...Object.fromEntries(changes) };
}
