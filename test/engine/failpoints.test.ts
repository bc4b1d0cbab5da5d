import { copyFileSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openDatabase } from '../../db/open.ts';
import type { Command } from '../../src/engine/command.ts';
import { Refusal } from '../../src/engine/refusal.ts';
import { entriesAfter } from '../../src/store/entries.ts';
import { auditAll } from '../../src/views/audit.ts';
import { sourceOf } from '../fixtures/council-matter.ts';
import { anna, type Bench, openEngine, outcomeOf } from '../fixtures/engine.ts';
import { type Extent, Failpoints, type When } from '../fixtures/failpoints.ts';

const folder = mkdtempSync(join(tmpdir(), 'failpoints-'));
afterAll(() => rmSync(folder, { recursive: true }));

const AFTER_DUE = '2026-12-06T09:00:00.000Z';

interface Scene {
  readonly relay: string;
  readonly letter: string;
  readonly part: string;
}

/** A relay with a part whose deadline has fallen due, and a letter. */
async function setUp(bench: Bench): Promise<Scene> {
  const relay = await bench.start('relay', {});
  const letter = await bench.start('letter', { title: 'A' });
  await bench.send(relay, 'relay.start', { chart: 'part', key: 'part', input: { on: '2026-12-05' } });
  bench.now = AFTER_DUE;
  return { relay, letter, part: `${relay}.part` };
}

/** A group that writes to every table: records, numbers, outbox, receipts, replies, and a deadline that fires. */
function groupOf({ relay, letter }: Scene): readonly Command[] {
  const key = (name: string) => ({
    idempotency: { scope: 'anna', key: name, fingerprint: name },
    sender: anna,
  });
  const message = { integration: 'post', id: 'm-1', tenant: 'huddinge', body: 'unreadable' };
  const says = { sv: 'Kan inte läsas.', en: 'It cannot be read.' };
  const told = { to: [letter], event: { type: 'letter.told', text: 'told' } };
  const published = { topic: 't', payload: {} };
  const series = { '/number': 'HKS 2026' };
  const [huddinge, input] = ['huddinge', { title: 'B' }];
  return [
    { kind: 'start', chart: 'letter', tenant: huddinge, input, series, ...key('start') },
    { kind: 'send', actor: relay, type: 'relay.publish', payload: published, ...key('publish') },
    { kind: 'send', actor: relay, type: 'relay.tell', payload: told, ...key('tell') },
    { kind: 'send', actor: letter, type: 'letter.answer', payload: {}, ...key('answer') },
    { kind: 'receive', message, refusal: new Refusal('invalid', says) },
  ];
}

/** What has happened, in its order. */
const story = async (bench: Bench): Promise<string[]> =>
  (await entriesAfter(bench.db.reader, 0, 1_000)).map((it) => it.type);

const told = (bench: Bench, scene: Scene): Promise<string[]> =>
  Promise.all(groupOf(scene).map((it) => outcomeOf(bench.engine.submit(it))));

const YES = ['accepted', 'accepted', 'accepted', 'accepted', 'invalid'];

/** Nothing is half done, and what the engine shows is what is stored. */
async function assertSound(bench: Bench, { relay, letter, part }: Scene): Promise<void> {
  expect((await auditAll(sourceOf(bench))).findings).toEqual([]);
  for (const id of [relay, letter, part])
    expect((await bench.engine.actor(id, anna))?.version).toBe((await bench.actor(id)).version);
}

/** A closed database in which the scene is set up, and what a group that nothing disturbs makes of it. */
async function rehearsed() {
  const file = join(folder, 'rehearsed.db');
  const bench = await openEngine({ filename: file });
  const scene = await setUp(bench);
  const before = await story(bench);
  await bench[Symbol.asyncDispose]();
  await using other = await openOn(copied(file, 'undisturbed'));
  expect(await told(other, scene)).toEqual(YES);
  await assertSound(other, scene);
  return { file, scene, before, after: await story(other) };
}

const openOn = (filename: string) => openEngine({ filename, now: AFTER_DUE });

/** Copies a database with its log. @returns the copy, in the place of the one before of that name. */
function copied(file: string, name: string): string {
  const to = join(folder, `${name}.db`);
  for (const end of ['', '-wal', '-shm', '.lock']) rmSync(to + end, { force: true });
  for (const end of ['', '-wal']) if (existsSync(file + end)) copyFileSync(file + end, to + end);
  return to;
}

/** Arms every statement of a group in turn, until the group does not have so many. */
async function everywhere(run: (n: number) => Promise<boolean>): Promise<number> {
  for (let n = 1; ; n++) if (!(await run(n))) return n - 1;
}

let stage: Awaited<ReturnType<typeof rehearsed>>;
beforeAll(async () => {
  stage = await rehearsed();
});

