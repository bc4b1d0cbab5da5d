import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as z from 'zod';
import type { Json, JsonObject } from '../../machines/chart.ts';
import { type Role, roles } from '../../machines/roles.ts';
import { createApp } from '../../src/app.ts';
import { newJointMatter, newMatter, newMeeting } from '../../src/http/examples.ts';
import type { Identity } from '../../src/services.ts';
import { amount } from '../fixtures/at-length.ts';
import { startLive } from '../fixtures/live-server.ts';
import { createTestServer, type TestServer } from '../fixtures/server.ts';

interface Media {
  readonly schema: JsonObject;
  readonly examples?: Readonly<Record<string, { readonly value: Json }>>;
}
type Content = Readonly<Record<string, Media>>;

interface Operation {
  readonly parameters?: readonly { readonly name?: string; readonly in?: string }[];
  readonly requestBody?: { readonly content: Content };
  readonly responses: Readonly<Record<string, { readonly content?: Content }>>;
}

interface Document {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, JsonObject>> };
}

let server: TestServer;
let document: Document;
const ids: string[] = [];

/** Whoever asks is Huddinge's, in some role; one is another municipality's. */
const someone = (role: Role, tenant: string, confidential = true): Identity => ({
  id: `${role} of ${tenant}`,
  name: `${role} of ${tenant}`,
  origin: role === 'integration' ? 'integration' : 'person',
  grants: [{ tenant, roles: [role], bodies: 'all', confidential }],
});
const identities = new Map<string, Identity>([
  ...(Object.keys(roles) as Role[]).map((it): [string, Identity] => [`demo-${it}`, someone(it, 'huddinge')]),
  ['salem-registrar', someone('registrar', 'salem')],
  ['unsighted-registrar', someone('registrar', 'huddinge', false)],
]);

/** What is only in Salem: no answer to anyone else has it. */
const SALEMS = 'Angelägenhet som bara rör Salem';

/** A matter of Salem's, whose ids the others guess. */
async function salemsMatter(): Promise<string[]> {
  const proposals = [{ text: SALEMS, body: 'ks' }];
  const body = { municipality: 'salem', route: 'board-matter', title: SALEMS, proposals };
  const answer = await server.request('/v1/matters', {
    method: 'POST',
    body: JSON.stringify(body),
    headers: {
      authorization: 'Bearer salem-registrar',
      'content-type': 'application/json',
      'idempotency-key': 'salem',
    },
  });
  const made = await answer.json();
  return [String(made.id), ...(made.parts as { id: string }[]).map((it) => it.id)];
}

beforeAll(async () => {
  server = await createTestServer({ prove: async () => [], identities });
  document = (await (await server.request('/v1/openapi.json')).json()) as unknown as Document;
  for (const [kind, body] of Object.entries({
    matters: newMatter,
    meetings: newMeeting,
    // It is started by the first of its members.
    'joint-matters': { ...newJointMatter, members: newJointMatter.members.toReversed() },
  })) {
    const made = await (await server.as('clerk').post(`/v1/${kind}`, body as unknown as JsonObject)).json();
    ids.push(String(made.id), ...(made.parts as { id: string }[]).map((it) => it.id));
  }
  ids.push(...(await salemsMatter()));
});
afterAll(() => server.close());

const compiled = new Map<string, z.ZodType>();

/** The schema of an answer, with those components that it refers to. */
function schemaOf(schema: JsonObject): z.ZodType {
  const text = JSON.stringify(schema);
  const known = compiled.get(text);
  if (known) return known;
  const needed = new Map<string, JsonObject>();
  const collect = (of: JsonObject): void => {
    for (const [, name = ''] of JSON.stringify(of).matchAll(/"#\/components\/schemas\/([^"]+)"/g)) {
      const component = document.components.schemas[name];
      if (!component || needed.has(name)) continue;
      needed.set(name, component);
      collect(component);
    }
  };
  collect(schema);
  const whole = JSON.stringify({ ...schema, $defs: Object.fromEntries(needed) });
  const made = z.fromJSONSchema(JSON.parse(whole.replaceAll('#/components/schemas/', '#/$defs/')));
  compiled.set(text, made);
  return made;
}

/** What an answer does that the description does not say; null where it keeps to it. */
async function fault(operation: Operation, answer: Response): Promise<string | null> {
  const { status } = answer;
  if (status >= 500) return `${status}: ${await answer.text()}`;
  const declared = operation.responses[String(status)];
  if (!declared) return `${status} is not declared: ${await answer.text()}`;
  const [type = ''] = (answer.headers.get('content-type') ?? '').split(';');
  if (type === 'text/event-stream') {
    await answer.body?.cancel();
    return declared.content?.[type] ? null : `${type} is not declared`;
  }
  const text = await answer.text();
  if (text.includes(SALEMS)) return `what is only Salem's is told: ${text.slice(0, 500)}`;
  if (text === '' && !declared.content) return null;
  const media = declared.content?.[type];
  if (!media) return `${status} as ${type} is not declared`;
  if (!type.endsWith('json')) return null;
  const said = JSON.parse(text) as JsonObject;
  // Several problems may have one status: each that there may be is an example. An empty id leads to no operation.
  const isProblem = type === 'application/problem+json' && said.code !== 'noSuchRoute';
  if (isProblem && !(String(said.code) in (media.examples ?? {})))
    return `${status} ${said.code} is not declared: ${text}`;
  const { success, error } = schemaOf(media.schema).safeParse(said);
  return success ? null : `${status} ${text.slice(0, 500)} is not as declared: ${z.prettifyError(error)}`;
}

