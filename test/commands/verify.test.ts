import { join } from 'node:path';
import { pino } from 'pino';
import sqlite3 from 'sqlite3';
import { describe, expect, it, vi } from 'vitest';
import { openDatabase } from '../../db/open.ts';
import type { JsonObject } from '../../machines/chart.ts';
import { token } from '../../src/commands/token.ts';
import { verify } from '../../src/commands/verify.ts';
import { loadDemo } from '../../src/demo/load.ts';
import type * as opening from '../../src/opening.ts';
import { createTestServer } from '../fixtures/server.ts';
import { answer, Folder } from './command.ts';

/** What happens when the routes have been read, and nothing else yet. */
let afterRoutes = async () => {};
vi.mock('../../src/opening.ts', async (original) => {
  const real = await original<typeof opening>();
  const openCatalogue: typeof opening.openCatalogue = async (db) => {
    const catalogue = await real.openCatalogue(db);
    await afterRoutes();
    return catalogue;
  };
  return { ...real, openCatalogue };
});

/** A database file with the demonstration's first matter in it. */
async function database(folder: Folder): Promise<string> {
  const file = join(folder.path, 'demo.db');
  const db = await openDatabase(file);
  await loadDemo(db, pino({ level: 'silent' }), Date.parse('2026-05-21T09:00:00Z'));
  await db.close();
  return file;
}

/** Changes a database as someone would who has the file, past the triggers that guard the log. */
const tamper = (file: string, sql: string): Promise<void> =>
  new Promise((resolve, reject) => {
    const db = new sqlite3.Database(file);
    db.exec(sql, (failed) => db.close((error) => (failed || error ? reject(failed ?? error) : resolve())));
  });

