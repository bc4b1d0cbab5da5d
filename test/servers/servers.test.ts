/** Several servers, as processes of their own, on one PostgreSQL database. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { sql } from 'kysely';
import { describe, expect, test, vi } from 'vitest';
import { type Database, openDatabase } from '../../db/open.ts';
import { huddinge } from '../../machines/municipalities/huddinge.ts';
import { Engine } from '../../src/engine/engine.ts';
import { dueDeadlines } from '../../src/store/deadlines.ts';
import { entriesAfter } from '../../src/store/entries.ts';
import { auditAll } from '../../src/views/audit.ts';
import { anna, openEngine, outcomeOf, sweden } from '../fixtures/engine.ts';
import { postgresHere } from '../fixtures/postgres.ts';
import type { Acknowledged } from './child.ts';

const postgres = await postgresHere();
const program = fileURLToPath(new URL('child.ts', import.meta.url));

const BEFORE = '2026-01-01T09:00:00.000Z';
const AFTER = '2026-03-01T09:00:00.000Z';

/** A server under load, and what it has acknowledged so far. */
class Server {
  readonly acknowledged: Acknowledged[] = [];
  readonly errors: string[] = [];
  readonly #child: ChildProcess;
  #heard = () => {};

  constructor(address: string, name: string, actors: readonly string[]) {
    this.#child = spawn(process.execPath, [program, address, name, AFTER, ...actors]);
    this.#child.stderr?.on('data', (it) => this.errors.push(String(it)));
    this.#child.once('exit', () => this.#heard());
    createInterface({ input: this.#child.stdout as NodeJS.ReadableStream }).on('line', (line) => {
      // The last line may be cut in two by the kill.
      if (line.endsWith('}')) this.acknowledged.push(JSON.parse(line));
      this.#heard();
    });
  }

