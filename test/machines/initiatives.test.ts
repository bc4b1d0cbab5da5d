import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../machines/chart.ts';
import { administration, alone, opened } from '../fixtures/matters.ts';

const matter = (route: string) =>
  alone(`huddinge/${route}`, {
    title: 'Initiativ',
    number: 'HKS 2026/1',
    proposals: [{ text: 'Bifalles.', body: 'kf' }],
  }).after(...administration);

describe('A popular initiative: a tenth of the voters, within six months (R-107)', () => {
  const signed = { signatures: 8000, voters: 80_000, first: '2026-02-01', last: '2026-08-01' };

  it.each<[string, JsonObject, string | null]>([
    ['a tenth, six months to the day', {}, null],
    ['one signature too few', { signatures: 7999 }, 'R-107'],
    ['a tenth of an odd number, rounded up', { signatures: 8001, voters: 80_001 }, null],
    ['and not down', { signatures: 8000, voters: 80_001 }, 'R-107'],
    ['a day more than six months', { last: '2026-08-02' }, 'R-107'],
    ['over the turn of the year', { first: '2026-10-15', last: '2027-04-15' }, null],
    ['and a day more', { first: '2026-10-15', last: '2027-04-16' }, 'R-107'],
    ['to the last day of a shorter month', { first: '2026-08-31', last: '2027-02-28' }, null],
    ['and a day more', { first: '2026-08-31', last: '2027-03-01' }, 'R-107'],
    ['more signatures than voters', { signatures: 80_001 }, 'R-107'],
    ['the last signature before the first', { last: '2026-01-31' }, 'R-107'],
  ])('%s', (_, more, refused) =>
    expect(matter('popular-initiative').send('petition.verify', { ...signed, ...more })).toBe(refused),
  );
});

describe('A resignation is granted unless special reasons speak against it (R-108)', () => {
  const received = () =>
    matter('resignation').after(
      ['resignation.record', { by: 'Anna', office: 'Ledamot', on: '2026-11-20', successor: 'elected' }],
      ...opened('kf', 61),
    );
  const put = (...proposals: JsonObject[]) => received().send('question.put', { proposals });

  it('granted without more', () => expect(put({ outcome: 'approved' })).toBe(null));
  it('refused without a reason: not', () => expect(put({ outcome: 'rejected' })).toBe('R-108'));
  it('refused for special reasons', () =>
    expect(put({ outcome: 'rejected', text: 'Två veckor återstår.' })).toBe(null));
  it('a refusal moved against it needs its reason too', () =>
    expect(put({ outcome: 'approved' }, { outcome: 'rejected' })).toBe('R-108'));
});

describe('An election needs no preparation by a committee (R-014)', () => {
  it('the council takes it up straight from the nominating committee', () =>
    expect(matter('election').after(...opened('kf', 61)).states).toEqual(['kf.deliberating']));

  it('any other matter it does not take up so (R-010)', () => {
    const it = matter('council-matter');
    expect(it.states).toEqual(['au.awaiting']);
  });
});
