import { describe, expect, it } from 'vitest';
import { firstMeeting } from '../../machines/actors/meeting.ts';
import type { JsonObject } from '../../machines/chart.ts';
import { lastDay } from '../../src/engine/calendar.ts';
import { Alone } from '../fixtures/chart.ts';
import { alone } from '../fixtures/matters.ts';

const planned = (more: JsonObject = {}) => ({
  body: 'ks',
  bodyName: 'Kommunstyrelsen',
  kind: 'board',
  date: '2026-12-01',
  seats: 15,
  approvers: 1,
  noticeBoard: 'Anslagstavlan',
  ...more,
});
const meeting = (more: JsonObject = {}) => alone('meeting', planned(more));

const add = (matter: string) => ['agenda.add', { matter }] as const;
const summon = ['meeting.summon', { sentOn: '2026-11-20' }] as const;
const open = (present: number, more: JsonObject = {}) =>
  ['meeting.open', { present, chair: 'Ordförande', ...more }] as const;
const openItem = (matter: string, more: JsonObject = {}) => ['item.open', { matter, ...more }] as const;
const conclude = (matter: string, ...points: string[]) => ['item.concluded', { matter, points }] as const;
const inSession = (present = 15) => meeting().after(add('a'), add('b'), summon, open(present));

describe('A meeting needs its quorum (R-029, R-030, R-031)', () => {
  it.each([
    ['board', 15, 7, 'R-031'],
    ['board', 15, 8, null],
    ['council', 61, 30, 'R-029'],
    ['council', 61, 31, null],
  ])('%s of %i, %i present: refused by %s', (kind, seats, present, rule) => {
    expect(
      meeting({ kind, seats })
        .after(summon)
        .send(...open(present)),
    ).toBe(rule);
  });

  it('no more serve than there are seats', () => {
    expect(
      meeting()
        .after(summon)
        .send(...open(16)),
    ).toBe('R-033');
  });

  it('where the seats are not known the quorum is for the chair to establish, and that is recorded', () => {
    const it = meeting({ seats: null }).after(summon);
    const found = { quorumFound: 'Upprop: fler än hälften är närvarande.' };
    expect(it.send(...open(3))).toBe('R-031');
    expect(it.send(...open(0, found))).toBe('R-031');
    expect(it.send(...open(3, found))).toBe(null);
  });

  it('in a board a conflict of interest breaks the quorum of the item (R-031)', () => {
    expect(inSession(8).send(...openItem('a', { recused: ['Jävig Ledamot'] }))).toBe('R-031');
    expect(inSession(9).send(...openItem('a', { recused: ['Jävig Ledamot'] }))).toBe(null);
  });

  it('in the council it does not (R-030)', () => {
    const council = meeting({ kind: 'council', seats: 61 }).after(add('a'), summon, open(31));
    expect(council.send(...openItem('a', { present: 30 }))).toBe('R-029');
    expect(council.send(...openItem('a', { recused: ['Jävig Ledamot'] }))).toBe(null);
  });
});

describe('Below quorum a council answers, if it has allowed that, and does nothing else (R-029)', () => {
  const thirty = (more: JsonObject) =>
    meeting({ kind: 'council', seats: 61, ...more }).after(
      add('a'),
      summon,
      open(31),
      ...[['attendance.change', { present: 30 }] as const],
    );
  const answers = ['answer.open', { matter: 'a' }] as const;

  it('it has: the item is opened for its answer, and for nothing else', () => {
    const it = thirty({ answersBelowQuorum: true });
    expect(it.send(...openItem('a'))).toBe('R-029');
    expect(it.after(answers).told).toEqual(['answer.opened → a']);
  });

  it('it has not', () => expect(thirty({}).send(...answers)).toBe('R-029'));
});

describe('A meeting is announced and summoned in time (R-026, R-027, R-028)', () => {
  /** A council meeting of Monday 14 December; today is the 1st, the last of these days is the Friday before. */
  const council = (today: string) => {
    const it = meeting({
      kind: 'council',
      seats: 61,
      date: '2026-12-14',
      summonBy: '2026-12-07',
      urgentBy: '2026-12-11',
    });
    it.meta = { ...it.meta, on: today };
    return it;
  };
  const summons = (sentOn: string, more: JsonObject = {}) => ['meeting.summon', { sentOn, ...more }] as const;
  const urgency = 'Avtalet löper ut vid årsskiftet.';

  it.each([
    ['a week before', '2026-12-07', {}, null],
    ['six days before', '2026-12-08', {}, 'R-026'],
    ['announced six days before', '2026-12-07', { announcedOn: '2026-12-08' }, 'R-026'],
    ['six days before, as urgent', '2026-12-08', { urgency }, null],
    ['the weekday before, as urgent', '2026-12-11', { urgency }, null],
    ['the day before, as urgent', '2026-12-13', { urgency }, 'R-027'],
  ])('the council: %s', (_, sentOn, more, rule) => {
    expect(council('2026-12-13').send(...summons(sentOn, more))).toBe(rule);
  });

  it('is not recorded as summoned before it is', () => {
    expect(council('2026-12-01').send(...summons('2026-12-02'))).toBe('-');
  });

  it('a committee by its own regulations; where they are silent at any time', () => {
    const committee = (more: JsonObject) => meeting({ date: '2026-12-04', ...more });
    expect(committee({ summonBy: '2026-11-27' }).send(...summons('2026-11-28'))).toBe('R-028');
    expect(committee({ summonBy: '2026-11-27' }).send(...summons('2026-11-27'))).toBe(null);
    expect(committee({}).send(...summons('2026-12-01'))).toBe(null);
  });

  it('another country’s council by its own rules, which are not the Swedish act’s', () => {
    const foreign = meeting({ kind: 'council', date: '2026-12-04', swedish: false, summonBy: '2026-11-30' });
    expect(foreign.send(...summons('2026-12-01'))).toBe('-');
    expect(foreign.send(...summons('2026-11-30'))).toBe(null);
  });

  it('opens on its day', () => {
    expect(
      meeting({ date: '2026-12-02' })
        .after(summon)
        .send(...open(15)),
    ).toBe('R-028');
    expect(
      meeting()
        .after(summon)
        .send(...open(15)),
    ).toBe(null);
  });
});

