/** What is named when a record is started: nothing that whoever starts it does not see, nothing of others. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { JsonObject } from '../../machines/chart.ts';
import type { Identity } from '../../src/services.ts';
import { createTestServer, type TestServer } from '../fixtures/server.ts';
import { everyRole } from './people.ts';

const person = (id: string, tenant: string, confidential: boolean): [string, Identity] => [
  id,
  { id, name: id, origin: 'person', grants: [{ tenant, roles: everyRole, bodies: 'all', confidential }] },
];

let server: TestServer;
let keys = 0;
beforeAll(async () => {
  const identities = new Map([
    person('sighted', 'huddinge', true),
    person('unsighted', 'huddinge', false),
    person('neighbour', 'tyreso', false),
  ]);
  server = await createTestServer({ identities, prove: async () => [] });
});
afterAll(() => server.close());

const ask = async (who: string, method: string, path: string, body?: JsonObject, more = {}) => {
  const answer = await server.request(path, {
    method,
    headers: {
      authorization: `Bearer ${who}`,
      'content-type': 'application/json',
      'idempotency-key': `naming-${++keys}`,
      ...more,
    },
    ...(body && { body: JSON.stringify(body) }),
  });
  return { status: answer.status, body: (await answer.json()) as JsonObject };
};

/** A matter of Huddinge that asks one of its bodies. @returns the id of the consultation. */
async function asks(body: string): Promise<string> {
  const affected = [{ body, reason: 'Hur påverkas ni?' }];
  const proposals = [{ text: 'Förslaget antas.', body: 'kf' }];
  const matter = { municipality: 'huddinge', route: 'council-matter', title: 'Fråga', affected, proposals };
  const { status, body: made } = await ask('sighted', 'POST', '/v1/matters', matter);
  expect(status).toBe(201);
  return `${made.id}.affected1`;
}

const answering = (consultation: string, municipality: string, route: string, body: string): JsonObject => ({
  municipality,
  route,
  title: 'Yttrande',
  consultation,
  from: 'KS',
  answerBy: '2027-01-01',
  proposals: [{ text: 'Yttrandet avges.', body }],
});

const read = async (who: string, id: string) => ask(who, 'GET', `/v1/actors/${id}`);

describe('a matter that takes up a question', () => {
  test('of a confidential matter: not by one who does not see it, in the same words as of one that is not there', async () => {
    const consultation = await asks('sn');
    const matter = consultation.split('.')[0];
    const mark = { type: 'secrecy.mark', payload: { provision: 'OSL 19:3', authority: 'KS' } };
    const { body: before } = await read('sighted', String(matter));
    const path = `/v1/matters/${matter}/events`;
    expect((await ask('sighted', 'POST', path, mark, { 'if-match': `"${before.version}"` })).status).toBe(
      200,
    );

    expect((await read('unsighted', consultation)).status).toBe(404);
    const taken = await ask(
      'unsighted',
      'POST',
      '/v1/matters',
      answering(consultation, 'huddinge', 'sn-opinion', 'sn'),
    );
    const nowhere = `${consultation.slice(0, 8)}-0000-4000-8000-000000000000.affected1`;
    const missing = await ask(
      'unsighted',
      'POST',
      '/v1/matters',
      answering(nowhere, 'huddinge', 'sn-opinion', 'sn'),
    );
    expect([taken.status, missing.status]).toEqual([409, 409]);
    expect(String(taken.body.detail).replace(consultation, nowhere)).toBe(missing.body.detail);
    expect((await read('sighted', consultation)).body.version).toBe(1);

    const seen = await ask(
      'sighted',
      'POST',
      '/v1/matters',
      answering(consultation, 'huddinge', 'sn-opinion', 'sn'),
    );
    expect(seen.status).toBe(201);
    expect((await read('sighted', consultation)).body.version).toBe(2);
  });

  test('of another municipality: never, though a body is called the same there', async () => {
    const stage = (id: string, type: string, more: JsonObject) => ({ id, type, ...more });
    const label = { sv: 'Inkommen', en: 'Received' };
    const stages = [
      stage('received', 'received', { label, answer: true, within: true }),
      stage('administration', 'preparation', { label: { sv: 'Förvaltningen', en: 'Administration' } }),
      stage('ks', 'meeting', { body: 'ks', role: 'decide', referTo: ['administration'] }),
    ];
    const route = { name: 'ks-opinion', version: 1, label: { sv: 'Yttrande', en: 'Opinion' }, stages };
    for (const [who, municipality] of [
      ['neighbour', 'tyreso'],
      ['sighted', 'huddinge'],
    ] as const)
      expect((await ask(who, 'POST', '/v1/routes', { municipality, route })).status).toBe(201);

    const consultation = await asks('ks');
    const answered = (who: 'neighbour' | 'sighted', municipality: string) =>
      ask(who, 'POST', '/v1/matters', answering(consultation, municipality, 'ks-opinion', 'ks'));
    const theirs = await answered('neighbour', 'tyreso');
    expect([theirs.status, (await read('sighted', consultation)).body.version]).toEqual([409, 1]);
    const own = await answered('sighted', 'huddinge');
    expect([own.status, (await read('sighted', consultation)).body.version]).toEqual([201, 2]);
  });
});