describe('A database is audited', () => {
  it('one that nobody has touched is whole (exit code 0)', async () => {
    using folder = new Folder();
    const file = await database(folder);
    const { code, out } = await answer(verify, '--database', file);
    expect(code).toBe(0);
    expect(out).toMatch(
      /^\d+ actors, \d+ entries\nchain intact: yes\nreplay equal: yes\nlawful: yes\nregister of access rights intact: yes\nhead: \d+:[0-9a-f]{64}\nhead of the register: \d+:[0-9a-f]{64}\n$/,
    );
  });

  it('one whose log was changed is not (exit code 1)', async () => {
    using folder = new Folder();
    const file = await database(folder);
    await tamper(
      file,
      `drop trigger entry_redacted; update entry set payload = '{"finds":2}' where type = 'decision.confirm';`,
    );
    const { code, out } = await answer(verify, '--database', file);
    expect(code).toBe(1);
    expect(out).toMatch(/^✗ chain /m);
    expect(out).toContain('chain intact: NO');
    expect(out).toContain('lawful: not judged');
  });

  it('one in which something waits to be sent that the log does not give is not (exit code 1)', async () => {
    using folder = new Folder();
    const file = await database(folder);
    await tamper(
      file,
      `insert into delivery (id, subscription, tenant, root, actor, type, body, state, attempts, due_at, tries, created_at)
        values ('msg_1', 's', 'huddinge', 'r', 'a', 'matter.decide', '{}', 'waiting', 0, '2026', '[]', '2026')`,
    );
    const { code, out } = await answer(verify, '--database', file);
    expect(code).toBe(1);
    expect(out).toContain('✗ outbox a: The message msg_1 that waits to be sent is not what the log gives.');
    expect(out).toContain('replay equal: NO');
  });

  it('one in which a message that waits cannot be read any more is not (exit code 1), and the rest is audited', async () => {
    using folder = new Folder();
    const file = await database(folder);
    const waiting = (id: string, tries: string) =>
      `insert into delivery (id, subscription, tenant, root, actor, type, body, state, attempts, due_at, tries, created_at)
        values ('${id}', 's', 'huddinge', 'r', 'a', 'matter.decide', '{}', 'waiting', 0, '2026', '${tries}', '2026')`;
    await tamper(file, [waiting('msg_1', '[]x'), waiting('msg_2', '[]')].join(';'));
    const { code, out } = await answer(verify, '--database', file);
    expect(code).toBe(1);
    for (const id of ['msg_1', 'msg_2']) expect(out).toContain(`✗ outbox a: The message ${id} that waits`);
  });

  it('one whose register of access rights was changed is not (exit code 1)', async () => {
    using folder = new Folder();
    const file = await database(folder);
    // Beside the integration of the demonstration.
    const make = ['create', 'X', '--municipality', 'huddinge', '--role', 'clerk', '--database', file];
    for (let count = 0; count < 2; count += 1) expect((await answer(token, ...make)).code).toBe(0);
    const sound = await answer(verify, '--database', file);
    const head = /^head of the register: (.*)$/m.exec(sound.out)?.[1] ?? '';
    expect([sound.code, head]).toEqual([0, expect.stringMatching(/^3:/)]);
    expect((await answer(verify, '--database', file, '--register', head)).code).toBe(0);
    const other = await answer(verify, '--database', file, '--register', `1${head.slice(1)}`);
    expect([other.code, other.out]).toEqual([1, expect.stringMatching(/^✗ rights : Row 1 .* is another/m)]);
    await tamper(
      file,
      `drop trigger rights_change_unchanged; update rights_change set author_name = 'Eve' where number = 1;`,
    );
    const { code, out } = await answer(verify, '--database', file);
    expect(code).toBe(1);
    expect(out).toMatch(/^✗ rights : Row 1 of the register/m);
    expect(out).toContain('register of access rights intact: NO');
    // The log is sound all the same, and is judged.
    expect(out).toMatch(/chain intact: yes\n.*\nlawful: yes/);
  });

  it('against a head that was kept: it must still have that seal', async () => {
    using folder = new Folder();
    const file = await database(folder);
    const { out } = await answer(verify, '--database', file);
    const head = /^head: (.*)$/m.exec(out)?.[1] ?? '';
    expect((await answer(verify, '--database', file, '--anchor', head)).code).toBe(0);
    const other = await answer(
      verify,
      '--database',
      file,
      '--anchor',
      `1:${'0'.repeat(64)}`,
      '--anchor',
      head,
    );
    expect([other.code, other.out]).toEqual([1, expect.stringMatching(/^✗ seal : Seal 1 is another/m)]);
    const later = await answer(verify, '--database', file, '--anchor', `999:${'0'.repeat(64)}`);
    expect(later.out).toMatch(
      /^✗ seal : The database ends at seal \d+\. What came after it, up to seal 999, is missing/m,
    );
    for (const wrong of ['17', `x:${'0'.repeat(64)}`])
      expect((await answer(verify, '--database', file, '--anchor', wrong)).code).toBe(2);
  });

  it('against the heads of when it was empty, which any database has had', async () => {
    using folder = new Folder();
    const [empty, file] = [join(folder.path, 'empty.db'), await database(folder)];
    await (await openDatabase(empty)).close();
    const { out } = await answer(verify, '--database', empty);
    const [head = '', register = ''] = [...out.matchAll(/^head.*: (0:.*)$/gm)].map((it) => it[1] ?? '');
    const kept = ['--anchor', head, '--register', register];
    for (const it of [empty, file]) expect((await answer(verify, '--database', it, ...kept)).code).toBe(0);
    const other = `0:${'1'.repeat(64)}`;
    for (const it of ['--anchor', '--register'])
      expect((await answer(verify, '--database', file, it, other)).code).toBe(1);
  });

  it('a machine reads the same', async () => {
    using folder = new Folder();
    const { code, out } = await answer(verify, '--json', '--database', await database(folder));
    expect([code, JSON.parse(out)]).toMatchObject([
      0,
      {
        chainIntact: true,
        replayEqual: true,
        findings: [],
        lawful: true,
        legality: [],
        head: { number: expect.any(Number) },
      },
    ]);
  });

  it('also while a server holds it', async () => {
    using folder = new Folder();
    const file = await database(folder);
    const held = await openDatabase(file);
    expect((await answer(verify, '--database', file)).code).toBe(0);
    await held.close();
  });

  it('also while a route is published, and a matter begins on it', async () => {
    using folder = new Folder();
    const file = join(folder.path, 'a.db');
    const server = await createTestServer({ db: await openDatabase(file), prove: async () => [] });
    afterRoutes = async () => {
      afterRoutes = async () => {};
      const built = server.services.catalogue.versionsOf('huddinge', 'council-matter').at(-1)?.route;
      const published = {
        municipality: 'huddinge',
        route: { ...built, version: 2 },
      } as unknown as JsonObject;
      const matter = { municipality: 'huddinge', route: 'council-matter', title: 'Nytt' };
      const proposals = [{ text: 'Godkänns.', body: 'kf' }];
      expect((await server.as('administrator').post('/v1/routes', published)).status).toBe(201);
      expect((await server.as('registrar').post('/v1/matters', { ...matter, proposals })).status).toBe(201);
    };
    expect(await answer(verify, '--database', file)).toMatchObject({
      code: 0,
      out: expect.stringMatching(/^2 actors, 2 entries\n/),
    });
    await server.close();
  });

  it('one that is not there is not made (exit code 2)', async () => {
    using folder = new Folder();
    const { code, out } = await answer(verify, '--database', join(folder.path, 'none.db'));
    expect([code, out]).toEqual([2, '']);
  });

  it('one whose address is none is not said to be unsound (exit code 2), whatever the settings of a server are', async () => {
    using folder = new Folder();
    vi.stubEnv('RATE_LIMIT', 'many');
    vi.stubEnv('DATABASE_PATH', await database(folder));
    expect((await answer(verify)).code).toBe(0);
    vi.stubEnv('DATABASE_URL', 'http://localhost/');
    expect(await answer(verify)).toMatchObject({ code: 2, err: expect.stringContaining('DATABASE_URL') });
    vi.unstubAllEnvs();
  });
});
