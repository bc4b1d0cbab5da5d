/** The payload of an event by its schema: the fields whose values can be counted up, and what stands in them. */
import {
  type Chart,
  type EventDeclaration,
  type Json,
  type JsonObject,
  type Named,
  stateLabel,
} from '../../machines/chart.ts';
import type { Label } from '../../machines/label.ts';
import { EACH } from './unread.ts';

export type Value = string | number;

/** A field whose values can be counted up. */
export interface Countable {
  /** Names from the payload on, and `EACH` for the items of a list. */
  readonly path: readonly string[];
  /** Whether there is no event without it. */
  readonly required: boolean;
  readonly schema: JsonObject;
  readonly values: readonly Value[];
}

/** The guards of one transition. */
export type Way = readonly Named[];

const schemas = new WeakMap<EventDeclaration, JsonObject>();

/** JSON Schema of an event's payload, with the labels and hints for forms that the declaration has. */
export function schemaOf(declaration: EventDeclaration): JsonObject {
  const known = schemas.get(declaration);
  if (known) return known;
  const { $schema: _, ...schema } = declaration.fields.toJSONSchema({ io: 'input' });
  schemas.set(declaration, schema as JsonObject);
  return schema as JsonObject;
}

/** Whether the schema itself says what the values are. */
export const isDeclared = ({ schema }: Countable): boolean =>
  schema.type === 'integer' || schema.enum !== undefined;

/** A field, before it is known which transitions there are. */
interface Field extends Omit<Countable, 'values'> {
  /** Null where they are those that guards name. */
  readonly values: readonly Value[] | null;
}

/** Those of an event, to be asked of the guards of its transitions. */
export function countable({ events }: Chart, type: string, ways: readonly Way[]): Countable[] {
  const declaration = events[type];
  if (!declaration) return [];
  return fieldsOf(declaration).flatMap((field) => {
    const values = field.values ?? namedBy(ways, field.path[0] ?? '');
    return values.length > 0 ? [{ ...field, values }] : [];
  });
}

const fields = new WeakMap<EventDeclaration, readonly Field[]>();

/** Read once: the desk asks of every event of hundreds of actors. */
function fieldsOf(declaration: EventDeclaration): readonly Field[] {
  const known = fields.get(declaration) ?? fieldsIn(schemaOf(declaration), [], true);
  fields.set(declaration, known);
  return known;
}

/** Of a list of which one item alone is too few, no item is asked of alone. */
function fieldsIn(schema: JsonObject, path: readonly string[], required: boolean): Field[] {
  if (schema.type === 'array') {
    const { sv, en, minItems = 0 } = schema;
    const item = { ...(sv && { sv, en }), ...(schema.items as JsonObject) };
    return Number(minItems) > 1 ? [] : fieldsIn(item, [...path, EACH], required);
  }
  if (schema.type === 'object') {
    const needed = (schema.required ?? []) as readonly string[];
    return Object.entries((schema.properties ?? {}) as Record<string, JsonObject>).flatMap(([name, it]) =>
      fieldsIn(it, [...path, name], required && needed.includes(name)),
    );
  }
  return [{ path, required, schema, values: valuesOf(schema, path) }];
}

/** A number of something in a list is one of these; a count of persons or votes may be more. */
const MOST_NUMBERED = 100;

/**
 * The values of a field: none where they cannot be counted up, or where it states a fact, which the law answers; null
 * where they are those that guards name.
 */
function valuesOf(schema: JsonObject, path: readonly string[]): readonly Value[] | null {
  if (schema.fact) return [];
  if (Array.isArray(schema.enum)) return schema.enum as readonly Value[];
  if (schema.type === 'string') return path.length === 1 ? null : [];
  const most = Number(schema.maximum ?? Number.MAX_SAFE_INTEGER);
  if (schema.type !== 'integer' || schema.minimum !== 1) return [];
  if (most > MOST_NUMBERED && most !== Number.MAX_SAFE_INTEGER) return [];
  return Array.from({ length: Math.min(most, MOST_NUMBERED) }, (_, index) => index + 1);
}

/** What the guards of transitions compare a field with: their parameter of its name. */
export const namedBy = (ways: readonly Way[], field: string): string[] => [
  ...new Set(
    ways.flat().flatMap(({ params }) => (typeof params?.[field] === 'string' ? [params[field]] : [])),
  ),
];

/** A schema that takes only these values at a path. */
export function narrowed(
  schema: JsonObject,
  [first, ...rest]: readonly string[],
  values: readonly Value[],
  chart: Chart,
): JsonObject {
  if (first === undefined) return { ...schema, enum: values, ...optionsOf(schema, values, chart) };
  if (first === EACH) return { ...schema, items: narrowed(schema.items as JsonObject, rest, values, chart) };
  const properties = schema.properties as Record<string, JsonObject>;
  const property = narrowed(properties[first] ?? {}, rest, values, chart);
  return { ...schema, properties: { ...properties, [first]: property } };
}

function optionsOf(schema: JsonObject, values: readonly Value[], chart: Chart): JsonObject {
  if (schema.type !== 'string') return {};
  return {
    options: Object.fromEntries(values.map((it) => [it, labelOf(schema, it, chart) as unknown as Json])),
  };
}

/** What a value is called: as it is declared, or as the state of that name. */
export const labelOf = ({ options }: JsonObject, value: Value, chart: Chart): Label =>
  (options as unknown as Record<string, Label> | undefined)?.[value] ?? stateLabel(chart, String(value));

/** The values that stand at a path. */
export function given(
  value: Json | undefined,
  [first, ...rest]: readonly string[],
  pointer = '',
): { pointer: string; value: Json }[] {
  if (value === undefined || value === null) return [];
  if (first === undefined) return [{ pointer, value }];
  if (first === EACH)
    return Array.isArray(value)
      ? value.flatMap((it: Json, index) => given(it, rest, `${pointer}/${index}`))
      : [];
  return given((value as JsonObject)[first], rest, `${pointer}/${first}`);
}
