import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../machines/chart.ts';
import { alone } from '../fixtures/matters.ts';

const meeting = (more: JsonObject = {}) =>
  alone('meeting', {
    body: 'ks',
    bodyName: 'Kommunstyrelsen',
    kind: 'board',
    date: '2026-12-01',
    seats: 15,
    approvers: 1,
    noticeBoard: 'Anslagstavlan',
    ...more,
  });

const add = (matter: string) => ['agenda.add', { matter }] as const;
const summon = ['meeting.summon', { sentOn: '2026-11-20' }] as const;
const open = (present: number) => ['meeting.open', { present, chair: 'Ordförande' }] as const;
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

  it('where the seats are not known the quorum is for the chair to establish', () => {
    expect(
      meeting({ seats: null })
        .after(summon)
        .send(...open(3)),
    ).toBe(null);
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
});

describe('The minutes are approved once, and every item on them moves (R-068, R-069, R-071)', () => {
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

  it('by the chair and every approver, each counted once', () => {
    const it = closed().after('minutes.complete');
    expect(it.send(...approve('Ordförande'))).toBe('R-069');
    expect(it.send(...approve('Ordförande', 'Ordförande'))).toBe('R-069');
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

describe('A notice stays up for the whole appeal period (R-071, R-073)', () => {
  const notice = () =>
    alone('notice', {
      meeting: 'ks-1',
      body: 'ks',
      title: 'Kommunstyrelsen 2026-12-01',
      board: 'Anslagstavlan',
      minutesAt: 'Kommunhuset',
      postedOn: '2026-12-03',
      points: ['a.p1'],
    });

  it('is not taken down before the period has ended', () => {
    expect(notice().send('notice.remove')).toBe('R-071');
    expect(notice().expire('posted', 'appealPeriod').send('notice.remove')).toBe(null);
  });

  it('announces every point when posted, and again when posted after an outage', () => {
    const it = notice();
    expect(it.told).toEqual(['notice.posted → a.p1']);
    expect(it.after(['notice.break', { from: '2026-12-05' }]).told).toEqual(['notice.broken → a.p1']);
    expect(it.after('notice.repost').told).toEqual(['notice.posted → a.p1']);
  });
});
