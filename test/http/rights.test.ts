/** The register of access rights, as those read it who audit or administer. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { JsonObject } from '../../machines/chart.ts';
import { canonical, sha256 } from '../../src/engine/chain.ts';
import { changeRights, program } from '../../src/engine/rights.ts';
import type { Identity } from '../../src/services.ts';
import { addAccount, changeAccount } from '../../src/store/accounts.ts';
import { createTestServer, type TestServer } from '../fixtures/server.ts';

const grant = (tenant: string, role: 'auditor' | 'administrator' | 'clerk') => ({
  tenant,
  roles: [role],
  bodies: 'all' as const,
  confidential: false,
});
const identity = (id: string, ...grants: Identity['grants']): [string, Identity] => [
  id,
  { id, name: id, origin: 'person', grants },
];
const identities = new Map([
  identity('huddinge', grant('huddinge', 'auditor')),
  identity('salem', grant('salem', 'administrator')),
  identity('both', grant('huddinge', 'auditor'), grant('salem', 'auditor')),
  identity('clerk', grant('huddinge', 'clerk'), grant('salem', 'clerk')),
]);

let server: TestServer;
beforeAll(async () => {
  server = await createTestServer({ identities, integrations: [] });
  const at = '2026-11-20T09:00:00.000Z';
  const add = (login: string, grants: string | null) =>
    changeRights(server.db, program, at, (it) =>
      addAccount(it, {
        ...{ login, name: login, grants, password: null, createdAt: at },
        ...{ codeHash: 'c', codeEndsAt: at },
      }),
    );
  await add('admin', null);
  await add('hanna', JSON.stringify([grant('huddinge', 'clerk')]));
  await add('sven', JSON.stringify([grant('salem', 'clerk')]));
  const moved = JSON.stringify([grant('huddinge', 'clerk'), grant('salem', 'administrator')]);
  await changeRights(server.db, program, at, (it) =>
    changeAccount(it, 'hanna', { name: 'hanna', grants: moved }),
  );
});
afterAll(() => server.close());

const ask = async (as: string, query = '') => {
  const answer = await server.request(`/v1/rights-changes${query}`, {
    headers: { authorization: `Bearer ${as}` },
  });
  return { status: answer.status, ...((await answer.json()) as { items: JsonObject[]; total: number }) };
};
const subjects = async (as: string, query = '') => (await ask(as, query)).items.map((it) => it.subject);

describe('the register of access rights', () => {
  test('is told the newest first, with what concerns every municipality, and no other’s', async () => {
    expect(await subjects('both')).toEqual(['hanna', 'sven', 'hanna', 'admin']);
    expect(await subjects('huddinge')).toEqual(['hanna', 'hanna', 'admin']);
    expect(await subjects('salem')).toEqual(['hanna', 'sven', 'admin']);
  });

  test('of an account in several tells each municipality what it may there, and nothing of the others', async () => {
    const [mine] = (await ask('huddinge')).items;
    expect(mine).toMatchObject({ municipalities: ['huddinge'], after: { grants: [{ tenant: 'huddinge' }] } });
    expect(JSON.stringify(mine)).not.toContain('salem');
    const [theirs] = (await ask('salem')).items;
    expect(theirs).toMatchObject({ before: { grants: [] }, after: { grants: [{ tenant: 'salem' }] } });
    expect(JSON.stringify(theirs)).not.toContain('huddinge');
    const [whole] = (await ask('both')).items;
    expect(whole).toMatchObject({ municipalities: ['huddinge', 'salem'] });
  });

  test('can be checked by whoever sees the whole row', async () => {
    for (const { hash, ...row } of (await ask('both')).items) expect(sha256(canonical(row))).toBe(hash);
    const [part] = (await ask('huddinge')).items;
    const { hash, ...row } = part ?? {};
    expect(sha256(canonical(row))).not.toBe(hash);
  });

  test('is narrowed to a municipality, to a kind, and to one account; and told a page at a time', async () => {
    expect(await subjects('both', '?municipality=salem')).toEqual(['hanna', 'sven', 'admin']);
    expect(await subjects('both', '?kind=token')).toEqual([]);
    expect(await subjects('both', '?kind=account&subject=sven')).toEqual(['sven']);
    const { items, total } = await ask('both', '?limit=2&page=2');
    expect([items.map((it) => it.number), total]).toEqual([[2, 1], 4]);
  });

  test('is for those alone who audit or administer there', async () => {
    expect((await ask('clerk')).status).toBe(403);
    expect((await ask('huddinge', '?municipality=salem')).status).toBe(403);
    expect((await ask('nobody')).status).toBe(401);
    expect((await ask('both', '?kind=king')).status).toBe(400);
    expect((await ask('both', '?limit=101')).status).toBe(400);
  });

  test('is not written by asking: there is no other way to it than the change itself', async () => {
    for (const method of ['POST', 'PUT', 'PATCH', 'DELETE']) {
      const answer = await server.request('/v1/rights-changes', {
        method,
        headers: { authorization: 'Bearer salem' },
      });
      expect(answer.status).toBe(405);
    }
  });
});