const anything = fc.jsonValue({ maxDepth: 3 }) as fc.Arbitrary<Json>;
const hostile = fc.constantFrom(
  '__proto__',
  '../x',
  '%00',
  '%ff',
  '%',
  'null',
  '0',
  '-1',
  '9'.repeat(400),
  '😀',
  '\ud800',
  '',
);
const word = fc.oneof(hostile, fc.string({ unit: 'binary', maxLength: 20 }));
const segment = fc.oneof(
  fc.nat().map((it) => ids[it % ids.length] ?? ''),
  fc.constantFrom('huddinge', 'council-matter', 'e-signering', 'nobody'),
  word.map((it) => encodeURIComponent(it.toWellFormed())),
);
const value = fc.oneof(fc.constantFrom('1', '20', 'true', 'huddinge', 'ks', '2026-11-20', 'sv', 'en'), word);
const header = fc.string({
  unit: fc.integer({ min: 0x21, max: 0xff }).map((it) => String.fromCharCode(it)),
  maxLength: 20,
});
const headers = fc.record(
  {
    'If-Match': fc.oneof(
      { weight: 3, arbitrary: fc.constantFrom('"1"', '"2"', '"7"') },
      { weight: 1, arbitrary: header },
    ),
    'Idempotency-Key': fc.oneof(fc.uuid(), fc.constant('again'), header),
    'Content-Type': fc.oneof(
      { weight: 8, arbitrary: fc.constant('application/json') },
      { weight: 1, arbitrary: header },
    ),
    Authorization: fc.oneof(
      {
        weight: 8,
        arbitrary: fc
          .constantFrom('clerk', 'administrator', 'auditor', ...Object.keys(roles))
          .map((it) => `Bearer demo-${it}`),
      },
      { weight: 1, arbitrary: header },
    ),
    'Accept-Language': fc.oneof(fc.constantFrom('en', 'sv'), header),
    'Last-Event-ID': fc.oneof(fc.constant('1'), header),
  },
  { requiredKeys: ['Authorization', 'Content-Type', 'Idempotency-Key'] },
);

/** A good body with a field changed, taken away or added. */
const nearly = (good: Json): fc.Arbitrary<Json> =>
  typeof good !== 'object' || good === null || Array.isArray(good)
    ? anything
    : fc
        .tuple(
          fc.oneof(fc.constantFrom(...Object.keys(good), 'other'), word),
          fc.option(anything, { nil: undefined }),
        )
        .map(([field, it]) => Object.fromEntries([...Object.entries(good), [field, it]]) as JsonObject);

function bodyOf({ requestBody }: Operation): fc.Arbitrary<Uint8Array | null> {
  if (!requestBody) return fc.constant(null);
  const examples = Object.values(requestBody.content).flatMap((it) => Object.values(it.examples ?? {}));
  const good = examples.map((it) => it.value);
  const said = fc.oneof(
    { weight: 2, arbitrary: fc.constantFrom(...good, {}) },
    { weight: 4, arbitrary: fc.constantFrom(...good, {}).chain(nearly) },
    { weight: 2, arbitrary: anything },
  );
  const bytes = said.map((it) => new TextEncoder().encode(JSON.stringify(it)));
  return fc.oneof(
    { weight: 7, arbitrary: bytes },
    { weight: 1, arbitrary: fc.uint8Array({ maxLength: 100 }) },
  );
}

interface Asked {
  readonly method: string;
  readonly address: string;
  readonly operation: Operation;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array | null;
}

const requestTo = (method: string, path: string, operation: Operation): fc.Arbitrary<Asked> => {
  const names = (operation.parameters ?? []).flatMap((it) => (it.in === 'query' && it.name ? [it.name] : []));
  const query = fc.dictionary(fc.oneof(fc.constantFrom(...names, 'unknown'), word), value, { maxKeys: 3 });
  const segments = fc.array(segment, { minLength: 2, maxLength: 2 });
  return fc
    .record({ segments, query, headers, body: bodyOf(operation) })
    .map(({ segments, query, headers, body }) => {
      let at = 0;
      const filled = path.replaceAll(/\{\w+\}/g, () => segments[at++] ?? '');
      const search = new URLSearchParams(
        Object.entries(query).map(([name, it]): [string, string] => [name.toWellFormed(), it.toWellFormed()]),
      );
      const given = Object.fromEntries(Object.entries(headers).filter(([, it]) => it !== undefined));
      return {
        method,
        address: `/v1${filled}?${search}`,
        operation,
        headers: given as Record<string, string>,
        body,
      };
    });
};

