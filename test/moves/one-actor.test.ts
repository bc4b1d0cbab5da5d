/** One actor moved from a version of its chart to the next. */

import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { type Chart, type ChartSpec, defineChart } from '../../machines/chart.ts';
import { clerical } from '../../machines/events.ts';
import { huddinge } from '../../machines/municipalities/huddinge.ts';
import type { MovedPayload } from '../../src/engine/moves/moved.ts';
import type { ChartMove } from '../../src/engine/moves/plan.ts';
import { replay } from '../../src/engine/replay.ts';
import { auditRecord } from '../../src/views/audit.ts';
import { anna, type Bench, openEngine, outcomeOf, sweden } from '../fixtures/engine.ts';
import { grantsOf } from '../fixtures/grants.ts';
import { moveTo, publish, relocation } from '../fixtures/moving.ts';
import { letter } from '../fixtures/small-charts.ts';

const same = (text: string) => ({ sv: text, en: text });

/** The letter's next version, changed in what a test is about. */
const next = (change: Partial<ChartSpec> = {}, version = 2): Chart =>
  defineChart({ ...letter, ...change, version });

const states = letter.data.states ?? {};
const withStates = (change: typeof states): Partial<ChartSpec> => ({
  data: { ...letter.data, states: { ...states, ...change } },
});
const answerWithin = (period: object): Partial<ChartSpec> => ({
  deadlines: { ...letter.deadlines, reply: { ...letter.deadlines.reply, period } as never },
});

const open = (to: Chart, now = '2026-12-01T09:00:00.000Z') => openEngine({ charts: [letter, to], now });
/** Letters of the old version begin where only that is known. */
async function begun(bench: Bench, input = {}, old = letter) {
  await using before = await openEngine({ charts: [old], db: bench.db, now: bench.now });
  return before.start('letter', { title: 'A', ...input });
}
const keep: Partial<ChartMove> = { deadlines: { reply: 'keep', remind: 'keep' } };

const auditOf = async (bench: Bench, id: string) => {
  const { reader: db } = bench.db;
  const now = () => bench.now;
  return auditRecord(
    { db, registry: bench.registry, calendarOf: () => sweden, registerOf: () => huddinge, now },
    id,
  );
};
const sound = { chainIntact: true, replayEqual: true, findings: [] };

