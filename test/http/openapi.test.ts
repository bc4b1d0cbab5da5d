import { readFileSync } from 'node:fs';
import { Validator } from '@seriousme/openapi-schema-validator';
import { beforeAll, describe, expect, test } from 'vitest';
import type { JsonObject } from '../../machines/chart.ts';
import { builtIn } from '../../machines/registry.ts';
import { delivery, newJointMatter, newMatter, newMeeting } from '../../src/http/examples.ts';
import { NewJointMatter, NewMatter, NewMeeting } from '../../src/http/requests.ts';
import { Delivery } from '../../src/webhooks/incoming.ts';
import { createTestServer } from '../fixtures/server.ts';

interface Media {
  readonly schema: JsonObject;
  readonly examples?: Readonly<Record<string, { readonly value: unknown }>>;
}

interface Operation {
  readonly operationId: string;
  readonly description: string;
  readonly tags: readonly string[];
  readonly parameters?: readonly JsonObject[];
  readonly requestBody?: { readonly content: Readonly<Record<string, Media>> };
  readonly responses: Readonly<
    Record<string, { description: string; content: Readonly<Record<string, Media>> }>
  >;
}

interface Document {
  readonly openapi: string;
  readonly info: { readonly description: string };
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, JsonObject>> };
  readonly tags: readonly { readonly name: string }[];
}

let document: Document;
let routes: readonly string[];
beforeAll(async () => {
  const server = await createTestServer();
  document = (await (await server.request('/v1/openapi.json')).json()) as unknown as Document;
  const handled = server.app.routes.filter((it) => it.path.startsWith('/v1/') && it.method !== 'ALL');
  routes = handled.map(
    ({ method, path }) => `${method.toLowerCase()} ${path.slice(3).replaceAll(/:(\w+)/g, '{$1}')}`,
  );
  await server.close();
});

const operations = () =>
  Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ method, path, operation })),
  );