describe('What the law says of the council and of committees in different places is cited where it says it', () => {
  const council = { kind: 'council', seats: 61 };
  const abroad = { ...council, swedish: false };
  const another = { date: '2026-12-02' };

  it.each([
    ['a meeting of another day', 'council', council, 'R-026'],
    ['a meeting of another day', 'committee', {}, 'R-028'],
    ['a meeting of another day', 'council abroad', abroad, '-'],
  ])('%s, %s', (_, __, more, rule) => {
    const it = meeting({ ...more, ...another }).after(summon);
    expect(it.send(...open(61, { quorumFound: 'Upprop' }))).toBe(rule);
  });

  it.each([
    ['council', council, 'R-029'],
    ['committee', {}, 'R-031'],
    ['council abroad', abroad, '-'],
  ])('seats that are not known, %s', (_, more, rule) => {
    expect(
      meeting({ ...more, seats: null })
        .after(summon)
        .send(...open(40)),
    ).toBe(rule);
  });

  it.each([
    ['council', council, 'R-037'],
    ['committee', {}, 'R-038'],
    ['council abroad', abroad, '-'],
  ])('a chair who is recused, %s', (_, more, rule) => {
    const it = meeting({ seats: 61, ...more }).after(add('a'), summon, open(61));
    for (const chair of ['Ordförande', 'ordförande', ' Ordförande'])
      expect(it.send(...openItem('a', { recused: [chair] }))).toBe(rule);
    expect(it.send(...openItem('a', { recused: ['Ordförande'], chair: 'Vice' }))).toBe(null);
  });

  it.each([
    ['council', council, 'R-026'],
    ['committee', {}, 'R-028'],
  ])('a summons of what has met, %s', (_, more, rule) => {
    const it = meeting({ seats: 61, ...more }).after(summon, open(61));
    expect(it.send(...summon)).toBe(rule);
  });
});

describe('What was not announced is taken up only if all present agree (R-016, R-026, R-027)', () => {
  const urgency = 'Avtalet löper ut vid årsskiftet.';
  const council = (summonBy = '2026-11-24', urgentBy = '2026-11-30') =>
    meeting({ kind: 'council', seats: 61, summonBy, urgentBy }).after(summon);
  const late = (more: JsonObject) => ['agenda.add', { matter: 'c', ...more }] as const;

  it('at the council it must be urgent, and no one against', () => {
    const it = council().after(open(61));
    expect(it.send(...late({}))).toBe('R-016');
    expect(it.send(...late({ urgency }))).toBe('R-016');
    expect(it.send(...late({ unanimous: true }))).toBe('R-016');
    expect(it.send(...late({ urgency, unanimous: true }))).toBe(null);
  });

  it('in a committee it may be added', () => expect(inSession().send(...late({}))).toBe(null));

  it('after the summons it may still be announced: a week before, or as urgent on the last weekday', () => {
    expect(council('2026-12-01', '2026-12-07').send(...late({}))).toBe(null);
    expect(council('2026-11-30', '2026-12-01').send(...late({}))).toBe('R-026');
    expect(council('2026-11-30', '2026-12-01').send(...late({ urgency }))).toBe(null);
    expect(council().send(...late({ urgency }))).toBe('R-027');
  });
});

const roll = (...names: string[]) => names.map((name) => ({ name }));