describe('an actor that is moved', () => {
  test('goes on under the new version, with one entry that says from where, to where, why and who approved it', async () => {
    const second = next(answerWithin({ weeks: 5 }));
    await using bench = await open(second);
    const id = await begun(bench);
    await moveTo(bench, id, second, keep);
    const [, entry] = await bench.log(id);
    expect(entry?.type).toBe('moved');
    const payload = JSON.parse(entry?.payload ?? '') as MovedPayload;
    expect(payload).toMatchObject({
      plan: 'a-plan',
      from: { version: 1 },
      to: { version: 2 },
      states: { waiting: 'waiting' },
      approver: 'Karin Kanslichef',
      reason: 'A new rule.',
    });
    expect(payload.from.hash).not.toBe(payload.to.hash);
    expect(await bench.actor(id)).toMatchObject({ chartVersion: 2, chartHash: payload.to.hash, version: 2 });
    await bench.send(id, 'letter.answer');
    expect((await bench.log(id)).map((it) => JSON.parse(it.step).chartVersion)).toEqual([1, 2, 2]);
  });

  test('folds to what is stored, byte for byte, and the audit finds nothing; also after a restart', async () => {
    const second = next(withStates({ queued: states.waiting ?? {} }));
    await using bench = await open(second);
    const id = await begun(bench, { from: '2026-12-10' });
    await moveTo(bench, id, second, { ...keep, states: { waiting: 'queued' } });
    await bench.restart();
    await bench.send(id, 'letter.note', { text: 'x' });
    expect(replay(await bench.log(id), bench.registry)).toBe((await bench.actor(id)).snapshot);
    expect((await bench.actor(id)).states).toEqual(['queued']);
    expect(await auditOf(bench, id)).toMatchObject(sound);
  });

  test('remembers what the plan names, and what the new version adds as that begins', async () => {
    const second = next({ context: { ...letter.context, desk: 'first', urgent: false } });
    await using bench = await open(second);
    const id = await begun(bench);
    await moveTo(bench, id, second, { ...keep, context: { urgent: true } });
    expect(await bench.context(id)).toMatchObject({ title: 'A', notes: [], desk: 'first', urgent: true });
  });

  test('is moved as it was prepared, or not at all: one that has gone on since is not', async () => {
    const second = next();
    await using bench = await open(second);
    const id = await begun(bench);
    const made = await relocation(bench, id, second, keep);
    if ('why' in made) throw new Error(made.why);
    await bench.send(id, 'letter.note', { text: 'in between' });
    const parts = [{ actor: id, expected: 1, payload: made.payload }];
    const move = { kind: 'move', root: id, parts, sender: anna } as const;
    expect(await outcomeOf(bench.engine.submit(move))).toBe('stale');
    expect((await bench.actor(id)).chartVersion).toBe(1);
    const current = { ...move, parts: [{ actor: id, expected: 2, payload: made.payload }] };
    expect(await outcomeOf(bench.engine.submit(current))).toBe('accepted');
    expect(await outcomeOf(bench.engine.submit(current))).toBe('stale');
    expect(await bench.types(id)).toEqual(['started', 'letter.note', 'moved']);
  });

  test('is moved by an administrator only, and by nobody who sends the event', async () => {
    const second = next();
    await using bench = await open(second);
    const id = await begun(bench);
    const made = await relocation(bench, id, second, keep);
    if ('why' in made) throw new Error(made.why);
    const parts = [{ actor: id, expected: 1, payload: made.payload }];
    const clerk = { ...anna, grants: grantsOf(['clerk', 'registrar']) };
    const move = bench.engine.submit({ kind: 'move', root: id, parts, sender: clerk });
    expect(await outcomeOf(move)).toBe('forbidden');
    expect(await outcomeOf(bench.send(id, 'moved', made.payload))).toBe('undeclared');
    const forged = next({
      events: { ...letter.events, moved: clerical({ label: same('Move'), by: ['clerk'] }) },
    });
    await expect(open(forged)).rejects.toThrow('the name "moved" cannot be used');
  });

  test('a log in which the version changes without a move is not replayed', async () => {
    const second = next();
    await using bench = await open(second);
    const id = await begun(bench);
    await bench.send(id, 'letter.note', { text: 'x' });
    const forged = (await bench.log(id)).map((it) =>
      it.version === 2 ? { ...it, step: it.step.replace('"chartVersion":1', '"chartVersion":2') } : it,
    );
    expect(() => replay(forged, bench.registry)).toThrow('is on letter@2, to which nothing moved it');
  });

  test('a second move goes from the version to which the first one led', async () => {
    const [second, third] = [next(answerWithin({ weeks: 5 })), next(answerWithin({ weeks: 9 }), 3)];
    await using bench = await openEngine({ charts: [letter, second, third] });
    const id = await begun(bench);
    await moveTo(bench, id, second, keep);
    bench.now = '2026-12-10T09:00:00.000Z';
    await moveTo(bench, id, third, { deadlines: { reply: 'recompute' } });
    expect(await bench.deadlines(id)).toMatchObject([{ name: 'reply', lastDay: '2027-02-02' }]);
    expect(await auditOf(bench, id)).toMatchObject(sound);
  });
});