describe.each<When>(['before', 'after'])('a statement that fails %s it is carried out', (when) => {
  test('anywhere on the way of a group: nothing is half done, who was told yes is there, and the engine goes on', async () => {
    const { file, scene, before, after } = stage;
    const outcomes = new Set<string>();
    const statements = await everywhere(async (n) => {
      const failpoints = new Failpoints();
      const db = await openDatabase(copied(file, 'failing'), failpoints.open);
      const bench = await openEngine({ db, now: AFTER_DUE });
      failpoints.arm(n, when, 'once');
      const answers = await told(bench, scene);
      const passed = failpoints.disarm();
      for (const it of answers) outcomes.add(it.replace(/: .*/, ''));
      await assertSound(bench, scene);
      const now = await story(bench);
      // Told no by a commit that was carried out, and nobody came to know: all of it is there.
      const secret = answers.includes('unavailable') && now.length > before.length;
      if (answers.includes('unavailable')) expect([n, now]).toEqual([n, secret ? after : before]);
      if (secret) outcomes.add('committed in secret');

      // Who was told yes is there; sent again with the same keys, everything is done, and nothing twice.
      for (const [index, type] of ['', 'relay.publish', 'relay.tell', 'letter.answer'].entries())
        if (answers[index] === 'accepted' && type)
          expect([n, now]).toEqual([n, expect.arrayContaining([type])]);
      expect([n, await told(bench, scene)]).toEqual([n, YES]);
      await assertSound(bench, scene);
      expect((await story(bench)).toSorted()).toEqual(after.toSorted());
      expect(await bench.engine.canCommit()).toBe(true);
      await db.close();
      return passed;
    });
    expect(statements).toBeGreaterThan(15);
    expect(outcomes).toContain('unavailable');
    expect(outcomes.has('committed in secret')).toBe(when === 'after');
  });

  test('and takes the process with it: the next one finds all of the group, or nothing', async () => {
    const { file, scene, before, after } = stage;
    const found = new Set<readonly string[]>();
    const reached: string[] = [];
    await everywhere(async (n) => {
      const dying = copied(file, `${when}-${n}`);
      const failpoints = new Failpoints();
      const db = await openDatabase(dying, failpoints.open);
      const bench = await openEngine({ db, now: AFTER_DUE });
      failpoints.arm(n, when, 'death');
      const statement = await Promise.race([failpoints.reached, told(bench, scene).then(() => null)]);
      if (statement === null) {
        await db.close();
        return false;
      }
      reached.push(statement);
      await using next = await openOn(copied(dying, 'found'));
      await assertSound(next, scene);
      const now = await story(next);
      const expected = now.length === before.length ? before : after;
      found.add(expected);
      expect([n, now]).toEqual([n, expected]);
      expect([n, await told(next, scene)]).toEqual([n, YES]);
      expect(await story(next)).toEqual(after);
      return true;
    });
    expect(reached.length).toBeGreaterThan(15);
    expect(reached.at(-1)).toBe('commit');
    expect(found).toEqual(new Set(when === 'after' ? [before, after] : [before]));
  });
});

test('what is written after a transaction that could not be rolled back does not go down with it', async () => {
  const { file, scene } = stage;
  const statements = await everywhere(async (n) => {
    const failpoints = new Failpoints();
    const db = await openDatabase(copied(file, 'failing'), failpoints.open);
    const bench = await openEngine({ db, now: AFTER_DUE });
    failpoints.arm(n, 'before', 'lasting');
    await outcomeOf(bench.start('letter', { title: 'B' }, { series: { '/number': 'HKS 2026' } }));
    const passed = failpoints.disarm();
    const { version } = await bench.send(scene.letter, 'letter.note', { text: 'alone' });
    // As another connection sees it.
    expect([n, (await bench.actor(scene.letter)).version]).toEqual([n, version]);
    await db.close();
    return passed;
  });
  expect(statements).toBeGreaterThan(5);
});

describe('a group that is carried out while the one before it is written', () => {
  const key = (name: string) => ({ idempotency: { scope: 'anna', key: name, fingerprint: name } });

  /** Reopens what the group before answers, and notes something besides. */
  const next = (bench: Bench, { letter }: Scene): Promise<string[]> =>
    Promise.all([
      outcomeOf(bench.send(letter, 'letter.reopen', {}, key('reopen'))),
      outcomeOf(bench.send(letter, 'letter.note', { text: 'n' }, key('note'))),
    ]);

  /** The events that say which of the commands were carried out. */
  const marks = [
    'started',
    'relay.publish',
    'relay.tell',
    'letter.answer',
    null,
    'letter.reopen',
    'letter.note',
  ];

  test.each<[When, Extent]>([
    ['before', 'lasting'],
    ['after', 'once'],
  ])(
    'is void with it: wherever a statement fails %s it is carried out (%s), no yes is taken back',
    async (when, extent) => {
      const { file, scene, before, after } = stage;
      const outcomes = new Set<string>();
      await everywhere(async (n) => {
        const failpoints = new Failpoints();
        const db = await openDatabase(copied(file, 'failing'), failpoints.open);
        const bench = await openEngine({ db, now: AFTER_DUE });
        failpoints.arm(n, when, extent);
        const first = told(bench, scene);
        await Promise.race([failpoints.writing, first]);
        const second = next(bench, scene);
        const answers = [...(await first), ...(await second)];
        const passed = failpoints.disarm();
        await assertSound(bench, scene);
        const happened = (await story(bench)).slice(before.length);
        for (const [index, mark] of marks.entries()) {
          if (mark === null) continue;
          const answer = answers[index] ?? '';
          outcomes.add(`${mark} ${answer.replace(/:.*/, '')}`);
          if (answer === 'accepted') expect([n, happened]).toEqual([n, expect.arrayContaining([mark])]);
          else if (when === 'before') expect([n, happened]).not.toEqual([n, expect.arrayContaining([mark])]);
        }
        expect([n, await told(bench, scene), await next(bench, scene)]).toEqual([
          n,
          YES,
          ['accepted', 'accepted'],
        ]);
        await assertSound(bench, scene);
        const all = [...after, 'letter.reopen', 'letter.note'];
        expect((await story(bench)).toSorted()).toEqual(all.toSorted());
        await db.close();
        return passed;
      });
      for (const mark of ['letter.answer', 'letter.reopen', 'letter.note'])
        for (const answer of ['accepted', 'unavailable']) expect(outcomes).toContain(`${mark} ${answer}`);
    },
  );
});
