/** What a plan moves of the records that it concerns, and with what they go on. */
import { describe, expect, test } from 'vitest';
import { agreement, firstAgreement } from '../../machines/actors/agreement.ts';
import { delegation, firstDelegation } from '../../machines/actors/delegation.ts';
import { type Chart, defineChart, type JsonObject } from '../../machines/chart.ts';
import { builtIn } from '../../machines/registry.ts';
import { lastHappened } from '../../src/store/redactions.ts';
import { walkToArchive, walkToDecision } from '../fixtures/council-matter.ts';
import { type Bench, openEngine, outcomeOf } from '../fixtures/engine.ts';
import { carriedOut, relocation } from '../fixtures/moving.ts';
import { letter } from '../fixtures/small-charts.ts';

/** A bench with old and new versions, whose records were begun by one that had only the old. */
async function begunOn<Begun>(
  old: readonly Chart[],
  all: readonly Chart[],
  begin: (bench: Bench) => Promise<Begun>,
  now = '2026-12-01T09:00:00.000Z',
): Promise<[Bench, Begun]> {
  const bench = await openEngine({ charts: all, now });
  await using before = await openEngine({ charts: old, db: bench.db, now });
  const begun = await begin(before);
  bench.now = before.now;
  return [bench, begun];
}

/** The built-in charts as they were before the second version of some. */
const withoutSecond = (...names: readonly string[]): readonly Chart[] =>
  builtIn()
    .all()
    .filter((it) => it.version === 1 || !names.includes(it.name));

/** Matters that were walked when the charts of these names had no second version yet. */
const inTownHall = <Walked>(names: readonly string[], walk: (bench: Bench) => Promise<Walked>) =>
  begunOn(withoutSecond(...names), builtIn().all(), walk, '2022-05-02T07:00:00.000Z');

const second = (letter: Chart): Chart => defineChart({ ...letter, version: 2 });
const letters = { chart: 'letter', from: 1, to: 2 } as const;

describe('delegations of which one was handed on by the other (R-094)', () => {
  const delegations = { chart: 'delegation', from: 1, to: 2 } as const;
  const given = {
    body: 'sn',
    groups: [{ id: 'g', label: 'Avtal' }],
    kind: 'headOfAdministration',
    position: 'Socialdirektör',
    decidedOn: '2026-11-01',
    decision: 'SN § 1',
    from: '2026-11-10',
    mayHandOn: true,
  };
  const handedOn = () =>
    begunOn([firstDelegation], [firstDelegation, delegation], async (bench) => {
      const id = await bench.start('delegation', given);
      const more = { decision: 'D 1', from: '2026-12-01' };
      await bench.send(id, 'delegation.handOn', { position: 'Enhetschef A', ...more });
      await bench.send(id, 'delegation.handOn', { position: 'Enhetschef B', ...more, to: '2027-01-31' });
      return id;
    });

  test('are no joint matter: one moves without the other', async () => {
    const [bench, id] = await handedOn();
    const { batch } = await carriedOut(bench, 'one', [{ ...delegations, deadlines: { lastDay: 'keep' } }], {
      matters: [`${id}.s1`],
    });
    expect(batch).toMatchObject({ moved: 1, blocked: 0 });
    expect((await bench.actor(id)).chartVersion).toBe(1);
  });

  test('nor where the other is blocked by itself', async () => {
    const [bench, id] = await handedOn();
    expect((await carriedOut(bench, 'all', [delegations])).batch).toMatchObject({ moved: 2, blocked: 1 });
    expect((await bench.actor(`${id}.s2`)).chartVersion).toBe(1);
  });

  test.each([
    ['R-098: of another municipality under no agreement', { of: 'Botkyrka kommun' }],
    ['R-094: an employee who hands on', { mayHandOn: true }],
    ['R-091: in force before it was decided', { from: '2026-10-01' }],
    ['over before it is in force', { to: '2026-11-01' }],
  ])('become nothing that nobody could have given. %s', async (_, context) => {
    const [bench, id] = await begunOn([firstDelegation], [firstDelegation, delegation], (it) =>
      it.start('delegation', { ...given, kind: 'employee', mayHandOn: false, to: '2027-01-31' }),
    );
    const made = (more: JsonObject) =>
      relocation(bench, id, delegation, { deadlines: { lastDay: 'keep' }, context: more });
    expect(await made(context)).toMatchObject({ why: 'context' });
    expect(await made({ to: '2027-02-28' })).not.toHaveProperty('why');
  });
});

