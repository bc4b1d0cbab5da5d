import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import * as z from 'zod';
import { assigning, causing, defineChart, type JsonObject, type StateData } from '../../machines/chart.ts';
import { clerical, message } from '../../machines/events.ts';
import { tell } from '../../machines/tell.ts';
import type { Retry } from '../../src/engine/command.ts';
import type { Refusal } from '../../src/engine/refusal.ts';
import { nextDue } from '../../src/store/deadlines.ts';
import { entriesAfter } from '../../src/store/entries.ts';
import { amount } from '../fixtures/at-length.ts';
import { anna, type Bench, openEngine, outcomeOf } from '../fixtures/engine.ts';
import { grantsOf } from '../fixtures/grants.ts';
import { smallCharts } from '../fixtures/small-charts.ts';

const folder = mkdtempSync(join(tmpdir(), 'deadlines-'));
afterAll(() => rmSync(folder, { recursive: true }));

const same = (text: string) => ({ sv: text, en: text });
const card = () => ({ title: 'Test', number: null, body: null });
const touch = clerical({ label: same('Touch'), by: ['clerk'] });

/** A letter of 1 December 2026: the answer is due on 22 December. */
const letterOf = (bench: Bench, more: JsonObject = {}) => bench.start('letter', { title: 'A', ...more });
const LAST_MOMENT = '2026-12-22T22:59:59.999Z';
const DUE = '2026-12-22T23:00:00.000Z';

describe('a deadline', () => {
  test('of three weeks ends with the local day: one millisecond before it has not fired, then it has', async () => {
    await using bench = await openEngine();
    const id = await letterOf(bench);
    expect(await bench.deadlines(id)).toMatchObject([{ name: 'reply', dueAt: DUE, lastDay: '2026-12-22' }]);
    bench.now = LAST_MOMENT;
    expect(await bench.tick()).toBe(0);
    bench.now = DUE;
    expect(await bench.tick()).toBe(1);
    expect(await bench.types(id)).toEqual(['started', 'deadline.reply']);
    expect(await bench.context(id)).toMatchObject({ lateOn: '2026-12-23' });
  });

  test('has not fired after 50 milliseconds, however long it is', async () => {
    await using bench = await openEngine();
    const id = await letterOf(bench);
    bench.now = '2026-12-01T09:00:00.050Z';
    await bench.tick();
    expect((await bench.actor(id)).states).toEqual(['waiting']);
  });

  test.each([
    ['into summer time', '2026-03-10T09:00:00.000Z', '2026-03-31', '2026-03-31T22:00:00.000Z'],
    ['out of summer time', '2026-10-10T09:00:00.000Z', '2026-10-31', '2026-10-31T23:00:00.000Z'],
    ['entered after midnight local time', '2026-11-30T23:30:00.000Z', '2026-12-22', DUE],
  ])('of 21 days %s ends on the right local day', async (_, now, lastDay, dueAt) => {
    await using bench = await openEngine({ now });
    expect(await bench.deadlines(await letterOf(bench))).toMatchObject([{ lastDay, dueAt }]);
  });

  test('whose day is not known does not run; once the day is known it does', async () => {
    await using bench = await openEngine();
    const id = await letterOf(bench);
    expect((await bench.deadlines(id)).map((it) => it.name)).toEqual(['reply']);
    await bench.send(id, 'letter.await', { from: '2026-12-05' });
    expect((await bench.deadlines(id)).map((it) => [it.name, it.lastDay])).toEqual([
      ['remind', '2026-12-05'],
      ['reply', '2026-12-22'],
    ]);
  });

  test.each(['9999-12-31', '0001-01-01'])(
    'that would end beyond the calendar is invalid: %s',
    async (from) => {
      await using bench = await openEngine();
      const id = await letterOf(bench);
      expect(await outcomeOf(bench.send(id, 'letter.await', { from }))).toBe('invalid');
      expect((await bench.actor(id)).version).toBe(1);
    },
  );

  test('that does not leave its state is spent when it has fired', async () => {
    await using bench = await openEngine();
    const id = await letterOf(bench, { from: '2026-12-05' });
    bench.now = '2026-12-06T09:00:00.000Z';
    expect(await bench.tick()).toBe(1);
    expect(await bench.tick()).toBe(0);
    expect((await bench.deadlines(id)).map((it) => it.name)).toEqual(['reply']);
    expect(await bench.types(id)).toEqual(['started', 'deadline.remind']);
  });
});

