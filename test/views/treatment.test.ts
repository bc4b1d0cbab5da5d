import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { treatmentOf } from '../../src/views/treatment.ts';
import {
  openItem,
  openTownHall,
  prepare,
  register,
  sourceOf,
  walkToDecision,
} from '../fixtures/council-matter.ts';
import type { Bench } from '../fixtures/engine.ts';

let bench: Bench;
let walked: Awaited<ReturnType<typeof walkToDecision>>;
beforeAll(async () => {
  bench = await openTownHall();
  walked = await walkToDecision(bench);
});
afterAll(() => bench[Symbol.asyncDispose]());

const at = (meeting: string, matter = walked.matter) => treatmentOf(sourceOf(bench), matter, meeting);
const said = (
  all: readonly { body: string; outcome: { sv: string }; points: readonly { sv: string }[] }[] = [],
) => all.map((it) => [it.body, it.outcome.sv, it.points.map((point) => point.sv)]);

describe('What the minutes of a meeting say of a matter', () => {
  test('is what was done there while the item was open, in order, and nothing of other meetings', async () => {
    const acts = async (meeting: string) => (await at(meeting))?.acts.map((it) => it.event.type);
    expect(await acts(walked.meetings.au)).toEqual(['question.put', 'decision.confirm']);
    expect(await acts(walked.meetings.kf)).toEqual([
      'question.put',
      'vote.demand',
      'votes.count',
      'decision.confirm',
    ]);
  });

  test('is what the body found on each point, those alike together', async () => {
    const { found } = (await at(walked.meetings.ks)) ?? {};
    expect(said(found)).toEqual([
      ['ks', 'Bifall', ['Beslutspunkt 1', 'Beslutspunkt 2']],
      ['ks', 'Bifall', ['Beslutspunkt 3']],
    ]);
    expect(found?.map((it) => it.wording !== null)).toEqual([false, true]);
  });

  test('follows upon what the bodies before it proposed', async () => {
    expect(said((await at(walked.meetings.kf))?.before)).toEqual([
      ['au', 'Enligt förvaltningens förslag', ['Beslutspunkt 1', 'Beslutspunkt 2', 'Beslutspunkt 3']],
      ['ks', 'Bifall', ['Beslutspunkt 1', 'Beslutspunkt 2']],
      ['ks', 'Bifall', ['Beslutspunkt 3']],
    ]);
    expect((await at(walked.meetings.au))?.before).toEqual([]);
  });

  test('is nothing where the matter was not opened', async () => {
    const other = await register(bench, { title: 'Ett annat ärende' });
    await prepare(bench, other);
    const meeting = await openItem(bench, other, { body: 'au', day: '2022-07-04', present: 4 });
    expect(await at(meeting)).toBeNull();
    expect(await at(meeting, other)).toEqual({ before: [], acts: [], found: [] });
  });
});
