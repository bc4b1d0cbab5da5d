/**
 * How another system's message says an event of ours: data that an administrator declares, small enough to be read.
 * A value is a constant, or stands at a JSON pointer (RFC 6901) of the message; words of theirs are put into ours by a
 * table. Nothing is computed.
 */
import * as z from 'zod';
import type { Json, JsonObject } from '../../machines/chart.ts';
import { formed } from '../../machines/events.ts';
import type { Label } from '../../machines/label.ts';
import { type Calendar, localDate } from '../engine/calendar.ts';
import { lookUp, POINTER } from '../engine/pointer.ts';
import { Refusal } from '../engine/refusal.ts';

const pointer = formed(POINTER, 'en JSON-pekare', 'a JSON pointer').max(500);
const scalar = z.union([z.string().max(1000), z.number(), z.boolean(), z.null()]);
/** Recursion has no place in the API's description. */
const anyJson = z.custom<Json>((it) => it !== undefined);
const table = z.record(z.string().max(200), scalar);

const Value = z.union([
  z.strictObject({ constant: anyJson }),
  z.strictObject({
    at: pointer,
    /** Of a list: where the value stands in each of its items. */
    each: pointer.optional(),
    /** Their word → ours. A word that is not in it is a fault. */
    table: table.optional(),
    /** A date, or the local day of an instant. */
    as: z.literal('day').optional(),
    /** Left out where the message has nothing there; else that is a fault. */
    optional: z.literal(true).optional(),
  }),
]);
type Value = z.output<typeof Value>;

export const Mapping = z.strictObject({
  /** Messages that are of no concern: kept, and answered as taken. All conditions of a rule hold. */
  ignore: z
    .array(
      z
        .array(z.strictObject({ at: pointer, in: z.array(scalar).min(1).max(100) }))
        .min(1)
        .max(10),
    )
    .max(20)
    .default([]),
  /** Whom it is about: by our id, which they were given, or by the registry number of the record. */
  actor: z.strictObject({
    at: pointer,
    by: z.enum(['id', 'number']),
    /** What stands before our id or number in theirs. */
    after: z.string().min(1).max(100).optional(),
    /** A part of the record: `{ "prefix": "p", "at": "/point" }` is its point of that number. */
    part: z
      .strictObject({ prefix: z.string().regex(/^[a-z0-9.-]{1,60}$/i), at: pointer.optional() })
      .optional(),
  }),
  type: z.union([
    z.strictObject({ constant: z.string() }),
    z.strictObject({ at: pointer, table: z.record(z.string().max(200), z.string()) }),
  ]),
  payload: z.record(z.string().max(100), Value).default({}),
});
export type Mapping = z.output<typeof Mapping>;

/** What a message says: the event, and the id or the number of the record that it is for. */
export interface Mapped {
  readonly by: 'id' | 'number';
  readonly reference: string;
  /** What is added to the record's id: `.p1`; empty for the record itself. */
  readonly part: string;
  readonly type: string;
  readonly payload: JsonObject;
}

/** The types that a mapping can give. */
export const typesOf = ({ type }: Mapping): readonly string[] =>
  'constant' in type ? [type.constant] : Object.values(type.table);

/**
 * What a message says by a mapping; null for one that is of no concern.
 * @throws Refusal `invalid` naming the place in the message that the mapping cannot read.
 */
export function mapped(mapping: Mapping, message: Json, calendar: Calendar): Mapped | null {
  if (mapping.ignore.some((rule) => rule.every(({ at, in: of }) => of.includes(scalarAt(message, at)))))
    return null;
  const { actor, type } = mapping;
  return {
    by: actor.by,
    reference: referenceIn(message, actor),
    part: partIn(message, actor.part),
    type: 'constant' in type ? type.constant : String(translated(message, type.at, type.table)),
    payload: Object.fromEntries(
      Object.entries(mapping.payload).flatMap(([field, value]) => {
        const it = fieldOf(message, value, calendar);
        return it === undefined ? [] : [[field, it]];
      }),
    ),
  };
}

function referenceIn(message: Json, { at, after = '' }: Mapping['actor']): string {
  const text = scalarAt(message, at);
  if (typeof text !== 'string' || !text.startsWith(after) || text.length === after.length)
    throw fault(at, {
      sv: `här väntas ${after ? `”${after}” och ` : ''}vår beteckning`,
      en: `our reference is expected here${after ? `, after "${after}"` : ''}`,
    });
  return text.slice(after.length);
}

function partIn(message: Json, part: Mapping['actor']['part']): string {
  if (!part) return '';
  if (part.at === undefined) return `.${part.prefix}`;
  const number = scalarAt(message, part.at);
  if (!/^[a-z0-9-]{1,40}$/i.test(String(number)))
    throw fault(part.at, { sv: 'här väntas delens nummer', en: 'the number of the part is expected here' });
  return `.${part.prefix}${String(number)}`;
}

function fieldOf(message: Json, value: Value, calendar: Calendar): Json | undefined {
  if ('constant' in value) return value.constant;
  const { at, each, optional } = value;
  const found = lookUp(message, at);
  if (found === undefined || found === null) {
    if (optional) return undefined;
    throw fault(at, { sv: 'här finns ingenting', en: 'there is nothing here' });
  }
  if (each === undefined) return adapted(message, at, value, calendar);
  if (!Array.isArray(found)) throw fault(at, { sv: 'här väntas en lista', en: 'a list is expected here' });
  return found.map((_, index) => adapted(message, `${at}/${index}${each}`, value, calendar));
}

function adapted(
  message: Json,
  at: string,
  { table: words, as }: Exclude<Value, { constant: unknown }>,
  calendar: Calendar,
): Json {
  const value = words ? translated(message, at, words) : lookUp(message, at);
  if (value === undefined) throw fault(at, { sv: 'här finns ingenting', en: 'there is nothing here' });
  return as === 'day' ? dayOf(value, at, calendar) : value;
}

function dayOf(value: Json, at: string, calendar: Calendar): string {
  const text = String(value);
  if (/^\d{4}-\d\d-\d\d$/.test(text)) return text;
  if (/^\d{4}-\d\d-\d\dT.*(Z|[+-]\d\d:\d\d)$/.test(text) && !Number.isNaN(Date.parse(text)))
    return localDate(Date.parse(text), calendar);
  throw fault(at, { sv: 'här väntas en dag', en: 'a day is expected here' });
}

function translated(message: Json, at: string, words: Readonly<Record<string, Json>>): Json {
  const word = String(scalarAt(message, at));
  const ours = Object.hasOwn(words, word) ? words[word] : undefined;
  if (ours === undefined)
    throw fault(at, { sv: `”${word}” står inte i tabellen`, en: `"${word}" is not in the table` });
  return ours;
}

/** A single value; null for what is none. */
function scalarAt(message: Json, at: string): string | number | boolean | null {
  const value = lookUp(message, at);
  return value === undefined || typeof value === 'object' ? null : value;
}

const fault = (pointer: string, detail: Label): Refusal =>
  new Refusal(
    'invalid',
    { sv: 'Meddelandet går inte att översätta.', en: 'The message cannot be mapped.' },
    { fields: [{ pointer, detail }] },
  );