describe('a server that restarts', () => {
  test('between setting a deadline and its day fires it, once', async () => {
    await using bench = await openEngine({ filename: join(folder, 'restart.db') });
    const id = await letterOf(bench);
    await bench.restart();
    bench.now = DUE;
    expect(await bench.tick()).toBe(1);
    await bench.restart();
    expect(await bench.tick()).toBe(0);
    expect(await bench.types(id)).toEqual(['started', 'deadline.reply']);
  });

  test('fires deadlines of the same instant in the order in which it would have without', async () => {
    const fired: string[][] = [];
    for (const restarting of [false, true]) {
      await using bench = await openEngine();
      const id = await letterOf(bench, { from: '2026-12-22' });
      if (restarting) await bench.restart();
      bench.now = DUE;
      await bench.send(id, 'letter.note', { text: 'after both' });
      fired.push(await bench.types(id));
    }
    expect(fired[0]).toEqual(['started', 'deadline.remind', 'deadline.reply', 'letter.note']);
    expect(fired[1]).toEqual(fired[0]);
  });
});

describe('a state that is left and entered again', () => {
  test('runs its own deadline: the first one does not fire', async () => {
    await using bench = await openEngine();
    const id = await letterOf(bench);
    const [first] = await bench.deadlines(id);
    await bench.send(id, 'letter.answer');
    expect(await bench.deadlines(id)).toEqual([]);
    bench.now = '2026-12-10T09:00:00.000Z';
    await bench.send(id, 'letter.reopen');
    bench.now = DUE;
    expect(await bench.tick()).toBe(0);
    if (first) await bench.engine.submit({ kind: 'fire', deadline: first });
    expect((await bench.actor(id)).states).toEqual(['waiting']);
    bench.now = '2026-12-31T23:00:00.000Z';
    expect(await bench.tick()).toBe(1);
    expect((await bench.actor(id)).states).toEqual(['late']);
  });
});

describe('a clock that is set back an hour', () => {
  test('makes nothing fire twice', async () => {
    await using bench = await openEngine();
    const id = await letterOf(bench);
    bench.now = DUE;
    await bench.tick();
    bench.now = '2026-12-22T22:00:00.000Z';
    await bench.tick();
    bench.now = DUE;
    await bench.tick();
    expect(await bench.types(id)).toEqual(['started', 'deadline.reply']);
  });

  test('does not stop events: they are recorded with the time of the clock', async () => {
    await using bench = await openEngine();
    const id = await letterOf(bench);
    bench.now = '2026-12-01T08:00:00.000Z';
    await bench.send(id, 'letter.answer');
    expect((await bench.log(id)).map((it) => it.at)).toEqual(['2026-12-01T09:00:00.000Z', bench.now]);
  });
});

