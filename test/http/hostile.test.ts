import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Json, JsonObject } from '../../machines/chart.ts';
import type { Role } from '../../machines/roles.ts';
import { newJointMatter, newMatter, newMeeting } from '../../src/http/examples.ts';
import { correspondentOf } from '../../src/webhooks/integrations.ts';
import { sign } from '../../src/webhooks/signature.ts';
import { createTestServer, type TestServer } from '../fixtures/server.ts';

let server: TestServer;
let matter: string;
beforeAll(async () => {
  server = await createTestServer();
  matter = await started('matters', newMatter);
});
afterAll(() => server.close());

async function started(kind: string, body: unknown): Promise<string> {
  const answer = await server.as('clerk').post(`/v1/${kind}`, body as JsonObject);
  return answer.headers.get('location') ?? '';
}

const starts = { matters: newMatter, meetings: newMeeting, 'joint-matters': newJointMatter };
const anything = fc.jsonValue({ maxDepth: 4 }) as fc.Arbitrary<Json>;
const name = fc.oneof(
  fc.string(),
  fc.constantFrom('__proto__', 'constructor', 'toString', 'type', 'self', 'joint'),
);

/** A good body, with one of its fields changed, taken away or added. */
const nearly = (good: object) =>
  fc
    .tuple(fc.oneof(fc.constantFrom(...Object.keys(good)), name), fc.option(anything, { nil: undefined }))
    .map(([field, value]) => Object.fromEntries([...Object.entries(good), [field, value]]) as JsonObject);

describe('whatever is sent', () => {
  test.each(Object.entries(starts))(
    'to start one of the %s, the answer is never that the server failed',
    async (kind, good) => {
      await fc.assert(
        fc.asyncProperty(fc.oneof(anything, nearly(good)), async (body) => {
          const { status } = await server.as('clerk').post(`/v1/${kind}`, body);
          expect(status).toBeLessThan(500);
        }),
        { numRuns: 60 },
      );
    },
  );

  test('as an event, the answer is never that the server failed', async () => {
    const event = { type: 'matter.assign', payload: { caseOfficer: 'H' } };
    const known = fc.constantFrom(
      'matter.assign',
      'point.add',
      'report.complete',
      'question.put',
      'matter.withdraw',
    );
    const typed = fc.record({ type: known, payload: anything });
    await fc.assert(
      fc.asyncProperty(fc.oneof(anything, nearly(event), typed), async (body) => {
        const etag = (await server.as('clerk').get(matter)).headers.get('etag') ?? '';
        const { status } = await server.as('clerk').post(`${matter}/events`, body, { 'If-Match': etag });
        expect(status).toBeLessThan(500);
      }),
      { numRuns: 100 },
    );
  });

  test('with a signature, the answer is never that the server failed', async () => {
    const integration = await correspondentOf(server.services.webhooks, 'e-signering');
    const secret = integration?.secrets[0] ?? '';
    const delivery = {
      actor: matter.split('/').at(-1),
      type: 'report.sign',
      payload: { signedBy: 'B', title: 'T' },
    };
    const bodies = fc.oneof(
      fc.oneof(anything, nearly(delivery)).map((it) => new TextEncoder().encode(JSON.stringify(it))),
      fc.uint8Array({ maxLength: 200 }),
    );
    let n = 0;
    await fc.assert(
      fc.asyncProperty(bodies, async (body) => {
        const [id, timestamp] = [`msg_${++n}`, Date.parse(server.clock.now) / 1000];
        const headers = {
          'webhook-id': id,
          'webhook-timestamp': String(timestamp),
          'webhook-signature': sign({ id, timestamp, body }, secret),
        };
        const init = { method: 'POST', body: body as Uint8Array<ArrayBuffer>, headers };
        expect((await server.request('/v1/hooks/e-signering', init)).status).toBeLessThan(500);
      }),
      { numRuns: 100 },
    );
  });

  test('as a header or in an address, the answer is never that the server failed', async () => {
    const text = fc.string({ unit: 'binary', maxLength: 50 });
    const printable = fc.string({
      unit: fc.integer({ min: 0x21, max: 0xff }).map((it) => String.fromCharCode(it)),
    });
    const headers = [
      'If-Match',
      'Idempotency-Key',
      'Accept-Language',
      'Content-Type',
      'Authorization',
      'Content-Length',
    ];
    await fc.assert(
      fc.asyncProperty(text, fc.constantFrom(...headers), printable, async (word, header, value) => {
        const path = encodeURIComponent(word.toWellFormed());
        for (const address of [
          `/v1/matters/${path}`,
          `/v1/matters?after=${path}&body=${path}`,
          `/v1/${path}`,
        ])
          expect((await server.as('clerk').get(address, { [header]: value })).status).toBeLessThan(500);
        const posted = await server
          .as('clerk')
          .post(`${matter}/events`, { type: word.toWellFormed() }, { [header]: value });
        expect(posted.status).toBeLessThan(500);
      }),
      { numRuns: 100 },
    );
  });
});

