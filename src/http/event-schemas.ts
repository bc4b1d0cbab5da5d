/** Every event that can be sent, as a component of its own, and a choice of them for each collection. */
import type { EventDeclaration } from '../../machines/chart.ts';
import type { Registry } from '../../machines/registry.ts';
import { type Collection, collectionOf } from '../views/labels.ts';
import { collectionNames, collections } from './collections.ts';
import { type Api, bilingual } from './describe.ts';
import { jsonSchemaOf } from './json-schema.ts';

/** The component that lists the events of a collection: `MatterEvent`. */
export const componentOf = (collection: Collection): string =>
  `${collections[collection].one.en.replace(' matter', 'Matter')}Event`;

/** Registers the components. @throws Error when two charts declare an event of one type with different fields. */
export function registerEvents(api: Api, registry: Registry): void {
  const schemas = new Map<string, object>();
  for (const collection of collectionNames) {
    const types = eventsIn(collection, registry);
    for (const [type, declaration] of types) {
      const schema = schemaOf(type, declaration);
      const known = schemas.get(type);
      if (known && JSON.stringify(known) !== JSON.stringify(schema)) throw new Error(`two kinds of ${type}`);
      schemas.set(type, schema);
    }
    register(api, componentOf(collection), choiceOf([...types.keys()].sort()));
  }
  for (const [type, schema] of schemas) register(api, type, schema);
}

const register = (api: Api, name: string, schema: object) =>
  api.openAPIRegistry.registerComponent('schemas', name, schema);

function eventsIn(collection: Collection, registry: Registry): Map<string, EventDeclaration> {
  const charts = registry
    .all()
    .filter((it) => collection === 'actors' || collectionOf(it.name) === collection);
  const declared = charts.flatMap((chart) => Object.entries(chart.events));
  return new Map(declared.filter(([, { kind }]) => kind !== 'message'));
}

const refTo = (type: string) => `#/components/schemas/${type}`;

const choiceOf = (types: readonly string[]) => ({
  oneOf: types.map((type) => ({ $ref: refTo(type) })),
  discriminator: {
    propertyName: 'type',
    mapping: Object.fromEntries(types.map((type) => [type, refTo(type)])),
  },
});

function schemaOf(type: string, { label, kind, by, rule, fields }: EventDeclaration) {
  const payload = jsonSchemaOf(fields);
  const required = Array.isArray(payload.required) && payload.required.length > 0;
  const who = `${kind === 'deciding' ? 'Beslut / Decision' : 'Handläggning / Clerical'}: ${by.join(', ')}${rule ? ` (${rule})` : ''}`;
  return {
    type: 'object',
    description: `${bilingual(label)}\n\n${who}`,
    properties: { type: { const: type }, payload },
    required: ['type', ...(required ? ['payload'] : [])],
    additionalProperties: false,
  };
}
