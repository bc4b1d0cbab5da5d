/** Each change of who may do what is one row of the register of access rights, with who made it and by which way. */
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openDatabase } from '../../db/open.ts';
import { account } from '../../src/commands/account.ts';
import { token } from '../../src/commands/token.ts';
import { changeRights, operator } from '../../src/engine/rights.ts';
import { addAccount } from '../../src/store/accounts.ts';
import { type RightsChange, rightsChangesAfter } from '../../src/store/rights.ts';
import { answer, Folder } from '../commands/command.ts';
import { Browser } from '../fixtures/identity-provider.ts';
import { type LiveServer, startLive } from '../fixtures/live-server.ts';

const password = 'hästar äter gärna sju äpplen';

let server: LiveServer;
const admin = new Browser();
/** Everything that opens a door, in clear and as it is kept. */
const secrets = new Set<string>();

const at = (path: string) => new URL(path, server.url);
const rows = () => rightsChangesAfter(server.services.db.reader, 0, 1_000);

/** What the last page or answer showed once. */
let shown = '';

/** The rows that an act writes. */
async function written(act: () => Promise<Pick<Response, 'text'> | null>): Promise<RightsChange[]> {
  const before = (await rows()).length;
  const text = (await (await act())?.text()) ?? '';
  for (const [, secret = ''] of text.matchAll(/(?:class="secret">|"secret":")([\w-]+)/g)) {
    shown = secret;
    secrets.add(secret);
  }
  await keepStored();
  return (await rows()).slice(before);
}

async function keepStored(): Promise<void> {
  const { reader } = server.services.db;
  for (const it of await reader.selectFrom('account').select(['password', 'code_hash']).execute())
    for (const secret of [it.password, it.code_hash]) if (secret !== null) secrets.add(secret);
  for (const it of await reader.selectFrom('token').select('hash').execute()) secrets.add(it.hash);
}

beforeAll(async () => {
  server = await startLive();
});
afterAll(() => server[Symbol.asyncDispose]());

const chooseBy = (code: string, who = new Browser()) =>
  who.post(at('/first-password'), { code, password, repeated: password });
const firstCode = async () => {
  const by = server.services.people?.by;
  shown = (by && 'accounts' in by && (await by.accounts.firstCode())) || '';
  if (shown !== '') secrets.add(shown);
  return null;
};
const clerk = { name: 'Anna Andersson', tenant: 'huddinge', roles: 'clerk', bodies: 'ks' };
const letIn = (login: string, more: Record<string, string> = {}) =>
  admin.post(at('/accounts'), { ...clerk, login, ...more });
const act = (login: string, act: string, more: Record<string, string> = {}) =>
  admin.post(at(`/accounts/${login}`), { act, ...more });

const byAdmin = { id: 'local:admin', name: 'Administratör', way: 'page' };
const grant = { tenant: 'huddinge', roles: ['clerk'], bodies: ['ks'], confidential: false };

describe('accounts', () => {
  test('of the first administrator: the code that a start prints, another one, and the password', async () => {
    const serve = { id: 'operator', name: 'arendegang serve', way: 'commandLine' };
    const everywhere = { kind: 'account', subject: 'admin', municipalities: null };
    expect(await written(firstCode)).toMatchObject([
      { ...everywhere, act: 'made', by: serve, before: null, after: { grants: null, state: 'invited' } },
    ]);
    expect(await written(firstCode)).toMatchObject([{ ...everywhere, act: 'codeGiven', by: serve }]);
    expect(await written(() => chooseBy(shown, admin))).toMatchObject([
      {
        ...everywhere,
        act: 'passwordChosen',
        by: byAdmin,
        before: { state: 'invited' },
        after: { state: 'open' },
      },
    ]);
    expect(await written(firstCode)).toEqual([]);
  });

  test('of somebody who is let in, chooses a password, gets another commission, a new code, and is shut out', async () => {
    const anna = { kind: 'account', subject: 'anna', municipalities: ['huddinge'] };
    const made = await written(() => letIn('anna'));
    expect(made).toMatchObject([
      { ...anna, act: 'made', by: byAdmin, before: null, after: { name: clerk.name, grants: [grant] } },
    ]);
    const changed = await written(() => act('anna', 'change', { ...clerk, roles: 'auditor', bodies: '' }));
    expect(changed).toMatchObject([
      {
        ...anna,
        act: 'changed',
        by: byAdmin,
        before: { grants: [grant] },
        after: { grants: [{ ...grant, roles: ['auditor'], bodies: 'all' }] },
      },
    ]);
    const renewed = await written(() => act('anna', 'renew'));
    expect(renewed).toMatchObject([{ ...anna, act: 'codeGiven', by: byAdmin, after: { state: 'invited' } }]);
    expect(await written(() => chooseBy(shown))).toMatchObject([
      {
        ...anna,
        act: 'passwordChosen',
        by: { id: 'local:anna', name: clerk.name, way: 'page' },
        after: { state: 'open', codeEndsAt: null },
      },
    ]);
    expect(await written(() => act('anna', 'close'))).toMatchObject([
      { ...anna, act: 'closed', by: byAdmin, before: { state: 'open' }, after: { state: 'closed' } },
    ]);
  });

  test("of somebody who is appointed in another's place, and dismissed", async () => {
    await letIn('bo', { tenant: 'salem' });
    const acting = { for: 'Olle', decision: 'KS § 1', from: '2026-11-05', to: '2099-01-31' };
    const appointed = await written(() => act('bo', 'appoint', { ...acting, ...clerk, roles: 'chair' }));
    expect(appointed).toMatchObject([
      {
        act: 'changed',
        subject: 'bo',
        // It concerns both.
        municipalities: ['huddinge', 'salem'],
        after: { grants: [{ tenant: 'salem' }, { tenant: 'huddinge', roles: ['chair'], acting }] },
      },
    ]);
    expect(await written(() => act('bo', 'dismiss'))).toMatchObject([
      { act: 'changed', municipalities: ['huddinge', 'salem'], after: { grants: [{ tenant: 'salem' }] } },
    ]);
    expect(await written(() => act('bo', 'dismiss'))).toEqual([]);
  });

  test('of which a change is refused, or changes nothing: no row', async () => {
    await letIn('eva');
    for (const refused of [
      () => letIn('eva'),
      () => letIn('nobody', { roles: 'king' }),
      () => letIn('nobody', { bodies: 'zz' }),
      () => act('eva', 'change', { ...clerk, tenant: 'ankeborg' }),
      () => act('admin', 'close'),
      () => act('nobody', 'close'),
      () => act('eva', 'change', clerk),
      () => chooseBy('a guess'),
    ])
      expect(await written(refused)).toEqual([]);
    expect(await written(() => act('eva', 'close'))).toHaveLength(1);
  });
});

describe('tokens', () => {
  const asked = { name: 'Diariet', tenant: 'huddinge', roles: 'administrator', bodies: '', days: '30' };

  test('issued on the page, by another token at the API, and revoked with those that it issued', async () => {
    const made = await written(() => admin.post(at('/tokens'), asked));
    expect(made).toMatchObject([
      {
        kind: 'token',
        municipalities: ['huddinge'],
        act: 'made',
        by: byAdmin,
        before: null,
        after: { name: 'Diariet', grants: [{ roles: ['administrator'] }], revokedAt: null },
      },
    ]);
    const parent = made[0]?.subject ?? '';
    const issued = await written(async () => {
      const answer = await fetch(at('/v1/tokens'), {
        method: 'POST',
        body: JSON.stringify({ name: 'E-arkivet', tenant: 'huddinge', roles: ['integration'] }),
        headers: { authorization: `Bearer ${shown}`, 'content-type': 'application/json' },
      });
      expect(answer.status).toBe(201);
      return answer;
    });
    const child = issued[0]?.subject ?? '';
    expect(issued).toMatchObject([
      { act: 'made', by: { id: `token:${parent}`, name: 'Diariet', way: 'api' } },
    ]);
    const revoke = () => admin.post(at('/tokens/revocation'), { id: parent });
    expect(await written(revoke)).toMatchObject([
      { subject: parent, act: 'withdrawn', by: byAdmin, before: { revokedAt: null } },
      { subject: child, act: 'withdrawn', by: byAdmin, after: { revokedAt: expect.any(String) } },
    ]);
    expect(await written(revoke)).toEqual([]);
  });

  test('that are refused: no row', async () => {
    for (const wrong of [{ tenant: 'ankeborg' }, { roles: 'clerk' }, { days: '367' }])
      expect(await written(() => admin.post(at('/tokens'), { ...asked, ...wrong }))).toEqual([]);
    expect(await written(() => admin.post(at('/tokens/revocation'), { id: 'none' }))).toEqual([]);
  });
});

test('the register has no secret, no code, no password, and none of their hashes', async () => {
  const stored = await server.services.db.reader.selectFrom('rights_change').selectAll().execute();
  const text = JSON.stringify(stored);
  expect(secrets.size).toBeGreaterThan(10);
  expect([...secrets, password].filter((it) => text.includes(it))).toEqual([]);
  expect(text).not.toMatch(/scrypt|whsec_|ag_[\w-]{20}/);
  // The control: what is no secret stands there.
  expect(text).toContain(clerk.name);
});

test('on the command line: who runs it is the operator', async () => {
  using folder = new Folder();
  const file = join(folder.path, 'a.db');
  const db = await openDatabase(file);
  const now = new Date().toISOString();
  const anna = { login: 'anna', name: 'Anna', grants: '[]', password: 'p', createdAt: now };
  await changeRights(db, operator('serve'), now, (it) =>
    addAccount(it, { ...anna, codeHash: null, codeEndsAt: null }),
  );
  await db.close();
  const run = async (command: typeof token, ...args: readonly string[]) =>
    answer(command, ...args, '--database', file);
  expect((await run(account, 'renew', 'anna')).code).toBe(0);
  expect((await run(account, 'renew', 'nobody')).code).toBe(2);
  const made = await run(token, 'create', 'X', '--municipality', 'salem', '--role', 'clerk', '--json');
  expect((await run(token, 'create', 'X', '--municipality', 'nowhere', '--role', 'clerk')).code).toBe(2);
  expect((await run(token, 'revoke', String(JSON.parse(made.out).id))).code).toBe(0);
  expect((await run(token, 'revoke', 'none')).code).toBe(2);
  const after = await openDatabase(file);
  expect(
    (await rightsChangesAfter(after.reader, 1, 9)).map(({ act, by }) => [act, by.id, by.name, by.way]),
  ).toEqual([
    ['codeGiven', 'operator', 'arendegang account', 'commandLine'],
    ['made', 'operator', 'arendegang token', 'commandLine'],
    ['withdrawn', 'operator', 'arendegang token', 'commandLine'],
  ]);
  await after.close();
});
