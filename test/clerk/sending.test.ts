import { beforeEach, describe, expect, test, vi } from 'vitest';
import type { Role } from '../../machines/roles.ts';
import { acclaim, on, openItem, prepare, register, walkToDecision } from '../fixtures/council-matter.ts';
import { formIn, successful } from './controls.ts';
import { openPages, type TownHall } from './town-hall.ts';

let hall: TownHall;
let matter: string;
beforeEach(async () => {
  hall = await openPages();
  matter = await register(hall.bench);
  return () => hall[Symbol.asyncDispose]();
});

const action = (id: string, type: string): string => `/actors/${id}/events/${type}`;

/** What the form of an event on a page would send, with some of its fields filled in. */
async function filledIn(
  page: string,
  type: string,
  fields: Readonly<Record<string, string>>,
  mark = `/events/${type}"`,
  as: Role = 'clerk',
) {
  const controls = successful(formIn(await hall.page(page, as), mark));
  const others = controls.filter(([name]) => !(name in fields));
  return [...others, ...Object.entries(fields)];
}

describe('a form that is sent', () => {
  test('does what it says, leads back to where it was, and the page there says so once', async () => {
    const sent = await filledIn(`/matters/${matter}`, 'matter.assign', { caseOfficer: 'Hanna Handläggare' });
    const response = await hall.post(action(matter, 'matter.assign'), sent);
    expect(response.status).toBe(303);
    expect(response.headers.get('location')).toBe(`/matters/${matter}`);
    expect((await hall.bench.context(matter)).caseOfficer).toBe('Hanna Handläggare');
    const cookie = response.headers.get('set-cookie')?.split(';')[0] ?? '';
    const page = await hall.request(`/matters/${matter}`, { cookie });
    expect(await page.text()).toContain('Sparat: Tilldela.');
    expect(page.headers.get('set-cookie')).toMatch(/^done=; Max-Age=0/);
  });

  test('is recorded in the name of the one who sent it', async () => {
    await hall.post(
      action(matter, 'matter.assign'),
      await filledIn(`/matters/${matter}`, 'matter.assign', { caseOfficer: 'H' }),
    );
    expect(await hall.page(`/matters/${matter}`)).toContain('<td>Anna Sekreterare</td>');
  });

  test('twice by a double click happens once, and both clicks lead on', async () => {
    const sent = await filledIn(`/matters/${matter}`, 'matter.assign', { caseOfficer: 'H' });
    const answers = await Promise.all([1, 2, 3].map(() => hall.post(action(matter, 'matter.assign'), sent)));
    expect(answers.map((it) => it.status)).toEqual([303, 303, 303]);
    expect((await hall.bench.actor(matter)).version).toBe(2);
  });

  test('again with something else in it is no repetition, and is not taken for one', async () => {
    const sent = await filledIn(`/matters/${matter}`, 'matter.assign', { caseOfficer: 'H' });
    await hall.post(action(matter, 'matter.assign'), sent);
    const other = sent.map(
      ([name, value]) => [name, name === 'caseOfficer' ? 'Someone else' : value] as const,
    );
    const response = await hall.post(action(matter, 'matter.assign'), other);
    expect(response.status).toBe(409);
    expect(await response.text()).toContain('value="Someone else"');
    expect((await hall.bench.context(matter)).caseOfficer).toBe('H');
  });
});

