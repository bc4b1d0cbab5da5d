import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { municipalities } from '../../machines/registry.ts';
import { openMatter, openMeeting } from '../../src/engine/openings.ts';
import { acclaim, citizenProposal, on, openItem, prepare, register } from '../fixtures/council-matter.ts';
import { anna } from '../fixtures/engine.ts';
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
      chair: 'Vera Vice',
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
      'Ordförande vid punkten: Vera Vice',
      'Ställ proposition',
      'Bekräfta beslut',
      'Anteckna reservation',
      'Reservanter: Rut Reservant',
    ];
    expect(done).toMatch(new RegExp(said.join('.*'), 's'));
  });
});

describe('a question of recusal', () => {
  test('asks who presides instead only where it is about whoever does', async () => {
    const { matter, meeting } = await atMeeting('Broar');
    await hall.bench.send(meeting, 'recusal.raise', { matter, person: 'Frida Fråga' });
    const html = await hall.page(`/meetings/${meeting}`);
    const form = /<form[^>]*recusal\.decide.*?<\/form>/s.exec(html)?.[0];
    expect(form).toContain('Bara där den som leder punkten är jävig.');
  });
});

describe('an item that is deferred', () => {
  test('lets a separate statement be recorded, and no reservation (R-053, R-054)', async () => {
    const { matter, meeting } = await atMeeting('Lokaler');
    await hall.bench.send(matter, 'item.defer', { reason: 'Vill läsa den' });
    const html = await hall.page(`/meetings/${meeting}`);
    expect(html).toContain('/events/note.record"');
    expect(html).not.toContain('/events/reservation.record"');
  });

  test('but not where the matter was withdrawn before it was opened (R-054)', async () => {
    const { meeting } = await atMeeting('Toaletter');
    const { bench } = hall;
    const withdrawn = await register(bench, { title: 'Bodar', number: 'HKS 2022/980' });
    await prepare(bench, withdrawn);
    await bench.send(meeting, 'agenda.add', { matter: withdrawn });
    await bench.send(withdrawn, 'matter.withdraw', { by: 'Sökanden' });
    const html = await hall.page(`/meetings/${meeting}`);
    expect(html).toContain('Avslutat utan beslut');
    expect(html).not.toContain('/events/note.record"');
  });
});

describe('an answer that takes no quorum', () => {
  test('is opened at the item that awaits one, and offered for no other', async () => {
    const { bench } = hall;
    const offer = () => ({ municipalities, registry: bench.registry, now: bench.now });
    const start = async (command: ReturnType<typeof openMatter>) =>
      (await bench.engine.submit({ ...command, sender: anna })).actor;
    await on(bench, '2022-06-01');
    const asked = await start(
      openMatter(offer(), {
        municipality: 'huddinge',
        route: 'interpellation',
        title: 'Interpellation om skolskjutsar',
        askedBy: 'Lena Ledamot',
        askedOf: 'Nina Nämndordförande',
        handedInOn: '2022-06-01',
        proposals: [{ text: 'Interpellationen får ställas.', body: 'kf' }],
      } as never),
    );
    await bench.send(asked, 'inquiry.register', {
      capacity: 'member',
      office: 'committeeChair',
      definite: true,
      reasons: 'Skolskjutsarna drogs in i augusti.',
      authority: false,
    });
    const first = await openItem(bench, asked, { body: 'kf', day: '2022-06-20', present: 61 });
    await acclaim(bench, asked, 'approved');
    await bench.send(asked, 'item.defer');
    await bench.send(first, 'meeting.close');

    const command = openMeeting(offer(), { municipality: 'huddinge', body: 'kf', date: '2022-09-05' });
    const meeting = await start(command);
    expect(await hall.page(`/meetings/${meeting}`)).toContain('Interpellation om skolskjutsar');
    const motion = await start(openMatter(offer(), citizenProposal));
    await bench.send(motion, 'initiative.register', { capacity: 'resident' });
    for (const matter of [asked, motion]) await bench.send(meeting, 'agenda.add', { matter });
    await bench.send(meeting, 'meeting.summon', { sentOn: '2022-06-20' });
    await on(bench, '2022-09-05');
    await bench.send(meeting, 'meeting.open', { present: 58, chair: 'Olle Ordförande' });

    const forms =
      (await hall.page(`/meetings/${meeting}`)).match(/<form[^>]*answer\.open.*?<\/form>/gs) ?? [];
    expect(forms.map((it) => /name="matter" value="([^"]+)"/.exec(it)?.[1])).toEqual([asked]);
    const alone = await hall.page(`/actors/${meeting}/events/answer.open`);
    expect(alone).toContain(`<option value="${asked}">`);
    expect(alone).not.toContain(`<option value="${motion}">`);
  });
});

describe('a meeting of the council that was planned before a matter was deferred (R-059)', () => {
  test('says that its agenda lacks the matter, which is the first that is offered for it', async () => {
    const { bench } = hall;
    const plan = (date: string) =>
      openMeeting(
        { municipalities, registry: bench.registry, now: bench.now },
        { municipality: 'huddinge', body: 'kf', date },
      );
    const { actor: next } = await bench.engine.submit({ ...plan('2022-10-24'), sender: anna });
    const urgent = {
      route: 'urgent-council-matter',
      proposals: [{ text: 'Bidraget beviljas.', body: 'kf' }],
    };
    const deferred = await register(bench, {
      ...urgent,
      title: 'Bidrag till hamnen',
      number: 'HKS 2022/990',
    });
    const waiting = await register(bench, { ...urgent, title: 'Bidrag till slottet' });
    for (const matter of [deferred, waiting]) await prepare(bench, matter);
    await openItem(bench, deferred, { body: 'kf', day: '2022-09-26', present: 61, urgency: 'Det brådskar.' });
    await bench.send(deferred, 'item.defer');
    const html = await hall.page(`/meetings/${next}`);
    expect(html).toMatch(
      /data-color="warning">Bordlagt ärende som inte är uppfört på dagordningen: HKS 2022\/990 Bidrag till hamnen/,
    );
    const offered = html.match(/<form[^>]*agenda\.add.*?<\/form>/gs) ?? [];
    expect(offered.map((it) => /name="matter" value="([^"]+)"/.exec(it)?.[1]).slice(0, 2)).toEqual([
      deferred,
      waiting,
    ]);
    const alone = await hall.page(`/actors/${next}/events/agenda.add`);
    expect(alone.match(/<option value="[^"]{36}">/g)?.[0]).toBe(`<option value="${deferred}">`);
  });
});
