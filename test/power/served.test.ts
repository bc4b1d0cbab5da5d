import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { openDatabase } from '../../db/open.ts';
import { examinedIn, isSound } from '../../src/commands/verify.ts';
import { newMatter } from '../../src/http/examples.ts';
import { entriesAfter } from '../../src/store/entries.ts';
import { amount } from '../fixtures/at-length.ts';
import { isBuilt, Served } from '../fixtures/built.ts';
import { Disk } from './disk.ts';
import { canTrace, type Operation, operationsIn, shimmed } from './trace.ts';

const folder = realpathSync(mkdtempSync(join(tmpdir(), 'served-')));
afterAll(() => rmSync(folder, { recursive: true }));
const SLOW = { timeout: 3_600_000 };

/** A folder of its own, with the file of a database that is not there yet. */
function home(name: string): { path: string; database: string } {
  const path = join(folder, name);
  mkdirSync(path);
  return { path, database: join(path, 'a.db') };
}

interface Answer {
  readonly status: number;
  readonly body: { readonly command?: string; readonly version: number; readonly code?: string };
  readonly replayed: boolean;
  readonly location: string;
}

/** Someone who works on one matter, one request after the other. */
class Clerk {
  server: Served;
  matter = '';
  version = 1;
  readonly #name: string;
  #keys = 0;

  constructor(server: Served, name: string) {
    this.server = server;
    this.#name = name;
  }

  async register(): Promise<this> {
    const { location } = await this.#post('/v1/matters', newMatter, `${this.#name}-start`);
    this.matter = location;
    return this;
  }

  /** The key of the next assignment, which is also who the matter is assigned to. */
  next(): string {
    return `${this.#name}-${++this.#keys}`;
  }

  /** Assigns the matter to whoever is called like the key. */
  async assign(key: string): Promise<Answer> {
    const event = { type: 'matter.assign', payload: { caseOfficer: key } };
    const answer = await this.#post(`${this.matter}/events`, event, key);
    if (answer.status === 200) this.version = answer.body.version;
    return answer;
  }

  async #post(path: string, body: object, key: string): Promise<Answer> {
    const answer = await fetch(this.server.url + path, {
      method: 'POST',
      body: JSON.stringify(body),
      headers: {
        authorization: 'Bearer demo-clerk',
        'content-type': 'application/json',
        'idempotency-key': key,
        'if-match': `"${this.version}"`,
      },
    });
    return {
      status: answer.status,
      body: (await answer.json()) as Answer['body'],
      replayed: answer.headers.get('idempotency-replayed') === 'true',
      location: answer.headers.get('location') ?? '',
    };
  }

  /** Everyone whom the matter has been assigned to, in order. */
  async assigned(): Promise<string[]> {
    const answer = await fetch(`${this.server.url}${this.matter}/log`, {
      headers: { authorization: 'Bearer demo-auditor' },
    });
    const { items } = (await answer.json()) as { items: { type: string; payload: string }[] };
    const assigned = items.filter((it) => it.type === 'matter.assign');
    return assigned.map((it) => (JSON.parse(it.payload) as { caseOfficer: string }).caseOfficer);
  }
}

const statusOf = async ({ url }: Served, path: string): Promise<number> => (await fetch(url + path)).status;

const clerks = (server: Served, count: number, name: string): Promise<Clerk[]> =>
  Promise.all(Array.from({ length: count }, (_, n) => new Clerk(server, `${name}-${n}`).register()));

describe.skipIf(!isBuilt)('the server, killed under load', () => {
  test(
    'time and again, has lost nothing that it acknowledged, and does nothing twice for one key',
    SLOW,
    async () => {
      const { database } = home('killed');
      let server = await Served.start(database);
      const all = await clerks(server, 8, 'killed');
      let unanswered = 0;
      for (let round = 0; round < amount(2, 100); round++) {
        let left = 1 + Math.floor(Math.random() * 60);
        const killed = Promise.withResolvers<void>();
        const pending = await Promise.all(
          all.map(async (clerk) => {
            for (;;) {
              const key = clerk.next();
              const answer = await clerk.assign(key).catch(() => null);
              if (!answer) return { clerk, key };
              expect([answer.status, answer.replayed]).toEqual([200, false]);
              if (--left === 0) server.end('SIGKILL').then(killed.resolve, killed.reject);
            }
          }),
        );
        await killed.promise;
        server = await Served.start(database);
        for (const { clerk, key } of pending) {
          clerk.server = server;
          unanswered += 1;
          expect((await clerk.assign(key)).status).toBe(200);
          const expected = Array.from(
            { length: clerk.version - 1 },
            (_, n) => `${key.replace(/\d+$/, '')}${n + 1}`,
          );
          expect(await clerk.assigned()).toEqual(expected);
        }
      }
      expect(unanswered).toBeGreaterThan(0);
      await server.end('SIGTERM');
      expect(isSound(await examinedIn(database))).toBe(true);
    },
  );
});

const ENOSPC = 28;
const EIO = 5;

