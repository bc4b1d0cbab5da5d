import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../machines/chart.ts';
import { huddinge } from '../../machines/municipalities/huddinge.ts';
import { municipalities } from '../../machines/registry.ts';
import { openMeeting } from '../../src/engine/openings.ts';
import { viewRecord } from '../../src/views/actor.ts';
import { unlistedAt, withDeferred } from '../../src/views/deferred.ts';
import { warningsOf } from '../../src/views/warnings.ts';
import { on, openItem, openTownHall, prepare, register, sourceOf } from '../fixtures/council-matter.ts';
import { anna, type Bench } from '../fixtures/engine.ts';

/** A matter that the council takes up on 13 June and defers. @returns its id. */
async function defer(bench: Bench, until: JsonObject = {}): Promise<string> {
  const matter = await register(bench, {
    route: 'urgent-council-matter',
    proposals: [{ text: 'Bidraget beviljas.', body: 'kf' }],
  });
  await prepare(bench, matter);
  await openItem(bench, matter, { body: 'kf', day: '2022-06-13', present: 61, urgency: 'Det brådskar.' });
  await bench.send(matter, 'item.defer', until);
  return matter;
}

const planning = (bench: Bench, date: string, body = 'kf') =>
  withDeferred(
    sourceOf(bench),
    openMeeting(
      { municipalities, registry: bench.registry, now: bench.now },
      { municipality: 'huddinge', body, date },
    ),
  );

/** The council's meeting of a day, as it is planned; a body's own where one is named. */
async function planned(until: JsonObject, date: string, body?: string) {
  await using bench = await openTownHall();
  const matter = await defer(bench, until);
  const { found } = await planning(bench, date, body);
  return { deferred: found?.deferred, matter };
}

it('what the council deferred is listed when its next meeting is planned (R-059)', async () => {
  const { deferred, matter } = await planned({}, '2022-08-29');
  expect(deferred).toEqual([matter]);
});

it('not earlier than the council has decided (R-059)', async () => {
  expect((await planned({ until: '2022-09-26' }, '2022-08-29')).deferred).toBe(undefined);
  const { deferred, matter } = await planned({ until: '2022-09-26' }, '2022-09-26');
  expect(deferred).toEqual([matter]);
});

it('a committee lists what it deferred itself', async () => {
  expect((await planned({}, '2022-08-29', 'ks')).deferred).toBe(undefined);
});

describe('A meeting of the council that was planned before it deferred a matter (R-059)', () => {
  const [AUGUST, SEPTEMBER] = ['2022-08-29', '2022-09-26'];
  const blind = { tenants: ['huddinge'], confidential: [] };

  async function plannedBefore(until?: JsonObject) {
    const bench = await openTownHall();
    const plan = async (date: string) =>
      (await bench.engine.submit({ ...(await planning(bench, date)), sender: anna })).actor;
    const [august, september] = [await plan(AUGUST), await plan(SEPTEMBER)];
    const matter = await defer(bench, until);
    const lacks = async (meeting: string, scope = sourceOf(bench).scope) => {
      const source = { ...sourceOf(bench), scope };
      const found = await viewRecord(source, meeting);
      if (!found) throw new Error(`there is no ${meeting}`);
      const warned = warningsOf(found.record, found.parts, huddinge, await unlistedAt(source, found.record));
      return warned.map(({ code, says }) => `${code}: ${says.sv}`);
    };
    return {
      bench,
      matter,
      august,
      september,
      lacks,
      [Symbol.asyncDispose]: () => bench[Symbol.asyncDispose](),
    };
  }
  const lacking = [
    expect.stringMatching(/^deferredUnlisted: .*Avtal om samverkan mellan Huddinge kommun och KI/),
  ];

  it('says that it lacks the matter, where it is the next', async () => {
    await using it = await plannedBefore();
    expect(await it.lacks(it.august)).toEqual(lacking);
    expect(await it.lacks(it.september)).toEqual([]);
  });

  it('also when it has been summoned, until the matter is listed', async () => {
    await using it = await plannedBefore();
    await it.bench.send(it.august, 'meeting.summon', { sentOn: '2022-06-13' });
    expect(await it.lacks(it.august)).toEqual(lacking);
    await it.bench.send(it.august, 'agenda.add', { matter: it.matter });
    expect(await it.lacks(it.august)).toEqual([]);
    expect(await it.lacks(it.september)).toEqual([]);
  });

  it('says nothing where the council decided on a later day, and the one of that day does', async () => {
    await using it = await plannedBefore({ until: SEPTEMBER });
    expect(await it.lacks(it.august)).toEqual([]);
    expect(await it.lacks(it.september)).toEqual(lacking);
  });

  it('is no longer the next when its day has passed, or when it is cancelled', async () => {
    await using it = await plannedBefore();
    await on(it.bench, '2022-08-30');
    expect(await it.lacks(it.august)).toEqual([]);
    expect(await it.lacks(it.september)).toEqual(lacking);
    await using other = await plannedBefore();
    await other.bench.send(other.august, 'meeting.cancel', { reason: 'För få ärenden.' });
    expect(await other.lacks(other.september)).toEqual(lacking);
  });

  it('leaves nothing to one that is planned for a later day', async () => {
    await using it = await plannedBefore();
    expect((await planning(it.bench, '2022-10-10')).found).toBe(undefined);
    expect((await planning(it.bench, '2022-08-15')).found?.deferred).toEqual([it.matter]);
  });

  it('does not name one that is confidential to those who may not see it (R-120)', async () => {
    await using it = await plannedBefore();
    expect(await it.lacks(it.august, blind)).toEqual(lacking);
    await it.bench.send(it.matter, 'secrecy.mark', { provision: 'OSL 19:3', authority: 'Kommunstyrelsen' });
    expect(await it.lacks(it.august, blind)).toEqual([]);
    expect(await it.lacks(it.august)).toEqual(lacking);
  });
});
