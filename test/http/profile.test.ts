/** DIGG's REST API profile 1.2, by the ids of its rules; the table is in src/http/README.md. */
import { readFileSync } from 'node:fs';
import { createConfig, lintFromString } from '@redocly/openapi-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Json, JsonObject } from '../../machines/chart.ts';
import { newMatter } from '../../src/http/examples.ts';
import { createTestServer, type TestServer } from '../fixtures/server.ts';

interface Operation {
  readonly parameters?: readonly {
    readonly name: string;
    readonly in: string;
    readonly required?: boolean;
    readonly schema?: JsonObject;
  }[];
  readonly requestBody?: { readonly content: Readonly<Record<string, JsonObject>> };
  readonly responses: Readonly<
    Record<string, { readonly description: string; readonly content?: Readonly<Record<string, JsonObject>> }>
  >;
}

let server: TestServer;
let document: JsonObject;
let operations: { readonly path: string; readonly method: string; readonly operation: Operation }[];
beforeAll(async () => {
  server = await createTestServer();
  document = await (await server.request('/v1/openapi.json')).json();
  operations = Object.entries(document.paths as unknown as Record<string, Record<string, Operation>>).flatMap(
    ([path, methods]) => Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
  );
});
afterAll(() => server.close());

/** Every property that a schema anywhere declares. */
function propertiesOf(value: Json | undefined): string[] {
  if (Array.isArray(value)) return value.flatMap((it: Json) => propertiesOf(it));
  if (typeof value !== 'object' || value === null) return [];
  const { properties, ...rest } = value as JsonObject;
  const isSchema = typeof properties === 'object' && properties !== null;
  const own = isSchema
    ? [...Object.keys(properties), ...propertiesOf(Object.values(properties) as Json)]
    : [];
  return [
    ...own,
    ...Object.entries(rest).flatMap(([key, it]) => (/^examples?$/.test(key) ? [] : propertiesOf(it))),
  ];
}

const parameters = () => operations.flatMap(({ operation }) => operation.parameters ?? []);

describe('the second validator', () => {
  const lint = async (source: object) => {
    const config = await createConfig({ extends: ['spec', 'minimal'] });
    const found = await lintFromString({ source: JSON.stringify(source), config });
    return found.filter((it) => it.severity === 'error').map((it) => `${it.ruleId}: ${it.message}`);
  };

  test('finds the description valid', async () => expect(await lint(document)).toEqual([]));

  test('and one with an operation that answers nothing, or a path that lacks its parameter, invalid', async () => {
    const broken = { ...document, paths: { '/matters/{id}': { get: { responses: 7 } } } };
    expect((await lint(broken)).length).toBeGreaterThan(0);
  });
});

describe('documentation (DOK)', () => {
  test('DOK.01, DOK.03, DOK.08, DOK.09: says where it is read, who made it, what is promised, and what is limited', () => {
    const { info, externalDocs } = document as unknown as Record<string, JsonObject>;
    expect(externalDocs).toMatchObject({ url: '/v1/docs', description: expect.stringContaining('SLA') });
    expect(info).toMatchObject({
      title: expect.any(String),
      version: expect.stringMatching(/^\d+\.\d+\.\d+$/),
      contact: { name: expect.any(String), url: expect.any(String) },
      license: { name: 'EUPL-1.2' },
      'x-sla': {
        availability: expect.any(String),
        responseTime: expect.any(String),
        support: expect.any(String),
      },
      'x-limitations': expect.stringContaining('Retry-After'),
      description: expect.stringMatching(/Begränsningar[\s\S]*Limits/),
    });
  });

  test('DOK.17: is OpenAPI 3.1', () => expect(document.openapi).toBe('3.1.0'));
});

