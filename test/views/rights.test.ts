/** What an audit finds of the register of access rights. */
import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Label } from '../../machines/label.ts';
import { changeRights, linked, operator } from '../../src/engine/rights.ts';
import { addAccount, changeAccount } from '../../src/store/accounts.ts';
import { type RightsChange, rightsChangesAfter } from '../../src/store/rights.ts';
import { auditAll } from '../../src/views/audit.ts';
import { createTestServer, type TestServer } from '../fixtures/server.ts';

let server: TestServer;
beforeEach(async () => {
  server = await createTestServer();
  for (const name of ['A', 'B', 'C'])
    await server.as('administrator').post('/v1/tokens', {
      name,
      tenant: 'huddinge',
      roles: ['integration'],
    });
});
afterEach(() => server.close());

const audit = () => auditAll(server.services.source);
const said = async (): Promise<Label['en'][]> =>
  (await audit()).findings.filter((it) => it.kind === 'rights').map((it) => it.detail.en);
const run = async (...statements: readonly string[]) => {
  for (const it of statements) await sql.raw(it).execute(server.db.writer);
};
/** As someone does who has the file. */
const tamper = (...statements: readonly string[]) =>
  run('drop trigger rights_change_unchanged', 'drop trigger rights_change_kept', ...statements);
const rows = () => rightsChangesAfter(server.db.reader, 0, 100);
const rowIs = (number: number) =>
  `Row ${number} of the register of access rights is not the one that was written.`;