describe('when the server was down over a deadline', () => {
  test('an event that comes too late is refused, although nobody has looked at the clock since', async () => {
    await using bench = await openEngine();
    const id = await letterOf(bench);
    bench.now = DUE;
    await bench.restart();
    expect(await outcomeOf(bench.send(id, 'letter.answer'))).toBe('refused');
    expect(await bench.types(id)).toEqual(['started', 'deadline.reply']);
  });

  test('one who saw the version before it is told that it has moved on', async () => {
    await using bench = await openEngine();
    const id = await letterOf(bench);
    bench.now = DUE;
    const refusal = await bench
      .send(id, 'letter.note', { text: 'late' }, { expected: 1 })
      .catch((it) => it as Refusal);
    expect(refusal).toMatchObject({ code: 'stale', particulars: { version: 2 } });
  });

  test('an event that was received in time counts, even when it is carried out late', async () => {
    await using bench = await openEngine();
    const id = await letterOf(bench);
    bench.now = LAST_MOMENT;
    const answer = bench.send(id, 'letter.answer');
    bench.now = '2027-01-15T09:00:00.000Z';
    expect(await outcomeOf(answer)).toBe('accepted');
    const [, entry] = await bench.log(id);
    expect(entry).toMatchObject({ type: 'letter.answer', at: bench.now });
    expect(JSON.parse(entry?.meta ?? '')).toMatchObject({ at: LAST_MOMENT, on: '2026-12-22' });
  });

  test('the day of the deadline is recorded, not the day on which the server came back: for its receivers too', async () => {
    await using bench = await openEngine();
    const copy = await letterOf(bench);
    await bench.send(copy, 'letter.answer');
    const id = await letterOf(bench, { copy });
    bench.now = '2027-03-01T09:00:00.000Z';
    await bench.tick();
    const days = [...(await bench.log(id)), ...(await bench.log(copy))]
      .filter((it) => it.type === 'deadline.reply' || it.type === 'letter.told')
      .map((it) => (JSON.parse(it.meta) as { on: string }).on);
    expect(days).toEqual(['2026-12-23', '2026-12-23']);
  });

  test('an actor hears of an earlier deadline of another before its own later one fires', async () => {
    await using bench = await openEngine();
    const copy = await letterOf(bench);
    await letterOf(bench, { from: '2026-12-05', copy });
    bench.now = '2027-03-01T09:00:00.000Z';
    await bench.tick();
    expect((await bench.types(copy)).slice(0, 2)).toEqual(['started', 'letter.told']);
  });

  test('a record hears of the deadlines of its parts before an event is applied to it', async () => {
    await using bench = await openEngine();
    const id = await bench.start('relay', {});
    const event = { type: 'relay.tell', to: [], event: {} };
    await bench.send(id, 'relay.start', {
      chart: 'part',
      key: 'part',
      input: { on: '2026-12-05', due: { to: id, event } },
    });
    bench.now = '2027-03-01T09:00:00.000Z';
    await bench.send(id, 'relay.publish', { topic: 'after', payload: {} });
    expect(await bench.types(id)).toEqual(['started', 'relay.start', 'relay.tell', 'relay.publish']);
  });

  test.each([
    ['at the same time as', true],
    ['after', false],
  ])(
    'a record hears of a deadline whose day is past already, before an event sent %s what set it',
    async (_, together) => {
      await using bench = await openEngine();
      const [id, other] = [await bench.start('relay', {}), await letterOf(bench)];
      const told = (text: string) => ({ type: 'letter.told', text });
      const input = { on: '2026-11-01', due: { to: other, event: told('deadline') } };
      const starting = bench.send(id, 'relay.start', { chart: 'part', key: 'part', input });
      if (!together) await starting;
      const telling = bench.send(id, 'relay.tell', { to: [other], event: told('event') });
      await Promise.all([starting, telling]);
      expect((await bench.context(other)).notes).toEqual(['deadline', 'event']);
    },
  );

  test('deadlines that fall due in turn, one set by the other, fire each on its own day', async () => {
    await using bench = await openEngine({ charts: [stairs] });
    const id = await bench.start('stairs', {});
    bench.now = '2026-12-20T09:00:00.000Z';
    await bench.tick();
    await bench.tick();
    const log = await bench.log(id);
    expect(log.slice(1).map((it) => (JSON.parse(it.meta) as { on: string }).on)).toEqual([
      '2026-12-09',
      '2026-12-17',
    ]);
  });
});

/** A chart of deadlines and nothing else, each of so many weeks. */
const timed = (name: string, weeks: Readonly<Record<string, number>>, data: StateData) =>
  defineChart({
    name,
    version: 1,
    label: same(name),
    record: { startedBy: ['clerk'] },
    input: z.strictObject({}),
    context: {},
    card,
    events: { touch },
    deadlines: Object.fromEntries(
      Object.entries(weeks).map(([it, count]) => [
        it,
        { label: same(it), rule: null, period: { weeks: count }, roll: false },
      ]),
    ),
    states: {},
    data,
  });

/** A step a week. */
const stairs = timed(
  'stairs',
  { step: 1 },
  {
    initial: 'a',
    states: { a: { after: { step: { target: 'b' } } }, b: { after: { step: { target: 'a' } } } },
  },
);

/** Two that fall due in turn, and one that was there from the beginning. */
const twins = timed(
  'twins',
  { week: 1, month: 4 },
  {
    type: 'parallel',
    states: {
      one: {
        initial: 'a',
        states: { a: { after: { week: { target: 'b' } } }, b: { after: { week: { target: 'c' } } }, c: {} },
      },
      other: { initial: 'a', states: { a: { after: { month: { target: 'b' } } }, b: {} } },
    },
  },
);