describe('Attendance by name (R-032, R-033)', () => {
  const members = ['Ordförande', 'Justerare', 'C', 'D', 'E', 'F', 'G', 'H', 'I'];
  const byName = (more: JsonObject = {}) =>
    meeting(more).after(add('a'), add('b'), summon, open(9, { serving: roll(...members) }));
  const summoned = () => meeting().after(summon);

  it('names everyone once, the chair and the approvers among them, as many as there are', () => {
    const opens = (serving: readonly string[], more: JsonObject = {}) =>
      summoned().send(...open(9, { serving: roll(...serving), ...more }));
    expect(opens(members)).toBe(null);
    expect(opens(members.slice(1))).toBe('R-033');
    expect(opens([...members.slice(0, 8), 'C'])).toBe('R-033');
    expect(opens(['X', ...members.slice(1)])).toBe('R-033');
    expect(opens(members, { approvers: ['Y'] })).toBe('R-033');
    expect(opens([...members.slice(0, 8), 'c'])).toBe('R-033');
  });

  it('a member takes part at a distance only where that is allowed (R-032)', () => {
    const serving = [...roll(...members.slice(0, 8)), { name: 'I', remote: true }];
    expect(summoned().send(...open(9, { serving }))).toBe('R-032');
    expect(
      meeting({ remote: true })
        .after(summon)
        .send(...open(9, { serving })),
    ).toBe(null);
  });

  it('changes between items, and then the quorum is another', () => {
    const it = byName();
    expect(it.send('attendance.change', { present: 8, left: ['X'] })).toBe('R-033');
    expect(it.send('attendance.change', { present: 9, left: ['I'] })).toBe('R-033');
    expect(it.send('attendance.change', { present: 10, arrived: roll('i') })).toBe('R-033');
    it.after(['attendance.change', { present: 7, left: ['H', 'I'] }]);
    expect(it.send(...openItem('a'))).toBe('R-031');
    it.after(['attendance.change', { present: 8, arrived: [{ name: 'J', substituteFor: 'H' }] }]);
    expect(it.send(...openItem('a'))).toBe(null);
    expect(it.send('attendance.change', { present: 7, left: ['J'] })).toBe('R-045');
  });

  it('one who has left the council serves no more that day, in a committee one may return', () => {
    const leavesAndReturns = (it: ReturnType<typeof meeting>, name = 'I') =>
      it
        .after(['attendance.change', { present: 8, left: ['I'] }])
        .send('attendance.change', { present: 9, arrived: roll(name) });
    expect(leavesAndReturns(byName({ kind: 'council' }))).toBe('R-033');
    expect(leavesAndReturns(byName({ kind: 'council' }), ' i')).toBe('R-033');
    expect(leavesAndReturns(byName())).toBe(null);
  });

  it('of an item is that of the roll: not another number', () => {
    expect(byName().send(...openItem('a', { present: 8 }))).toBe('R-033');
  });

  it('a substitute serves in the place of one who does not, and nobody has two', () => {
    const opens = (...substitutes: readonly JsonObject[]) =>
      summoned().send(...open(9, { serving: [...roll(...members.slice(0, 7)), ...substitutes] }));
    const [x, y] = [
      { name: 'X', substituteFor: 'H' },
      { name: 'Y', substituteFor: 'I' },
    ];
    expect(opens(x, y)).toBe(null);
    expect(opens(x, { ...y, substituteFor: 'C' })).toBe('R-033');
    expect(opens(x, { ...y, substituteFor: 'H' })).toBe('R-033');
    expect(opens(x, { ...y, substituteFor: 'c' })).toBe('R-033');
    expect(opens(x, { ...y, substituteFor: 'h' })).toBe('R-033');
  });

  it('a substitute who comes does not serve for one who is there still, nor stay when that one is back', () => {
    const x = { name: 'X', substituteFor: 'I' };
    expect(byName().send('attendance.change', { present: 10, arrived: [x] })).toBe('R-033');
    const it = byName().after(['attendance.change', { present: 9, left: ['I'], arrived: [x] }]);
    expect(it.send('attendance.change', { present: 10, arrived: roll('I') })).toBe('R-033');
    expect(it.send('attendance.change', { present: 9, arrived: roll('I'), left: ['X'] })).toBe(null);
  });
});

describe('A conflict of interest, paragraph by paragraph (R-030, R-031, R-033, R-038)', () => {
  const recused = ['Jävig'];
  const substitutes = [{ name: 'Ersättare', substituteFor: 'Jävig' }];

  it('a substitute in the place of one recused keeps the quorum (R-031)', () => {
    expect(inSession(8).send(...openItem('a', { recused }))).toBe('R-031');
    const it = inSession(8).after(openItem('a', { recused, substitutes }));
    expect(it.effects).toMatchObject([{ event: { present: 8, recused } }]);
  });

  it('a substitute serves for someone recused, and only so', () => {
    expect(inSession().send(...openItem('a', { substitutes }))).toBe('R-033');
    for (const name of ['Jävig', 'jävig'])
      expect(inSession().send(...openItem('a', { recused, substitutes: [{ name }] }))).toBe('R-033');
    const elsewhere = [{ name: 'Ersättare', substituteFor: 'Ledamot' }];
    expect(inSession().send(...openItem('a', { recused, substitutes: elsewhere }))).toBe('R-033');
    const twice = [...substitutes, { name: 'Andra', substituteFor: 'Jävig' }];
    const both = { recused: [...recused, 'Jan'], substitutes: twice };
    expect(inSession().send(...openItem('a', both))).toBe('R-033');
    const alike = { recused: [...recused, 'Jan'], substitutes: roll('Ersättare', 'ersättare') };
    expect(inSession().send(...openItem('a', alike))).toBe('R-033');
  });

  it('a substitute for one recused takes part at a distance only where that is allowed (R-032)', () => {
    const opens = (more: JsonObject) =>
      meeting(more)
        .after(add('a'), summon, open(15))
        .send(...openItem('a', { recused, substitutes: [{ name: 'Ersättare', remote: true }] }));
    expect(opens({})).toBe('R-032');
    expect(opens({ remote: true })).toBe(null);
  });

  it('everyone is recused once, and only who is present', () => {
    expect(inSession().send(...openItem('a', { recused: ['J', 'J'] }))).toBe('R-038');
    expect(inSession().send(...openItem('a', { recused: ['J J', 'j  j'] }))).toBe('R-038');
    expect(inSession(9).send(...openItem('a', { recused: [...'ABCDEFGHIJ'] }))).toBe('R-038');
  });

  it('another presides where the chair is recused', () => {
    expect(inSession().send(...openItem('a', { recused: ['Ordförande'] }))).toBe('R-038');
    expect(inSession().send(...openItem('a', { recused: ['Ordförande'], chair: 'Vice' }))).toBe(null);
  });

  it('who presides serves for the item', () => {
    const named = () =>
      meeting().after(
        add('a'),
        summon,
        open(9, { serving: roll('Ordförande', 'Vice', 'C', 'D', 'E', 'F', 'G', 'H', 'I') }),
      );
    expect(named().send(...openItem('a', { chair: 'Utomstående' }))).toBe('R-033');
    expect(named().send(...openItem('a', { chair: 'Vice' }))).toBe(null);
    const council = meeting({ kind: 'council', seats: 61 }).after(add('a'), summon, open(31));
    const recusing = (number: number) => ({ recused: Array.from({ length: number }, (_, it) => `L${it}`) });
    expect(council.send(...openItem('a', recusing(31)))).toBe('R-033');
    expect(council.send(...openItem('a', recusing(30)))).toBe(null);
    const gone = () => named().after(['attendance.change', { present: 8, left: ['Ordförande'] }]);
    expect(gone().send(...openItem('a'))).toBe('R-033');
    expect(gone().send(...openItem('a', { chair: 'Vice' }))).toBe(null);
  });

  it('no more are present for an item than there are seats', () => {
    expect(inSession().send(...openItem('a', { present: 16 }))).toBe('R-033');
    expect(inSession().send(...openItem('a', { present: 15 }))).toBe(null);
  });

  it('is for the item only: at the next the member is back', () => {
    const it = inSession(9).after(openItem('a', { recused }), conclude('a', 'a.p1'), openItem('b'));
    expect(it.effects).toMatchObject([{ event: { present: 9, recused: [] } }]);
  });
});

