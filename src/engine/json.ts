/** Reads JSON from outside, and turns down what could not be kept exactly as it came. */
import type { Json } from '../../machines/chart.ts';
import type { Label } from '../../machines/label.ts';
import type { FieldError } from './refusal.ts';

/** Why bytes are not JSON that can be worked on; `fields` says where, if it is one place. */
export interface JsonFault {
  readonly says: Label;
  readonly fields: readonly FieldError[];
}

export type JsonRead = { readonly ok: true; readonly value: Json } | ({ readonly ok: false } & JsonFault);

/** Deeper than any declared payload; far beyond it the functions that walk a value run out of stack. */
const DEEPEST = 64;

/** The text of bytes in UTF-8; null for what is not. */
export function textOf(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return null;
  }
}

/**
 * The JSON value of bytes. Refused are bytes that are not UTF-8 or not JSON, more than 64 levels, numbers beyond
 * the range of doubles, and text with lone surrogates or NUL, which no database gives back as it was.
 */
export function readJson(bytes: Uint8Array): JsonRead {
  const text = textOf(bytes);
  if (text === null) return failed({ sv: 'Texten är inte UTF-8.', en: 'The text is not UTF-8.' });
  let value: Json;
  try {
    value = JSON.parse(text) as Json;
  } catch (error) {
    // Where it breaks off is known to the parser alone, and in English.
    const { message } = error as SyntaxError;
    const where = { pointer: '', detail: { sv: message, en: message } };
    return failed({ sv: 'Texten är inte JSON.', en: 'The text is not JSON.' }, [where]);
  }
  const fault = faultOf(value, '', 0);
  return fault ? failed(faults, [fault]) : { ok: true, value };
}

const faults: Label = {
  sv: 'Ett värde kan inte tas emot som det är.',
  en: 'A value cannot be taken as it is.',
};

function faultOf(value: Json, pointer: string, depth: number): FieldError | null {
  if (typeof value === 'string')
    return isSound(value)
      ? null
      : { pointer, detail: { sv: 'inte välformad text', en: 'not well-formed text' } };
  if (typeof value === 'number')
    return Number.isFinite(value)
      ? null
      : { pointer, detail: { sv: 'ett för stort tal', en: 'too large a number' } };
  if (value === null || typeof value !== 'object') return null;
  if (depth === DEEPEST) return { pointer, detail: { sv: 'för många nivåer', en: 'too many levels' } };
  for (const [key, it] of Object.entries(value)) {
    if (!isSound(key))
      return {
        pointer,
        detail: { sv: 'ett namn som inte är välformad text', en: 'a name that is not well-formed text' },
      };
    const at = `${pointer}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`;
    const fault = faultOf(it, at, depth + 1);
    if (fault) return fault;
  }
  return null;
}

const isSound = (text: string): boolean => text.isWellFormed() && !text.includes('\0');

const failed = (says: Label, fields: readonly FieldError[] = []): JsonRead => ({ ok: false, says, fields });
