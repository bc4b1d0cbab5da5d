/** How operations are described in OpenAPI: in Swedish and English, with an example of everything. */
import type { OpenAPIHono } from '@hono/zod-openapi';
import type { z } from 'zod';
import type { Label } from '../../machines/label.ts';
import type { Env } from './context.ts';
import { problemExample } from './examples.ts';
import { type ProblemCode, statusOf, titleOf } from './problem.ts';
import { Problem } from './schemas.ts';

export type Api = OpenAPIHono<Env>;

/** Swedish first, English in a paragraph of its own. */
export const bilingual = ({ sv, en }: Label): string => `${sv}\n\n${en}`;

/** What an operation is called and does. */
export const told = (id: string, tag: string, summary: Label, description: Label) => ({
  operationId: id,
  tags: [tag],
  summary: `${summary.sv} / ${summary.en}`,
  description: bilingual(description),
});

/** A JSON answer with its example; the compiler holds the example to the schema. */
export const answer = <T extends z.ZodType>(schema: T, example: z.input<T>, description: Label) => ({
  description: bilingual(description),
  content: { 'application/json': { schema, examples: { example: { value: example } } } },
});

/** A JSON body under a name among the components, with its examples. */
export const bodyOf = (name: string, examples: Readonly<Record<string, unknown>>) => ({
  required: true,
  content: {
    'application/json': {
      schema: { $ref: `#/components/schemas/${name}` },
      examples: Object.fromEntries(Object.entries(examples).map(([key, value]) => [key, { value }])),
    },
  },
});

/** Answers of every operation. */
const always: readonly ProblemCode[] = [
  'unauthenticated',
  'misdirected',
  'tooMany',
  'internal',
  'unavailable',
  'overloaded',
];

/**
 * The problems that an operation may answer with, by their status. The type says nothing of them, for they are
 * thrown and never returned.
 */
export function problems(...codes: readonly ProblemCode[]): object {
  const byStatus = Map.groupBy(new Set([...codes, ...always]), (code) => statusOf[code]);
  return Object.fromEntries(
    [...byStatus].map(([status, group]) => [
      status,
      {
        description: group.map((code) => `${titleOf[code].sv} / ${titleOf[code].en}`).join('\n\n'),
        content: {
          'application/problem+json': {
            schema: Problem,
            examples: Object.fromEntries(group.map((code) => [code, { value: problemExample(code) }])),
          },
        },
      },
    ]),
  );
}

/** The headers of an answer that has a version, and of one that may be a repetition. */
const headerOf = (name: string, label: Label, example: string) => ({
  [name]: { description: bilingual(label), schema: { type: 'string' as const }, example },
});

export const versioned = headerOf(
  'ETag',
  { sv: 'Postens version, att ange i If-Match.', en: 'The version of the record, to be stated in If-Match.' },
  '"3"',
);

export const changed = {
  ...versioned,
  ...headerOf(
    'Idempotency-Replayed',
    {
      sv: '`true` när svaret är ett tidigare svar igen.',
      en: '`true` when the answer is an earlier one again.',
    },
    'true',
  ),
};

const parameter = (name: string) => ({ $ref: `#/components/parameters/${name}` as const });

export const withKey = [parameter('idempotencyKey')];
export const withVersion = [parameter('ifMatch')];
export const withVersionAndKey = [parameter('ifMatch'), parameter('idempotencyKey')];

/** The parameters that these refer to. */
export function registerParameters(api: Api): void {
  const header = (component: string, name: string, example: string, label: Label) =>
    api.openAPIRegistry.registerComponent('parameters', component, {
      name,
      in: 'header',
      required: true,
      description: bilingual(label),
      schema: { type: 'string' },
      example,
    });
  header('ifMatch', 'If-Match', '"3"', {
    sv: 'Den version du har sett. Har någon annan hunnit före blir svaret 412.',
    en: 'The version you have seen. If someone else was faster, the answer is 412.',
  });
  header('idempotencyKey', 'Idempotency-Key', 'f9b6c3e2-0c3b-4d5e-8a3f-6f0c1d2e3a4b', {
    sv: 'Ny för varje ny begäran. Sänds samma begäran igen med samma nyckel blir svaret detsamma, och inget händer två gånger.',
    en: 'New for each new request. The same request with the same key gets the same answer, and nothing happens twice.',
  });
}