describe('the register of access rights', () => {
  test('that nobody has touched is whole', async () => {
    const { rightsIntact, rightsHead, findings } = await audit();
    const newest = (await rows()).at(-1);
    expect([rightsIntact, findings]).toEqual([true, []]);
    expect(rightsHead).toEqual({ number: 4, hash: newest?.hash });
  });

  test.each([
    ['who did it', `author = 'x'`],
    ['the name of who did it', `author_name = 'Somebody Else'`],
    ['the way', `way = 'api' || way`],
    ['the time', `at = '2026-01-01T00:00:00.000Z'`],
    ['what was done', `act = 'changed'`],
    ['whom it is about', `subject = 'x'`],
    ['where', `municipalities = '["salem"]'`],
    ['what was before', `before = '{}'`],
    ['what became of it', `after = replace(after, 'integration', 'auditor')`],
  ])('whose row is altered: %s', async (_, change) => {
    await tamper(`update rights_change set ${change} where number = 3`);
    expect(await said()).toContain(rowIs(3));
    expect((await audit()).rightsIntact).toBe(false);
  });

  test('of which a row in the middle is removed', async () => {
    await tamper('delete from rights_change where number = 3');
    expect(await said()).toContain(rowIs(3));
  });

  test('of which the first row is removed', async () => {
    await tamper('delete from rights_change where number = 1');
    expect(await said()).toContain(rowIs(1));
  });

  test('of which the last rows are removed', async () => {
    await tamper('delete from rights_change where number > 2');
    expect(await said()).toContain('What stood in the register of access rights after row 2 is gone.');
  });

  test('of which two rows have changed places', async () => {
    await tamper(
      'update rights_change set number = 99 where number = 3',
      'update rights_change set number = 3 where number = 4',
      'update rights_change set number = 4 where number = 99',
    );
    expect(await said()).toContain(rowIs(3));
  });

  test('that was written anew as a whole: only a head that was kept elsewhere tells', async () => {
    const { rightsHead } = await audit();
    const kept = async () => (await auditAll(server.services.source, [], [rightsHead])).findings;
    expect(await kept()).toEqual([]);
    let before: RightsChange | null = null;
    const written: string[] = [];
    for (const { number: _, prev: __, hash: ___, ...it } of await rows()) {
      before = linked(before, { ...it, by: { ...it.by, name: 'Somebody Else' } });
      const { number, prev, hash } = before;
      written.push(
        `update rights_change set author_name = 'Somebody Else', prev = '${prev}', hash = '${hash}' where number = ${number}`,
      );
    }
    await tamper(...written);
    expect(await said()).toEqual([]);
    expect((await kept()).map((it) => it.detail.en)).toEqual([
      expect.stringContaining('Row 4 of the register of access rights is another than the one that is kept'),
    ]);
  });

  test('tells what everyone may: what was given past the program is found', async () => {
    const { subject } = (await rows()).at(-1) ?? {};
    const untold = (name: string) =>
      `What is stored of ${name} is not what the register of access rights says.`;
    await run(
      `update token set grants = replace(grants, 'integration', 'administrator') where id = '${subject}'`,
    );
    expect(await said()).toEqual([untold(`token ${subject}`)]);
    await run(`delete from token where id = '${subject}'`);
    expect(await said()).toEqual([untold(`token ${subject}`)]);
    await run(
      `insert into account (login, name, grants, created_at) values ('eve', 'Eve', null, '2026-01-01T00:00:00.000Z')`,
      `update integration set events = '["matter.close"]' where name = 'e-signering'`,
    );
    expect(await said()).toEqual([
      untold('integration e-signering'),
      untold(`token ${subject}`),
      untold('account eve'),
    ]);
  });

  test.each(['integration', 'subscription', 'token'])(
    'tells for which municipality: %s that was moved to another past the program is found',
    async (kind) => {
      const terms = { name: 'S', url: 'http://127.0.0.1:4299/', events: [], bodies: [], routes: [] };
      const made = await server
        .as('administrator')
        .post('/v1/subscriptions', { municipality: 'huddinge', ...terms });
      expect([made.status, await said()]).toEqual([201, []]);
      const moved = (await rows()).filter((it) => it.kind === kind);
      await run(`update ${kind} set tenant = 'salem'`);
      expect((await said()).sort()).toEqual(
        moved
          .map(
            (it) => `What is stored of ${kind} ${it.subject} is not what the register of access rights says.`,
          )
          .sort(),
      );
    },
  );

  test.each(
    ['municipalities', 'before', 'after'].flatMap((column) =>
      ['x', '7', '["\\ud800"]'].map((written) => [column, written] as const),
    ),
  )('whose row cannot be read any more, %s: %s, is found, and the rest audited', async (column, written) => {
    const [, second] = await rows();
    await tamper(
      `update rights_change set ${column} = '${written}' where number = 4`,
      `update token set revoked_at = '2026-01-01' where id = '${second?.subject}'`,
    );
    expect(await said()).toEqual(
      expect.arrayContaining([rowIs(4), expect.stringContaining(`token ${second?.subject} is not what`)]),
    );
  });

  test.each([
    ['token', 'grants'],
    ['account', 'grants'],
    ['integration', 'label'],
    ['integration', 'secrets'],
    ['integration', 'events'],
    ['integration', 'mapping'],
    ['subscription', 'events'],
    ['subscription', 'bodies'],
    ['subscription', 'routes'],
    ['subscription', 'secrets'],
  ])('tells what everyone may: what cannot be read any more is found, %s.%s', async (kind, column) => {
    const terms = { name: 'S', url: 'http://127.0.0.1:4299/', events: [], bodies: [], routes: [] };
    await server.as('administrator').post('/v1/subscriptions', { municipality: 'huddinge', ...terms });
    const account = { login: 'bo', name: 'Bo', password: null, codeHash: null, codeEndsAt: null };
    const now = server.clock.now;
    await changeRights(server.db, operator('account'), now, (it) =>
      addAccount(it, { ...account, grants: '[]', createdAt: now }),
    );
    const one = (await rows()).findLast((it) => it.kind === kind)?.subject;
    const key = { account: 'login', integration: 'name' }[kind] ?? 'id';
    for (const written of ['x', '7']) {
      await run(`update ${kind} set ${column} = '${written}' where ${key} = '${one}'`);
      expect(await said()).toEqual([
        `What is stored of ${kind} ${one} is not what the register of access rights says.`,
      ]);
    }
  });

  test('tells for which municipalities, also of an account that had commissions in others before', async () => {
    const account = { login: 'bo', name: 'Bo', password: null, codeHash: null, codeEndsAt: null };
    const grants = (tenant: string) => JSON.stringify([{ tenant, roles: ['clerk'], bodies: 'all' }]);
    const now = server.clock.now;
    await changeRights(server.db, operator('account'), now, async (it) => {
      await addAccount(it, { ...account, grants: grants('salem'), createdAt: now });
      await changeAccount(it, 'bo', { name: 'Bo', grants: grants('huddinge') });
    });
    expect((await rows()).at(-1)?.municipalities).toEqual(['huddinge', 'salem']);
    expect(await said()).toEqual([]);
    await run(`update account set grants = '${grants('salem')}'`);
    expect(await said()).toHaveLength(1);
  });
});

test('what there was before there was a register is recorded as found when the server starts, once', async () => {
  const older = await createTestServer();
  await older.as('administrator').post('/v1/tokens', { name: 'A', tenant: 'salem', roles: ['integration'] });
  for (const it of [
    'drop trigger rights_change_kept',
    'delete from rights_change',
    `update sqlite_sequence set seq = 0 where name = 'rights_change'`,
  ])
    await sql.raw(it).execute(older.db.writer);
  expect((await auditAll(older.services.source)).rightsIntact).toBe(false);
  for (const _ of ['a start', 'and another']) {
    const again = await createTestServer({ db: older.db });
    const told = await rightsChangesAfter(again.db.reader, 0, 9);
    expect(told.map(({ act, kind, by }) => [act, kind, by.way])).toEqual([
      ['found', 'token', 'program'],
      ['found', 'integration', 'program'],
    ]);
    expect((await auditAll(again.services.source)).rightsIntact).toBe(true);
  }
  await older.close();
});
