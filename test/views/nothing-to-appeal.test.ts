import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { viewRecord } from '../../src/views/actor.ts';
import { desk } from '../../src/views/desk.ts';
import {
  acclaim,
  announce,
  openItem,
  openTownHall,
  prepare,
  register,
  sourceOf,
} from '../fixtures/council-matter.ts';
import type { Bench } from '../fixtures/engine.ts';
import { grantsOf } from '../fixtures/grants.ts';

let bench: Bench;
let matter: string;
beforeEach(async () => {
  bench = await openTownHall();
  matter = await register(bench);
  await prepare(bench, matter);
});
afterEach(() => bench[Symbol.asyncDispose]());

/** What runs of the notice of a meeting: on the meeting's page, and on the desk. */
async function told(meeting: string) {
  const found = await viewRecord(sourceOf(bench), meeting);
  const viewer = { grants: grantsOf(['clerk']) };
  const { due } = await desk(sourceOf(bench), viewer, { limit: 100, offset: 0 });
  return [
    ...(found?.parts.flatMap((it) => it.deadlines) ?? []),
    ...due.filter((it) => it.root === meeting),
  ].map(({ label, rule, lastDay }) => [label.sv, rule, lastDay]);
}

describe('The time of a notice', () => {
  test('is no appeal period where the body only proposed, endorsed or deferred (R-062)', async () => {
    const endorsing = await openItem(bench, matter, { body: 'au', day: '2022-05-16', present: 5 });
    await acclaim(bench, matter, 'endorsed');
    await announce(bench, endorsing, '2022-05-20');
    const stays = ['Anslaget får tas ned', 'R-071', '2022-06-10'];
    expect(await told(endorsing)).toEqual([stays, stays]);

    const deferring = await openItem(bench, matter, { body: 'ks', day: '2022-05-30', present: 15 });
    await bench.send(matter, 'item.defer');
    await announce(bench, deferring, '2022-06-03');
    expect((await told(deferring)).map(([label]) => label)).toEqual([stays[0], stays[0]]);
  });

  test('is the appeal period where the body has decided', async () => {
    const endorsing = await openItem(bench, matter, { body: 'au', day: '2022-05-16', present: 5 });
    await acclaim(bench, matter, 'endorsed');
    await announce(bench, endorsing, '2022-05-20');
    const deciding = await openItem(bench, matter, { body: 'ks', day: '2022-05-30', present: 15 });
    await acclaim(bench, matter, 'approved');
    await announce(bench, deciding, '2022-06-03');
    const appeal = ['Överklagandetiden går ut', 'R-072', '2022-06-27'];
    expect(await told(deciding)).toEqual([appeal, appeal]);
  });
});