describe('a form that is refused', () => {
  test('because of what is in it is shown again, with what was typed and a link to each field that is wrong', async () => {
    const sent = await filledIn(`/matters/${matter}`, 'matter.assign', { caseOfficer: '   ' });
    const response = await hall.post(action(matter, 'matter.assign'), sent);
    expect(response.status).toBe(422);
    const html = await response.text();
    const [, target] = /<a class="ds-link" href="#([^"]+)">Fyll i ”Handläggare”\.<\/a>/.exec(html) ?? [];
    expect(target).toBeDefined();
    expect(html).toMatch(new RegExp(`id="${target}"[^>]*aria-invalid="true"`));
  });

  test('because of the law says which rule, where it stands and who could, and keeps what was typed', async () => {
    await prepare(hall.bench, matter);
    const meeting = await openItem(hall.bench, matter, { body: 'au', day: '2022-05-16', present: 5 });
    await acclaim(hall.bench, matter, 'endorsed');
    await hall.bench.send(meeting, 'meeting.close');
    await hall.bench.send(meeting, 'minutes.complete');
    const sent = await filledIn(
      `/meetings/${meeting}`,
      'minutes.approve',
      { approvedBy: 'Olle Ordförande' },
      undefined,
      'chair',
    );
    const response = await hall.post(action(meeting, 'minutes.approve'), sent, 'chair');
    expect(response.status).toBe(409);
    const html = await response.text();
    expect(html).toContain('Det gick inte. Ingenting har ändrats.');
    expect(html).toContain('href="/rules#R-069"');
    expect(html).toContain('Kan göras av: ordförande, integration.');
    expect(html).toContain('>Olle Ordförande</textarea>');
  });

  test('because the sender may not says who may', async () => {
    const sent = await filledIn(`/matters/${matter}`, 'matter.assign', { caseOfficer: 'H' });
    const response = await hall.post(action(matter, 'matter.assign'), sent, 'auditor');
    expect(response.status).toBe(403);
    expect(await response.text()).toContain('Kan göras av: registrator, nämndsekreterare.');
  });

  test('because someone else was faster shows what has happened, and can be sent again', async () => {
    await hall.bench.send(matter, 'matter.assign', { caseOfficer: 'First' });
    const sent = await filledIn(`/matters/${matter}`, 'report.complete', {
      dated: '2022-05-02',
      attachments: 'Avtal\r\nKarta',
    });
    await hall.bench.send(matter, 'matter.assign', { caseOfficer: 'Second' });
    const stale = await hall.post(action(matter, 'report.complete'), sent);
    expect(stale.status).toBe(412);
    const html = await stale.text();
    const [, happened = ''] = /har hänt sedan formuläret visades(.*?)<\/section>/s.exec(html) ?? [];
    expect(happened.match(/<strong>[^<]*/g)).toEqual(['<strong>Tilldela']);
    expect(happened).toContain('Handläggare: Second');
    expect(happened).toContain(`href="/matters/${matter}"`);
    expect(html).toContain('>Avtal\nKarta</textarea>');
    const again = await hall.post(
      action(matter, 'report.complete'),
      successful(formIn(html, '/events/report.complete"')),
    );
    expect(again.status).toBe(303);
    expect(again.headers.get('location')).toBe(`/matters/${matter}`);
  });

  test('because the event is not possible in the state says in which it is', async () => {
    const response = await hall.post(action(matter, 'matter.archive'), [['_version', '1']], 'registrar');
    expect(response.status).toBe(409);
    expect(await response.text()).toContain('Möjligt i läget: Verkställighet: Avslutat.');
  });

  test('because it does not say what it has seen changes nothing', async () => {
    for (const version of ['', 'x', '-1', '1.5', '99']) {
      const response = await hall.post(action(matter, 'matter.assign'), [
        ['_version', version],
        ['caseOfficer', 'H'],
      ]);
      expect(response.status, version).toBe(412);
    }
    expect((await hall.bench.actor(matter)).version).toBe(1);
  });
});

describe('rows', () => {
  test('are added one at a time, without losing what was typed or doing anything', async () => {
    await hall.bench.send(matter, 'matter.assign', { caseOfficer: 'H' });
    const sent = await filledIn(`/matters/${matter}`, 'point.add', {
      text: 'En punkt till',
      body: 'kf',
      'tasks.0.title': 'Skriv',
      _rows: 'tasks:2',
    });
    const response = await hall.post(action(matter, 'point.add'), sent);
    expect(response.status).toBe(200);
    const html = await response.text();
    expect(html).toContain('name="tasks.1.title"');
    expect(html).toContain('>En punkt till</textarea>');
    expect(html).toContain('value="Skriv"');
    expect((await hall.bench.actor(matter)).version).toBe(2);
  });

  test.each(['tasks:-1', 'tasks', ':2', 'tasks:1e9', '__proto__:3', 'tasks:999'])(
    'asked for as %s do no harm',
    async (rows) => {
      await hall.bench.send(matter, 'matter.assign', { caseOfficer: 'H' });
      const sent = await filledIn(`/matters/${matter}`, 'point.add', { text: 'Punkt', _rows: rows });
      const html = await (await hall.post(action(matter, 'point.add'), sent)).text();
      expect(html.match(/name="tasks\.\d+\.title"/g)?.length ?? 0).toBeLessThanOrEqual(20);
    },
  );
});