/** What the disk does, what of it the file of faults says, and what SQLite says of it. */
const failures = [
  ['is full', `w ${ENOSPC} 1`, 'SQLITE_FULL'],
  ['cannot be written', `w ${EIO} 1`, 'SQLITE_IOERR'],
  ['is full when it is synced', `s ${ENOSPC} 1`, 'SQLITE_IOERR'],
  ['cannot be synced', `s ${EIO} 1`, 'SQLITE_IOERR'],
] as const;

describe.skipIf(!isBuilt || !canTrace())('the server, on a disk that fails', () => {
  test(
    'acknowledges nothing, is not ready, says why in its log, and goes on when the disk does',
    SLOW,
    async () => {
      const { path, database } = home('failing');
      const faults = join(folder, 'faults');
      const server = await Served.start(database, shimmed({ folder: path, faults }));
      const clerk = await new Clerk(server, 'c').register();
      const expected: string[] = [];
      for (const [what, fault, reason] of failures) {
        const [there, lost, found] = [clerk.next(), clerk.next(), clerk.next()];
        expect((await clerk.assign(there)).status).toBe(200);
        expect(await statusOf(server, '/readyz')).toBe(200);

        const logged = server.log.length;
        writeFileSync(faults, fault);
        for (const key of [lost, found])
          expect([what, await clerk.assign(key)]).toMatchObject([
            what,
            { status: 503, body: { code: 'unavailable' } },
          ]);
        expect([await statusOf(server, '/readyz'), await statusOf(server, '/livez')]).toEqual([503, 200]);
        expect(await clerk.assigned()).toEqual([...expected, there]);
        expect(server.log.slice(logged)).toContain(reason);

        writeFileSync(faults, '');
        expect(await statusOf(server, '/readyz')).toBe(200);
        expect(await clerk.assign(found)).toMatchObject({ status: 200, replayed: false });
        expected.push(there, found);
        expect(await clerk.assigned()).toEqual(expected);
      }
      // Killed while it fails, and started anew on a disk that works.
      writeFileSync(faults, failures[3][1]);
      const doubtful = clerk.next();
      expect((await clerk.assign(doubtful)).status).toBe(503);
      await server.end('SIGKILL');
      clerk.server = await Served.start(database);
      expect((await clerk.assign(doubtful)).status).toBe(200);
      expect(await clerk.assigned()).toEqual([...expected, doubtful]);
      await clerk.server.end('SIGTERM');
      expect(isSound(await examinedIn(database))).toBe(true);
    },
  );
});

/** The commands that an answer over a socket acknowledges. */
const commandsIn = ({ data }: Operation): string[] =>
  [...data.toString().matchAll(/"command":"([0-9a-f-]{36})"/g)].flatMap((it) => it[1] ?? []);

describe.skipIf(!isBuilt || !canTrace())('the server, when its power is cut under load', () => {
  /** What each of some cuts spread over a run has lost of what was answered before. */
  async function lossesOf(path: string, operations: readonly Operation[], cuts: number): Promise<number[]> {
    const disk = new Disk(path);
    const answered: string[] = [];
    const losses: number[] = [];
    for (const [place, it] of operations.entries()) {
      disk.apply(it);
      if (it.kind === 'answer') answered.push(...commandsIn(it));
      if (Math.floor(((place + 1) * cuts) / operations.length) === losses.length) continue;
      const found = join(folder, 'found');
      rmSync(found, { recursive: true, force: true });
      mkdirSync(found);
      const luck = [() => false, () => true, () => Math.random() < 0.5][losses.length % 3] ?? (() => false);
      for (const [name, content] of disk.found(luck)) writeFileSync(join(found, basename(name)), content);
      losses.push(await lostIn(join(found, 'a.db'), answered));
    }
    return losses;
  }

  async function lostIn(file: string, answered: readonly string[]): Promise<number> {
    const db = await openDatabase(file);
    const there = new Set((await entriesAfter(db.reader, 0, 1_000_000)).map((it) => it.command));
    await db.close();
    const { findings } = await examinedIn(file);
    expect(findings).toEqual([]);
    return answered.filter((it) => !there.has(it)).length;
  }

  test(
    'has every change that it has answered; and loses some where the log of SQLite is not synced',
    SLOW,
    async () => {
      const { path, database } = home('cut');
      const trace = join(folder, 'cut-trace');
      const server = await Served.start(database, shimmed({ folder: path, trace, answers: true }));
      const all = await clerks(server, 8, 'cut');
      await Promise.all(
        all.map(async (clerk) => {
          for (let n = 0; n < amount(10, 100); n++)
            expect((await clerk.assign(clerk.next())).status).toBe(200);
        }),
      );
      await server.end('SIGKILL');
      const operations = operationsIn(trace);
      expect(new Set(operations.flatMap(commandsIn)).size).toBeGreaterThanOrEqual(
        all.length * amount(10, 100),
      );
      const losses = await lossesOf(path, operations, amount(12, 500));
      expect(losses).toEqual(losses.map(() => 0));
      const unsynced = operations.filter((it) => !(it.kind === 'sync' && it.path === `${database}-wal`));
      const control = await lossesOf(path, unsynced, amount(6, 50));
      expect(Math.max(...control)).toBeGreaterThan(0);
    },
  );
});
