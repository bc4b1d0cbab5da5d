import type { Json } from '../../machines/chart.ts';
import { PLACEHOLDER } from './story.ts';

export type Saved = ReadonlyMap<string, Json>;

const written = (value: Json) => (typeof value === 'string' ? value : JSON.stringify(value));

/** A text with each `{name}` replaced by what was saved under it; names that were not saved stay as they are. */
export const fillText = (text: string, saved: Saved): string =>
  text.replaceAll(PLACEHOLDER, (as: string, name: string) => {
    const value = saved.get(name);
    return value === undefined ? as : written(value);
  });

/** The same in every string of a document. A string that is nothing but `{name}` becomes the saved value itself. */
export function fill(document: Json, saved: Saved): Json {
  if (typeof document === 'string') {
    const whole = saved.get(/^\{(.*)\}$/.exec(document)?.[1] ?? '');
    return whole === undefined ? fillText(document, saved) : whole;
  }
  if (Array.isArray(document)) return document.map((it) => fill(it, saved));
  if (document === null || typeof document !== 'object') return document;
  return Object.fromEntries(Object.entries(document).map(([key, it]) => [key, fill(it, saved)]));
}