describe('the description of the API', () => {
  test('is valid OpenAPI 3.1', async () => {
    const validator = new Validator();
    const { valid, errors } = await validator.validate(structuredClone(document) as never);
    expect(errors).toBeUndefined();
    expect([valid, validator.version]).toEqual([true, '3.1']);
  });

  test('and one that says something else is found invalid', async () => {
    const broken = { ...structuredClone(document), paths: { '/matters': { get: { responses: 7 } } } };
    expect((await new Validator().validate(broken as never)).valid).toBe(false);
  });

  test('has every route that there is, and none that there is not', () => {
    const described = operations().map(({ method, path }) => `${method} ${path}`);
    const undescribed = [
      '/openapi.json',
      '/docs',
      '/docs/swagger-ui.css',
      '/docs/swagger-ui-bundle.js',
      '/docs/start.js',
    ];
    const known = [...described, ...undescribed.map((it) => `get ${it}`)];
    expect(known.sort()).toEqual([...new Set(routes)].sort());
    expect(described.length).toBeGreaterThan(30);
  });

  test('refers to nothing that it lacks', () => {
    const text = JSON.stringify(document);
    const references = [...text.matchAll(/"#\/components\/(\w+)\/([^"]+)"/g)].map(
      ([, kind, name]) => `${kind}/${name}`,
    );
    const components = Object.entries(document.components).flatMap(([kind, of]) =>
      Object.keys(of).map((it) => `${kind}/${it}`),
    );
    expect(components).toEqual(expect.arrayContaining([...new Set(references)]));
  });

  test('gives every operation a name of its own, a known tag, and a text in both languages', () => {
    const ids = operations().map(({ operation }) => operation.operationId);
    expect(new Set(ids).size).toBe(ids.length);
    const tags = document.tags.map((it) => it.name);
    for (const { operation } of operations()) {
      expect(tags).toContain(operation.tags[0]);
      expect(operation.description.split('\n\n')).toHaveLength(2);
    }
  });

  test('gives an example of every body and every answer', () => {
    for (const { path, operation } of operations()) {
      const media = [operation.requestBody, ...Object.values(operation.responses)].flatMap((it) =>
        Object.values(it?.content ?? {}),
      );
      for (const { examples } of media)
        expect([path, Object.keys(examples ?? {}).length > 0]).toEqual([path, true]);
    }
  });

  test('says that every error is a problem (RFC 9457), and that every operation but the open ones can be 401', () => {
    for (const { path, operation } of operations()) {
      const errors = Object.entries(operation.responses).filter(([status]) => status >= '400');
      for (const [, { content }] of errors)
        expect(Object.keys(content)).toEqual(['application/problem+json']);
      if (path !== '/api-info') expect(Object.keys(operation.responses)).toContain('401');
    }
  });

  test("follows the national profile's names: paths in lower case with hyphens, limit 20, page from 1", () => {
    for (const { path, operation } of operations()) {
      expect(path).toMatch(/^(\/([a-z.-]+|\{[a-zA-Z]+\}))+$/);
      const named = new Map((operation.parameters ?? []).map((it) => [it.name, it.schema]));
      if (named.has('page')) {
        expect(named.get('page')).toMatchObject({ type: 'integer', default: 1 });
        expect(named.get('limit')).toMatchObject({ type: 'integer', default: 20 });
      }
    }
  });

  test('lists every event that people and systems may send, and no message between actors', () => {
    const declared = builtIn()
      .all()
      .flatMap((chart) => Object.entries(chart.events));
    for (const [type, { kind }] of declared)
      expect([type, type in document.components.schemas]).toEqual([type, kind !== 'message']);
    const choice = document.components.schemas.MatterEvent as { oneOf: { $ref: string }[] };
    const types = choice.oneOf.map((it) => it.$ref.split('/').at(-1));
    expect(types).toEqual(expect.arrayContaining(['matter.assign', 'decision.confirm']));
    expect(types).not.toContain('minutes.approve');
  });

  test('says what the charts know of a field: the stages to which a matter is referred back', () => {
    const { properties } = document.components.schemas['item.referBack'] as {
      properties: { payload: { properties: Record<string, JsonObject> } };
    };
    const { to, motivation } = properties.payload.properties;
    expect(to?.enum).toEqual(expect.arrayContaining(['administration', 'au', 'ks']));
    expect(to?.enum).not.toContain('kf');
    expect(motivation).not.toHaveProperty('enum');
  });

  test('shows of each collection a record of its own, and an event that it takes', () => {
    const shown = (path: string, method: string, status?: string) => {
      const operation = document.paths[path]?.[method];
      const { content = {} } = (status ? operation?.responses[status] : operation?.requestBody) ?? {};
      const [example] = Object.values(Object.values(content)[0]?.examples ?? {});
      return example?.value as JsonObject;
    };
    for (const collection of ['matters', 'meetings', 'joint-matters', 'delegations']) {
      const [listed] = shown(`/${collection}`, 'get', '200').items as JsonObject[];
      const made = shown(`/${collection}`, 'post', '201');
      const read = shown(`/${collection}/{id}`, 'get', '200');
      expect([listed, made, read].map((it) => it?.collection)).toEqual([collection, collection, collection]);
      const { type, payload } = shown(`/${collection}/{id}/events`, 'post') as {
        type: string;
        payload: object;
      };
      const chart = builtIn().latest((made.chart as { name: string }).name);
      expect([type, chart?.events[type]?.fields.safeParse(payload).error]).toEqual([type, undefined]);
    }
  });

  test('has examples that the API would take', () => {
    expect(NewMatter.safeParse(newMatter).error).toBeUndefined();
    expect(NewMeeting.safeParse(newMeeting).error).toBeUndefined();
    expect(NewJointMatter.safeParse(newJointMatter).error).toBeUndefined();
    expect(Delivery.safeParse(delivery).error).toBeUndefined();
  });

  test('grows with the routes that are published: their events and their bodies', async () => {
    const server = await createTestServer({ prove: async () => [] });
    const read = async () => (await (await server.request('/v1/openapi.json')).json()) as unknown as Document;
    const before = await read();
    expect(before.components.schemas).not.toHaveProperty(['review.request']);
    const england = new URL('../scenarios/routes/england.json', import.meta.url);
    const published = await server
      .as('administrator')
      .post('/v1/routes', JSON.parse(readFileSync(england, 'utf8')));
    expect(published.status).toBe(201);
    const after = await read();
    expect(after.components.schemas).toHaveProperty(['review.request']);
    expect(JSON.stringify(after.components.schemas.MatterEvent)).toContain('review.request');
    expect(JSON.stringify(after.components.schemas['point.add'])).toContain('cabinet');
    const { valid, errors } = await new Validator().validate(structuredClone(after) as never);
    expect([valid, errors]).toEqual([true, undefined]);
    await server.close();
  });

  test('selects nothing by facts about persons: not in a query, not in an address (R-127)', () => {
    const parameters = operations().flatMap(({ operation }) => operation.parameters ?? []);
    const names = [
      ...new Set(
        parameters.filter((it) => it.in === 'query' || it.in === 'path').map((it) => String(it.name)),
      ),
    ];
    const known = ['id', 'type', 'municipality', 'name', 'route', 'body', 'ended', 'actor', 'integration'];
    // Words of titles, numbers and recipients in the register; nothing of persons is a word (0006-search).
    known.push('q', 'recipient', 'state', 'from', 'to', 'record');
    // Whose rights were changed, by the user name or the id: nothing of whoever a matter is about.
    known.push('kind', 'subject');
    const paging = ['limit', 'page', 'after', 'until', 'language'];
    expect(names.filter((it) => ![...known, ...paging].includes(it))).toEqual([]);
  });

  test('says of an event that routes declare differently what each of them takes', () => {
    const added = document.components.schemas['point.add'] as { properties: { payload: JsonObject } };
    const bodies = JSON.stringify(added.properties.payload);
    for (const body of ['kf', 'ks', 'sn', 'von']) expect(bodies).toContain(`\`${body}\``);
  });
});
