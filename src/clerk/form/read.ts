/** A payload out of the fields of a posted form. What is wrong stays as it was typed: the engine judges it. */
import type { Json, JsonObject } from '../../../machines/chart.ts';
import type { Field } from './field.ts';

/** The controls of a posted form by name; each value as the browser sent it. */
export type Posted = Pick<FormData, 'getAll' | 'keys'>;

export const pathTo = (at: string, name: string | number): string =>
  at === '' ? String(name) : `${at}.${name}`;

/**
 * Fields left empty are left out, and so are empty rows after the last that is filled in: one between others stays,
 * for rows are spoken of by their numbers.
 * @param keepRows keeps empty rows at the end too, for showing the form again with other rows.
 */
export function readFields(fields: readonly Field[], posted: Posted, keepRows = false, at = ''): JsonObject {
  const given: Record<string, Json> = {};
  for (const field of fields) {
    const value = readField(field, posted, keepRows, pathTo(at, field.name));
    if (value !== undefined) given[field.name] = value;
  }
  return given;
}

function readField(field: Field, posted: Posted, keepRows: boolean, path: string): Json | undefined {
  const texts = () =>
    posted
      .getAll(path)
      .filter((it) => typeof it === 'string')
      .map(normal);
  const text = () => texts()[0] ?? '';
  switch (field.kind) {
    case 'number':
      return text() === '' ? undefined : whole(text());
    case 'yesNo':
    case 'tick':
      return text() === 'true' ? true : text() === 'false' ? false : undefined;
    case 'lines': {
      const lines = texts()
        .flatMap((it) => it.split('\n'))
        .map((it) => it.trim())
        .filter(Boolean);
      return lines.length > 0 ? lines : undefined;
    }
    case 'numbers': {
      const numbers = texts()
        .flatMap((it) => it.split(/[\s,;]+/))
        .filter(Boolean)
        .map(whole);
      return numbers.length > 0 ? numbers : undefined;
    }
    case 'group': {
      const group = readFields(field.fields, posted, keepRows, path);
      return isEmpty(field.fields, group) ? undefined : group;
    }
    case 'rows': {
      const rows = Array.from({ length: Math.min(rowsPosted(posted, path), field.most) }, (_, index) =>
        readFields(field.fields, posted, keepRows, pathTo(path, index)),
      );
      const last = rows.findLastIndex((row) => !isEmpty(field.fields, row));
      const filled = keepRows ? rows : rows.slice(0, last + 1);
      return filled.length > 0 ? filled : undefined;
    }
    default:
      return text() || undefined;
  }
}

/** Browsers send CR LF for a new line. */
const normal = (value: string): string => value.replaceAll('\r\n', '\n').trim();

const whole = (text: string): number | string => (/^-?\d{1,15}$/.test(text) ? Number(text) : text);

/** One more than the highest row of which a control was sent. */
function rowsPosted(posted: Posted, path: string): number {
  let rows = 0;
  for (const name of posted.keys()) {
    if (!name.startsWith(`${path}.`)) continue;
    const index = Number(name.slice(path.length + 1).split('.')[0]);
    if (Number.isSafeInteger(index)) rows = Math.max(rows, index + 1);
  }
  return rows;
}

/** True where a row or group holds nothing but what the form itself suggested. */
function isEmpty(fields: readonly Field[], values: JsonObject): boolean {
  return fields.every((field) => values[field.name] === undefined || values[field.name] === field.fallback);
}
