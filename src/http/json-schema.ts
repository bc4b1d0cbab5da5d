import * as z from 'zod';
import type { Label } from '../../machines/label.ts';

type Keywords = Record<string, unknown>;

/**
 * The JSON Schema (2020-12) of what a schema accepts, for people who read it in OpenAPI: the two languages of its
 * labels become one description; hints for forms, and what a format or a type says already, are left out.
 */
export function jsonSchemaOf(schema: z.ZodType): Keywords {
  const { $schema: _, ...made } = z.toJSONSchema(schema, {
    io: 'input',
    unrepresentable: 'any',
    override: ({ jsonSchema }) => describe(jsonSchema as Keywords),
  });
  return made;
}

function describe(schema: Keywords): void {
  const { sv, en, options, past, coming } = schema;
  for (const hint of [
    'sv',
    'en',
    'options',
    'of',
    'ofRows',
    'fact',
    'body',
    'past',
    'coming',
    'multiline',
    'needed',
  ])
    delete schema[hint];
  if (schema.format === 'date') delete schema.pattern;
  if (schema.maximum === Number.MAX_SAFE_INTEGER) delete schema.maximum;
  if (typeof sv === 'string')
    schema.description = [
      `${sv} / ${en}`,
      ...(past ? [NOT_TO_COME] : []),
      ...(coming ? [NOT_PASSED] : []),
      ...choices(options),
    ].join('\n');
}

const NOT_TO_COME = 'Ingen dag som inte har kommit än. / No day that is still to come.';

const NOT_PASSED = 'Ingen dag som har passerat. / No day that has passed.';

const choices = (options: unknown): string[] =>
  Object.entries((options ?? {}) as Record<string, Label>).map(
    ([key, { sv, en }]) => `- \`${key}\`: ${sv} / ${en}`,
  );
