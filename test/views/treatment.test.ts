import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { pathOf } from '../../src/views/path.ts';
import { treatmentOf } from '../../src/views/treatment.ts';
import {
  acclaim,
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

async function at(meeting: string, matter = walked.matter) {
  const path = await pathOf(sourceOf(bench), meeting, { actor: meeting });
  return path && treatmentOf(sourceOf(bench), matter, path);
}
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

  test('is also what the meeting itself recorded about it, in the order of what was done', async () => {
    const other = await register(bench, { title: 'Ett ärende med jäv' });
    await prepare(bench, other);
    const meeting = await openItem(bench, other, {
      body: 'au',
      day: '2022-06-28',
      present: 5,
      opening: { recused: ['Jan Jävig'] },
    });
    const question = { matter: other, person: 'Frida Fråga' };
    await bench.send(meeting, 'recusal.raise', question);
    await bench.send(meeting, 'recusal.decide', { ...question, recused: false, tookPart: false });
    await acclaim(bench, other, 'endorsed');
    await bench.send(meeting, 'reservation.record', { matter: other, by: ['Rut Reservant'] });
    expect((await at(meeting, other))?.acts.map((it) => it.event.type)).toEqual([
      'item.open',
      'recusal.raise',
      'recusal.decide',
      'question.put',
      'decision.confirm',
      'reservation.record',
    ]);
  });

  test('is nothing where the matter was not opened', async () => {
    const other = await register(bench, { title: 'Ett annat ärende' });
    await prepare(bench, other);
    const meeting = await openItem(bench, other, { body: 'au', day: '2022-07-04', present: 4 });
    expect(await at(meeting)).toBeNull();
    expect(await at(meeting, other)).toEqual({ before: [], acts: [], found: [] });
  });
});