describe('registering a matter', () => {
  const words = {
    title: 'Cykelplan',
    'proposals.0.text': 'Planen antas.',
    'proposals.0.body': 'kf',
    recipients: 'Samtliga nämnder och bolag\r\nKarolinska Institutet',
  };
  const page = '/matters/new?at=huddinge/council-matter';
  const mark = 'action="?at=';

  test('gives it a number of the series and leads to it', async () => {
    const sent = await filledIn(page, '', words, mark);
    const response = await hall.post(page, sent);
    expect(response.status).toBe(303);
    const html = await hall.page(response.headers.get('location') ?? '');
    expect(html).toContain('HKS 2022/2');
    expect(html).toContain('<li>Samtliga nämnder och bolag</li>');
  });

  test('refuses an empty row between others, so that a condition is on the row whose number it has', async () => {
    const rows = {
      ...words,
      'proposals.2.text': 'B',
      'proposals.2.body': 'ks',
      'proposals.2.onCondition': '1',
    };
    const response = await hall.post(page, await filledIn(page, '', rows, mark));
    expect(response.status).toBe(422);
    expect(await response.text()).toContain('href="#new-proposals-1-text">Fyll i ”Förslag till beslut”.');
    const without = await hall.post(page, [
      ...(await filledIn(page, '', rows, mark)),
      ['_rows', 'proposals:2-1'] as const,
    ]);
    const html = await without.text();
    expect(html).toMatch(/name="proposals\.1\.text"[^>]*>B</);
    const saved = await hall.post(page, successful(formIn(html, mark)));
    const { points } = await hall.bench.context(saved.headers.get('location')?.split('/')[2] ?? '');
    expect(points).toMatchObject([{ conditionalOn: [] }, { conditionalOn: ['p1'] }]);
  });

  test('takes out a row, and the conditions of others follow the rows that move up', async () => {
    const rows = {
      ...words,
      'proposals.1.text': 'A',
      'proposals.2.text': 'B',
      'proposals.3.text': 'C',
      'proposals.3.onCondition': '3',
      _rows: 'proposals:3-0',
    };
    const html = await (await hall.post(page, await filledIn(page, '', rows, mark))).text();
    expect(html).toMatch(/name="proposals\.2\.text"[^>]*>C</);
    expect(html).toMatch(/name="proposals\.2\.onCondition" value="2" checked/);
    expect(html).not.toContain('Planen antas.');
  });

  test('on condition of itself, or of a point with a condition, is refused where the condition stands', async () => {
    const rows = {
      ...words,
      'proposals.1.text': 'B',
      'proposals.1.body': 'ks',
      'proposals.1.onCondition': '2',
    };
    const response = await hall.post(page, await filledIn(page, '', rows, mark));
    expect(response.status).toBe(422);
    expect(await response.text()).toContain('bara dem som inte själva har ett villkor');
  });

  test('twice by a double click registers it once', async () => {
    const sent = await filledIn(page, '', words, mark);
    const [one, two] = await Promise.all([hall.post(page, sent), hall.post(page, sent)]);
    expect(one.headers.get('location')).toBe(two.headers.get('location'));
    expect(await hall.page('/matters')).not.toContain('HKS 2022/3');
  });

  test('without a title or a point is refused, with what was typed kept', async () => {
    const response = await hall.post(page, await filledIn(page, '', { summary: 'Bara en tanke' }, mark));
    expect(response.status).toBe(422);
    const html = await response.text();
    expect(html).toContain('Fyll i ”Rubrik”.');
    expect(html).toContain('Fyll i ”Beslutspunkter”.');
    expect(html).toContain('>Bara en tanke</textarea>');
  });

  test('with a body that does not decide on the route is refused at its field', async () => {
    const response = await hall.post(
      page,
      await filledIn(page, '', { ...words, 'proposals.0.body': 'sn' }, mark),
    );
    expect(response.status).toBe(422);
    expect(await response.text()).toMatch(
      /Socialnämnden beslutar inte på den vägen\..*href="#new-proposals-0-body">Kontrollera ”Beslutande organ”/s,
    );
  });

  test('is not offered to those who may not, nor done for them', async () => {
    expect(await hall.page('/', 'registrar')).toContain('href="/matters/new"');
    expect(await hall.page('/', 'auditor')).not.toContain('href="/matters/new"');
    const form = await hall.request(page, { as: 'caseOfficer' });
    expect(form.status).toBe(403);
    expect(await form.text()).toContain('Det här kan göras av: registrator, nämndsekreterare.');
    const response = await hall.post(page, await filledIn(page, '', words, mark), 'auditor');
    expect(response.status).toBe(403);
    expect(await response.text()).toContain('Kan göras av: registrator, nämndsekreterare.');
  });

  test('offers only the bodies that decide on the route', async () => {
    const form = formIn(await hall.page(page), mark);
    expect(form).toContain('<option value="kf">');
    expect(form).toContain('<option value="ks">');
    expect(form).not.toContain('<option value="au">');
  });

  test('with the opinion that another matter asks for, offers what the body is asked and has not taken up (R-020)', async () => {
    const opinion = '/matters/new?at=huddinge/sn-opinion';
    const ask = async (key: string, body: string, question: string, due?: string) =>
      hall.bench.send(matter, 'consultation.send', { key, body, question, ...(due && { due }) });
    const offered = async () =>
      [...formIn(await hall.page(opinion), mark).matchAll(/<option value="([^"]+)">([^<]*)/g)]
        .map(([, value, text]) => [value, text])
        .filter(([value]) => value?.includes('remiss'));
    expect(await offered()).toEqual([]);
    await hall.bench.send(matter, 'matter.assign', { caseOfficer: 'Hanna' });
    await ask('a', 'sn', 'Vad kostar det?');
    await ask('b', 'sn', 'Tillstyrks avtalet?', '2022-06-30');
    await ask('c', 'von', 'Vad kostar det er?');
    const named = 'HKS 2022/1 Avtal om samverkan mellan Huddinge kommun och KI';
    expect(await offered()).toEqual([
      [`${matter}.remiss-b`, `${named}: Tillstyrks avtalet? (senast 30 juni 2022)`],
      [`${matter}.remiss-a`, `${named}: Vad kostar det?`],
    ]);
    const said = {
      title: 'Yttrande',
      from: 'Kommunstyrelsen',
      answerBy: '2022-06-30',
      consultation: `${matter}.remiss-b`,
      'proposals.0.text': 'Nämnden tillstyrker.',
      'proposals.0.body': 'sn',
    };
    expect((await hall.post(opinion, await filledIn(opinion, '', said, mark))).status).toBe(303);
    expect(await offered()).toHaveLength(1);
  });

  test('asks for the route first, and again for one that does not exist', async () => {
    expect(await hall.page('/matters/new')).toContain('Huddinge kommun: Fullmäktigeärende');
    expect(await hall.page('/matters/new?at=nowhere/at-all')).toContain('Huddinge kommun: Fullmäktigeärende');
    expect((await hall.post('/matters/new?at=nowhere', Object.entries(words))).headers.get('location')).toBe(
      '/matters/new',
    );
  });
});

