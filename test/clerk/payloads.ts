/** Payloads at random that a JSON Schema of the charts allows, as people could write them in a form. */
import fc from 'fast-check';
import type { Json, JsonObject } from '../../machines/chart.ts';

/** Signs that mean something to HTML, to forms, to Swedes, and to nobody. */
const sign = fc.oneof(
  fc.constantFrom(...'<>&"\'=;,.åÄö§”…%+/\\#?{}[]', ' ', ' ', '😀', '</script>', '&amp;'),
  fc.string({ unit: 'grapheme', minLength: 1, maxLength: 3 }),
);

const isKept = (text: string) =>
  text.isWellFormed() && !text.includes('\0') && text.trim() !== '' && text === text.trim();

// biome-ignore lint/suspicious/noControlCharactersInRegex: what a control on one line cannot hold
const LINE_ENDS = /[\u0000-\u001f\u007f\u0085\u2028\u2029]/;

const line = (longest: number) =>
  fc
    .array(sign, { minLength: 1, maxLength: 8 })
    .map((signs) => signs.join('').trim().slice(0, longest).trim())
    .filter((text) => isKept(text) && !LINE_ENDS.test(text));

const prose = (longest: number) =>
  fc
    .array(line(longest), { minLength: 1, maxLength: 3 })
    .map((lines) => lines.join('\n').slice(0, longest).trim());

export function payloadOf(schema: JsonObject): fc.Arbitrary<JsonObject> {
  const properties = Object.entries((schema.properties ?? {}) as Record<string, JsonObject>);
  const required = (schema.required ?? []) as string[];
  const made = fc.record(
    Object.fromEntries(properties.map(([name, it]) => [name, jsonOf(it, required.includes(name))])),
    {
      requiredKeys: required,
    },
  ) as fc.Arbitrary<JsonObject>;
  // A period has at least one unit above zero, which its schema cannot say.
  return properties.some(([name]) => name === 'weeks')
    ? made.filter((it) => Object.values(it).some((n) => Number(n) > 0))
    : made;
}

function jsonOf(schema: JsonObject, required: boolean): fc.Arbitrary<Json> {
  if (Array.isArray(schema.enum)) return fc.constantFrom(...(schema.enum as string[]));
  if (schema.const !== undefined) return fc.constant(schema.const);
  if (schema.type === 'object') return payloadOf(schema);
  if (schema.type === 'array')
    return fc.array(jsonOf(schema.items as JsonObject, true), {
      minLength: Math.max(1, Number(schema.minItems ?? 0)),
      maxLength: Math.min(4, Number(schema.maxItems ?? 4)),
    });
  // A tick that may be left out says the same when it is left out as when it says no.
  if (schema.type === 'boolean')
    return required || schema.default !== undefined ? fc.boolean() : fc.constant(true);
  if (schema.type === 'integer')
    return fc.integer({
      min: Number(schema.minimum ?? 0),
      max: Math.min(Number(schema.maximum ?? 9999), 9999),
    });
  return textOf(schema);
}

function textOf(schema: JsonObject): fc.Arbitrary<string> {
  if (schema.format === 'date')
    return fc
      .date({ min: new Date('1900-01-01'), max: new Date('2499-12-31'), noInvalidDate: true })
      .map((it) => it.toISOString().slice(0, 10));
  if (schema.of !== undefined) return fc.stringMatching(/^[A-Za-z0-9.-]{1,60}$/);
  if (typeof schema.pattern === 'string') return fc.stringMatching(new RegExp(schema.pattern));
  const longest = Number(schema.maxLength ?? 300);
  return schema.multiline === true ? prose(longest) : line(longest);
}
