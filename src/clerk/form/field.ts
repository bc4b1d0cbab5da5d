/** A form's fields, read from the JSON Schema of a payload: the declaration of the event is their only source. */
import type { Json, JsonObject } from '../../../machines/chart.ts';
import type { Label } from '../../../machines/label.ts';

interface Common {
  readonly name: string;
  readonly label: Label;
  readonly required: boolean;
  /** What the receiver assumes where nothing is given. */
  readonly fallback?: Json;
}

export type Field = Common &
  (
    | { readonly kind: 'text'; readonly multiline: boolean; readonly longest: number | null }
    | { readonly kind: 'date'; readonly past: boolean; readonly coming: boolean }
    | {
        readonly kind: 'number';
        readonly least: number | null;
        readonly most: number | null;
        readonly among: readonly string[] | null;
      }
    /** Yes or no where the answer must be given, or differs from leaving it out. */
    | { readonly kind: 'yesNo' }
    /** Something that is stated or left out. */
    | { readonly kind: 'tick' }
    | { readonly kind: 'choice'; readonly options: readonly Option[] }
    /** The id of an actor out of a collection. */
    | { readonly kind: 'reference' }
    /** Several short texts. */
    | { readonly kind: 'lines' }
    /** Several whole numbers. */
    | {
        readonly kind: 'numbers';
        /** Whether they are numbers of other rows of the list that the field is in. */
        readonly ofRows: boolean;
        readonly among: readonly string[] | null;
      }
    | { readonly kind: 'group'; readonly fields: readonly Field[] }
    | { readonly kind: 'rows'; readonly fields: readonly Field[]; readonly most: number }
  );

export interface Option {
  readonly value: string;
  readonly label: Label;
}

/** Names that the declarations leave without a label, because a type of their own declares them. */
const unlabelled: Readonly<Record<string, Label>> = {
  years: { sv: 'År', en: 'Years' },
  months: { sv: 'Månader', en: 'Months' },
  weeks: { sv: 'Veckor', en: 'Weeks' },
  days: { sv: 'Dagar', en: 'Days' },
  plans: { sv: 'Årliga planer', en: 'Yearly plans' },
  concludes: { sv: 'Avtal som beslutet godkänner', en: 'Contract that the decision approves' },
  terminates: { sv: 'Avtal som beslutet avslutar', en: 'Contract that the decision ends' },
};

/** As many rows as a form shows at most; a payload with more comes through the API. */
const MOST_ROWS = 50;

/**
 * The fields of an object schema, in the order of their declaration.
 * @throws Error for a schema that no field can be made of.
 */
export function fieldsOf(schema: JsonObject): Field[] {
  const required = (schema.required ?? []) as readonly string[];
  return Object.entries((schema.properties ?? {}) as Record<string, JsonObject>).map(([name, it]) =>
    fieldOf(name, it, it.needed === true || required.includes(name)),
  );
}

function fieldOf(name: string, schema: JsonObject, required: boolean): Field {
  const { sv, en, default: fallback } = schema;
  const label = sv ? { sv: String(sv), en: String(en) } : (unlabelled[name] ?? { sv: name, en: name });
  const common = { name, label, required, ...(fallback !== undefined && { fallback }) };
  switch (schema.type) {
    case 'string':
      return { ...common, ...textual(schema) };
    case 'integer':
      return {
        ...common,
        kind: 'number',
        least: numberOr(schema.minimum),
        most: numberOr(schema.maximum),
        among: amongOf(schema),
      };
    case 'boolean':
      return { ...common, kind: required || fallback !== undefined ? 'yesNo' : 'tick' };
    case 'object':
      return { ...common, kind: 'group', fields: fieldsOf(schema) };
    case 'array':
      return { ...common, ...several(name, schema) };
    default:
      throw new Error(`no field can be made of ${name}: ${JSON.stringify(schema)}`);
  }
}

type Kind<K extends Field['kind']> = Omit<Extract<Field, { kind: K }>, keyof Common>;

function textual(schema: JsonObject): Kind<'text'> | Kind<'date'> | Kind<'choice'> | Kind<'reference'> {
  if (Array.isArray(schema.enum)) {
    const labels = (schema.options ?? {}) as unknown as Record<string, Label>;
    const options = schema.enum
      .map(String)
      .map((value) => ({ value, label: labels[value] ?? { sv: value, en: value } }));
    return { kind: 'choice', options };
  }
  if (schema.format === 'date')
    return { kind: 'date', past: schema.past === true, coming: schema.coming === true };
  if (schema.of !== undefined) return { kind: 'reference' };
  return { kind: 'text', multiline: schema.multiline === true, longest: numberOr(schema.maxLength) };
}

function several(name: string, schema: JsonObject): Kind<'lines'> | Kind<'numbers'> | Kind<'rows'> {
  const items = schema.items as JsonObject;
  if (items.type === 'string') return { kind: 'lines' };
  if (items.type === 'integer')
    return { kind: 'numbers', ofRows: schema.ofRows === true, among: amongOf(items) };
  if (items.type === 'object')
    return {
      kind: 'rows',
      fields: fieldsOf(items),
      most: Math.min(numberOr(schema.maxItems) ?? MOST_ROWS, MOST_ROWS),
    };
  throw new Error(`no field can be made of several ${name}: ${JSON.stringify(items)}`);
}

/** The only numbers that are taken, where they are few. */
const amongOf = ({ enum: values }: JsonObject): readonly string[] | null =>
  Array.isArray(values) ? values.map(String) : null;

/** A limit as given; zod's bounds of safe integers are none. */
const numberOr = (value: Json | undefined): number | null =>
  typeof value === 'number' && Math.abs(value) < Number.MAX_SAFE_INTEGER ? value : null;
