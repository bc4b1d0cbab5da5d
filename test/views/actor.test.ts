import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ActorView, viewActor, viewRecord } from '../../src/views/actor.ts';
import { logOfActor, logOfRecord } from '../../src/views/log.ts';
import { openTownHall, sourceOf, type Walked, walkToDecision } from '../fixtures/council-matter.ts';
import type { Bench } from '../fixtures/engine.ts';

let bench: Bench;
let walked: Walked;

beforeAll(async () => {
  bench = await openTownHall();
  walked = await walkToDecision(bench);
  await bench.send(walked.matter, 'decision.dispatch');
});
afterAll(() => bench[Symbol.asyncDispose]());

const view = async (id: string): Promise<ActorView> => {
  const found = await viewActor(sourceOf(bench), id);
  if (!found) throw new Error(`there is no ${id}`);
  return found;
};

describe('An actor as people see it', () => {
  it('a matter: its registry number, its body, where it is', async () => {
    expect(await view(walked.matter)).toMatchObject({
      collection: 'matters',
      chart: { name: 'huddinge/council-matter', version: 1, label: { sv: 'Fullmäktigeärende' } },
      number: 'HKS 2022/1',
      body: 'kf',
      municipality: 'huddinge',
      parent: null,
      states: [{ path: 'after.dispatched', label: { sv: 'Verkställighet: Expedieras och följs upp' } }],
      ended: false,
      deadlines: [],
    });
  });

  it('is at the version of its log', async () => {
    expect((await view(walked.matter)).version).toBe(
      (await logOfActor(sourceOf(bench), walked.matter)).length,
    );
  });

  it('a point: its number among the points, all its regions, the deadline that runs and its law', async () => {
    expect(await view(`${walked.matter}.p1`)).toMatchObject({
      collection: 'actors',
      label: { sv: 'Beslutspunkt 1', en: 'Decision point 1' },
      number: '§ 1',
      root: walked.matter,
      parent: walked.matter,
      states: [
        { label: { sv: 'Beslutet: Beslut fattat: Kan överklagas' } },
        { label: { sv: 'Villkor: Ovillkorad' } },
        { label: { sv: 'Verkställighet: Verkställd' } },
        { label: { sv: 'Inhibition: Inte inhiberad' } },
      ],
      deadlines: [
        {
          name: 'appealPeriod',
          state: 'standing.made.appealOpen',
          label: { sv: 'Överklagandetiden går ut' },
          rule: 'R-072',
          cite: expect.stringContaining('KL 13:5'),
          lastDay: '2022-07-14',
          dueAt: '2022-07-14T22:00:00.000Z',
          failure: null,
        },
      ],
    });
  });

  it('a task of a point: numbered within it', async () => {
    expect((await view(`${walked.matter}.p3.task1`)).label).toEqual({ sv: 'Uppdrag 3.1', en: 'Task 3.1' });
  });

  it('its context has no trace of the engine’s own', async () => {
    const { context } = await view(walked.matter);
    expect(context).not.toHaveProperty('self');
    expect(context).toMatchObject({ recipients: ['Karolinska Institutet', 'Samtliga nämnder och bolag'] });
  });

  it('and nobody is nobody', async () => {
    expect(await viewActor(sourceOf(bench), 'nobody')).toBeNull();
  });
});

describe('A record with its parts', () => {
  it('a matter has its points, tasks and dispatches, in the order of their numbers', async () => {
    const found = await viewRecord(sourceOf(bench), walked.matter);
    expect(found?.record.id).toBe(walked.matter);
    const dispatches = [1, 2, 3, 4, 5, 6, 7, 8].map((n) => `Dispatch ${n}`);
    expect(found?.parts.map((it) => it.label.en)).toEqual([
      ...dispatches,
      'Decision point 1',
      'Decision point 2',
      'Decision point 3',
      'Task 3.1',
    ]);
  });

  it('ten come after two', async () => {
    const matter = await bench.start('huddinge/council-matter', {
      title: 'Tolv punkter',
      number: 'HKS 2022/50',
      proposals: Array.from({ length: 12 }, (_, index) => ({ text: `Punkt ${index + 1}`, body: 'kf' })),
    });
    const found = await viewRecord(sourceOf(bench), matter);
    expect(found?.parts.map((it) => it.context.label)).toEqual(
      Array.from({ length: 12 }, (_, index) => String(index + 1)),
    );
  });

  it('a meeting has its notice', async () => {
    const found = await viewRecord(sourceOf(bench), walked.meetings.kf);
    expect(found).toMatchObject({ record: { collection: 'meetings' }, parts: [{ label: { en: 'Notice' } }] });
  });

  it('is not asked for by a part', async () => {
    expect(await viewRecord(sourceOf(bench), `${walked.matter}.p1`)).toBeNull();
    expect(await viewRecord(sourceOf(bench), 'nobody')).toBeNull();
  });

  it('its log is that of its actors together', async () => {
    const whole = await logOfRecord(sourceOf(bench), walked.matter);
    const found = await viewRecord(sourceOf(bench), walked.matter);
    const actors = found ? [found.record, ...found.parts] : [];
    expect(whole.length).toBe(actors.reduce((sum, it) => sum + it.version, 0));
    expect(await logOfRecord(sourceOf(bench), 'nobody')).toEqual([]);
  });
});