describe('planning a meeting', () => {
  const page = '/meetings/new?at=huddinge/ks';

  test('fills in what the municipality knows of the body', async () => {
    const sent = await filledIn(page, '', { date: '2022-05-30', place: 'Kommunalhuset' }, 'action="?at=');
    const response = await hall.post(page, sent);
    const html = await hall.page(response.headers.get('location') ?? '');
    expect(html).toContain('Kommunstyrelsen, 30 maj 2022');
    expect(html).toMatch(/<dt>Antal platser<\/dt><dd>15<\/dd>/);
  });

  test('suggests the paragraph after the last of the body that year', async () => {
    const suggested = async () =>
      new Map(successful(formIn(await hall.page(page), 'action="?at='))).get('firstParagraph');
    expect(await suggested()).toBe('1');
    const sent = await filledIn(page, '', { date: '2022-05-30', firstParagraph: '88' }, 'action="?at=');
    await hall.post(page, sent);
    expect(await suggested()).toBe('88');
    await walkToDecision(hall.bench);
    expect(await suggested()).toBe('88');
    await on(hall.bench, '2023-01-09');
    expect(await suggested()).toBe('1');
  });

  test('suggests it after what was treated last', async () => {
    await prepare(hall.bench, matter);
    const au = '/meetings/new?at=huddinge/au';
    const meeting = await openItem(hall.bench, matter, { body: 'au', day: '2022-05-16', present: 5 });
    await acclaim(hall.bench, matter, 'endorsed');
    await hall.bench.send(meeting, 'meeting.close');
    expect(new Map(successful(formIn(await hall.page(au), 'action="?at='))).get('firstParagraph')).toBe('2');
  });

  test('on a day that does not exist is refused', async () => {
    const sent = await filledIn(page, '', { date: '2022-02-30' }, 'action="?at=');
    expect(await (await hall.post(page, sent)).text()).toContain(
      '”Datum” ska vara ett datum, till exempel 2026-11-20.',
    );
  });

  test('at a time that no clock shows is refused', async () => {
    const at = async (time: string) =>
      hall.post(page, await filledIn(page, '', { date: '2022-05-30', time }, 'action="?at='));
    for (const time of ['99:99', '24:00', '13:60', 'ett'])
      expect(await (await at(time)).text()).toContain('Kontrollera ”Klockslag”.');
    for (const time of ['00:00', '9.30', '23:59']) expect((await at(time)).status).toBe(303);
  });
});