describe('The meeting drives its items', () => {
  it('listing an item asks the matter, which may refuse', () => {
    expect(meeting().after(add('a')).told).toEqual(['agenda.listed → a']);
  });

  it('a matter is listed once', () =>
    expect(
      meeting()
        .after(add('a'))
        .send(...add('a')),
    ).toBe('-'));

  it('items are opened one at a time and get consecutive paragraphs', () => {
    const it = inSession().after(openItem('a'));
    expect(it.send(...openItem('b'))).toBe('R-045');
    it.after(conclude('a', 'a.p1'), openItem('b'));
    expect(it.context.items).toMatchObject([{ paragraph: 1 }, { paragraph: 2 }]);
  });

  it('does not close while an item is open (R-045)', () => {
    const it = inSession().after(openItem('a'));
    expect(it.send('meeting.close')).toBe('R-045');
    expect(it.after(conclude('a', 'a.p1')).send('meeting.close')).toBe(null);
  });

  it('items that were not reached go back to waiting when it closes', () => {
    const it = inSession().after(openItem('a'), conclude('a', 'a.p1'), 'meeting.close');
    expect(it.told).toEqual(['item.leftOver → b']);
  });

  it('an item that is struck leaves the meeting, an open one cannot be struck (R-063)', () => {
    const strike = ['agenda.strike', { matter: 'a', reason: 'Utgår' }] as const;
    expect(inSession().after(strike).told).toEqual(['item.struck → a']);
    expect(
      inSession()
        .after(openItem('a'))
        .send(...strike),
    ).toBe('-');
  });

  it('a deferred item may be listed again at a later meeting, not be decided at this one', () => {
    const it = inSession().after(openItem('a'), ['item.left', { matter: 'a', how: 'deferred', points: [] }]);
    expect(it.context.items).toMatchObject([{ matter: 'a', standing: 'deferred' }, { matter: 'b' }]);
  });
});

describe('A reservation is notified before the meeting closes (R-053)', () => {
  const reservation = ['reservation.record', { matter: 'a', by: ['Ledamot'] }] as const;
  const decided = () => inSession().after(openItem('a'), conclude('a', 'a.p1'));
  it('while it is open', () => expect(decided().send(...reservation)).toBe(null));
  it('not afterwards', () =>
    expect(
      decided()
        .after('meeting.close')
        .send(...reservation),
    ).toBe('R-053'));
  it('only to what was decided', () => expect(inSession().send(...reservation)).toBe('R-053'));
  it('only by those who took part in the decision', () => {
    const it = inSession().after(openItem('a', { recused: ['Ledamot'] }), conclude('a', 'a.p1'));
    expect(it.send(...reservation)).toBe('R-053');
    expect(it.send('reservation.record', { matter: 'a', by: ['ledamot'] })).toBe('R-053');
    expect(it.send('reservation.record', { matter: 'a', by: ['Annan'] })).toBe(null);
  });
  it('by no more than took part in it', () => {
    const by = (number: number) => Array.from({ length: number }, (_, it) => `Ledamot ${it}`);
    expect(decided().send('reservation.record', { matter: 'a', by: by(16) })).toBe('R-053');
    expect(decided().send('reservation.record', { matter: 'a', by: by(15) })).toBe(null);
  });
  it('where a roll is kept, only by those on it', () => {
    const serving = roll('Ordförande', 'B', 'C', 'D', 'E', 'F', 'G', 'Ledamot');
    const it = meeting()
      .after(add('a'), summon, open(8, { serving }))
      .after(openItem('a'), conclude('a', 'a.p1'));
    expect(it.send('reservation.record', { matter: 'a', by: ['Annan'] })).toBe('R-053');
    expect(it.send(...reservation)).toBe(null);
  });
});

