import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Database, openDatabase } from '../../db/open.ts';
import { findActor, type StoredActor, writeActors } from '../../src/store/actors.ts';
import { type Deadline, deadlinesOfActors, replaceDeadlines } from '../../src/store/deadlines.ts';
import { appendEntries, type Entry, entriesOfActor } from '../../src/store/entries.ts';
import { addReplies, findReplies, KnownKey, type Reply } from '../../src/store/replies.ts';
import { addSeal, newestSeal, type Seal } from '../../src/store/seals.ts';
import { insertSteps, openSteps } from '../../src/store/steps.ts';

const word = fc.string({ unit: 'binary', maxLength: 40 }).map((it) => it.replaceAll('\0', '').toWellFormed());
const whole = fc.integer({ min: 1, max: 2 ** 31 - 1 });
const perhaps = fc.option(word, { nil: null });

const actors: fc.Arbitrary<StoredActor> = fc.record({
  id: fc.constantFrom('a', 'b', 'c'),
  chart: word,
  chartVersion: whole,
  chartHash: word,
  parent: perhaps,
  root: word,
  tenant: word,
  version: fc.constant(1),
  snapshot: fc.string({ unit: 'grapheme', maxLength: 3000, size: 'max' }),
  head: word,
  title: word,
  number: perhaps,
  body: perhaps,
  states: fc.constantFrom([], ['a.b'], ['a.b', 'c']),
  confidential: fc.boolean(),
  ended: fc.boolean(),
  createdAt: word,
  dueAt: fc.option(word),
  updatedAt: word,
});

const steps = fc.record({
  actor: actors,
  payload: word,
  meta: word,
  key: word,
  reply: word,
  seal: fc.record({ at: word, prev: word, hash: word }),
});

type Made = typeof steps extends fc.Arbitrary<infer It> ? It : never;

let db: Database;
beforeAll(async () => {
  db = await openDatabase(':memory:');
  await openSteps(db.writer);
});
afterAll(() => db.close());

const rowsOf = ({ actor, payload, meta, key, reply, seal: of }: Made, at: number) => {
  const id = `${actor.id}${at}`;
  const { root, tenant, head: hash } = actor;
  const entry: Entry = {
    seq: at,
    actor: id,
    version: 1,
    root,
    tenant,
    command: 'c',
    at: of.at,
    type: 't',
    payload,
    meta,
    step: meta,
    salt: key,
    content: null,
    prev: of.prev,
    hash,
  };
  const answer: Reply = { scope: id, key, fingerprint: hash, reply, createdAt: of.at };
  const seal: Seal = { number: at, last: at, ...of };
  const deadline: Deadline = {
    actor: id,
    state: meta,
    name: 'n',
    tenant,
    root,
    epoch: 1,
    dueAt: of.at,
    lastDay: of.prev,
    failure: actor.parent,
  };
  const numbered = { ...actor, id, number: actor.number && `${actor.number}${at}` };
  return { id, actor: numbered, entry, deadline, answer, seal };
};

const stored = async ({ id, answer }: ReturnType<typeof rowsOf>) => ({
  actor: await findActor(db.reader, id),
  entries: await entriesOfActor(db.reader, id),
  deadlines: await deadlinesOfActors(db.reader, [id]),
  replies: await findReplies(db.reader, [answer]),
  seal: await newestSeal(db.reader),
});