test('what falls due by a deadline comes before a later one of the same record, also after a standstill', async () => {
  await using bench = await openEngine({ charts: [twins] });
  const id = await bench.start('twins', {});
  bench.now = '2027-02-01T09:00:00.000Z';
  await bench.tick();
  await bench.tick();
  const fired = (await bench.log(id)).slice(1);
  expect(fired.map((it) => it.type)).toEqual(['deadline.week', 'deadline.week', 'deadline.month']);
  const days = fired.map((it) => (JSON.parse(it.meta) as { on: string }).on);
  expect(days).toEqual([...days].sort());
});

describe('10,000 deadlines due at once', () => {
  const ALL = amount(10_000, 100_000);
  const DUE_NOW = 10_000;

  test('fire in order, once, in batches, and others are served meanwhile', {
    timeout: 3_600_000,
  }, async () => {
    await using bench = await openEngine();
    const other = await bench.start('counter', {});
    const day = (n: number) => (n < DUE_NOW ? `2026-12-0${(n % 5) + 1}` : '2027-03-01');
    for (let from = 0; from < ALL; from += 5_000)
      await Promise.all(Array.from({ length: 5_000 }, (_, n) => bench.start('relay', { on: day(from + n) })));
    bench.now = '2026-12-20T09:00:00.000Z';
    let isTicking = true;
    const ticking = bench.tick().finally(() => {
      isTicking = false;
    });
    let served = 0;
    for (; isTicking; served++) await bench.send(other, 'count.add', { by: 1 });
    expect(await ticking).toBe(DUE_NOW);
    const log = await entriesAfter(bench.db.reader, ALL + 1, 1_000_000);
    const fired = log.filter((it) => it.type === 'deadline.pass');
    expect(new Set(fired.map((it) => it.actor)).size).toBe(DUE_NOW);
    expect(fired).toHaveLength(DUE_NOW);
    const days = fired.map((it) => (JSON.parse(it.meta) as { on: string }).on);
    expect(days).toEqual(days.toSorted());

    // Whoever sends one request after another waits for a batch or two at a time, and never for all of them.
    const places = log.flatMap((it, place) => (it.type === 'count.add' ? place : []));
    const waits = places.map((place, n) => place - (places[n - 1] ?? 0));
    expect(served).toBe(places.length);
    expect(Math.max(...waits)).toBeLessThan(1_000);

    // The clock back and forth: nothing fires again.
    for (const now of ['2026-12-02T09:00:00.000Z', '2026-12-20T09:00:00.000Z', '2026-12-03T09:00:00.000Z']) {
      bench.now = now;
      expect(await bench.tick()).toBe(0);
    }
    expect(await nextDue(bench.db.reader)).toBe(ALL > DUE_NOW ? '2027-03-01T23:00:00.000Z' : null);
  });
});