describe('The minutes are approved once, and every item on them moves (R-068, R-069, R-071, R-129)', () => {
  const closed = () =>
    inSession().after(
      openItem('a'),
      conclude('a', 'a.p1', 'a.p2'),
      openItem('b'),
      conclude('b', 'b.p1'),
      'meeting.close',
    );
  const approve = (...approvedBy: string[]) => ['minutes.approve', { approvedBy }] as const;

  it('not before they are complete', () => {
    expect(closed().send(...approve('Ordförande', 'Justerare'))).toBe('R-069');
    expect(
      closed()
        .after('minutes.complete')
        .send(...approve('Ordförande', 'Justerare')),
    ).toBe(null);
  });

  it('and what is complete is written anew until it is approved, the newest step first (R-068)', () => {
    const again = ['minutes.reopen', { reason: 'En reservation saknas.' }] as const;
    const it = closed().after('minutes.complete', again);
    expect(it.states).toEqual(['minutes.draft']);
    expect(it.send(...approve('Ordförande', 'Justerare'))).not.toBe(null);
    it.after('minutes.complete', approve('Ordförande', 'Justerare'));
    expect(it.send(...again)).not.toBe(null);
    expect(closed().send(...again)).not.toBe(null);
  });

  it('by the chair and every approver, each counted once', () => {
    const it = closed().after('minutes.complete');
    expect(it.send(...approve('Ordförande'))).toBe('R-069');
    for (const name of ['Ordförande', 'ordförande', 'Ordförande '])
      expect(it.send(...approve('Ordförande', name))).toBe('R-069');
  });

  it('by the chair of the meeting, not by whoever else', () => {
    const it = closed().after('minutes.complete');
    expect(it.send(...approve('Justerare', 'Andra justerare'))).toBe('R-069');
    expect(it.chart.events['minutes.approve']?.by).toEqual(['chair', 'integration']);
  });

  it('by the approvers who were named when it opened', () => {
    const named = { approvers: ['Justerare'] };
    const it = meeting().after(summon, open(15, named), 'meeting.close', 'minutes.complete');
    expect(it.send(...approve('Ordförande', 'Annan'))).toBe('R-069');
    expect(it.send(...approve('Ordförande', 'Justerare'))).toBe(null);
  });

  it('the approvers that are named are as many as the rules say, besides the chair', () => {
    const opens = (...approvers: string[]) =>
      meeting({ approvers: 2 })
        .after(summon)
        .send(...open(15, { approvers }));
    expect(opens('A')).toBe('R-069');
    expect(opens('A', 'A')).toBe('R-069');
    expect(opens('A', 'a')).toBe('R-069');
    expect(opens('A', 'B', 'Ordförande')).toBe('R-069');
    expect(opens('A', 'B', 'ordförande')).toBe('R-069');
    expect(opens('A', 'B')).toBe(null);
  });

  it('within fourteen days, moved past days of rest (1930:173 § 2)', () => {
    const { minutesDue } = closed().chart.deadlines;
    const due = (date: string) =>
      lastDay(
        date,
        minutesDue?.period ?? {},
        { country: 'SE', zone: 'Europe/Stockholm' },
        minutesDue?.roll === true,
      );
    expect(due('2026-12-07')).toBe('2026-12-21');
    // Fourteen days from 11 December is Christmas Day, a Friday.
    expect(due('2026-12-11')).toBe('2026-12-28');
  });

  it('tells every point that was put at the meeting', () => {
    const it = closed().after('minutes.complete', approve('Ordförande', 'Justerare'));
    expect(it.told).toEqual(['a.p1', 'a.p2', 'b.p1'].map((id) => `minutes.approved → ${id}`));
  });

  it('late approval stays possible and is flagged (R-069)', () => {
    const it = closed()
      .expire('minutes', 'minutesDue')
      .after('minutes.complete', approve('Ordförande', 'Justerare'));
    expect(it.context.minutesOverdue).toBe(true);
  });

  it('the notice names every point decided', () => {
    const it = closed().after('minutes.complete', approve('Ordförande', 'Justerare'), [
      'notice.post',
      { minutesAt: 'Kommunhuset' },
    ]);
    expect(it.started).toEqual(['notice notice']);
  });
});