describe('starting a joint matter', () => {
  const page = '/joint-matters/new?at=board-matter/ks';
  const words = {
    title: 'Södertörns utvecklingsprogram',
    text: 'Programmet antas.',
    validFrom: '2023-01-01',
    validUntil: '2026-12-31',
    'members.0.municipality': 'huddinge',
  };
  const mark = 'action="?at=';

  test('asks each municipality for its own decision, with a number of its own', async () => {
    const sent = await filledIn(page, '', words, mark);
    const response = await hall.post(page, sent);
    expect(response.status).toBe(303);
    const html = await hall.page(response.headers.get('location') ?? '');
    expect(html).toContain('Södertörns utvecklingsprogram');
    expect(html).toContain('Huddinge kommun');
    expect(await hall.page('/joint-matters')).toContain('Södertörns utvecklingsprogram');
  });

  test('with a municipality named twice is refused at its field', async () => {
    const twice = [
      ...(await filledIn(page, '', words, mark)),
      ['members.1.municipality', 'huddinge'] as const,
    ];
    const response = await hall.post(page, twice);
    expect(response.status).toBe(422);
    expect(await response.text()).toContain('Huddinge kommun är med två gånger.');
  });

  test('offers what several municipalities can decide alike, and only to those who may start one', async () => {
    expect(await hall.page('/joint-matters/new')).toContain('value="board-matter/ks"');
    expect(await hall.page('/joint-matters/new')).not.toContain('value="council-matter/kf"');
    expect(await hall.page('/joint-matters', 'registrar')).toContain('href="/joint-matters/new"');
    expect(await hall.page('/joint-matters', 'auditor')).not.toContain('href="/joint-matters/new"');
  });
});

describe('a matter that awaits a meeting', () => {
  test('leads to the meetings of its body, and to planning one there', async () => {
    await prepare(hall.bench, matter);
    const before = await hall.page(`/matters/${matter}`);
    expect(before).toContain('href="/meetings/new?at=huddinge%2Fau"');
    const meeting = await openItem(hall.bench, matter, { body: 'au', day: '2022-05-16', present: 5 });
    expect(await hall.page(`/matters/${matter}`)).not.toContain('/meetings/new?at=huddinge%2Fau');
    const other = await register(hall.bench, { title: 'Ett annat ärende' });
    await prepare(hall.bench, other);
    expect(await hall.page(`/matters/${other}`)).toContain(`href="/meetings/${meeting}"`);
  });
});

describe('the path of a matter', () => {
  test('says what each step said: outcome, date, signatory', async () => {
    await prepare(hall.bench, matter);
    await openItem(hall.bench, matter, { body: 'au', day: '2022-05-16', present: 5 });
    expect(await hall.page(`/matters/${matter}`)).not.toContain('<li>Finner bifall till förslag');
    await acclaim(hall.bench, matter, 'endorsed');
    const html = await hall.page(`/matters/${matter}`);
    expect(html).toMatch(/<li>Förslag: Utgång: [^<]+<\/li>/);
    expect(html).toContain('<li>Finner bifall till förslag: 1</li>');
  });
});

