/** Payloads to try, read off the declarations of events: every choice, one text, fields left out and given. */
import type { z } from 'zod';
import type { Json, JsonObject } from '../../machines/chart.ts';

/** Values to try for a field, by its name: what a declaration does not show, such as a guard's boundary. */
export type Values = Readonly<Record<string, readonly Json[]>>;

/** What every text is. */
export const TEXT = 'text';
const DATE = '2026-12-01';
/** More combinations than this are not multiplied: one field is varied at a time. */
const MAX_COMBINATIONS = 24;

/** Payloads of the declared fields, each valid by the declaration. */
export const payloadsOf = (fields: z.ZodObject, values: Values): readonly JsonObject[] =>
  objects(fields, values).filter((it) => fields.safeParse(it).success);

interface Definition {
  readonly type: string;
  readonly format?: string;
  readonly innerType?: z.ZodType;
  readonly element?: z.ZodType;
  readonly values?: readonly Json[];
  readonly entries?: Readonly<Record<string, string>>;
  readonly options?: readonly z.ZodType[];
}

/** Undefined stands for a field that is left out. */
function samples(schema: z.ZodType, values: Values): readonly (Json | undefined)[] {
  const { type, ...def } = schema.def as Definition;
  const inner = () => (def.innerType ? samples(def.innerType, values) : []);
  switch (type) {
    case 'object':
      return objects(schema as z.ZodObject, values);
    case 'optional':
      return [undefined, ...inner()];
    case 'nullable':
      return [null, ...inner()];
    case 'default':
      return inner();
    case 'array':
      return def.element ? samples(def.element, values).map((it) => (it === undefined ? [] : [it])) : [];
    case 'enum':
      return Object.values(def.entries ?? {});
    case 'literal':
      return def.values ?? [];
    case 'boolean':
      return [true, false];
    case 'number':
      return numbers(schema as z.ZodNumber);
    case 'string':
      return [def.format === 'date' ? DATE : TEXT];
    default:
      throw new Error(`no samples for a field of type ${type}`);
  }
}

function numbers({ minValue, maxValue }: z.ZodNumber): readonly number[] {
  const least = Math.max(minValue ?? 0, 0);
  const most = Math.min(maxValue ?? least + 1, least + 2);
  return least === 0 ? [1] : Array.from({ length: most - least + 1 }, (_, index) => least + index);
}

function objects(schema: z.ZodObject, values: Values): readonly JsonObject[] {
  const fields = Object.entries(schema.shape as Readonly<Record<string, z.ZodType>>).map(
    ([name, field]) => [name, given(name, field, values)] as const,
  );
  const all = fields.reduce((product, [, choices]) => product * choices.length, 1);
  return all <= MAX_COMBINATIONS ? multiplied(fields) : variedOneByOne(fields);
}

const given = (name: string, field: z.ZodType, values: Values): readonly (Json | undefined)[] => {
  const said = values[name];
  if (!said) return samples(field, values);
  return (field.def as Definition).type === 'optional' ? [undefined, ...said] : said;
};

type Fields = readonly (readonly [string, readonly (Json | undefined)[]])[];

const put = (to: JsonObject, name: string, value: Json | undefined): JsonObject =>
  value === undefined ? to : { ...to, [name]: value };

const multiplied = (fields: Fields): readonly JsonObject[] =>
  fields.reduce<readonly JsonObject[]>(
    (made, [name, choices]) => made.flatMap((it) => choices.map((choice) => put(it, name, choice))),
    [{}],
  );

/** The first of each, and each other choice with the first of the rest. */
function variedOneByOne(fields: Fields): readonly JsonObject[] {
  const base = (except: string) =>
    fields.reduce<JsonObject>(
      (it, [name, choices]) => (name === except ? it : put(it, name, choices[0])),
      {},
    );
  return [
    base(''),
    ...fields.flatMap(([name, choices]) => choices.slice(1).map((choice) => put(base(name), name, choice))),
  ];
}
