import { expect, it } from 'vitest';
import type { JsonObject } from '../../machines/chart.ts';
import { municipalities } from '../../machines/registry.ts';
import { openMeeting } from '../../src/engine/openings.ts';
import { withDeferred } from '../../src/views/deferred.ts';
import { openItem, openTownHall, prepare, register, sourceOf } from '../fixtures/council-matter.ts';

/** The council's meeting of a day, as it is planned; a body's own where one is named. */
async function planned(until: JsonObject, date: string, body = 'kf') {
  const bench = await openTownHall();
  const matter = await register(bench, {
    route: 'urgent-council-matter',
    proposals: [{ text: 'Bidraget beviljas.', body: 'kf' }],
  });
  await prepare(bench, matter);
  await openItem(bench, matter, { body: 'kf', day: '2022-06-13', present: 61, urgency: 'Det brådskar.' });
  await bench.send(matter, 'item.defer', until);
  const offer = { municipalities, registry: bench.registry, now: bench.now };
  const command = openMeeting(offer, { municipality: 'huddinge', body, date });
  const { found } = await withDeferred(sourceOf(bench), command);
  await bench[Symbol.asyncDispose]();
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
