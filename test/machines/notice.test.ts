import { describe, expect, it } from 'vitest';
import { alone } from '../fixtures/matters.ts';

describe("A joint committee's notice is up when it is on every municipality's board (R-116)", () => {
  const boards = ['Botkyrkas', 'Salems'];
  const notice = (otherBoards: readonly string[] = boards) =>
    alone('notice', {
      kind: 'minutes',
      meeting: 'meeting-sun',
      body: 'sun',
      title: 'Upphandlingsnämnden',
      board: 'Huddinges',
      otherBoards,
      minutesAt: 'Kommunhuset',
      postedOn: '2026-03-27',
      points: ['m.p1'],
    });
  const on = (board: string, day: string) => ['notice.confirm', { board, on: day }] as const;

  it('with boards missing, the time for appeal does not begin', () => {
    const it = notice().after(on('Botkyrkas', '2026-03-30'));
    expect([it.states, it.told]).toEqual([['partly'], []]);
  });

  it('it begins with the last of them, in whatever order they are reported', () => {
    const it = notice().after(on('Salems', '2026-03-31'), on('Botkyrkas', '2026-03-30'));
    expect([it.states, it.told, it.context.postedOn]).toEqual([
      ['posted'],
      ['notice.posted → m.p1'],
      '2026-03-31',
    ]);
  });

  it('a board that does not take part, or is up already, does not count', () => {
    const it = notice().after(on('Salems', '2026-03-31'));
    expect(it.send(...on('Haninges', '2026-03-31'))).toBe('R-116');
    expect(it.send(...on('Salems', '2026-03-31'))).toBe('R-116');
  });

  it('the notice of a committee of one municipality is up when it is posted', () =>
    expect(notice([]).states).toEqual(['posted']));
});