describe('messages and names (AME, UFN, FNS, RES)', () => {
  test('AME.04, AME.05, AME.07: fields are camelCase, letters and digits only', () => {
    const fields = new Set(propertiesOf(document));
    expect(fields.size).toBeGreaterThan(100);
    expect([...fields].filter((it) => !/^[a-z][A-Za-z0-9]*$/.test(it))).toEqual([]);
  });

  test('FNS.01, FNS.03, FNS.05, FNS.06: parameters are camelCase, begin with a letter, and may be left out', () => {
    const queries = parameters().filter((it) => it.in === 'query');
    expect(queries.length).toBeGreaterThan(10);
    for (const { name, required } of queries)
      expect([name, /^[a-z][A-Za-z0-9]*$/.test(name), required ?? false]).toEqual([name, true, false]);
  });

  test('FNS.07, FNS.08, FNS.09: `limit` (20) goes with `page` (from 1), wherever there is one of them', () => {
    const paged = operations.filter(({ operation }) =>
      operation.parameters?.some((it) => ['page', 'limit'].includes(it.name)),
    );
    expect(paged.length).toBeGreaterThan(3);
    for (const { path, operation } of paged) {
      // Each matter of a move is replayed: those of the pages before the one asked for would have to be, too.
      if (path === '/moves/{id}') continue;
      const named = new Map(operation.parameters?.map((it) => [it.name, it.schema]));
      expect([named.get('limit')?.default, named.get('page')?.default, named.get('page')?.minimum]).toEqual([
        20, 1, 1,
      ]);
    }
  });

  test('RES.02: no parameter is a personal number', () => {
    const forbidden = /^(pnr|personalidentitynumber|personnummer|personnr|ssn|socialsecuritynumber)$/i;
    expect(parameters().filter((it) => forbidden.test(it.name))).toEqual([]);
  });

  test('ARQ.05, FOR.02: headers carry no payload, and what is read has no body', () => {
    for (const { method, path, operation } of operations) {
      for (const it of operation.parameters ?? [])
        if (it.in === 'header') expect([path, it.schema?.type]).toEqual([path, 'string']);
      if (method === 'get') expect([path, operation.requestBody]).toEqual([path, undefined]);
    }
  });
});

describe('dates (DOT)', () => {
  test('DOT.01: times are told in UTC (RFC 3339), and taken in any zone', async () => {
    const posted = await server.as('registrar').post('/v1/matters', newMatter as unknown as JsonObject);
    const made = await posted.json();
    expect(made.createdAt).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/);
    for (const until of ['2026-11-20T10:00:00+01:00', '2026-11-20T09:00:00Z', '2026-11-20T04:00:00-05:00']) {
      const path = await server
        .as('auditor')
        .get(`/v1/matters/${made.id}/path?until=${encodeURIComponent(until)}`);
      expect([until, path.status]).toEqual([until, 200]);
    }
  });
});

describe('versions and security (VER, SAK)', () => {
  test('VER.05, VER.06: the version is in the address, and api-info says of it what the profile asks for, to anyone', async () => {
    expect((document.servers as { url: string }[]).map((it) => it.url)).toEqual(['/v1']);
    const answer = await server.request('/v1/api-info');
    expect(await answer.json()).toEqual({
      apiName: 'Ärendegång',
      apiVersion: (document.info as JsonObject).version,
      apiReleased: expect.stringMatching(/^\d{4}-\d\d-\d\d$/),
      apiDocumentation: '/v1/docs',
      apiStatus: expect.stringMatching(/^(alpha|beta|active|deprecated|retired)$/),
    });
  });

  test('the version is that of the program', () => {
    const { version } = JSON.parse(
      readFileSync(new URL('../../package.json', import.meta.url), 'utf8'),
    ) as JsonObject;
    expect((document.info as JsonObject).version).toBe(version);
  });

  test('SAK.09, SAK.10, SAK.15, SAK.16: one comes in by a Bearer token in the header, and in no other way', async () => {
    expect((document.components as JsonObject).securitySchemes).toEqual({
      bearer: { type: 'http', scheme: 'bearer' },
    });
    for (const [path, headers] of [
      ['/v1/head?access_token=demo-clerk', {}],
      ['/v1/head', { Authorization: `Basic ${btoa('demo-clerk:')}` }],
      ['/v1/head', { Cookie: 'identity=demo-clerk' }],
    ] as const)
      expect((await server.request(path, { headers })).status).toBe(401);
  });
});

describe('the description as a page', () => {
  test('is open, with no script or style in it and nothing from another host', async () => {
    const answer = await server.request('/v1/docs');
    const html = await answer.text();
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-security-policy')).toMatch(
      /^default-src 'none'; script-src 'self'; style-src 'self';/,
    );
    expect(answer.headers.get('content-security-policy')).not.toMatch(/unsafe|http|\*/);
    expect(html).not.toMatch(/\bstyle=|\bon\w+=|<style|<script(?![^>]*\bsrc="\/v1\/docs\/)|https?:/);
    const links = [...html.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, it]) => it ?? '');
    expect(links).toHaveLength(4);
    for (const link of links) expect([link, (await server.request(link)).status]).toEqual([link, 200]);
  });
});