describe('the page of a meeting', () => {
  test('shows the steps of the matter whose item is open, and only of that one', async () => {
    await prepare(hall.bench, matter);
    const other = await register(hall.bench, { title: 'Ett annat ärende' });
    await prepare(hall.bench, other);
    const meeting = await openItem(hall.bench, matter, { body: 'au', day: '2022-05-16', present: 5 });
    const before = await hall.page(`/meetings/${meeting}`);
    expect(before).toContain(action(matter, 'question.put'));
    expect(before).not.toContain(action(other, 'question.put'));
    expect(before).toContain(`name="matter" value="${other}"`);
    await acclaim(hall.bench, matter, 'endorsed');
    expect(await hall.page(`/meetings/${meeting}`)).not.toContain(action(matter, 'question.put'));
  });

  test('offers only the outcomes that the body can reach in its role', async () => {
    await prepare(hall.bench, matter);
    const meeting = await openItem(hall.bench, matter, { body: 'au', day: '2022-05-16', present: 5 });
    const form = formIn(await hall.page(`/meetings/${meeting}`), '/events/question.put"');
    expect(form).toContain('<option value="endorsed" selected="">');
    expect(form).not.toContain('<option value="writtenOff"');
    const back = formIn(await hall.page(`/meetings/${meeting}`), '/events/item.referBack"');
    expect(back).toContain('name="to" value="administration"');
    expect(back).toContain('>Förvaltningen</label>');
    expect(back).not.toContain('value="ks"');
  });

  test('names the motions that stand, and asks for one only while there is one', async () => {
    await prepare(hall.bench, matter);
    const meeting = await openItem(hall.bench, matter, { body: 'au', day: '2022-05-16', present: 5 });
    expect(await hall.page(`/meetings/${meeting}`)).not.toContain(action(matter, 'motion.withdraw'));
    await hall.bench.send(matter, 'motion.make', { kind: 'reject', by: 'Eva' });
    await hall.bench.send(matter, 'motion.make', { kind: 'defer', by: 'Ali' });
    const form = (type: string) =>
      hall.page(`/meetings/${meeting}`).then((it) => formIn(it, `/events/${type}"`));
    expect(await form('motion.withdraw')).toContain('>1. Avslag (Eva)</label>');
    expect(await form('motion.decline')).toContain('>2. Bordläggning (Ali)</label>');
    expect(await form('motion.decline')).not.toContain('Eva');
  });

  test('shows a refused value again with the rule, and which field it stands in', async () => {
    await prepare(hall.bench, matter);
    await openItem(hall.bench, matter, { body: 'au', day: '2022-05-16', present: 5 });
    const { version } = await hall.bench.actor(matter);
    const answer = await hall.post(action(matter, 'question.put'), [
      ['_version', String(version)],
      ['proposals.0.outcome', 'approved'],
    ]);
    const html = await answer.text();
    expect([answer.status, html.includes('R-025')]).toEqual([409, true]);
    expect(html).toContain('Välj ”Utgång” bland alternativen.');
  });

  test('shows an auditor everything and offers nothing', async () => {
    await prepare(hall.bench, matter);
    const meeting = await openItem(hall.bench, matter, { body: 'au', day: '2022-05-16', present: 5 });
    const html = await hall.page(`/meetings/${meeting}`, 'auditor');
    expect(html).toContain('Behandlas');
    expect(html).not.toContain('/events/');
  });
});

describe('the desk', () => {
  test('shows what waits for the viewer, and marks in words what is late', async () => {
    await prepare(hall.bench, matter);
    const meeting = await openItem(hall.bench, matter, { body: 'au', day: '2022-05-16', present: 5 });
    await acclaim(hall.bench, matter, 'endorsed');
    await hall.bench.send(meeting, 'meeting.close');
    expect(await hall.page('/')).not.toContain('Försenat');
    await on(hall.bench, '2022-06-02');
    expect(await hall.page('/')).toContain('Försenat');
    expect(await hall.page('/', 'caseOfficer')).toContain('Ingenting väntar på dig just nu.');
  });
});

