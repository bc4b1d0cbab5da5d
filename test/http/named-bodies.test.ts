import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { JsonObject } from '../../machines/chart.ts';
import { newMatter } from '../../src/http/examples.ts';
import { createTestServer, type TestServer } from '../fixtures/server.ts';

let server: TestServer;
beforeEach(async () => {
  server = await createTestServer({ now: '2026-11-20T09:00:00Z' });
});
afterEach(() => server.close());

const matter = newMatter as unknown as JsonObject;
const register = (more: JsonObject = {}) => server.as('clerk').post('/v1/matters', { ...matter, ...more });

/** The bodies that consultations of a matter are addressed to, as it stands in the log. */
const asked = async (id: string) => {
  const { parts } = await (await server.as('clerk').get(`/v1/matters/${id}`)).json();
  return (parts as { chart: { name: string }; body: string }[])
    .filter((it) => it.chart.name === 'consultation')
    .map((it) => it.body);
};

describe('A body that is asked is the same by its id and by its name (R-019, R-020)', () => {
  const drafting = async () => {
    const at = (await register()).headers.get('location') ?? '';
    await server.as('clerk').send(at, 'matter.assign', { caseOfficer: 'Hanna' });
    return { at, id: at.split('/').at(-1) ?? '' };
  };

  test.each([
    ['sn', 'sn'],
    ['Socialnämnden', 'sn'],
    [' socialnämnden', 'sn'],
    ['Region Stockholm', 'Region Stockholm'],
  ])('a consultation addressed to %j is for %j', async (body, expected) => {
    const { at, id } = await drafting();
    const question = 'Vad kostar det?';
    expect(
      (await server.as('clerk').send(at, 'consultation.send', { key: 'a', body, question })).status,
    ).toBe(200);
    expect(await asked(id)).toEqual([expected]);
  });

  test('a committee that is asked by its name takes the consultation up in its own matter', async () => {
    const { at, id } = await drafting();
    const question = { key: 'a', body: 'Socialnämnden', question: 'Vad kostar det?' };
    await server.as('clerk').send(at, 'consultation.send', question);
    const opinion = {
      municipality: 'huddinge',
      route: 'sn-opinion',
      title: 'Yttrande',
      from: 'Kommunstyrelsen',
      answerBy: '2026-12-31',
      consultation: `${id}.remiss-a`,
      proposals: [{ text: 'Nämnden tillstyrker.', body: 'sn' }],
    };
    expect((await server.as('registrar').post('/v1/matters', opinion)).status).toBe(201);
  });

  test('a body is affected once, however it is named', async () => {
    const affects = (...bodies: string[]) =>
      register({ affected: bodies.map((body) => ({ body, reason: 'Delar kostnaden.' })) });
    expect((await affects('Socialnämnden', 'sn')).status).toBe(422);
    const { id } = await (await affects('Socialnämnden', 'Region Stockholm')).json();
    expect(await asked(String(id))).toEqual(['sn', 'Region Stockholm']);
  });
});