describe('a deadline that is refused', () => {
  const nobody = { to: 'nobody', event: { type: 'relay.tell', to: [], event: {} } };

  test('is set aside with the reason, and holds up no other', async () => {
    await using bench = await openEngine();
    const broken = await bench.start('relay', { on: '2026-12-05', due: nobody });
    const fine = await bench.start('relay', { on: '2026-12-05' });
    bench.now = '2026-12-06T09:00:00.000Z';
    expect(await bench.tick()).toBe(1);
    expect(await bench.deadlines(broken)).toMatchObject([{ name: 'pass', failure: 'There is no nobody.' }]);
    expect(await bench.types(broken)).toEqual(['started']);
    expect((await bench.actor(fine)).states).toEqual(['passed']);
    expect(await bench.tick()).toBe(0);
    expect(await nextDue(bench.db.reader)).toBeNull();
  });

  test('does not stop what is sent to the same actor: by people, by other actors, or in the same group', async () => {
    await using bench = await openEngine();
    const id = await bench.start('relay', { on: '2026-12-05', due: nobody });
    const other = await bench.start('relay', {});
    bench.now = '2026-12-06T09:00:00.000Z';
    const publish = { topic: 't', payload: {} };
    const answers = [
      bench.send(other, 'relay.tell', { to: [id], event: { type: 'relay.publish', ...publish } }),
      bench.send(id, 'relay.publish', publish),
      bench.send(id, 'relay.publish', publish),
    ];
    expect(await Promise.all(answers.map(outcomeOf))).toEqual(['accepted', 'accepted', 'accepted']);
    expect(await bench.types(id)).toEqual(['started', 'relay.publish', 'relay.publish', 'relay.publish']);
    expect(await bench.deadlines(id)).toMatchObject([{ failure: 'There is no nobody.' }]);
  });

  test('more than a batch of them does not hide those behind', async () => {
    await using bench = await openEngine();
    await Promise.all(
      Array.from({ length: 450 }, () => bench.start('relay', { on: '2026-12-05', due: nobody })),
    );
    const behind = await bench.start('relay', { on: '2026-12-06' });
    bench.now = '2026-12-20T09:00:00.000Z';
    await bench.tick();
    expect((await bench.actor(behind)).states).toEqual(['passed']);
  });

  test('is tried again when the server starts anew: then its receiver may be there', async () => {
    await using bench = await openEngine();
    const { early, late, mend } = await failing(bench);
    await mend();
    await bench.restart();
    expect(await bench.tick()).toBe(1);
    expect(await bench.types(late)).toEqual(['started', 'relay.publish']);
    expect(await bench.deadlines(early)).toEqual([]);
  });

  test('is not tried again by what is sent in the same group', async () => {
    await using bench = await openEngine();
    const { id, early, late, mend } = await due(bench);
    await Promise.all([mend(), bench.send(id, 'relay.publish', { topic: 't', payload: {} })]);
    expect(await bench.types(late)).toEqual(['started']);
    expect(await bench.deadlines(early)).toMatchObject([{ failure: `There is no ${late}.` }]);
  });

  /** A part whose deadline is due, and fails until its sibling is there. */
  async function due(bench: Bench) {
    const id = await bench.start('relay', {});
    const event = { type: 'relay.publish', topic: 'at last', payload: {} };
    const input = { on: '2026-12-05', due: { to: `${id}.late`, event } };
    await bench.send(id, 'relay.start', { chart: 'part', key: 'early', input });
    bench.now = '2026-12-06T09:00:00.000Z';
    const mend = () => bench.send(id, 'relay.start', { chart: 'part', key: 'late', input: {} });
    return { id, early: `${id}.early`, late: `${id}.late`, mend };
  }

  async function failing(bench: Bench) {
    const parts = await due(bench);
    await bench.tick();
    return parts;
  }

  const retry = (bench: Bench, actor: string, more: Partial<Retry> = {}) =>
    bench.engine.submit({
      kind: 'retry',
      deadline: { actor, state: 'open', name: 'pass' },
      sender: anna,
      ...more,
    });

  test('can be tried again by a person: it fires as of its own day, and the log says who had it tried', async () => {
    await using bench = await openEngine();
    const { early, late, mend } = await failing(bench);
    await mend();
    bench.now = '2026-12-09T09:00:00.000Z';
    expect(await retry(bench, early)).toMatchObject({ actor: early, version: 2 });
    expect(await bench.types(late)).toEqual(['started', 'relay.publish']);
    const entry = (await bench.log(early)).at(-1);
    expect(entry).toMatchObject({ type: 'deadline.pass', at: bench.now });
    expect(JSON.parse(entry?.meta ?? '')).toEqual({
      at: '2026-12-05T23:00:00.000Z',
      on: '2026-12-06',
      sender: 'timer',
      origin: 'timer',
      triedBy: 'Anna',
    });
    expect(await bench.deadlines(early)).toEqual([]);
  });

  test('and fails again, tells why, and stays set aside', async () => {
    await using bench = await openEngine();
    const { early, late } = await failing(bench);
    expect(await outcomeOf(retry(bench, early))).toBe('refused');
    expect(await bench.deadlines(early)).toMatchObject([{ failure: `There is no ${late}.` }]);
    expect(await bench.types(early)).toEqual(['started']);
    expect(await bench.tick()).toBe(0);
  });

  test('is tried again once for one key', async () => {
    await using bench = await openEngine();
    const { early, late, mend } = await failing(bench);
    await mend();
    const idempotency = { scope: 'anna', key: 'k', fingerprint: 'f' };
    const first = await retry(bench, early, { idempotency });
    expect(await retry(bench, early, { idempotency })).toEqual({ ...first, repeated: true });
    expect(await bench.types(late)).toEqual(['started', 'relay.publish']);
    expect(await outcomeOf(retry(bench, early))).toBe('refused');
  });

  test.each([
    ['has not failed', {}, 'refused'],
    ['does not run', { name: 'other' }, 'refused'],
    ['is that of nobody', { actor: 'nobody' }, 'notFound'],
  ])('is not tried when it %s', async (_, more, code) => {
    await using bench = await openEngine();
    const id = await bench.start('relay', { on: '2026-12-05' });
    const deadline = { actor: id, state: 'open', name: 'pass', ...more };
    expect(await outcomeOf(retry(bench, id, { deadline }))).toBe(code);
    expect(await bench.types(id)).toEqual(['started']);
  });

  test('is not tried for someone who may not', async () => {
    await using bench = await openEngine();
    const { early, mend } = await failing(bench);
    await mend();
    for (const role of ['auditor', 'caseOfficer', 'integration'] as const)
      expect(await outcomeOf(retry(bench, early, { sender: { ...anna, grants: grantsOf([role]) } }))).toBe(
        'forbidden',
      );
    expect(await bench.types(early)).toEqual(['started']);
  });

  test('is not gone: who fires it by hand is told why it fails', async () => {
    await using bench = await openEngine();
    const id = await bench.start('relay', { on: '2026-12-05', due: nobody });
    bench.now = '2026-12-06T09:00:00.000Z';
    await bench.tick();
    const [deadline] = await bench.deadlines(id);
    if (!deadline) throw new Error('the deadline is gone');
    await expect(bench.engine.submit({ kind: 'fire', deadline })).rejects.toMatchObject({ code: 'refused' });
  });
});