describe('A paragraph may be approved at once, and is announced for itself (R-070)', () => {
  const decided = () => inSession().after(openItem('a'), conclude('a', 'a.p1'));
  const approve = (more: JsonObject = {}) =>
    [
      'paragraph.approve',
      { matter: 'a', written: true, approvedBy: ['Ordförande', 'Justerare'], ...more },
    ] as const;
  const announce = ['paragraph.announce', { matter: 'a', minutesAt: 'Kommunhuset' }] as const;

  it('while the meeting goes on, when it is decided and its text is there', () => {
    expect(inSession().send(...approve())).toBe('R-070');
    expect(decided().send(...approve({ written: false }))).toBe('R-070');
    expect(decided().send(...approve({ approvedBy: ['Justerare', 'Annan'] }))).toBe('R-069');
    expect(decided().send(...approve({ approvedBy: ['Ordförande', 'ordförande'] }))).toBe('R-069');
    expect(
      decided()
        .after('meeting.close')
        .send(...approve()),
    ).toBe('R-070');
    expect(decided().after(approve()).told).toEqual(['minutes.approved → a.p1']);
  });

  it('once, and only what is approved is announced, once', () => {
    expect(decided().send(...announce)).toBe('R-070');
    const it = decided().after(approve());
    expect(it.send(...approve())).toBe('R-070');
    expect(it.after(announce).started).toEqual(['notice notice-p1']);
    expect(it.send(...announce)).toBe('R-070');
  });

  it('the rest of the minutes is approved and announced without it', () => {
    const it = decided().after(approve(), announce, openItem('b'), conclude('b', 'b.p1'), 'meeting.close');
    it.after('minutes.complete', ['minutes.approve', { approvedBy: ['Ordförande', 'Justerare'] }]);
    expect(it.told).toEqual(['minutes.approved → b.p1']);
    it.after(['notice.post', { minutesAt: 'Kommunhuset' }]);
    expect(it.effects).toMatchObject([{ key: 'notice', input: { points: ['b.p1'] } }]);
  });
});

describe('The minutes have what they must (R-048, R-054, R-068)', () => {
  const unlisted = ['item.concluded', { matter: 'a', points: ['a.p1'], unlisted: true }] as const;
  const voted = () => inSession().after(openItem('a'), unlisted);
  const voteLists = 'Bilaga 1 till protokollet';

  it('an open vote by name, or where its list is', () => {
    expect(voted().after('meeting.close').send('minutes.complete')).toBe('R-068');
    expect(voted().after('meeting.close').send('minutes.complete', { voteLists })).toBe(null);
    const approve = { matter: 'a', written: true, approvedBy: ['Ordförande', 'Justerare'] };
    expect(voted().send('paragraph.approve', approve)).toBe('R-068');
    expect(voted().send('paragraph.approve', { ...approve, voteLists })).toBe(null);
  });

  it('a separate statement that was allowed, on what was treated, whatever became of it', () => {
    const note = { matter: 'a', by: ['Ledamot'], permittedBy: 'Ordföranden' };
    expect(inSession().send('note.record', note)).toBe('R-054');
    expect(voted().send('note.record', note)).toBe(null);
    const unopened = inSession().after(['item.left', { matter: 'a', how: 'withdrawn', points: [] }]);
    expect(unopened.send('note.record', note)).toBe('R-054');
    for (const how of ['referredBack', 'deferred']) {
      const it = inSession().after(openItem('a'), ['item.left', { matter: 'a', how, points: [] }]);
      expect(it.send('note.record', note)).toBe(null);
      expect(it.send('note.record', { ...note, matter: 'b' })).toBe('R-054');
      expect(it.send('reservation.record', { matter: 'a', by: ['Ledamot'] })).toBe('R-053');
    }
  });
});

describe('A notice stays up for the whole appeal period (R-071, R-073)', () => {
  const notice = (kind = 'minutes', otherBoards: readonly string[] = []) =>
    alone('notice', {
      kind,
      otherBoards,
      meeting: 'ks-1',
      body: 'ks',
      title: 'Kommunstyrelsen 2026-12-01',
      board: 'Anslagstavlan',
      minutesAt: 'Kommunhuset',
      postedOn: '2026-12-01',
      points: ['a.p1'],
    });
  const broken = (from: string) => ['notice.break', { from }] as const;

  it('is one of those that the law lists (R-129)', () => {
    expect(notice('separateMinutes').states).toEqual(['posted']);
    expect(() => notice('advertisement')).toThrow();
  });

  it('is not taken down before the period has ended', () => {
    expect(notice().send('notice.remove')).toBe('R-071');
    expect(notice().expire('posted', 'appealPeriod').send('notice.remove')).toBe(null);
  });

  it('announces every point when posted, and again when posted after an outage', () => {
    const it = notice();
    expect(it.told).toEqual(['notice.posted → a.p1']);
    expect(it.after(broken('2026-12-01')).told).toEqual(['notice.broken → a.p1']);
    expect(it.after('notice.repost').told).toEqual(['notice.posted → a.p1']);
  });

  it('of several boards, an outage is stated from the day when the notice was up on the last (R-073, R-116)', () => {
    const it = notice('minutes', ['Salem']).after(['notice.confirm', { board: 'Salem', on: '2026-12-04' }]);
    it.meta = { ...it.meta, on: '2026-12-07' };
    expect(it.send(...broken('2026-12-03'))).toBe('R-073');
    expect(it.send(...broken('2026-12-04'))).toBe(null);
  });

  it('an outage begins neither before the notice was posted nor in the future (R-073)', () => {
    expect(notice().send(...broken('2026-11-30'))).toBe('R-073');
    expect(notice().send(...broken('2026-12-02'))).toBe('R-073');
    expect(notice().send(...broken('2026-12-01'))).toBe(null);
  });

  it('an outage within the period counts, though it is found out after its last day; a later one does not', () => {
    const over = () => {
      const it = notice().expire('posted', 'appealPeriod', '2026-12-22');
      it.meta = { ...it.meta, on: '2026-12-28' };
      return it;
    };
    expect(over().send(...broken('2026-12-23'))).toBe('R-073');
    expect(over().after(broken('2026-12-22')).told).toEqual(['notice.broken → a.p1']);
    const again = over().after(broken('2026-12-05'), 'notice.repost');
    expect([again.states, again.context.postedOn]).toEqual([['posted'], '2026-12-28']);
  });

  it('no less when the notice has been taken down: it is posted again, and stays up for the whole period', () => {
    const removed = () => {
      const it = notice().expire('posted', 'appealPeriod', '2026-12-22');
      it.meta = { ...it.meta, on: '2026-12-28' };
      return it.after('notice.remove');
    };
    expect(removed().send(...broken('2026-12-23'))).toBe('R-073');
    expect(removed().send(...broken('2026-11-30'))).toBe('R-073');
    expect(removed().send('notice.repost')).toBe('R-073');
    const again = removed().after(broken('2026-12-05'));
    expect(again.told).toEqual(['notice.broken → a.p1']);
    expect(again.after('notice.repost').told).toEqual(['notice.posted → a.p1']);
    expect([again.states, again.context.postedOn]).toEqual([['posted'], '2026-12-28']);
    expect(again.send('notice.remove')).toBe('R-071');
  });
});

