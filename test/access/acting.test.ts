import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { JsonObject } from '../../machines/chart.ts';
import { type Acting, capacityOf, covers, type Grant, inForce } from '../../src/access/grant.ts';
import type { Identity } from '../../src/services.ts';
import { createTestServer, type TestServer } from '../fixtures/server.ts';

const acting: Acting = {
  for: 'Anna Sekreterare',
  decision: 'KD 2026-06-01',
  from: '2026-07-01',
  to: '2026-07-31',
};
const grant = (more: Partial<Grant> = {}): Grant => ({
  tenant: 'huddinge',
  roles: ['clerk'],
  bodies: 'all',
  confidential: false,
  ...more,
});
const inPlace = grant({ acting });
const own = grant({ roles: ['registrar'] });
const place = { tenant: 'huddinge', body: 'ks' };

describe('what is given for a time begins and ends by itself', () => {
  it.each([
    ['2026-06-30', 1],
    ['2026-07-01', 2],
    ['2026-07-31', 2],
    ['2026-08-01', 1],
  ])('on %s there are %i grants', (day, count) => {
    expect(inForce([own, inPlace], () => day)).toHaveLength(count);
  });

  it('in whose place somebody acts is said where they could not by a role of their own', () => {
    const { for: whom, decision } = acting;
    expect(capacityOf([own, inPlace], place, ['clerk'])).toEqual({ for: whom, decision });
    expect(capacityOf([own, inPlace], place, ['clerk', 'registrar'])).toBeUndefined();
    expect(capacityOf([own], place, ['clerk'])).toBeUndefined();
  });

  it('and is not said where they could, whichever was given first, and could send that event', () => {
    const ofOneEvent = grant({ events: ['meeting.open'] });
    const capacityFor = (event: string) => capacityOf([inPlace, ofOneEvent], place, ['clerk'], event);
    expect(capacityFor('meeting.open')).toBeUndefined();
    expect(capacityFor('meeting.close')).toMatchObject({ for: acting.for });
  });

  it("what one may in another's place is not one's own to give to a system", () => {
    expect(covers([inPlace], grant())).toBe(false);
    expect(covers([grant()], grant())).toBe(true);
  });
});

describe('someone who acts in the place of a secretary', () => {
  const person = (id: string, name: string, grants: readonly Grant[]): [string, Identity] => [
    id,
    { id, name, origin: 'person', grants },
  ];
  let server: TestServer;
  beforeAll(async () => {
    const people = [
      person('acting', 'Siv Ställföreträdare', [inPlace]),
      person('both', 'Rolf Registrator', [own, inPlace]),
    ];
    server = await createTestServer({ now: '2026-06-30T12:00:00Z', identities: new Map(people) });
  });
  afterAll(() => server.close());

  let keys = 0;
  const plan = (who: string) =>
    server.request('/v1/meetings', {
      method: 'POST',
      headers: {
        authorization: `Bearer ${who}`,
        'content-type': 'application/json',
        'idempotency-key': `acting-${++keys}`,
      },
      body: JSON.stringify({ municipality: 'huddinge', body: 'ks', date: '2026-09-02' }),
    });
  const get = (path: string, who: string) =>
    server.request(path, { headers: { authorization: `Bearer ${who}`, cookie: `identity=${who}` } });
  const firstOf = async (meeting: string, who: string): Promise<JsonObject> => {
    const { steps } = (await (await get(`/v1/meetings/${meeting}/path`, who)).json()) as {
      steps: readonly JsonObject[];
    };
    return steps[0]?.sender as JsonObject;
  };
  const made: string[] = [];

  it('may nothing before the first day', async () => {
    expect((await plan('acting')).status).toBe(403);
  });

  it('may what the role may from then on, and each act says in whose place it was done', async () => {
    server.clock.now = '2026-06-30T22:00:00Z';
    const answer = await plan('acting');
    expect(answer.status).toBe(201);
    const { id } = await answer.json();
    made.push(String(id));
    expect(await firstOf(String(id), 'acting')).toMatchObject({
      name: 'Siv Ställföreträdare',
      label: { sv: 'Siv Ställföreträdare, för Anna Sekreterare' },
    });
    const log = await (await get(`/v1/meetings/${id}/log`, 'acting')).text();
    expect(log).toContain('KD 2026-06-01');
    const page = await (await get(`/meetings/${id}`, 'acting')).text();
    expect(page).toContain('Siv Ställföreträdare, för Anna Sekreterare');
  });

  it('acts in their own name where their own role suffices', async () => {
    const { id } = await (await plan('both')).json();
    expect(await firstOf(String(id), 'both')).toMatchObject({ label: { sv: 'Rolf Registrator' } });
  });

  it('may nothing after the last day, and sees nothing: nobody has to take it back', async () => {
    server.clock.now = '2026-07-31T21:59:00Z';
    expect((await get(`/v1/meetings/${made[0]}`, 'acting')).status).toBe(200);
    server.clock.now = '2026-07-31T22:00:00Z';
    expect((await plan('acting')).status).toBe(403);
    expect((await get(`/v1/meetings/${made[0]}`, 'acting')).status).toBe(404);
    expect((await plan('both')).status).toBe(201);
  });

  it('is held to it by the engine itself, whatever let them in', async () => {
    const sender = { id: 'acting', name: 'Siv', origin: 'person' as const, grants: [inPlace] };
    const { engine } = server.services;
    const send = engine.submit({
      kind: 'send',
      actor: made[0] ?? '',
      type: 'meeting.cancel',
      payload: { reason: 'Inga ärenden' },
      sender,
    });
    await expect(send).rejects.toMatchObject({ code: 'notFound' });
    const still = { ...sender, grants: [grant()] };
    await expect(
      engine.submit({
        kind: 'send',
        actor: made[0] ?? '',
        type: 'meeting.cancel',
        payload: { reason: 'Inga ärenden' },
        sender: still,
      }),
    ).resolves.toMatchObject({ repeated: false });
  });
});
