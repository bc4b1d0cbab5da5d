/** Every event that can be sent, as a component of its own, and a choice of them for each collection. */
import type { EventDeclaration } from '../../machines/chart.ts';
import type { Registry } from '../../machines/registry.ts';
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

/** The declarations of each type of event. Routes may declare one with different fields: each names its own bodies. */
function declarationsIn(collection: Collection, registry: Registry): Map<string, EventDeclaration[]> {
  const charts = registry
    .all()
    .filter((it) => collection === 'actors' || collectionOf(it.name) === collection);
  const declared = charts
    .flatMap((chart) => Object.entries(chart.events))
    .filter(([, { kind }]) => kind !== 'message');
  const byType = Map.groupBy(declared, ([type]) => type);
  return new Map([...byType].map(([type, list]) => [type, list.map(([, declaration]) => declaration)]));
}

const refTo = (type: string) => `#/components/schemas/${type}`;

const choiceOf = (types: readonly string[]) => ({
  oneOf: types.map((type) => ({ $ref: refTo(type) })),
  discriminator: {
    propertyName: 'type',
    mapping: Object.fromEntries(types.map((type) => [type, refTo(type)])),
  },
});

function schemaOf(type: string, declared: readonly EventDeclaration[]) {
  const [first] = declared;
  if (!first) throw new RangeError(`nothing declares ${type}`);
  const { label, kind, rule } = first;
  const payloads = distinct(declared.map(({ fields }) => jsonSchemaOf(fields)));
  const required = payloads.every((it) => Array.isArray(it.required) && it.required.length > 0);
  const by = distinct(declared.flatMap((it) => it.by));
  const who = `${kind === 'deciding' ? 'Beslut / Decision' : 'Handläggning / Clerical'}: ${by.join(', ')}${rule ? ` (${rule})` : ''}`;
  return {
    type: 'object',
    description: `${bilingual(label)}\n\n${who}`,
    properties: { type: { const: type }, payload: payloads.length > 1 ? { anyOf: payloads } : payloads[0] },
    required: ['type', ...(required ? ['payload'] : [])],
    additionalProperties: false,
  };
}

const distinct = <T>(values: readonly T[]): T[] => [
  ...new Map(values.map((it) => [JSON.stringify(it), it])).values(),
];