describe('the recipients of a decision, all removed from its form', () => {
  const dispatched = async (fields: Readonly<Record<string, string>>) => {
    const { matter } = await walkToDecision(hall.bench, { recipients: ['rise', 'Kommunrevisionen'] });
    const sent = await filledIn(`/matters/${matter}`, 'decision.dispatch', fields);
    const { status } = await hall.post(action(matter, 'decision.dispatch'), sent);
    return [status, (await hall.bench.context(matter)).undelivered];
  };

  test('are none, which is said expressly or refused: it was sent to those that were removed (R-087)', async () => {
    expect(await dispatched({ recipients: '' })).toEqual([422, []]);
    expect(await dispatched({ recipients: '', none: 'true' })).toEqual([303, []]);
    expect(await dispatched({})).toEqual([303, [expect.any(String), expect.any(String)]]);
  });
});

describe('the end of a meeting', () => {
  test('says beside its button how many matters it leaves untreated, and nothing where it leaves none', async () => {
    const others = [await register(hall.bench), await register(hall.bench)];
    for (const it of [matter, ...others]) await prepare(hall.bench, it);
    const meeting = await openItem(hall.bench, matter, { body: 'au', day: '2022-05-16', present: 5 });
    await acclaim(hall.bench, matter, 'endorsed');
    const said = async () => formIn(await hall.page(`/meetings/${meeting}`), '/events/meeting.close"');
    expect(await said()).not.toContain('ds-alert');
    for (const other of others)
      await hall.bench.send(meeting, 'agenda.add', { matter: other, urgency: 'Brådskar', unanimous: true });
    expect(await said()).toContain('2 ärenden är inte behandlade.');
    await hall.bench.send(meeting, 'item.open', { matter: others[0] ?? '' });
    await acclaim(hall.bench, others[0] ?? '', 'endorsed');
    expect(await said()).toContain('Ett ärende är inte behandlat.');
  });
});

describe('a question of recusal on the page of the meeting', () => {
  test('is raised and decided at its item, by name and without an id, and shown there (R-039)', async () => {
    await prepare(hall.bench, matter);
    const meeting = await openItem(hall.bench, matter, { body: 'au', day: '2022-05-16', present: 5 });
    const path = `/meetings/${meeting}`;
    const fill = async (type: string, fields: Readonly<Record<string, string>>) =>
      (await hall.post(action(meeting, type), await filledIn(path, type, fields))).status;
    expect(await fill('recusal.raise', { person: 'Olle Jävig', ground: 'Närstående' })).toBe(303);
    expect(await hall.page(path)).toMatch(/Fråga om jäv är väckt:\s*Olle Jävig/);
    expect(await fill('recusal.decide', { recused: 'true', tookPart: 'false' })).toBe(303);
    const page = await hall.page(path);
    expect(page).toMatch(/Jäviga:\s*Olle Jävig/);
    expect(page).not.toMatch(/<input[^>]*name="matter"[^>]*type="text"/);
  });

  test('beside it, an act into another matter names one of those there are', async () => {
    const other = await register(hall.bench, { title: 'Ett annat ärende' });
    await prepare(hall.bench, matter);
    const meeting = await openItem(hall.bench, matter, { body: 'au', day: '2022-05-16', present: 5 });
    const form = formIn(await hall.page(`/meetings/${meeting}`), '/events/matter.join"');
    expect(form).toContain(`value="${other}"`);
  });

  test('one that has ended without a decision takes none up; one that is decided does only overtake (R-063)', async () => {
    const withdrawn = await register(hall.bench);
    await hall.bench.send(withdrawn, 'matter.withdraw', { by: 'Eva', reason: 'Behövs inte.' });
    const { matter: decided } = await walkToDecision(hall.bench);
    const other = await register(hall.bench);
    const page = await hall.page(`/matters/${matter}`);
    const offered = (type: string) => {
      const form = formIn(page, `/events/${type}"`);
      return [other, withdrawn, decided].map((it) => form.includes(`value="${it}"`));
    };
    expect(offered('matter.join')).toEqual([true, false, false]);
    expect(offered('matter.convert')).toEqual([true, false, false]);
    expect(offered('matter.overtake')).toEqual([true, false, true]);
  });
});