describe('a deadline that cannot be carried out', () => {
  /** Fails when its deadline fires. */
  const brittle = defineChart({
    name: 'brittle',
    version: 1,
    label: same('Brittle'),
    record: { startedBy: ['clerk'] },
    input: z.strictObject({}),
    context: {},
    card,
    events: { touch },
    deadlines: { burst: { label: same('Burst'), rule: null, period: { days: 1 }, roll: false } },
    actions: {
      fail: assigning(1, () => {
        throw new Error('burst');
      }),
    },
    states: {},
    data: {
      initial: 'a',
      states: {
        a: { on: { touch: {} }, after: { burst: { target: 'b', actions: [{ type: 'fail' }] } } },
        b: {},
      },
    },
  });

  test('is set aside, holds up no other, and is told of once', async () => {
    await using bench = await openEngine({ charts: [...smallCharts, brittle] });
    const many = await Promise.all(Array.from({ length: 250 }, () => bench.start('brittle', {})));
    const id = await letterOf(bench);
    bench.now = DUE;
    const told: unknown[] = [];
    expect(await bench.tick((error) => told.push(error))).toBe(1);
    expect((await bench.actor(id)).states).toEqual(['late']);
    expect(told).toHaveLength(250);
    expect(String(told[0])).toMatch('burst');
    expect(await bench.deadlines(many[0] ?? '')).toMatchObject([{ failure: expect.stringMatching('burst') }]);
    expect(await bench.tick((error) => told.push(error))).toBe(0);
    expect(told).toHaveLength(250);
  });

  test('does not stop what is sent to its actor', async () => {
    await using bench = await openEngine({ charts: [brittle] });
    const id = await bench.start('brittle', {});
    bench.now = DUE;
    expect(await outcomeOf(bench.send(id, 'touch'))).toBe('accepted');
    expect(await bench.types(id)).toEqual(['started', 'touch']);
  });

  test('is tried again when the server starts anew: a corrected chart may carry it out', async () => {
    await using bench = await openEngine({ charts: [brittle] });
    const id = await bench.start('brittle', {});
    bench.now = DUE;
    await bench.tick();
    const corrected = defineChart({ ...brittle, actions: { fail: assigning(1, () => ({})) } });
    await using later = await openEngine({ charts: [corrected], db: bench.db, now: DUE });
    expect(await later.tick()).toBe(1);
    expect((await later.actor(id)).states).toEqual(['b']);
  });
});

