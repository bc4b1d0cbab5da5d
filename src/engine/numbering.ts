/** Registry numbers given in the transaction that uses them: a refused command leaves no gap. */
import type { Json, JsonObject } from '../../machines/chart.ts';
import type { Changes } from './changes.ts';

/**
 * The input with the numbers that it lacks.
 * @param series each place, as a JSON pointer, with the series that gives the number: `HKS 2026` gives `HKS 2026/1`.
 */
export async function numbered(
  input: JsonObject,
  series: Readonly<Record<string, string>>,
  changes: Changes,
): Promise<JsonObject> {
  let filled: Json = input;
  for (const [pointer, name] of Object.entries(series))
    filled = placed(filled, pointer.split('/').slice(1), await next(name, changes));
  return filled as JsonObject;
}

/** The next number of a series that nobody has taken by hand. */
async function next(series: string, changes: Changes): Promise<string> {
  for (;;) {
    const last = (await changes.lastInSeries(series)) + 1;
    changes.series.set(series, last);
    const number = `${series}/${last}`;
    if ((await changes.holder(number, null)) === null) return number;
  }
}

/** The value with a text at a place in it. */
function placed(value: Json | undefined, [key, ...rest]: readonly string[], text: string): Json {
  if (key === undefined) return text;
  if (Array.isArray(value))
    return value.map((it, index) => (String(index) === key ? placed(it, rest, text) : it));
  const object = value as JsonObject;
  return { ...object, [key]: placed(object[key], rest, text) };
}