describe('a form does not', () => {
  test('offer a day to come where something has happened on it, nor one that has passed where it is to be met', async () => {
    await hall.bench.send(matter, 'matter.assign', { caseOfficer: 'Hanna' });
    const page = await hall.page(`/matters/${matter}`);
    const offered = (type: string, field: string) =>
      new RegExp(`name="${field}"[^>]*min="([^"]*)" max="([^"]*)"`)
        .exec(formIn(page, `/events/${type}"`))
        ?.slice(1);
    const today = hall.bench.now.slice(0, 10);
    expect(offered('report.complete', 'dated')).toEqual(['1900-01-01', today]);
    expect(offered('consultation.send', 'due')).toEqual([today, '2499-12-31']);
  });

  test('call a day no date because it has passed, or is still to come: it says which', async () => {
    await hall.bench.send(matter, 'matter.assign', { caseOfficer: 'Hanna' });
    const answer = async (type: string, fields: Readonly<Record<string, string>>) => {
      const sent = await filledIn(`/matters/${matter}`, type, fields);
      return (await hall.post(action(matter, type), sent)).text();
    };
    const asked = { key: 'a', body: 'sn', question: 'Kostnad?', due: '2021-05-02' };
    expect(await answer('consultation.send', asked)).toContain('”Svar senast” är en dag som har passerat.');
    expect(await answer('report.complete', { dated: '2023-05-02' })).toContain(
      '”Tjänsteutlåtandets datum” är en dag som inte har kommit än.',
    );
  });

  test('cut what is too long: it is told, and the whole of it stays in the form', async () => {
    const caseOfficer = 'Hanna '.repeat(60).trim();
    const form = formIn(await hall.page(`/matters/${matter}`), '/events/matter.assign"');
    expect(form).not.toContain('maxlength');
    const sent = await filledIn(`/matters/${matter}`, 'matter.assign', { caseOfficer });
    const answer = await hall.post(action(matter, 'matter.assign'), sent);
    const html = await answer.text();
    expect([answer.status, html.includes(`value="${caseOfficer}"`)]).toEqual([422, true]);
    expect(html).toContain('får ha högst');
  });
});

describe('what the database did not say that it has saved', () => {
  /** The next write is carried out, and nobody comes to know. */
  function loseTheAnswer(): void {
    const { writer } = hall.bench.db;
    const lost = () => new Error('the connection was lost');
    const write = writer.executeQuery.bind(writer);
    vi.spyOn(writer, 'executeQuery').mockImplementationOnce(async (query) => {
      await write(query);
      throw lost();
    });
    const begin = writer.transaction.bind(writer);
    const transaction = begin();
    const execute = transaction.execute.bind(transaction);
    transaction.execute = async (work) => {
      await execute(work);
      throw lost();
    };
    vi.spyOn(writer, 'transaction').mockImplementationOnce(() => transaction);
  }

  test('is told so, and the same form sent again does it once', async () => {
    const sent = await filledIn(`/matters/${matter}`, 'matter.assign', { caseOfficer: 'H' });
    loseTheAnswer();
    const answer = await hall.post(action(matter, 'matter.assign'), sent);
    const page = await answer.text();
    expect(answer.status).toBe(503);
    expect(page).toContain('Det är osäkert om det sparades.');
    expect(page).not.toContain('Ingenting har ändrats');
    const again = successful(formIn(page, '/events/matter.assign"'));
    expect((await hall.post(action(matter, 'matter.assign'), again)).status).toBe(303);
    expect((await hall.bench.actor(matter)).version).toBe(2);
  });

  test('nor is a matter registered twice', async () => {
    const form = '/matters/new?at=huddinge/council-matter';
    const controls = successful(formIn(await hall.page(form, 'registrar'), 'data-shown-again'));
    const written: Record<string, string> = {
      title: 'En enda gång',
      'proposals.0.text': 'Bifall',
      'proposals.0.body': 'kf',
    };
    const filled = [...controls.filter(([name]) => !(name in written)), ...Object.entries(written)];
    loseTheAnswer();
    const answer = await hall.post(form, filled, 'registrar');
    expect(answer.status).toBe(503);
    const again = successful(formIn(await answer.text(), 'data-shown-again'));
    expect((await hall.post(form, again, 'registrar')).status).toBe(303);
    expect((await hall.page('/matters')).match(/En enda gång/g)).toHaveLength(1);
  });
});