describe('a record that has come to its end', () => {
  test('stays, and what still runs of it moves: a notice is up when its meeting is over', async () => {
    const [bench, { meetings }] = await inTownHall(['meeting', 'notice'], walkToDecision);
    const versions = async () =>
      (await bench.db.reader.selectFrom('actor').selectAll().where('root', '=', meetings.kf).execute()).map(
        (it) => [it.chart, it.ended, it.chart_version],
      );
    expect(await versions()).toEqual([
      ['meeting', 1, 1],
      ['notice', 0, 1],
    ]);
    const charts = [
      { chart: 'meeting', from: 1, to: 2 },
      { chart: 'notice', from: 1, to: 2, deadlines: { appealPeriod: 'keep' } },
    ] as const;
    const { again } = await carriedOut(bench, 'both', charts, { matters: [meetings.kf] });
    expect(await versions()).toEqual([
      ['meeting', 1, 1],
      ['notice', 0, 2],
    ]);
    expect(await again()).toMatchObject({ moved: 0, stayed: 0, blocked: 0 });
  });

  test('is kept no longer because a part of it is moved (R-125)', async () => {
    const [bench, { matter }] = await inTownHall(['decision-point'], walkToArchive);
    const closed = await lastHappened(bench.db.reader, matter);
    bench.now = '2026-11-22T09:00:00.000Z';
    const charts = [
      { chart: 'decision-point', from: 1, to: 2, deadlines: { appealPeriod: 'keep' } },
    ] as const;
    expect((await carriedOut(bench, 'points', charts)).batch).toMatchObject({ moved: 1 });
    expect(await lastHappened(bench.db.reader, matter)).toBe(closed);
  });
});

test('a decision gets no final force by a plan: time and the courts give it (R-072, R-074)', async () => {
  const [bench, { matter }] = await inTownHall(['decision-point'], walkToDecision);
  const point = builtIn().latest('decision-point');
  if (!point) throw new Error('there are no decision points');
  const made = (state: string, appealPeriod: 'end' | 'keep') =>
    relocation(bench, `${matter}.p1`, point, {
      states: { 'standing.made.appealOpen': state },
      deadlines: { appealPeriod },
    });
  expect(await made('standing.made.finalForce', 'end')).toMatchObject({ why: 'force' });
  expect(await made('standing.made.appealOpen', 'keep')).not.toHaveProperty('why');
});

describe('a record that is moved twice', () => {
  const { waiting = {}, answered = {}, ...others } = letter.data.states ?? {};
  const renamed = (version: number, waits = 'queued'): Chart =>
    defineChart({
      ...letter,
      version,
      data: {
        ...letter.data,
        initial: waits,
        on: { ...letter.data.on, 'letter.restart': { target: `.${waits}` } },
        states: {
          ...others,
          [waits]: {
            ...waiting,
            on: {
              ...waiting.on,
              'letter.await': { target: waits, reenter: true, actions: [{ type: 'awaitFrom' }] },
            },
          },
          answered: { ...answered, on: { ...answered.on, 'letter.reopen': { target: waits } } },
        },
      },
    });

  test('the first time over a state that is called otherwise since, where it no longer was, takes the same course', async () => {
    const [bench] = await begunOn([letter], [letter, renamed(2), renamed(3)], async (it) => {
      const id = await it.start('letter', { title: 'A' });
      await it.send(id, 'letter.answer');
    });
    const first = { ...letters, states: { waiting: 'queued' } };
    expect((await carriedOut(bench, 'first', [first])).outcomes).toEqual(['identical']);
    const second = { chart: 'letter', from: 2, to: 3 };
    expect((await carriedOut(bench, 'second', [second])).outcomes).toEqual(['identical']);
  });

  test('by one plan, over a state that got another name each time, takes the same course after it', async () => {
    const charts = [letter, renamed(2), renamed(3, 'parked'), renamed(4, 'parked')];
    const [bench] = await begunOn([letter], charts, async (it) => {
      const id = await it.start('letter', { title: 'A' });
      await it.send(id, 'letter.answer');
    });
    const twice = [
      { ...letters, states: { waiting: 'queued' } },
      { chart: 'letter', from: 2, to: 3, states: { queued: 'parked' } },
    ];
    expect((await (await carriedOut(bench, 'twice', twice)).again()).moved).toBe(1);
    const last = { chart: 'letter', from: 3, to: 4 };
    expect((await carriedOut(bench, 'last', [last])).outcomes).toEqual(['identical']);
  });

  test('remembers what the first plan stated', async () => {
    const [bench, id] = await begunOn(
      [letter],
      [letter, second(letter), defineChart({ ...letter, version: 3 })],
      (it) => it.start('letter', { title: 'A' }),
    );
    const stating = { ...letters, deadlines: { reply: 'keep' }, context: { title: 'B' } } as const;
    expect((await carriedOut(bench, 'first', [stating], { diverging: 'move' })).outcomes).toEqual([
      'diverges',
    ]);
    const on = { chart: 'letter', from: 2, to: 3, deadlines: { reply: 'keep' } } as const;
    expect((await carriedOut(bench, 'second', [on])).outcomes).toEqual(['identical']);
    expect(await bench.context(id)).toMatchObject({ title: 'B' });
  });
});

