/** Every event that can be sent, as a component of its own, and a choice of them for each collection. */
import {
  type Chart,
  conjuncts,
  type EventDeclaration,
  type JsonObject,
  type Named,
  statesOf,
  transitionsOf,
} from '../../machines/chart.ts';
import type { Registry } from '../../machines/registry.ts';
import { namedBy, type Way } from '../engine/payload.ts';
import { type Collection, collectionOf } from '../views/labels.ts';
import { collectionNames, collections } from './collections.ts';
import { bilingual } from './describe.ts';
import { jsonSchemaOf } from './json-schema.ts';

/** The component that lists the events of a collection: `MatterEvent`. */
export const componentOf = (collection: Collection): string =>
  `${collections[collection].one.en.replace(' matter', 'Matter')}Event`;

/** The components, by name: as many as the charts that are registered at the moment declare. */
export function eventSchemas(registry: Registry): Readonly<Record<string, object>> {
  const all = declarationsIn('actors', registry);
  const events = [...all].map(([type, declared]) => [type, schemaOf(type, declared)] as const);
  const choices = collectionNames.map((collection) => {
    const types = [...declarationsIn(collection, registry).keys()].sort();
    return [componentOf(collection), choiceOf(types)] as const;
  });
  return Object.fromEntries([...choices, ...events]);
}

interface Declared {
  readonly chart: Chart;
  readonly declaration: EventDeclaration;
}

/** The declarations of each type of event. Routes may declare one with different fields: each names its own bodies. */
function declarationsIn(collection: Collection, registry: Registry): Map<string, Declared[]> {
  const charts = registry
    .all()
    .filter((it) => collection === 'actors' || collectionOf(it.name) === collection);
  const declared = charts
    .flatMap((chart) =>
      Object.entries(chart.events).map(([type, declaration]) => ({ type, chart, declaration })),
    )
    .filter(({ declaration }) => declaration.kind !== 'message');
  return Map.groupBy(declared, ({ type }) => type);
}

const refTo = (type: string) => `#/components/schemas/${type}`;

const choiceOf = (types: readonly string[]) => ({
  oneOf: types.map((type) => ({ $ref: refTo(type) })),
  discriminator: {
    propertyName: 'type',
    mapping: Object.fromEntries(types.map((type) => [type, refTo(type)])),
  },
});

function schemaOf(type: string, declared: readonly Declared[]) {
  const [first] = declared;
  if (!first) throw new RangeError(`nothing declares ${type}`);
  const { label, kind, rule } = first.declaration;
  const ways = declared.map(({ chart }) => guardsAt(chart, type));
  const payloads = distinct(declared.map(({ declaration }) => jsonSchemaOf(declaration.fields))).map((it) =>
    withKnown(it as JsonObject, ways),
  );
  const required = payloads.every((it) => Array.isArray(it.required) && it.required.length > 0);
  const by = distinct(declared.flatMap((it) => it.declaration.by));
  const who = `${kind === 'deciding' ? 'Beslut / Decision' : 'Handläggning / Clerical'}: ${by.join(', ')}${rule ? ` (${rule})` : ''}`;
  return {
    type: 'object',
    description: `${bilingual(label)}\n\n${who}`,
    properties: { type: { const: type }, payload: payloads.length > 1 ? { anyOf: payloads } : payloads[0] },
    required: ['type', ...(required ? ['payload'] : [])],
    additionalProperties: false,
  };
}

/** The guards of all transitions that a chart has for an event. */
const guardsAt = ({ data }: Chart, type: string): readonly Named[] =>
  [...statesOf(data)]
    .flatMap(([, state]) => transitionsOf(state))
    .flatMap(([event, { guard }]) => (event === type && guard ? conjuncts(guard) : []));

/** A payload with the values that the charts know of its texts: the stages to which a matter is referred back. */
function withKnown(payload: JsonObject, ways: readonly Way[]): JsonObject {
  const fields = Object.entries((payload.properties ?? {}) as Record<string, JsonObject>).map(
    ([name, field]) => {
      const known = field.type === 'string' && !field.enum ? namedBy(ways, name).sort() : [];
      return [name, known.length > 0 ? { ...field, enum: known } : field] as const;
    },
  );
  return { ...payload, ...(fields.length > 0 && { properties: Object.fromEntries(fields) }) };
}

const distinct = <T>(values: readonly T[]): T[] => [
  ...new Map(values.map((it) => [JSON.stringify(it), it])).values(),
];
