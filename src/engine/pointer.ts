import type { Json } from '../../machines/chart.ts';

/** A JSON pointer (RFC 6901): empty for the whole document, else `/` and a key or index, again and again. */
export const POINTER = /^(?:\/(?:[^~/]|~[01])*)*$/;

/** What a pointer leads to; undefined where the document has nothing there. */
export function lookUp(document: Json | undefined, pointer: string): Json | undefined {
  let value = document;
  for (const part of pointer.split('/').slice(1)) {
    const key = part.replaceAll('~1', '/').replaceAll('~0', '~');
    if (value === null || typeof value !== 'object' || !Object.hasOwn(value, key)) return undefined;
    value = (value as Readonly<Record<string, Json>>)[key];
  }
  return value;
}