describe('Who is let in (R-034)', () => {
  const council = () => meeting({ kind: 'council', seats: 61 }).after(add('a'), summon, open(61));
  const inPublic = { doors: 'open' };

  it('a committee meets behind closed doors, unless the council has let it meet in public', () => {
    expect(inSession().send(...openItem('a', inPublic))).toBe('R-034');
    expect(inSession().send(...openItem('a'))).toBe(null);
    const consented = meeting({ openDoors: true }).after(add('a'), summon, open(15));
    expect(consented.send(...openItem('a', inPublic))).toBe(null);
    expect(consented.effects).toMatchObject([{ event: { public: true } }]);
  });

  it('a council meets in public, and may close its doors for a matter', () => {
    expect(council().send(...openItem('a'))).toBe(null);
    expect(council().send(...openItem('a', { doors: 'closed' }))).toBe(null);
  });

  it('secret data are never handled in public', () => {
    expect(council().send(...openItem('a', { secret: true }))).toBe('R-034');
    expect(council().send(...openItem('a', { secret: true, doors: 'closed' }))).toBe(null);
    const consented = meeting({ openDoors: true }).after(add('a'), summon, open(15));
    expect(consented.send(...openItem('a', { ...inPublic, secret: true }))).toBe('R-034');
  });
});

