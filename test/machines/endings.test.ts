import { describe, expect, it } from 'vitest';
import { acclaimed, administration, atCouncil, councilMatter, opened } from '../fixtures/matters.ts';

const toCouncil = { proposals: [{ text: 'Avtalet godkänns.', body: 'kf' }] };
const act = { matter: 'other', decidedBy: 'Registrator', reason: 'Samma sak.' };
const asked = { matter: 'other', number: 'HKS 2026/2', title: 'Annat ärende', municipality: 'huddinge' };
const another = { matter: 'other', number: 'HKS 2026/2', title: 'Annat ärende' };

const acts = [
  ['matter.join', 'joined'],
  ['matter.overtake', 'overtaken'],
  ['matter.convert', 'converted'],
] as const;

describe('A matter goes on in another, and ends here without a decision (R-063)', () => {
  describe.each(acts)('%s', (type, end) => {
    it('ends it, asks the other, and remembers what the other answers', () => {
      const matter = councilMatter(toCouncil).after(...administration, [type, act]);
      expect([matter.states, matter.told]).toEqual([[end], ['matter.absorb → other']]);
      expect(matter.context).toMatchObject({ ended: end, body: null });
      matter.after(['matter.absorbed', another]);
      expect(matter.context.continues).toEqual(another);
    });

    it('leaves the agenda it is on', () => {
      const matter = councilMatter(toCouncil).after(...administration, ...opened('au', 5), [type, act]);
      expect(matter.told).toEqual(['item.left → meeting-au', 'matter.absorb → other']);
    });

    it('afterwards nothing of it moves', () => {
      const matter = councilMatter(toCouncil).after([type, act]);
      expect(matter.send('matter.assign', { caseOfficer: 'Eva Lind' })).toBe('-');
      for (const [again] of acts) expect(matter.send(again, act)).toBe('R-063');
      expect(matter.send('matter.withdraw', { by: 'Förvaltningen' })).toBe('R-063');
      expect(matter.send('matter.absorb', { ...asked, how: 'joined' })).toBe('R-063');
    });

    it('not into itself', () => {
      expect(councilMatter(toCouncil).send(type, { ...act, matter: 'm' })).toBe('R-063');
    });

    it('not when a question has been put, not when a point has been decided', () => {
      const question = ['question.put', { proposals: [{ outcome: 'endorsed' }] }] as const;
      const put = councilMatter(toCouncil).after(...administration, ...opened('au', 5), question);
      expect(put.send(type, act)).toBe('R-063');
      expect(atCouncil().send(type, act)).toBe('R-063');
    });

    it('not when it has come to the council: only the council disposes of it', () => {
      expect(atCouncil(toCouncil).send(type, act)).toBe('R-063');
    });
  });
});

describe('A matter takes up another', () => {
  it('and both know of each other', () => {
    const matter = councilMatter(toCouncil).after(['matter.absorb', { ...asked, how: 'joined' }]);
    expect(matter.context.absorbed).toEqual([{ ...another, how: 'joined' }]);
    expect(matter.told).toEqual(['matter.absorbed → other']);
  });

  it('not of another municipality (R-114)', () => {
    const elsewhere = { ...asked, how: 'joined', municipality: 'botkyrka' };
    expect(councilMatter(toCouncil).send('matter.absorb', elsewhere)).toBe('R-114');
  });

  it('not when something has been decided; what is decided can still overtake (R-063)', () => {
    const decided = () => atCouncil(toCouncil).after(...opened('kf', 61), ...acclaimed('approved'));
    expect(decided().send('matter.absorb', { ...asked, how: 'joined' })).toBe('R-063');
    expect(decided().send('matter.absorb', { ...asked, how: 'converted' })).toBe('R-063');
    expect(decided().send('matter.absorb', { ...asked, how: 'overtaken' })).toBe(null);
  });
});

describe('A matter lapses by its own terms', () => {
  const offer = { ...toCouncil, lapsesOn: '2027-01-31', lapsesFor: 'Anbudet gäller inte längre.' };

  it('when its day is over, wherever it is prepared', () => {
    const matter = councilMatter(offer).after(...administration, ...opened('au', 5));
    matter.expire('au', 'lapse', '2027-01-31');
    expect([matter.states, matter.told]).toEqual([['lapsed'], ['item.left → meeting-au']]);
  });

  it('not while a question is being put', () => {
    const question = ['question.put', { proposals: [{ outcome: 'endorsed' }] }] as const;
    const matter = councilMatter(offer).after(...administration, ...opened('au', 5), question);
    expect(matter.expire('au', 'lapse', '2027-01-31').states).toEqual(['au.proposition']);
  });

  it('not by the clock when it has come to the council (R-063)', () => {
    expect(() => atCouncil(offer).expire('kf', 'lapse', '2027-01-31')).toThrow('lapse');
    const back = ['item.referBack', { to: 'ks', motivation: 'Komplettera.' }] as const;
    const matter = atCouncil(offer).after(...opened('kf', 61), back);
    expect(matter.expire('ks', 'lapse', '2027-01-31').states).toEqual(['ks.awaiting']);
  });
});