describe('a deadline that sets itself again without time passing', () => {
  /** Its day never moves. */
  const stuck = defineChart({
    name: 'stuck',
    version: 1,
    label: same('Stuck'),
    record: { startedBy: ['clerk'] },
    input: z.strictObject({ on: z.iso.date() }),
    context: {},
    card,
    events: { touch },
    deadlines: { again: { label: same('Again'), rule: null, from: 'on', period: { days: 0 }, roll: false } },
    states: {},
    data: {
      initial: 'a',
      states: { a: { on: { touch: {} }, after: { again: { target: 'a', reenter: true } } } },
    },
  });

  test('is set aside, and what is sent to its actor is carried out', async () => {
    await using bench = await openEngine({ charts: [stuck] });
    const id = await bench.start('stuck', { on: '2026-12-05' });
    bench.now = '2026-12-06T09:00:00.000Z';
    expect(await outcomeOf(bench.send(id, 'touch'))).toBe('accepted');
    expect((await bench.log(id)).length).toBeLessThan(1_100);
    expect((await bench.deadlines(id))[0]?.failure).toMatch('again');
    expect(await outcomeOf(bench.send(id, 'touch'))).toBe('accepted');
  });

  /** Two of them tell one another, each on a day that never moves. */
  const echo = defineChart({
    ...stuck,
    name: 'echo',
    input: z.strictObject({ on: z.iso.date() }),
    context: { other: null },
    events: {
      touch,
      'echo.meet': clerical({ label: same('Meet'), by: ['clerk'], fields: { other: z.string() } }),
      'echo.hear': message(same('Hear')),
    },
    actions: {
      meet: assigning<{ other: string }, { other: string }>(1, (_, { other }) => ({ other })),
      tell: causing<{ other: string | null }>(1, ({ other }) => tell(other, 'echo.hear')),
    },
    data: {
      initial: 'a',
      on: { touch: {}, 'echo.hear': {}, 'echo.meet': { actions: [{ type: 'meet' }] } },
      states: { a: { after: { again: { target: 'a', reenter: true, actions: [{ type: 'tell' }] } } } },
    },
  });

  test('and tells another that does the same, is set aside with it', { timeout: 300_000 }, async () => {
    await using bench = await openEngine({ charts: [echo] });
    const [one, other] = [
      await bench.start('echo', { on: '2026-12-05' }),
      await bench.start('echo', { on: '2026-12-05' }),
    ];
    await bench.send(one, 'echo.meet', { other });
    await bench.send(other, 'echo.meet', { other: one });
    bench.now = '2026-12-06T09:00:00.000Z';
    expect(await outcomeOf(bench.send(one, 'touch'))).toBe('accepted');
    expect((await bench.deadlines(one))[0]?.failure).toMatch('again');
    expect((await bench.deadlines(other))[0]?.failure).toMatch('again');
  });

  test('does not keep the poller from coming back', async () => {
    await using bench = await openEngine({ charts: [stuck] });
    await bench.start('stuck', { on: '2026-12-05' });
    bench.now = '2026-12-06T09:00:00.000Z';
    expect(await bench.tick()).toBe(1);
  });
});

describe('after an actor has ended', () => {
  test('bookkeeping is recorded and does not reopen it', async () => {
    await using bench = await openEngine();
    const id = await letterOf(bench);
    await bench.send(id, 'letter.answer');
    await bench.send(id, 'letter.archive');
    expect(await bench.actor(id)).toMatchObject({ ended: true, states: ['archived'] });
    await bench.send(id, 'letter.note', { text: 'a receipt' });
    expect(await bench.actor(id)).toMatchObject({ ended: true, states: ['archived'], version: 4 });
    expect(await bench.context(id)).toMatchObject({ notes: ['a receipt'] });
  });

  test('nothing else is accepted, and no deadline runs', async () => {
    await using bench = await openEngine();
    const id = await letterOf(bench);
    await bench.send(id, 'letter.answer');
    await bench.send(id, 'letter.archive');
    for (const type of ['letter.answer', 'letter.reopen', 'letter.archive', 'letter.restart'])
      expect(await outcomeOf(bench.send(id, type))).toBe('refused');
    expect(await bench.deadlines(id)).toEqual([]);
  });
});