describe('A question of recusal is decided before the item goes on (R-039)', () => {
  const person = 'Jävig';
  const raise = ['recusal.raise', { matter: 'a', person }] as const;
  const decide = (more: JsonObject = {}) =>
    ['recusal.decide', { matter: 'a', person, recused: true, tookPart: false, ...more }] as const;
  const atItem = (present = 15) => inSession(present).after(openItem('a'));

  it('the item waits for it', () => {
    const it = atItem().after(raise);
    expect(it.told).toEqual(['recusal.raised → a']);
    expect(it.send(...conclude('a', 'a.p1'))).toBe('R-039');
    it.after(decide({ recused: false }));
    expect(it.send(...conclude('a', 'a.p1'))).toBe(null);
  });

  it('one who is found recused takes no further part, nor reserves against the decision', () => {
    const it = atItem().after(raise, decide());
    expect(it.effects).toMatchObject([{ event: { present: 14, recused: [person] } }]);
    it.after(conclude('a', 'a.p1'));
    expect(it.send('reservation.record', { matter: 'a', by: [person] })).toBe('R-053');
  });

  it('without a quorum a substitute must be called in (R-031)', () => {
    expect(
      atItem(8)
        .after(raise)
        .send(...decide()),
    ).toBe('R-031');
    const it = atItem(8).after(raise, decide({ substitute: { name: 'Ersättare' } }));
    expect(it.effects).toMatchObject([{ event: { present: 8 } }]);
  });

  it('the substitute is another, who does not serve already, at a distance only where that is allowed', () => {
    const named = (more: JsonObject = {}) =>
      meeting(more).after(
        add('a'),
        summon,
        open(8, { serving: roll('Ordförande', person, 'C', 'D', 'E', 'F', 'G', 'H') }),
        openItem('a'),
        raise,
      );
    const calledIn = (substitute: JsonObject, more: JsonObject = {}) =>
      named(more).send(...decide({ substitute }));
    expect(calledIn({ name: 'Ersättare', substituteFor: person })).toBe(null);
    expect(calledIn({ name: 'C' })).toBe('R-033');
    expect(calledIn({ name: 'c' })).toBe('R-033');
    expect(calledIn({ name: person })).toBe('R-033');
    expect(calledIn({ name: 'Ersättare', substituteFor: 'C' })).toBe('R-033');
    expect(calledIn({ name: 'Ersättare', remote: true })).toBe('R-032');
    expect(calledIn({ name: 'Ersättare', remote: true }, { remote: true })).toBe(null);
  });

  it.each([
    ['council', { kind: 'council' }, 'R-037'],
    ['committee', {}, 'R-038'],
    ['council abroad', { kind: 'council', swedish: false }, '-'],
  ])('where it is the chair, another presides for the rest of the item, %s', (_, more, rule) => {
    const question = { matter: 'a', person: 'Ordförande' };
    const it = meeting({ seats: 61, ...more }).after(add('a'), add('b'), summon, open(61), openItem('a'));
    const finds = (also: JsonObject = {}) =>
      it.send('recusal.decide', { ...question, recused: true, tookPart: false, ...also });
    it.after(['recusal.raise', question]);
    expect(finds()).toBe(rule);
    expect(finds({ chair: ' ordförande' })).toBe(rule);
    expect(finds({ chair: 'Vice' })).toBe(null);
    it.after(['recusal.raise', { matter: 'a', person: 'Vice' }]);
    expect(finds({ person: 'Vice' })).toBe(rule);
    expect(finds({ person: 'Vice', chair: 'Ordförande' })).toBe(rule);
    expect(finds({ person: 'Vice', chair: 'Andre vice' })).toBe(null);
    it.after(conclude('a', 'a.p1'), openItem('b'));
    const [first, second] = it.context.items as readonly JsonObject[];
    expect([first?.recused, first?.chair]).toEqual([['Ordförande', 'Vice'], 'Andre vice']);
    expect([second?.recused, second?.chair]).toEqual([[], undefined]);
  });

  it('the chair who is found not to be, or who does not preside for the item, needs no other', () => {
    const question = { matter: 'a', person: 'Ordförande' };
    const finds = (recused: boolean) =>
      ['recusal.decide', { ...question, recused, tookPart: false }] as const;
    const raised = (more: JsonObject = {}) =>
      inSession().after(openItem('a', more), ['recusal.raise', question]);
    expect(raised().send(...finds(false))).toBe(null);
    expect(raised({ chair: 'Vice' }).send(...finds(true))).toBe(null);
  });

  it('one who is recused already is not so twice, however the name is written', () => {
    const it = inSession().after(openItem('a', { recused: ['Ordförande'], chair: 'Vice' }));
    for (const person of ['Ordförande', 'ordförande'])
      expect(it.send('recusal.raise', { matter: 'a', person })).toBe('R-039');
    expect(it.send('recusal.raise', { matter: 'a', person: 'Vice' })).toBe(null);
  });

  it('whoever presides then serves for the item, as the substitute does', () => {
    const serving = roll('Ordförande', 'Vice', 'C', 'D', 'E', 'F', 'G', 'H', 'I');
    const question = { matter: 'a', person: 'Ordförande' };
    const found = (more: JsonObject) =>
      meeting()
        .after(add('a'), summon, open(9, { serving }), openItem('a'), ['recusal.raise', question])
        .send('recusal.decide', { ...question, recused: true, tookPart: false, ...more });
    expect(found({ chair: 'Utomstående' })).toBe('R-033');
    expect(found({ chair: 'Vice' })).toBe(null);
    expect(found({ chair: 'Ersättare' })).toBe('R-033');
    expect(found({ chair: 'Ersättare', substitute: { name: 'Ersättare' } })).toBe(null);
  });

  it('the person takes part in deciding it only where there is no quorum otherwise', () => {
    expect(
      atItem(9)
        .after(raise)
        .send(...decide({ tookPart: true })),
    ).toBe('R-039');
    expect(
      atItem(8)
        .after(raise)
        .send(...decide({ tookPart: true, recused: false })),
    ).toBe(null);
  });

  it('one question at a time, about one who takes part', () => {
    expect(atItem().send(...decide())).toBe('R-039');
    expect(
      atItem()
        .after(raise)
        .send(...raise),
    ).toBe('R-039');
    expect(inSession().send(...raise)).toBe('-');
  });
});

describe('A meeting that was started on version 1 goes on as it was', () => {
  const first = () =>
    new Alone(firstMeeting, planned()).after(add('a'), summon, open(15), openItem('a', { chair: 'Vice' }));
  const question = { matter: 'a', person: 'Vice' };
  const found = { ...question, recused: true, tookPart: false };

  it('who presides is not remembered, nor named when the chair is found recused', () => {
    const it = first().after(['recusal.raise', question]);
    expect(it.context.items).toEqual([expect.not.objectContaining({ chair: expect.anything() })]);
    expect(() => it.send('recusal.decide', { ...found, chair: 'Ordförande' })).toThrow();
    expect(it.send('recusal.decide', found)).toBe(null);
  });

  it('a separate statement is recorded on what was decided', () => {
    const note = { matter: 'a', by: ['Ledamot'], permittedBy: 'Ordföranden' };
    const left = ['item.left', { matter: 'a', how: 'referredBack', points: [] }] as const;
    expect(first().after(left).send('note.record', note)).toBe('R-053');
    expect(first().after(conclude('a', 'a.p1')).send('note.record', note)).toBe(null);
  });
});

describe('What the council has deferred comes up at its next meeting (R-059)', () => {
  it('by itself: it is on the agenda as the meeting is planned', () => {
    const it = meeting({ kind: 'council', seats: 61, deferred: ['m1', 'm2'] });
    expect(it.told).toEqual(['agenda.listed → m1', 'agenda.listed → m2']);
    expect(it.send(...add('m1'))).toBe('-');
    expect(it.send('agenda.strike', { matter: 'm2', reason: 'Fullmäktige har beslutat annat.' })).toBe(null);
  });

  it('a meeting of others has nothing on its agenda', () => expect(meeting().told).toEqual([]));
});
