import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { acclaim, openItem, prepare, register } from '../fixtures/council-matter.ts';
import { openPages, type TownHall } from './town-hall.ts';

let hall: TownHall;
beforeAll(async () => {
  hall = await openPages();
});
afterAll(() => hall[Symbol.asyncDispose]());

let day = 0;
/** A matter of that title before the working committee, on a day of its own. @returns its id, and the meeting's. */
async function atMeeting(
  title: string,
  opening?: { readonly recused: string[]; readonly substitutes: { name: string }[] },
): Promise<{ matter: string; meeting: string }> {
  const { bench } = hall;
  const matter = await register(bench, { title, number: `HKS 2022/${900 + day}` });
  await prepare(bench, matter);
  day += 1;
  const meeting = await openItem(bench, matter, {
    body: 'au',
    day: `2022-05-${10 + day}`,
    present: 5,
    ...(opening && { opening }),
  });
  return { matter, meeting };
}

const tableOf = (html: string, label: string): string =>
  html.split(`<caption class="ds-sr-only">${label}</caption>`)[1]?.split('</table>')[0] ?? '';

describe('a step of a meeting', () => {
  test('says which matter it was about, in the path and where the rules are held against it', async () => {
    const { meeting } = await atMeeting('Ny idrottshall');
    const html = await hall.page(`/meetings/${meeting}`);
    const steps = tableOf(html, 'Stegen i ordning');
    for (const event of ['För upp på dagordningen', 'Öppna punkt'])
      expect(steps).toContain(
        `<td>${event}<ul class="plain muted"><li>Ärende: HKS 2022/900 Ny idrottshall</li></ul></td>`,
      );
    expect(tableOf(html, 'Följda regler')).toContain(
      'Öppna punkt</a><p class="muted">HKS 2022/900 Ny idrottshall</p>',
    );
  });
});

describe('a decided item', () => {
  test('shows who was recused and who served instead, what was found of that, and reservations', async () => {
    const { bench } = hall;
    const { matter, meeting } = await atMeeting('Markanvisning', {
      recused: ['Jan Jävig'],
      substitutes: [{ name: 'Eva Ersättare' }],
    });
    await bench.send(meeting, 'recusal.raise', { matter, person: 'Frida Fråga', ground: 'Delägare' });
    await bench.send(meeting, 'recusal.decide', {
      matter,
      person: 'Frida Fråga',
      recused: false,
      tookPart: false,
    });
    await acclaim(bench, matter, 'endorsed');
    await bench.send(meeting, 'reservation.record', { matter, by: ['Rut Reservant'] });
    const done = (await hall.page(`/meetings/${meeting}`)).split('Vid punkten')[1]?.split('</ol>')[0] ?? '';
    const said = [
      'Öppna punkt',
      'Jäviga: Jan Jävig',
      'Ersättare för jäviga: Namn: Eva Ersättare',
      'Väck fråga om jäv',
      'Den det gäller: Frida Fråga',
      'Avgör frågan om jäv',
      'Organet finner jäv: nej',
      'Ställ proposition',
      'Bekräfta beslut',
      'Anteckna reservation',
      'Reservanter: Rut Reservant',
    ];
    expect(done).toMatch(new RegExp(said.join('.*'), 's'));
  });
});
