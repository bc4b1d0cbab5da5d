/** Whoever has the machine lets in again who cannot come in, while the server runs. */
import { join } from 'node:path';
import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Database, openDatabase } from '../../db/open.ts';
import { account } from '../../src/commands/account.ts';
import type { Accounts } from '../../src/identity/accounts.ts';
import type { People } from '../../src/identity/people.ts';
import { openLive } from '../../src/live.ts';
import { answer, Folder } from './command.ts';

const password = 'hästar äter gärna sju äpplen';
const another = 'hästar äter gärna sju päron';
const from = '127.0.0.1';

let folder: Folder;
let file: string;
let db: Database;
let people: People;
let accounts: Accounts;
beforeEach(async () => {
  folder = new Folder();
  file = join(folder.path, 'live.db');
  db = await openDatabase(file);
  const config = { publicUrl: null, behindProxy: false, provider: null };
  const services = await openLive({ db, log: pino({ level: 'silent' }), config });
  if (!services.people || !('accounts' in services.people.by)) throw new Error('there are accounts');
  people = services.people;
  accounts = services.people.by.accounts;
});
afterEach(async () => {
  await people.sessions.settled();
  await db.close();
  folder[Symbol.dispose]();
});

const renew = (...more: readonly string[]) => answer(account, 'renew', ...more, '--database', file);

/** The only administrator, who has chosen a password and is signed in. @returns the cookie. */
async function administrator(): Promise<string> {
  const signIn = await accounts.choosePassword({ code: (await accounts.firstCode()) ?? '', password, from });
  if (typeof signIn === 'string' || !('person' in signIn)) throw new Error('the code is right');
  return people.sessions.begin(signIn.person, { agent: '', previous: undefined });
}

describe('A new one-time code for an account', () => {
  it('is printed once and opens it; the old password and the session do not', async () => {
    const cookie = await administrator();
    const { code, out } = await renew(' Admin ');
    expect([code, out]).toEqual([0, expect.stringMatching(/^[\w-]{43}\n$/)]);
    expect(await people.sessions.find(cookie)).toBeNull();
    expect(await accounts.signIn({ login: 'admin', password, from })).toBe('wrong');
    const [stored] = await db.reader.selectFrom('account').selectAll().execute();
    expect(JSON.stringify(stored)).not.toContain(out.trim());
    expect(await accounts.choosePassword({ code: out, password: another, from })).toMatchObject({
      person: { id: 'local:admin' },
    });
    expect(await accounts.choosePassword({ code: out, password: another, from })).toBe('wrong');
  });

  it('leaves everybody else as they are', async () => {
    const [cookie, by] = [await administrator(), people.by];
    const { person } = (await people.sessions.find(cookie)) ?? {};
    if (!person || !('admission' in by)) throw new Error('the administrator is signed in');
    const grant = {
      tenant: 'huddinge',
      roles: ['clerk' as const],
      bodies: 'all' as const,
      confidential: false,
    };
    await by.admission.add({ login: 'anna', name: 'Anna', ...grant }, { ...person, way: 'page' });
    expect((await renew('anna')).code).toBe(0);
    expect(await people.sessions.find(cookie)).not.toBeNull();
    expect(await accounts.signIn({ login: 'admin', password, from })).toMatchObject({ person });
  });

  it('is not made for one that there is not, nor where nobody has one (exit code 2)', async () => {
    expect(await renew('admin')).toMatchObject({
      code: 2,
      out: '',
      err: expect.stringContaining('no accounts'),
    });
    const cookie = await administrator();
    expect(await renew('adm')).toMatchObject({
      code: 2,
      out: '',
      err: expect.stringContaining('The accounts are: admin'),
    });
    expect((await renew()).code).toBe(2);
    expect((await renew('adm', '--lang', 'sv')).err).toContain('Det finns inget konto ”adm”');
    expect(await people.sessions.find(cookie)).not.toBeNull();
  });
});