describe('whatever is sent to any endpoint of the description', () => {
  test('is answered as it says: as is declared, never with a failure, and with nothing of another municipality', async () => {
    const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, operation]) => requestTo(method.toUpperCase(), path, operation)),
    );
    const seen = new Set<number>();
    const faults: string[] = [];
    let asked = 0;
    for (const requests of operations)
      for (const { method, address, operation, headers, body } of fc.sample(requests, amount(12, 200))) {
        const init = { method, headers, ...(body && { body: body as Uint8Array<ArrayBuffer> }) };
        const answer = await server.app.request(address, init);
        seen.add(answer.status);
        asked++;
        const found = await fault(operation, answer);
        const sent = JSON.stringify({ headers, body: body && new TextDecoder().decode(body) });
        if (found) faults.push(`${method} ${address} ${sent}: ${found}`);
      }
    expect(faults).toEqual([]);
    expect(asked).toBeGreaterThan(amount(500, 10_000));
    expect([...seen]).toEqual(expect.arrayContaining([200, 400, 401, 403, 404, 415, 422]));
  });

  const described = (method: string, path: string): Operation => {
    const operation = document.paths[path]?.[method];
    if (!operation) throw new Error(`${method} ${path} is not described`);
    return operation;
  };

  test('and so is what only a server for real matters answers: its clock is not put forward', async () => {
    await using live = await startLive();
    const app = createApp({ ...server.services, goToDay: live.services.goToDay });
    const headers = { authorization: 'Bearer demo-registrar', 'content-type': 'application/json' };
    const body = JSON.stringify({ date: '2026-12-24' });
    const answer = await app.request('/v1/clock', { method: 'POST', headers, body });
    expect([answer.status, await fault(described('post', '/clock'), answer)]).toEqual([403, null]);
  });

  test('and a message that breaks off on the way', async () => {
    const headers = {
      ...{ 'webhook-id': 'msg-1', 'webhook-timestamp': '1', 'webhook-signature': 'v1,x' },
      'content-type': 'application/json',
    };
    const body = new ReadableStream({ pull: (it) => it.error(new Error('reset')) });
    const init = { method: 'POST', headers, body, duplex: 'half' } as RequestInit;
    const answer = await server.app.request('/v1/hooks/e-signering', init);
    expect([answer.status, await fault(described('post', '/hooks/{integration}'), answer)]).toEqual([
      400,
      null,
    ]);
  });

  test('and a registration that is repeated when the matter has been marked meanwhile', async () => {
    const register = () =>
      server.app.request('/v1/matters', {
        method: 'POST',
        body: JSON.stringify(newMatter),
        headers: {
          authorization: 'Bearer unsighted-registrar',
          'content-type': 'application/json',
          'idempotency-key': 'marked',
        },
      });
    const made = await register();
    const mark = { provision: 'OSL 19:3', authority: 'Kommunstyrelsen' };
    await server.as('registrar').send(made.headers.get('location') ?? '', 'secrecy.mark', mark);
    const again = await register();
    expect([made.status, again.status, await fault(described('post', '/matters'), again)]).toEqual([
      201,
      404,
      null,
    ]);
  });

  test('and the place in the stream that a reader comes back to is a parameter of it', async () => {
    const { parameters = [] } = described('get', '/events/stream');
    expect(parameters).toContainEqual(expect.objectContaining({ in: 'header', name: 'Last-Event-ID' }));
  });

  test("is answered with what is only Salem's where Salem asks", async () => {
    const operation = document.paths['/matters']?.get;
    const ask = async (token: string) =>
      fault(
        operation as Operation,
        await server.app.request('/v1/matters', { headers: { authorization: `Bearer ${token}` } }),
      );
    expect(await ask('salem-registrar')).toContain("what is only Salem's is told");
    expect(await ask('demo-registrar')).toBeNull();
  });

  test.each<[string, (declared: Operation['responses']) => Operation['responses']]>([
    ['the status', () => ({})],
    [
      'the format',
      (it) => ({ 200: { content: { 'text/plain': it[200]?.content?.['application/json'] as Media } } }),
    ],
    [
      'a field',
      () => ({
        200: {
          content: {
            'application/json': {
              schema: { type: 'object', properties: { other: {} }, required: ['other'] },
            },
          },
        },
      }),
    ],
  ])('is not, where the description says something else: %s', async (_, changed) => {
    const operation = document.paths['/head']?.get;
    if (!operation) throw new Error('there is no such operation');
    const ask = () => server.app.request('/v1/head', { headers: { authorization: 'Bearer demo-auditor' } });
    expect(await fault(operation, await ask())).toBeNull();
    expect(await fault({ responses: changed(operation.responses) }, await ask())).not.toBeNull();
  });
});
