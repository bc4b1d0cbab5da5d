/** A joint matter shows each of its municipalities what is shared, and nothing of the others' own matters (R-114). */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { JsonObject } from '../../machines/chart.ts';
import type { Identity } from '../../src/services.ts';
import { Region, tokenOf } from './people.ts';

/** What only Huddinge knows of its own matter. */
const OWN = 'Handläggare i Huddinge';

const salems = (role: 'registrar' | 'auditor'): [string, Identity] => [
  `${role}-of-salem`,
  {
    id: `${role}-of-salem`,
    name: `${role} of Salem`,
    origin: 'person',
    grants: [{ tenant: 'salem', roles: [role], bodies: 'all', confidential: true }],
  },
];

const huddinges = tokenOf('registrar', 'huddinge');

let region: Region;
let joint: string;
let member: { readonly id: string };
beforeAll(async () => {
  region = await Region.open(new Map([salems('registrar'), salems('auditor')]));
  joint = region.holdings.huddinge.joint;
  await send(`/v1/joint-matters/${joint}`, 'joint.propose', {});
  const { items } = await json('/v1/matters?q=gemensam', huddinges);
  [member] = items as [typeof member];
  await send(`/v1/matters/${member.id}`, 'matter.assign', { caseOfficer: OWN });
});
afterAll(() => region.close());

/** Huddinge's registrar does something. */
async function send(path: string, type: string, payload: JsonObject): Promise<void> {
  const { version } = await json(path, huddinges);
  const answer = await region.server.request(`${path}/events`, {
    method: 'POST',
    body: JSON.stringify({ type, payload }),
    headers: {
      authorization: `Bearer ${huddinges}`,
      'content-type': 'application/json',
      'idempotency-key': type,
      'if-match': `"${version}"`,
    },
  });
  expect([type, answer.status]).toEqual([type, 200]);
}

const text = async (path: string, token: string) => {
  const answer = await region.ask('GET', path, token);
  return { status: answer.status, text: await answer.text() };
};
const json = async (path: string, token: string) => JSON.parse((await text(path, token)).text);

const shared = () => [
  ...['', '/events', '/path', '/path.svg', '/log', '/audit'].map((it) => `/v1/joint-matters/${joint}${it}`),
  `/joint-matters/${joint}`,
  '/v1/joint-matters',
  '/joint-matters',
];

describe.each(['registrar', 'auditor'])('the %s of the other municipality', (role) => {
  const token = `${role}-of-salem`;

  test('sees the joint matter in every way, by which number each has it, and nothing of what the first does in its own', async () => {
    const { context } = await json(`/v1/joint-matters/${joint}`, token);
    expect(context.members).toMatchObject([{ number: expect.any(String) }, { number: expect.any(String) }]);
    for (const path of shared()) {
      const seen = await text(path, token);
      expect([path, seen.status]).toEqual([path, 200]);
      expect([path, seen.text.includes(OWN)]).toEqual([path, false]);
    }
  });

  test('does not find the matter of the first, by its id, its path, its number or a list', async () => {
    for (const path of ['', '/events', '/path', '/path.svg', '/log', '/audit'])
      expect((await text(`/v1/matters/${member.id}${path}`, token)).status).toBe(404);
    expect((await text(`/matters/${member.id}`, token)).status).toBe(404);
    for (const path of ['/v1/matters', '/matters', '/v1/desk', '/', '/matters?format=csv'])
      for (const own of [OWN, member.id])
        expect([path, (await text(path, token)).text.includes(own)]).toEqual([path, false]);
  });
});

test('the first sees its own, by the same ways', async () => {
  expect((await text(`/v1/matters/${member.id}/path`, huddinges)).text).toContain(OWN);
  expect((await text('/v1/matters', huddinges)).text).toContain(member.id);
  expect((await text('/matters?format=csv', huddinges)).text).toContain(member.id);
});
