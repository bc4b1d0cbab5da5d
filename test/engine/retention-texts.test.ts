/** What a redaction takes for somebody's words, and what for the name of a thing. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { defineChart, type Json } from '../../machines/chart.ts';
import { huddinge } from '../../machines/municipalities/huddinge.ts';
import { builtIn } from '../../machines/registry.ts';
import { composeRoute } from '../../machines/routes/compose.ts';
import { Route } from '../../machines/routes/route.ts';
import type { MovedPayload } from '../../src/engine/moves/moved.ts';
import { prepareRedaction } from '../../src/engine/retention/prepare.ts';
import { structural } from '../../src/engine/retention/texts.ts';
import { prepare, sourceOf } from '../fixtures/council-matter.ts';
import { agreements, taken } from '../fixtures/delegations.ts';
import { openEngine } from '../fixtures/engine.ts';
import { moveTo } from '../fixtures/moving.ts';
import { letter, smallCharts } from '../fixtures/small-charts.ts';

const route = Route.parse({
  name: 'asked-matter',
  version: 1,
  label: { sv: 'Remitterat', en: 'Consulted' },
  stages: [
    { id: 'administration', type: 'preparation', label: { sv: 'Förvaltningen', en: 'Administration' } },
    {
      id: 'board',
      type: 'consultation',
      label: { sv: 'Styrelsen hörs', en: 'The board is heard' },
      bodies: ['ks'],
      join: { rule: 'deadline' },
      within: { weeks: 4 },
      material: ['Förslag till beslut'],
    },
    { id: 'kf', type: 'meeting', body: 'kf', role: 'decide', referTo: ['administration'] },
  ],
});

test('a document that the route asks for by name stays, and one that people named goes', async () => {
  await using bench = await openEngine({ charts: [...builtIn().all(), composeRoute(route, huddinge)] });
  const id = await bench.start('huddinge/asked-matter', {
    title: 'En fråga',
    number: 'HKS 2022/1',
    proposals: [{ text: 'Det godkänns.', body: 'kf' }],
  });
  await prepare(bench, id);
  const material = ['Förslag till beslut', 'Yttrande från Anna Andersson'];
  await bench.send(id, 'consultation.open', { question: 'Vad anser styrelsen?', material });
  const prepared = await prepareRedaction(sourceOf(bench), id, { decision: 'KS § 1', keeps: [] });
  if ('says' in prepared) throw new Error(prepared.says.en);
  const sent = prepared.copies.entries.find((it) => it.type === 'consultation.open');
  expect(JSON.parse(sent?.payload ?? '')).toMatchObject({
    material: ['Förslag till beslut', expect.stringMatching(/^\[gallrat \d+\]$/)],
  });
});

test('a delegation that decisions were made under keeps which groups of matters it is for, and folds', async () => {
  await using bench = await openEngine({ charts: [...builtIn().all(), ...smallCharts] });
  bench.now = '2026-01-12T09:00:00.000Z';
  const { municipality, groups, ...given } = agreements;
  const named = (groups as string[]).map((id) => ({ id, label: 'Avtal' }));
  const delegation = await bench.start('delegation', { ...given, groups: named });
  const { order: group, by, position, amount } = taken(delegation) as Record<string, Json>;
  const use = { matter: delegation, municipality, body: 'sn', group, by, position, amount };
  const to = { to: [delegation], event: { type: 'delegation.use', ...use } };
  await bench.send(await bench.start('relay', {}), 'relay.tell', to);
  const prepared = await prepareRedaction(sourceOf(bench), delegation, { decision: 'KS § 1', keeps: [] });
  if ('says' in prepared) throw new Error(prepared.says.en);
  const used = prepared.copies.entries.find((it) => it.type === 'delegation.use');
  expect(used?.payload).toContain(String(group));
  expect(used?.payload).not.toContain(String(by));
});

test('what a plan wrote in what it moved goes, and its days stay; the plan itself is named', async () => {
  const begins = { ...letter.context, desk: 'A', until: '2027-01-01' };
  const second = defineChart({ ...letter, version: 2, context: begins });
  await using bench = await openEngine({ charts: [letter, second] });
  await using before = await openEngine({ charts: [letter], db: bench.db, now: bench.now });
  const id = await before.start('letter', { title: 'A', number: 'L 1' });
  await bench.restart();
  const context = { title: 'Till Frida Förening', desk: 'Petra Personnamn', until: '2027-02-01' };
  await moveTo(bench, id, second, { deadlines: { reply: 'keep', remind: 'keep' }, context });
  const moved = async (keeps: readonly string[]) => {
    const prepared = await prepareRedaction(sourceOf(bench), id, { decision: 'KS § 1', keeps });
    if ('says' in prepared) throw new Error(prepared.says.en);
    const payload = prepared.copies.entries.find((it) => it.type === 'moved')?.payload ?? '';
    return { ...prepared, payload: JSON.parse(payload) as MovedPayload };
  };
  const gone = expect.stringMatching(/^\[gallrat \d+\]$/);
  const { payload, plans, parts } = await moved([]);
  expect(payload).toMatchObject({
    ...{ plan: 'a-plan', states: { waiting: 'waiting' }, reason: gone, approver: gone },
    context: { title: gone, desk: gone, until: '2027-02-01' },
  });
  expect(parts.map((it) => it.snapshot).join()).not.toMatch(/Frida|Petra/);
  expect(plans).toEqual(['a-plan']);
  expect((await moved(['title'])).payload.context).toMatchObject({ title: context.title, desk: gone });
});

test('which fields stay whatever people wrote there is told to those who decide on it', () => {
  const readme = readFileSync(join(import.meta.dirname, '../../src/engine/retention/README.md'), 'utf8');
  expect([...structural].filter((it) => !readme.includes(`\`${it}\``))).toEqual([]);
});