describe('a deadline that runs when its actor is moved', () => {
  const moved = async (policy: 'keep' | 'recompute' | 'restart' | 'end') => {
    const second = next(answerWithin({ weeks: 5 }));
    const bench = await open(second);
    const id = await begun(bench);
    bench.now = '2026-12-08T09:00:00.000Z';
    await moveTo(bench, id, second, { deadlines: { reply: policy } });
    const deadlines = await bench.deadlines(id);
    expect(await auditOf(bench, id)).toMatchObject(sound);
    await bench[Symbol.asyncDispose]();
    return deadlines.map((it) => [it.name, it.lastDay, it.epoch]);
  };

  test.each([
    ['keep', 'keeps its last day', '2026-12-22'],
    ['recompute', 'counts anew from the day on which its state was entered', '2027-01-05'],
    ['restart', 'counts anew from the day of the move', '2027-01-12'],
  ] as const)('%s: %s', async (policy, _, lastDay) => {
    expect(await moved(policy)).toEqual([['reply', lastDay, 2]]);
  });

  test('restart: is refused where it is counted from a date, which the move does not change', async () => {
    const second = next();
    await using bench = await open(second);
    const id = await begun(bench, { from: '2026-12-02' });
    const made = (remind: 'restart' | 'recompute') =>
      relocation(bench, id, second, { deadlines: { reply: 'restart', remind } });
    expect(await made('restart')).toMatchObject({ why: 'deadline' });
    expect(await made('recompute')).not.toHaveProperty('why');
  });

  test('end: runs no more', async () => {
    expect(await moved('end')).toEqual([]);
  });

  test('fires once, on its day, in the state to which its own went over', async () => {
    const second = next({
      data: {
        ...letter.data,
        states: { ...states, queued: { after: { reply: { target: 'late' } } } },
      },
    });
    await using bench = await open(second);
    const id = await begun(bench);
    await moveTo(bench, id, second, { ...keep, states: { waiting: 'queued' } });
    bench.now = '2026-12-22T22:59:59.000Z';
    await bench.tick();
    expect(await bench.types(id)).toEqual(['started', 'moved']);
    bench.now = '2027-03-01T09:00:00.000Z';
    for (const _ of [1, 2]) await bench.tick();
    expect(await bench.types(id)).toEqual(['started', 'moved', 'deadline.reply']);
    expect(await auditOf(bench, id)).toMatchObject(sound);
  });

  test('that has fired without its state being left is not revived, whatever the plan says', async () => {
    const second = next(answerWithin({ weeks: 5 }));
    for (const policy of ['keep', 'recompute', 'restart'] as const) {
      await using bench = await open(second);
      const id = await begun(bench, { from: '2026-12-02' });
      bench.now = '2026-12-04T09:00:00.000Z';
      await bench.tick();
      expect(await bench.types(id)).toEqual(['started', 'deadline.remind']);
      await moveTo(bench, id, second, { deadlines: { reply: 'keep', remind: policy } });
      expect((await bench.deadlines(id)).map((it) => it.name)).toEqual(['reply']);
    }
  });

  test('that was cancelled is not revived', async () => {
    const second = next();
    await using bench = await open(second);
    const id = await begun(bench);
    await bench.send(id, 'letter.answer');
    await moveTo(bench, id, second, { deadlines: { reply: 'restart' } });
    expect(await bench.deadlines(id)).toEqual([]);
  });

  test('due before the move fires before it, as of its own day', async () => {
    const second = next();
    await using bench = await open(second);
    const id = await begun(bench);
    bench.now = '2027-01-04T09:00:00.000Z';
    await expect(moveTo(bench, id, second, keep)).rejects.toThrow('has changed');
    expect(await bench.types(id)).toEqual(['started', 'deadline.reply']);
    await moveTo(bench, id, second, keep);
    expect(await bench.types(id)).toEqual(['started', 'deadline.reply', 'moved']);
  });

  test('that the new version adds begins by the policy that the plan gives it', async () => {
    const escalate = { label: same('Escalate'), rule: null, period: { days: 30 }, roll: false };
    const second = next({
      deadlines: { ...letter.deadlines, escalate },
      ...withStates({
        waiting: { ...states.waiting, after: { ...states.waiting?.after, escalate: { target: 'late' } } },
      }),
    });
    for (const [policy, lastDay] of [
      ['recompute', '2026-12-31'],
      ['restart', '2027-01-07'],
      ['end', null],
    ] as const) {
      await using bench = await open(second);
      const id = await begun(bench);
      bench.now = '2026-12-08T09:00:00.000Z';
      const deadlines = { ...keep.deadlines, escalate: policy };
      await moveTo(bench, id, second, { deadlines });
      const added = (await bench.deadlines(id)).find((it) => it.name === 'escalate');
      expect(added?.lastDay ?? null).toBe(lastDay);
      expect(await auditOf(bench, id)).toMatchObject(sound);
    }
  });
});

