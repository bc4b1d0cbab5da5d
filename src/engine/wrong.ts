/** What is wrong with a value that a schema does not take, in words about the field, in both languages. */
import * as z from 'zod';
import type { Label } from '../../machines/label.ts';
import type { FieldError } from './refusal.ts';

type Issue = z.core.$ZodIssue;
type Schema = z.core.$ZodType;

/** Each wrong field, by its place in the value that the schema was asked of; by its name alone without a schema. */
export const wrongIn = (schema: Schema | null, { issues }: z.core.$ZodError): FieldError[] =>
  issues
    .filter((it) => it.code !== 'custom' || !issues.some((other) => isShapeOf(other, it)))
    .flatMap((issue) =>
      issue.code === 'unrecognized_keys'
        ? issue.keys.map((key) => ({ pointer: pointerTo([...issue.path, key]), detail: unknown(key) }))
        : [{ pointer: pointerTo(issue.path), detail: about(fieldAt(schema, issue.path), issue) }],
    );

/** What has the wrong shape fails the schema's own conditions as well, which says nothing more. */
const isShapeOf = (issue: Issue, { path }: Issue): boolean =>
  issue.code !== 'custom' && issue.code !== 'unrecognized_keys' && pointerTo(issue.path) === pointerTo(path);

export const pointerTo = (path: readonly PropertyKey[]): string =>
  path.map((key) => `/${String(key).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');

const unknown = (key: string): Label => ({
  sv: `”${key}” tas inte emot här.`,
  en: `"${key}" is not taken here.`,
});

/** The field's name, and what is wrong. What a schema demands by a condition of its own it says itself (`saying`). */
function about(field: Label | null, issue: Issue): Label {
  if (issue.code === 'custom') {
    const { message: en, params } = issue;
    const sv = String(params?.sv ?? en);
    return field ? { sv: `”${field.sv}”: ${sv}.`, en: `"${field.en}": ${en}.` } : { sv, en };
  }
  const { sv, en } = saidOf(issue);
  return {
    sv: `${field ? `”${field.sv}”` : 'Värdet'} ${sv}.`,
    en: `${field ? `"${field.en}"` : 'The value'} ${en}.`,
  };
}

/** What people call the field at a path, as it is declared; else its name. An item of a list is called as the list. */
function fieldAt(schema: Schema | null, path: readonly PropertyKey[]): Label | null {
  let at: Schema | undefined = schema ?? undefined;
  let field: Label | null = null;
  for (const key of path) {
    at = within(at, key);
    field = labelOf(at) ?? (typeof key === 'number' && field ? field : { sv: String(key), en: String(key) });
  }
  return field;
}

function within(schema: Schema | undefined, key: PropertyKey): Schema | undefined {
  const bare = schema && unwrapped(schema);
  if (bare instanceof z.ZodObject) return (bare.shape as Readonly<Record<PropertyKey, Schema>>)[key];
  return bare instanceof z.ZodArray ? bare.element : undefined;
}

const isWrapped = (schema: Schema) =>
  schema instanceof z.ZodOptional ||
  schema instanceof z.ZodNullable ||
  schema instanceof z.ZodDefault ||
  schema instanceof z.ZodReadonly;

export const unwrapped = (schema: Schema): Schema =>
  isWrapped(schema) ? unwrapped(schema.unwrap()) : schema;

export function labelOf(schema: Schema | undefined): Label | null {
  if (!schema) return null;
  const { sv, en } = z.globalRegistry.get(schema) ?? {};
  if (typeof sv === 'string' && typeof en === 'string') return { sv, en };
  return isWrapped(schema) ? labelOf(schema.unwrap()) : null;
}

/** What is wrong, as the rest of a sentence. */
function saidOf(issue: Issue): Label {
  if ('input' in issue && issue.input === undefined) return { sv: 'saknas', en: 'is missing' };
  switch (issue.code) {
    case 'invalid_type':
      return mustBe(typeNames[issue.expected] ?? { sv: issue.expected, en: issue.expected });
    case 'invalid_value':
      return mustBe({
        sv: `något av ${issue.values.map(String).join(', ')}`,
        en: `one of ${issue.values.map(String).join(', ')}`,
      });
    case 'invalid_format':
      return mustBe(formats[issue.format] ?? patterned(issue));
    case 'too_small':
      return bounded(issue.origin, Number(issue.minimum), least);
    case 'too_big':
      return bounded(issue.origin, Number(issue.maximum), most);
    default:
      return { sv: 'har fel form', en: 'has the wrong form' };
  }
}

const mustBe = ({ sv, en }: Label): Label => ({ sv: `ska vara ${sv}`, en: `must be ${en}` });

const typeNames: Readonly<Record<string, Label>> = {
  string: { sv: 'en text', en: 'a text' },
  number: { sv: 'ett tal', en: 'a number' },
  int: { sv: 'ett heltal', en: 'a whole number' },
  boolean: { sv: 'true eller false', en: 'true or false' },
  array: { sv: 'en lista', en: 'a list' },
  object: { sv: 'ett objekt', en: 'an object' },
  record: { sv: 'ett objekt', en: 'an object' },
};

const formats: Readonly<Record<string, Label>> = {
  date: { sv: 'ett datum, som 2026-11-20', en: 'a date, such as 2026-11-20' },
  datetime: { sv: 'en tidpunkt, som 2026-11-20T09:00:00Z', en: 'a time, such as 2026-11-20T09:00:00Z' },
  url: { sv: 'en adress, som https://example.se', en: 'an address, such as https://example.se' },
  email: { sv: 'en e-postadress', en: 'an e-mail address' },
};

const patterned = (issue: z.core.$ZodIssueInvalidStringFormat): Label => {
  const form = issue.pattern ?? issue.format;
  return { sv: `av formen ${form}`, en: `of the form ${form}` };
};

/** Of texts it is their length, of lists how many they have, of numbers themselves. */
function bounded(origin: string, limit: number, { sv, en }: Label): Label {
  const isText = origin === 'string';
  if (!isText && origin !== 'array') return mustBe({ sv: `${sv} ${limit}`, en: `${en} ${limit}` });
  if (limit === 1 && en === least.en) return { sv: 'får inte lämnas tomt', en: 'may not be left empty' };
  return {
    sv: `ska ha ${sv} ${limit} ${isText ? 'tecken' : 'poster'}`,
    en: `must have ${en} ${limit} ${isText ? 'characters' : 'items'}`,
  };
}

const least: Label = { sv: 'minst', en: 'at least' };
const most: Label = { sv: 'högst', en: 'at most' };