describe('a contract whose standstill is over, and which goes on under a version that remembers until when (R-084)', () => {
  const alone = { record: { startedBy: ['clerk'] } } as const;
  const [old, current] = [
    defineChart({ ...firstAgreement, ...alone }),
    defineChart({ ...agreement, ...alone }),
  ];
  const sign = (on: string) => ['contract.sign', { on, signedBy: 'K', title: 'Kommundirektör' }] as const;
  const late = ['award.challenge', { court: 'Förvaltningsrätten', on: '2026-12-18' }] as const;

  /** Notified electronically on Wednesday 2 December: the standstill ends on Monday the 14th. It is the 20th. */
  const moved = async () => {
    const [bench, id] = await begunOn([old], [old, current], async (it) => {
      const procured = { contract: 'It-drift', counterparty: 'Drift AB', procured: true };
      const id = await it.start('agreement', { ...procured, signatory: 'Kommundirektör' });
      await it.send(id, 'award.notify', { on: '2026-12-01', how: 'electronic' });
      it.now = '2026-12-20T09:00:00.000Z';
      await it.tick();
      return id;
    });
    const { outcomes, batch } = await carriedOut(bench, 'to-two', [
      { chart: 'agreement', from: 1, to: 2, deadlines: { standstill: 'keep' } },
    ]);
    expect([outcomes, batch.moved]).toEqual([['identical'], 1]);
    return { bench, id };
  };

  test('remembers it as one that began there does, and the log says so', async () => {
    const { bench, id } = await moved();
    expect(await bench.context(id)).toMatchObject({ standstill: null, standstillUntil: '2026-12-11' });
    const payload = JSON.parse((await bench.log(id)).at(-1)?.payload ?? '') as JsonObject;
    expect(payload).toMatchObject({
      context: {},
      remembers: { standstill: null, standstillUntil: '2026-12-11' },
    });
  });

  test('is signed on no day of it; a review that was applied for after it is refused; it does not end again', async () => {
    const { bench, id } = await moved();
    expect(await outcomeOf(bench.send(id, ...sign('2026-12-11')))).toBe('refused');
    expect(await outcomeOf(bench.send(id, ...late))).toBe('refused');
    await bench.tick();
    expect(await bench.types(id)).toEqual(['started', 'award.notify', 'deadline.standstill', 'moved']);
    expect(await outcomeOf(bench.send(id, ...sign('2026-12-12')))).toBe('accepted');
  });
});

test('a batch that is run again counts nothing that has been moved before', async () => {
  const [bench, id] = await begunOn([letter], [letter, second(letter)], (it) =>
    it.start('letter', { title: 'A' }),
  );
  const { batch, again } = await carriedOut(bench, 'p', [{ ...letters, deadlines: { reply: 'keep' } }], {
    matters: [id],
  });
  expect(batch).toMatchObject({ moved: 1, stayed: 0, blocked: 0 });
  expect(await again()).toMatchObject({ moved: 0, stayed: 0, blocked: 0 });
});