/** A value that a JSON Schema of ours takes, likely or at the edge of what it takes. */
function fitting(schema: JsonObject, known: fc.Arbitrary<string>): fc.Arbitrary<Json> {
  if (Array.isArray(schema.enum)) return fc.constantFrom(...(schema.enum as Json[]));
  if (schema.const !== undefined) return fc.constant(schema.const);
  if (schema.format === 'date')
    return fc.constantFrom('1926-01-01', '2024-02-29', '2026-11-12', '2026-11-20', '2126-12-31');
  if (schema.type === 'boolean') return fc.boolean();
  if (schema.type === 'integer') return fc.constantFrom(0, 1, 2, 3, 8, 31, Number(schema.maximum ?? 10_000));
  if (schema.type === 'string')
    return schema.pattern ? known : fc.oneof(fc.constantFrom('ks', 'kf', 'administration', 'å'), fc.string());
  if (schema.type === 'array')
    return fc.array(fitting(schema.items as JsonObject, known), { minLength: 1, maxLength: 2 });
  if (schema.type !== 'object') return fc.constant(null);
  const required = (schema.required ?? []) as readonly string[];
  const fields = Object.entries((schema.properties ?? {}) as Record<string, JsonObject>);
  return fc.record(Object.fromEntries(fields.map(([key, it]) => [key, fitting(it, known)])), {
    requiredKeys: [...required],
  }) as fc.Arbitrary<Json>;
}

/** What only goes through when its fields fit one another, as it does now and then: a quorum of one of the bodies. */
const plausible: Readonly<Record<string, readonly JsonObject[]>> = {
  'meeting.open': [3, 8, 31].map((present) => ({ present, chair: 'Olle Ordförande' })),
};

describe('whoever does what is possible, in any order and with any fields', () => {
  interface Possible {
    readonly type: string;
    readonly by: readonly Role[];
    readonly fields: JsonObject;
  }

  const read = async (address: string) => (await server.as('auditor').get(address)).json();

  test('never makes the server fail, and leaves a log that is whole and gives what is stored', async () => {
    const bodies = ['au', 'ks', 'kf'].map((body) => ({ ...newMeeting, body, date: '2026-11-20' }));
    const records = await Promise.all([
      ...Array.from({ length: 3 }, () => started('matters', newMatter)),
      ...bodies.map((body) => started('meetings', body)),
      started('joint-matters', newJointMatter),
    ]);
    const ids = fc.constantFrom(...records.map((it) => it.split('/').at(-1) ?? ''), 'nobody');
    const ends = ['matter.withdraw', 'meeting.cancel'];
    const times = new Map<string, number>();
    const step = fc.record({ record: fc.constantFrom(...records), actor: fc.nat(), seed: fc.nat() });
    await fc.assert(
      fc.asyncProperty(step, async ({ record, actor, seed }) => {
        const { id, parts } = (await read(record)) as unknown as { id: string; parts: { id: string }[] };
        const actors = [...parts.map((it) => it.id), ...Array.from({ length: parts.length + 1 }, () => id)];
        const address = `/v1/actors/${actors[actor % actors.length]}`;
        const { available } = (await read(`${address}/events`)) as unknown as { available: Possible[] };
        // What has been done least is done next: so the walk gets further than chance would.
        const [chosen] = available
          .filter((it) => !ends.includes(it.type))
          .sort((a, b) => (times.get(a.type) ?? 0) - (times.get(b.type) ?? 0));
        if (!chosen) return;
        const { type, by, fields } = chosen;
        const likely = plausible[type] ?? [];
        // Every other time; else whatever the declaration takes.
        const [payload] =
          seed % 2 === 0 && likely.length > 0
            ? [likely[(seed >> 1) % likely.length] ?? {}]
            : (fc.sample(fitting(fields, ids), { numRuns: 1, seed }) as JsonObject[]);
        const { status } = await server.as(by[seed % by.length] ?? 'clerk').send(address, type, payload);
        times.set(type, (times.get(type) ?? 0) + 1);
        expect([status < 500, type, payload]).toEqual([true, type, payload]);
      }),
      { numRuns: 600 },
    );
    // It is about twenty-three kinds of events.
    expect(times.size).toBeGreaterThan(17);
    for (const record of records)
      expect(await read(`${record}/audit`)).toMatchObject({
        chainIntact: true,
        replayEqual: true,
        findings: [],
      });
  });

  test.each(['0000-01-01', '1899-12-31', '9999-12-31'])(
    'is told that %s is no date to reckon from',
    async (due) => {
      const address = await started('matters', newMatter);
      await server.as('clerk').send(address, 'matter.assign', { caseOfficer: 'H' });
      const consultation = { key: 'a', body: 'b', question: 'c', due };
      const answer = await server.as('clerk').send(address, 'consultation.send', consultation);
      expect(answer.status).toBe(422);
    },
  );
});
