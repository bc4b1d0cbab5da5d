import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { municipalities } from '../../machines/registry.ts';
import { openMatter } from '../../src/engine/openings.ts';
import { citizenProposal, on, openItem, prepare, register } from '../fixtures/council-matter.ts';
import { anna } from '../fixtures/engine.ts';
import { openPages, type TownHall } from './town-hall.ts';

let hall: TownHall;
beforeAll(async () => {
  hall = await openPages();
});
afterAll(() => hall[Symbol.asyncDispose]());

/** A citizen proposal that the council has assigned to the social services committee. */
async function assigned(): Promise<string> {
  const { bench } = hall;
  const offer = { municipalities, registry: bench.registry, now: bench.now };
  const command = openMatter(offer, citizenProposal);
  const { actor } = await bench.engine.submit({ ...command, sender: anna });
  await bench.send(actor, 'initiative.register', { capacity: 'resident' });
  await openItem(bench, actor, { body: 'kf', day: '2022-05-16', present: 58 });
  await bench.send(actor, 'initiative.assign', {
    body: 'sn',
    text: 'Medborgarförslaget bifalls.',
    reserved: false,
  });
  return actor;
}

describe('those that have a matter', () => {
  test('are called by what the municipality calls them, also a committee’s administration', async () => {
    const matter = await assigned();
    for (const path of ['/', `/matters/${matter}`, '/matters', '/matters?format=csv'])
      for (const [language, name] of [
        ['sv', 'Socialnämndens förvaltning'],
        ['en', 'Social services committee’s administration'],
      ] as const) {
        const html = (
          await hall.page(`${path}${path.includes('?') ? '&' : '?'}lang=${language}`, 'registrar')
        )
          // Addresses and pictures have ids.
          .replaceAll(/<svg.*?<\/svg>/gs, '');
        expect(html, path).toContain(name);
        expect(html.replaceAll(/="[^"]*"/g, ''), path).not.toContain('sn-administration');
      }
  });

  test('are named as the stage to which an item was referred back', async () => {
    await on(hall.bench, '2022-06-01');
    const matter = await register(hall.bench);
    await prepare(hall.bench, matter);
    const meeting = await openItem(hall.bench, matter, { body: 'au', day: '2022-06-07', present: 5 });
    await hall.bench.send(matter, 'item.referBack', {
      to: 'administration',
      motivation: 'Kostnaderna saknas.',
    });
    for (const path of [`/matters/${matter}`, `/meetings/${meeting}`]) {
      expect(await hall.page(path), path).toContain('<li>Till: Förvaltningen</li>');
      expect(await hall.page(`${path}?lang=en`), path).toContain('<li>To: Administration</li>');
    }
  });
});
