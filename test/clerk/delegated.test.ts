import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { municipalities } from '../../machines/registry.ts';
import { openDelegation, openMatter } from '../../src/engine/openings.ts';
import { prepare } from '../fixtures/council-matter.ts';
import { agreements, supportedHousing, taken } from '../fixtures/delegations.ts';
import { anna } from '../fixtures/engine.ts';
import { openPages, type TownHall } from './town-hall.ts';

let hall: TownHall;
let matter: string;
beforeAll(async () => {
  hall = await openPages();
  const { bench } = hall;
  const offer = { municipalities, registry: bench.registry, now: bench.now };
  const start = async (command: ReturnType<typeof openMatter>) =>
    (await bench.engine.submit({ ...command, sender: anna })).actor;
  const words = { ...agreements, decidedOn: '2022-01-01', from: '2022-01-01', to: '2022-12-31' };
  const delegation = await start(openDelegation(offer, words as never));
  matter = await start(openMatter(offer, supportedHousing as never));
  await prepare(bench, matter);
  await bench.send(matter, 'decision.take', taken(delegation));
});
afterAll(() => hall[Symbol.asyncDispose]());

describe('a decision on delegation', () => {
  test('has no paragraph, and none is shown', async () => {
    for (const path of [`/matters/${matter}`, `/actors/${matter}.p1`])
      for (const [language, outcome] of [
        ['sv', 'Bifall'],
        ['en', 'Approved'],
      ]) {
        const html = await hall.page(`${path}?lang=${language}`);
        expect(html, path).toContain(`<strong>${outcome}</strong>, `);
        expect(html, path).not.toContain('§ 0');
      }
  });
});

describe('a delegation for a single matter', () => {
  const given = (of: string) =>
    hall.post('/delegations/new?at=huddinge/sn', [
      ['groups', 'sn-agreements'],
      ['kind', 'employee'],
      ['position', 'Enhetschef'],
      ['mayHandOn', 'false'],
      ['matter', of],
      ['decidedOn', '2022-01-01'],
      ['decision', 'SN 2022-01-01 § 1'],
      ['from', '2022-01-01'],
    ]);

  test('is registered where there is that matter, and else shown again with the reason', async () => {
    const refused = await given('no-such-matter');
    expect(refused.status).toBe(409);
    const html = await refused.text();
    expect(html).toContain('Det finns inget no-such-matter.');
    expect(html).toContain('value="no-such-matter"');
    expect((await given(matter)).status).toBe(303);
  });
});
