/** What is asked of whoever sends an event, beside what its chart's guards say, and not of the log. */
import { expect, test } from 'vitest';
import { type Chart, defineChart } from '../../machines/chart.ts';
import { builtIn } from '../../machines/registry.ts';
import { hashOfChart } from '../../src/engine/definitions.ts';
import { auditAll } from '../../src/views/audit.ts';
import { openItem, prepare, register, sourceOf } from '../fixtures/council-matter.ts';
import { type Bench, openEngine } from '../fixtures/engine.ts';

/** The charts as they were before anything was asked. */
const ofBefore = (chart: Chart): Chart =>
  defineChart({
    ...chart,
    events: Object.fromEntries(
      Object.entries(chart.events).map(([type, { asks: _, ...event }]) => [type, event]),
    ),
  });

const open = (charts: readonly Chart[]) => openEngine({ charts, now: '2022-05-02T07:00:00.000Z' });

/** A matter of which the committee deliberates without one who is recused. */
async function withRecusal(bench: Bench): Promise<string> {
  const matter = await register(bench);
  await prepare(bench, matter);
  await openItem(bench, matter, {
    body: 'au',
    day: '2022-05-16',
    present: 5,
    opening: { recused: ['Jävig'] },
  });
  const proposals = [{ outcome: 'endorsed' }, { outcome: 'rejected' }];
  await bench.send(matter, 'question.put', { proposals });
  return matter;
}

const demand = (bench: Bench, matter: string, by: string) => bench.send(matter, 'vote.demand', { by });

test('is refused by its rule, and nothing has happened; of others it is taken', async () => {
  await using bench = await open(builtIn().all());
  const matter = await withRecusal(bench);
  const { version } = await bench.actor(matter);
  await expect(demand(bench, matter, 'Jävig')).rejects.toMatchObject({
    code: 'refused',
    particulars: { explanation: { rule: 'R-038', unmet: [{ guard: 'notRecused' }] } },
  });
  expect((await bench.actor(matter)).version).toBe(version);
  await demand(bench, matter, 'Ledamot');
});

test('changes no chart: a log in which it was taken before is as sound as it was', async () => {
  const before = builtIn().all().map(ofBefore);
  expect(before.map(hashOfChart)).toEqual(builtIn().all().map(hashOfChart));
  await using bench = await open(before);
  await demand(bench, await withRecusal(bench), 'Jävig');
  const { findings } = await auditAll({ ...sourceOf(bench), registry: builtIn() });
  expect(findings).toEqual([]);
});