  /** Waits until it has acknowledged so many more commands. */
  async answers(more: number): Promise<void> {
    const until = this.acknowledged.length + more;
    while (this.acknowledged.length < until) {
      if (this.#child.exitCode !== null) throw new Error(`the server stopped: ${this.errors.join('')}`);
      await new Promise<void>((resolve) => {
        this.#heard = resolve;
      });
    }
  }

  async kill(): Promise<void> {
    this.#child.kill('SIGKILL');
    await once(this.#child, 'close');
  }
}

describe.runIf(postgres)('two servers on one PostgreSQL database, one of them killed under load', () => {
  test('lose nothing that was acknowledged, do nothing twice, and fire each deadline once', async () => {
    const address = (await postgres?.create()) ?? '';
    const actors: string[] = [];
    {
      await using bench = await openEngine({ filename: address, now: BEFORE });
      for (let n = 0; n < 40; n++) actors.push(await bench.start('letter', { title: `${n}` }));
    }
    const shared = actors.slice(0, 4);
    const [a, b] = [new Server(address, 'a', shared), new Server(address, 'b', shared)];
    await Promise.all([a.answers(150), b.answers(150)]);
    await a.kill();
    await b.answers(150);
    await b.kill();
    expect([a.errors, b.errors]).toEqual([[], []]);

    await using bench = await openEngine({ filename: address, now: AFTER });
    await bench.tick();
    const log = await entriesAfter(bench.db.reader, 0, 1_000_000);
    const source = {
      db: bench.db.reader,
      registry: bench.registry,
      calendarOf: () => sweden,
      registerOf: () => huddinge,
      now: () => AFTER,
    };
    expect(await auditAll(source)).toMatchObject({
      actors: 40,
      chainIntact: true,
      replayEqual: true,
      findings: [],
    });

    const stored = new Set(log.map((it) => `${it.actor} ${it.version} ${it.command}`));
    const acknowledged = [...a.acknowledged, ...b.acknowledged];
    expect(acknowledged.filter((it) => !stored.has(`${it.actor} ${it.version} ${it.command}`))).toEqual([]);
    const notes = log.filter((it) => it.type === 'letter.note').map((it) => JSON.parse(it.payload).text);
    expect(new Set(notes).size).toBe(notes.length);
    const known = new Set(notes);
    expect(acknowledged.filter((it) => !known.has(it.key))).toEqual([]);
    const both = new Set(a.acknowledged.map((it) => it.key));
    expect(b.acknowledged.some((it) => both.has(it.key))).toBe(true);

    const fired = log.filter((it) => it.type === 'deadline.reply').map((it) => it.actor);
    expect(fired.toSorted()).toEqual(actors.toSorted());
  });
});

/** Breaks the connections of those whose turn it is. */
const endTurns = ({ reader }: Database) =>
  sql`
    select pg_terminate_backend(pid) from pg_stat_activity
    where datname = current_database() and state like 'idle in transaction%'`.execute(reader);

/** A database that a server begins to write to, once it has its turn, when it is told to. */
async function pausedWhereItWrites(address: string) {
  const db = await openDatabase(address);
  const [began, told] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  let transactions = 0;
  const writer = new Proxy(db.writer, {
    get(target, name) {
      const value = Reflect.get(target, name, target) as unknown;
      if (name !== 'transaction' || ++transactions !== 2)
        return typeof value === 'function' ? value.bind(target) : value;
      began.resolve();
      return () => ({
        execute: (write: never) => told.promise.then(() => target.transaction().execute(write)),
      });
    },
  });
  return { db: { ...db, writer }, isWriting: began.promise, goOn: told.resolve };
}

describe.runIf(postgres)('a server on a database that another server writes too', () => {
  test('goes on from what the other has written, and reads it at once', async () => {
    const address = (await postgres?.create()) ?? '';
    await using one = await openEngine({ filename: address });
    await using other = await openEngine({ filename: address });
    const id = await one.start('counter', {});
    await other.send(id, 'count.add', { by: 1 });
    expect((await one.engine.actor(id, anna))?.version).toBe(2);
    expect(await outcomeOf(one.send(id, 'count.add', { by: 1 }, { expected: 1 }))).toBe('stale');
    await one.send(id, 'count.add', { by: 1 }, { expected: 2 });
    expect(await other.context(id)).toMatchObject({ n: 2 });
  });

  test('says that no commit can be counted on when its turn has got nowhere for half a minute', async () => {
    const address = (await postgres?.create()) ?? '';
    await using bench = await openEngine({ filename: address });
    const { promise: refreshed, resolve: goOn } = Promise.withResolvers<void>();
    const engine = await Engine.open({
      db: bench.db,
      registry: bench.registry,
      calendarOf: () => sweden,
      registerOf: () => huddinge,
      clock: () => Date.parse(bench.now),
      refresh: () => refreshed,
    });
    vi.useFakeTimers({ toFake: ['performance'] });
    const start = { kind: 'start', chart: 'counter', tenant: 'huddinge', input: {}, sender: anna } as const;
    const started = engine.submit(start);
    vi.advanceTimersByTime(30_000);
    expect(await engine.canCommit()).toBe(true);
    vi.advanceTimersByTime(1);
    expect(await engine.canCommit()).toBe(false);
    goOn();
    await started;
    expect(await engine.canCommit()).toBe(true);
    vi.useRealTimers();
  });

  test('gives the first answer to a key that the other has answered', async () => {
    const address = (await postgres?.create()) ?? '';
    await using one = await openEngine({ filename: address });
    await using other = await openEngine({ filename: address });
    const id = await one.start('counter', {});
    const key = { idempotency: { scope: 's', key: 'k', fingerprint: 'f' } };
    const answers = await Promise.all(
      [one, other, one, other].map((it) => it.send(id, 'count.add', { by: 1 }, key)),
    );
    expect(new Set(answers.map((it) => `${it.version} ${it.command}`)).size).toBe(1);
    expect(answers.filter((it) => !it.repeated)).toHaveLength(1);
  });

  test('has a deadline tried again that the other has set aside', async () => {
    const address = (await postgres?.create()) ?? '';
    await using one = await openEngine({ filename: address });
    await using other = await openEngine({ filename: address });
    const missing = '1 letter';
    const due = { to: missing, event: { type: 'letter.told', text: 'late' } };
    const actor = await one.start('relay', { on: '2026-12-05', due });
    // The other knows the actor as it was before.
    await other.send(actor, 'relay.publish', { topic: 't', payload: {} });
    one.now = '2026-12-06T09:00:00.000Z';
    other.now = one.now;
    await one.tick();
    const [deadline] = await one.deadlines(actor);
    expect(deadline?.failure).toContain(missing);
    const retry = { kind: 'retry', deadline: { actor, state: 'open', name: 'pass' }, sender: anna } as const;
    const refusal = await other.engine.submit(retry).catch((error: Error) => error.message);
    expect(refusal).toContain(missing);
  });

  test('sets no deadline aside when its turn has ended meanwhile: that stays as the other has set it', async () => {
    const address = (await postgres?.create()) ?? '';
    await using other = await openEngine({ filename: address });
    const { db, isWriting, goOn } = await pausedWhereItWrites(address);
    const one = await openEngine({ db });
    const id = await other.start('letter', { title: 'A', copy: 'nobody', from: '2026-12-05' });
    one.now = '2026-12-06T09:00:00.000Z';
    other.now = one.now;
    const [deadline] = await dueDeadlines(db.reader, one.now, 1);
    if (!deadline) throw new Error('nothing is due');
    const fired = outcomeOf(one.engine.submit({ kind: 'fire', deadline }));
    await isWriting;
    await endTurns(db);
    await other.send(id, 'letter.await', { from: '2027-01-10' });
    const [, remind] = await other.deadlines(id);
    goOn();
    expect(await fired).toBe('unavailable');
    expect(remind).toMatchObject({ name: 'remind', lastDay: '2027-01-10', failure: null });
    expect(await other.deadlines(id)).toContainEqual(remind);
    await one.engine.drain();
    await db.close();
  });

  test('gives no registry number that the other has given', async () => {
    const address = (await postgres?.create()) ?? '';
    await using one = await openEngine({ filename: address });
    await using other = await openEngine({ filename: address });
    const series = { series: { '/number': 'HKS 2026' } };
    const ids = await Promise.all(
      Array.from({ length: 20 }, (_, n) => (n % 2 ? one : other).start('letter', { title: 'a' }, series)),
    );
    const numbers = await Promise.all(ids.map(async (id) => (await one.actor(id)).number));
    expect(new Set(numbers).size).toBe(20);
    expect(numbers).toContain('HKS 2026/20');
  });

  test('whose connections break again and again writes nothing that does not fit', async () => {
    const address = (await postgres?.create()) ?? '';
    await using one = await openEngine({ filename: address });
    await using other = await openEngine({ filename: address });
    const id = await one.start('counter', {});
    const db = await openDatabase(address);
    const send = async (it: typeof one, n: number) => {
      // Whoever has the turn loses it, and goes on; or loses what it writes.
      if (n % 4 === 0) await endTurns(db);
      return outcomeOf(it.send(id, 'count.add', { by: 1 }));
    };
    const answers: string[] = [];
    for (let round = 0; round < 10; round++)
      answers.push(
        ...(await Promise.all(Array.from({ length: 12 }, (_, n) => send(n % 2 ? one : other, n)))),
      );
    await db.close();
    const accepted = answers.filter((it) => it === 'accepted').length;
    expect(accepted + answers.filter((it) => it === 'unavailable').length).toBe(answers.length);
    expect(accepted).toBeGreaterThan(0);
    const { version } = await one.actor(id);
    // Where the connection broke after the commit nobody was told yes, and yet it is done.
    expect(version).toBeGreaterThanOrEqual(1 + accepted);
    expect((await one.log(id)).map((it) => it.version)).toEqual(
      Array.from({ length: version }, (_, n) => n + 1),
    );
    const source = {
      db: one.db.reader,
      registry: one.registry,
      calendarOf: () => sweden,
      registerOf: () => huddinge,
      now: () => AFTER,
    };
    expect(await auditAll(source)).toMatchObject({ chainIntact: true, replayEqual: true, findings: [] });
  });
});