describe('an actor is not moved', () => {
  const waitingGone = Object.fromEntries(Object.entries(states).filter(([name]) => name !== 'waiting'));
  const without: Partial<ChartSpec> = {
    data: { initial: 'answered', states: { ...waitingGone, answered: { on: {} } } },
  };
  const passing: Partial<ChartSpec> = withStates({ answered: { always: [{ target: 'archived' }] } });
  const silent: Partial<ChartSpec> = withStates({ waiting: { on: states.waiting?.on ?? {} } });

  test.each<[why: string, says: string, change: Partial<ChartSpec>, more: Partial<ChartMove>]>([
    ['state', 'has no state waiting', without, keep],
    ['state', 'would not stay', passing, { ...keep, states: { waiting: 'answered' } }],
    ['state', 'is an end', {}, { ...keep, states: { waiting: 'archived' } }],
    ['deadline', 'does not say what becomes of the deadline reply', {}, {}],
    ['deadline', 'it can only end', silent, keep],
    ['deadline', 'ran out on 2026-12-02', answerWithin({ days: 1 }), { deadlines: { reply: 'recompute' } }],
  ])('%s: %s', async (why, says, change, more) => {
    const second = next(change);
    await using bench = await open(second);
    const id = await begun(bench);
    bench.now = '2026-12-08T09:00:00.000Z';
    const made = await relocation(bench, id, second, more);
    expect('why' in made && made.why).toBe(why);
    expect('says' in made && made.says.en.toLowerCase()).toContain(says.toLowerCase());
  });

  test.each<[says: string, context: MovedPayload['context'], right: MovedPayload['context']]>([
    ['of another kind', { title: 5 }, { title: 'B' }],
    ['none', { title: '' }, { title: ' B' }],
    ['another number', { number: 'L 2' }, { number: 'L 1' }],
    ['no number', { number: null }, { number: 'L 1' }],
    ['a list', { notes: ['x'] }, { lateOn: null }],
  ])('context: whose move would give it %s, however it was prepared', async (_, context, right) => {
    const second = next();
    await using bench = await open(second);
    const id = await begun(bench, { number: 'L 1' });
    expect(await relocation(bench, id, second, { ...keep, context })).toMatchObject({ why: 'context' });
    const made = await relocation(bench, id, second, { ...keep, context: right });
    if ('why' in made) throw new Error(made.why);
    await publish(bench);
    const moved = (payload: MovedPayload) => {
      const parts = [{ actor: id, expected: 1, payload }];
      return outcomeOf(bench.engine.submit({ kind: 'move', root: id, parts, sender: anna }));
    };
    expect(await moved({ ...made.payload, context })).toBe('refused');
    expect(await bench.types(id)).toEqual(['started']);
    expect(await moved(made.payload)).toBe('accepted');
    expect(await auditOf(bench, id)).toMatchObject(sound);
  });

  describe('whose plan would have it marked as confidential, or no longer (R-120)', () => {
    const secret: Partial<ChartSpec> = {
      input: letter.input.extend({ secret: z.boolean() }),
      card: (context) => ({ ...letter.card(context), confidential: context.secret === true }),
    };
    const [marked, second] = [next(secret, 1), next(secret)];

    test.each([true, false])('secrecy: where it was %s', async (is) => {
      await using bench = await openEngine({ charts: [marked, second] });
      const id = await begun(bench, { secret: is }, marked);
      const context = { secret: !is };
      expect(await relocation(bench, id, second, { ...keep, context })).toMatchObject({ why: 'secrecy' });
      await moveTo(bench, id, second, { ...keep, context: { secret: is } });
      expect(await bench.actor(id)).toMatchObject({ chartVersion: 2, confidential: is });
    });

    test('nor is it by a move that was prepared otherwise', async () => {
      await using bench = await openEngine({ charts: [marked, second] });
      const id = await begun(bench, { secret: true }, marked);
      const made = await relocation(bench, id, second, keep);
      if ('why' in made) throw new Error(made.why);
      const moved = (context: MovedPayload['context']) => {
        const parts = [{ actor: id, expected: 1, payload: { ...made.payload, context } }];
        return outcomeOf(bench.engine.submit({ kind: 'move', root: id, parts, sender: anna }));
      };
      expect(await moved({ secret: false })).toBe('refused');
      expect(await bench.types(id)).toEqual(['started']);
      expect(await moved({})).toBe('accepted');
    });

    test('nor is one that is marked by somebody who does not see it', async () => {
      await using bench = await openEngine({ charts: [marked, second] });
      const moved = async (is: boolean) => {
        const id = await begun(bench, { secret: is }, marked);
        const made = await relocation(bench, id, second, keep);
        if ('why' in made) throw new Error(made.why);
        const sender = { ...anna, grants: grantsOf(['administrator'], { confidential: false }) };
        const parts = [{ actor: id, expected: 1, payload: made.payload }];
        return outcomeOf(bench.engine.submit({ kind: 'move', root: id, parts, sender }));
      };
      expect([await moved(true), await moved(false)]).toEqual(['notFound', 'accepted']);
    });
  });

  test('ended: when it has come to its end', async () => {
    const second = next();
    await using bench = await open(second);
    const id = await begun(bench);
    for (const type of ['letter.answer', 'letter.archive']) await bench.send(id, type);
    expect(await relocation(bench, id, second, keep)).toMatchObject({ why: 'ended' });
  });
});
