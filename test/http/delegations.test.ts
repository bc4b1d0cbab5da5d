import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { JsonObject } from '../../machines/chart.ts';
import { agreements, supportedHousing, taken } from '../fixtures/delegations.ts';
import { createTestServer, type TestServer } from '../fixtures/server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await createTestServer({ now: '2026-03-02T08:00:00Z' });
});
afterAll(() => server.close());

const given = async (more: JsonObject = {}) =>
  (await server.as('clerk').post('/v1/delegations', { ...agreements, ...more })).json();

/** A matter that waits for the delegate. */
async function waiting(): Promise<string> {
  const registrar = server.as('registrar');
  const officer = server.as('caseOfficer');
  const { id } = await (await registrar.post('/v1/matters', supportedHousing)).json();
  const path = `/v1/matters/${id}`;
  await registrar.send(path, 'matter.assign', { caseOfficer: 'Hanna' });
  await officer.send(path, 'report.complete', { dated: '2026-03-02' });
  await officer.send(path, 'report.sign', { signedBy: 'Hanna', title: 'Handläggare' });
  await officer.send(path, 'matter.handOver');
  return path;
}

const decide = async (path: string, delegation: unknown, more: JsonObject = {}) => {
  const answer = await server.as('caseOfficer').send(path, 'decision.take', taken(String(delegation), more));
  return { status: answer.status, body: await answer.json() };
};

describe('The register of delegations is told by the API', () => {
  it('who was given what, by whom, for how long; with a log and a version', async () => {
    const made = await given();
    expect(made).toMatchObject({
      collection: 'delegations',
      title: 'Socialdirektör: SN 2.1 Avtal om insatser och tjänster',
      body: 'sn',
      version: 1,
      context: { decision: 'SN 2025-12-17 § 131', from: '2026-01-01', to: '2026-12-31' },
      deadlines: [{ name: 'lastDay', lastDay: '2026-12-31' }],
    });
    const list = await (await server.as('auditor').get('/v1/delegations?body=sn&q=socialdirektör')).json();
    expect(list.total).toBe(1);
    const revoked = await server
      .as('clerk')
      .send(`/v1/delegations/${made.id}`, 'delegation.revoke', { decision: 'SN 2026-03-01 § 3' });
    expect([revoked.status, (await revoked.json()).states]).toMatchObject([200, [{ path: 'revoked' }]]);
    expect(await (await server.as('auditor').get('/v1/delegations?ended=true')).json()).toMatchObject({
      items: [{ id: made.id }],
    });
  });

  it.each<[string, JsonObject, string]>([
    ['a group that the committee does not delegate', { groups: ['sn-other'] }, '/groups/0'],
    ["another committee's group (R-091)", { body: 'von' }, '/groups/0'],
    [
      'a limit in urgent matters, of which no amount is stated (R-096)',
      { groups: ['sn-urgent'], kind: 'member', mayHandOn: false, limit: 100_000 },
      '/limit',
    ],
    ['urgent matters to an employee (R-096)', { groups: ['sn-urgent'] }, '/kind'],
    ['no end before the beginning (R-091)', { to: '2025-12-31' }, '/to'],
    ['its own employees as those of another (R-098)', { of: 'Huddinge kommun', agreement: '§ 1' }, '/of'],
    ['to hand on by another than a head of administration (R-094)', { kind: 'employee' }, '/mayHandOn'],
  ])('it refuses %s', async (_, more, pointer) => {
    const answer = await server.as('clerk').post('/v1/delegations', { ...agreements, ...more });
    expect(answer.status).toBe(422);
    expect((await answer.json()).fields).toMatchObject([{ pointer }]);
  });

  it('for a single matter, only one that there is, of the municipality (R-091)', async () => {
    const own = (await waiting()).slice('/v1/matters/'.length);
    const { id: delegation } = await given();
    const words = { municipality: 'tyreso', route: 'board-matter', title: 'A' };
    const proposals = [{ text: 'B', body: 'ks' }];
    const neighbours = await (
      await server.as('registrar').post('/v1/matters', { ...words, proposals })
    ).json();
    const answered = async (matter: unknown) =>
      (await server.as('clerk').post('/v1/delegations', { ...agreements, matter: String(matter) })).status;
    expect(await answered(own)).toBe(201);
    expect(await answered('00000000-0000-4000-8000-000000000000')).toBe(409);
    expect(await answered(`${own}.p1`)).toBe(409);
    expect(await answered(delegation)).toBe(409);
    expect(await answered(neighbours.id)).toBe(409);
  });

  it('an officer registers none: the committee decides, and its secretary records (R-091)', async () => {
    expect((await server.as('caseOfficer').post('/v1/delegations', agreements)).status).toBe(403);
    expect((await server.as('registrar').post('/v1/delegations', agreements)).status).toBe(201);
  });
});

describe('What the register does not cover is not decided (R-091 to R-094)', () => {
  it('the refusal says the rule, and of which delegation; nothing has happened to the matter', async () => {
    const delegation = await given();
    const path = await waiting();
    const refused = await decide(path, delegation.id, { amount: 500_001 });
    expect(refused).toMatchObject({ status: 409, body: { rule: 'R-091', actor: delegation.id } });
    expect(await (await server.as('auditor').get(path)).json()).toMatchObject({
      version: 5,
      states: [{ path: 'delegate.undecided' }],
    });
    expect((await decide(path, delegation.id)).status).toBe(200);
    const log = await (await server.as('auditor').get(`/v1/delegations/${delegation.id}/log`)).text();
    expect(log).toContain(path.slice('/v1/matters/'.length));
  });

  it('one that was never given, and what is no delegation', async () => {
    const path = await waiting();
    expect((await decide(path, 'no-such-delegation')).status).toBe(409);
    expect((await decide(path, path.slice('/v1/matters/'.length))).status).toBe(409);
  });

  it('one that was revoked, from that moment', async () => {
    const { id } = await given();
    const path = await waiting();
    await server.as('chair').send(`/v1/delegations/${id}`, 'delegation.revoke', { decision: '§ 3' });
    expect(await decide(path, id)).toMatchObject({ status: 409, body: { rule: 'R-091' } });
  });

  it('an automated function (R-093), and another position (R-094)', async () => {
    const path = await waiting();
    const automated = await given({ kind: 'automated', mayHandOn: false });
    expect(await decide(path, automated.id)).toMatchObject({ status: 409, body: { rule: 'R-093' } });
    const { id } = await given();
    expect(await decide(path, id, { position: 'Enhetschef' })).toMatchObject({ body: { rule: 'R-094' } });
  });

  it('an employee of another municipality under an agreement decides as any other (R-098)', async () => {
    const path = await waiting();
    const elsewhere = { of: 'Botkyrka kommun', agreement: 'KF 2025-06-09 § 88', kind: 'employee' };
    const { id } = await given({ ...elsewhere, mayHandOn: false, position: 'Avtalschef' });
    expect((await decide(path, id, { position: 'Avtalschef' })).status).toBe(200);
  });

  it('on the last day it is decided, and not the day after, though no deadline has been looked for (R-091)', async () => {
    const { id } = await given();
    const [inTime, late] = [await waiting(), await waiting()];
    server.clock.now = '2026-12-31T22:59:00Z';
    expect((await decide(inTime, id)).status).toBe(200);
    server.clock.now = '2026-12-31T23:00:00Z';
    expect(await decide(late, id)).toMatchObject({ status: 409, body: { rule: 'R-091' } });
  });
});