describe('what steps write by one statement', () => {
  let at = 0;
  beforeEach(() => {
    at += 1_000;
  });

  test('is what statements of their own write, whatever the texts', async () => {
    await fc.assert(
      fc.asyncProperty(steps, async (made) => {
        const one = rowsOf(made, ++at);
        await insertSteps(db.writer, {
          entries: [one.entry],
          actors: [{ actor: one.actor, was: 0 }],
          touched: [one.deadline],
          running: [one.deadline],
          replies: [one.answer],
          seal: one.seal,
        });
        expect(await stored(one)).toEqual({
          actor: one.actor,
          entries: [one.entry],
          deadlines: [one.deadline],
          replies: [one.answer],
          seal: one.seal,
        });
        const each = rowsOf(made, ++at);
        await db.writer.transaction().execute(async (trx) => {
          await appendEntries(trx, [each.entry]);
          await writeActors(trx, [{ actor: each.actor, was: 0 }]);
          await replaceDeadlines(trx, [each.deadline], [each.deadline]);
          await addReplies(trx, [each.answer]);
          await addSeal(trx, each.seal);
        });
        expect(await stored(each)).toEqual({
          actor: each.actor,
          entries: [each.entry],
          deadlines: [each.deadline],
          replies: [each.answer],
          seal: each.seal,
        });
      }),
      { numRuns: 60 },
    );
  });

  const [sample] = fc.sample(steps, { numRuns: 1, seed: 1 });
  const sampled = () => {
    if (!sample) throw new Error('no sample');
    return rowsOf(sample, ++at);
  };
  const insert = (rows: ReturnType<typeof rowsOf>, was: number, more: Partial<StoredActor> = {}) =>
    insertSteps(db.writer, {
      entries: [rows.entry],
      actors: [{ actor: { ...rows.actor, ...more }, was }],
      touched: [],
      running: [],
      replies: [rows.answer],
      seal: rows.seal,
    });

  test.each([
    ['was changed by another writer since it was read', 1],
    ['was started by another writer', 0],
  ])('is nothing where an actor %s', async (_, was) => {
    const first = sampled();
    await insert(first, 0, { version: 7 });
    const before = await stored(first);
    const rows = { ...sampled(), id: first.id, actor: { ...first.actor, version: 8, title: 'new' } };
    await expect(insert(rows, was)).rejects.toThrow('another writer changed an actor of this group');
    expect(await stored(first)).toEqual(before);
    await insert(rows, 7);
    expect((await findActor(db.reader, first.id))?.title).toBe('new');
  });

  test('is nothing where a key has had its answer, and says so', async () => {
    const first = sampled();
    await insert(first, 0);
    const rows = { ...sampled(), answer: first.answer };
    await expect(insert(rows, 0)).rejects.toThrow(KnownKey);
    expect(await findActor(db.reader, rows.id)).toBeNull();
    await insert({ ...rows, answer: { ...first.answer, key: 'another' } }, 0);
    expect(await findActor(db.reader, rows.id)).not.toBeNull();
  });

  test('takes the place of the deadlines that it touched, and of no others', async () => {
    const rows = sampled();
    const [kept, moved] = [rows.deadline, { ...rows.deadline, name: 'm' }];
    const write = (touched: readonly Deadline[], running: readonly Deadline[]) =>
      insertSteps(db.writer, { entries: [], actors: [], touched, running, replies: [], seal: null });
    await write([], [kept, moved]);
    await write([moved], [{ ...moved, epoch: 2 }]);
    expect((await stored(rows)).deadlines.map(({ name, epoch }) => [name, epoch]).sort()).toEqual([
      ['m', 2],
      ['n', 1],
    ]);
    await write([moved], []);
    expect((await stored(rows)).deadlines).toEqual([kept]);
  });

  test.each([
    ['NUL', 'a\0b'],
    ['half a character', 'a\ud800'],
  ])('is nothing where a text has %s, which would not be kept', async (_, title) => {
    const rows = sampled();
    await expect(insert(rows, 0, { title })).rejects.toThrow(TypeError);
    expect(await findActor(db.reader, rows.id)).toBeNull();
  });

  test('may say so of a text within JSON', async () => {
    const rows = sampled();
    await insert(rows, 0, { snapshot: '{"a":"\\u0000"}' });
    expect((await findActor(db.reader, rows.id))?.snapshot).toBe('{"a":"\\u0000"}');
  });
});
