import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../machines/chart.ts';
import { demandersNeeded, distribute } from '../../machines/stages/election/seats.ts';
import { administration, alone, opened } from '../fixtures/matters.ts';

const group = (designation: string, votes: number, ...names: string[]) => ({ designation, names, votes });
const elected = (...given: Parameters<typeof distribute>) =>
  distribute(...given).seats.map(({ name }) => name);

describe('Enough of those present demand a proportional election (2022:629 § 2, R-052)', () => {
  it.each([
    [61, 15, 4],
    [61, 1, 31],
    [60, 14, 4],
    [15, 2, 5],
  ])('of %i present, for %i places: %i', (present, places, needed) =>
    expect(demandersNeeded(present, places)).toBe(needed),
  );

  it('is the least whole number that is not below the quota', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 500 }), fc.integer({ min: 1, max: 200 }), (present, places) => {
        const needed = demandersNeeded(present, places);
        expect(needed * (places + 1)).toBeGreaterThanOrEqual(present);
        expect((needed - 1) * (places + 1)).toBeLessThan(present);
      }),
    );
  });
});

describe('The places go one at a time to the highest comparative number (2022:629 §§ 14–21, R-052)', () => {
  it('a single place goes to the group with the most ballots (§ 16)', () => {
    expect(elected([group('A', 30, 'a'), group('B', 31, 'b')], 1)).toEqual(['b']);
  });

  it('the votes are divided by the places and one more (§ 18)', () => {
    // 10, 9, 10/2 = 5: the third place is A's, 9/2 = 4.5 is less.
    const groups = [group('A', 10, 'a1', 'a2', 'a3'), group('B', 9, 'b1', 'b2', 'b3')];
    expect(elected(groups, 3)).toEqual(['a1', 'b1', 'a2']);
  });

  it('a tie waits for the lot, and goes as it falls (§ 21)', () => {
    const groups = [group('A', 10, 'a'), group('B', 10, 'b')];
    expect(distribute(groups, 1)).toMatchObject({ seats: [], tied: [1, 2] });
    expect(elected(groups, 1, [2])).toEqual(['b']);
    expect(distribute(groups, 1, [3])).toMatchObject({ tied: [1, 2] });
  });

  it('a group whose names are used up takes no further part (§ 20)', () => {
    expect(elected([group('A', 50, 'a'), group('B', 2, 'b1', 'b2')], 3)).toEqual(['a', 'b1', 'b2']);
  });

  it('a place that a person has from two groups counts as a half for each (§ 18)', () => {
    // x has the first place from A and then from B: each has half a place. 12 / 1.5 = 8 for A, 11 / 1.5 for B, 7 for C.
    const groups = [group('A', 12, 'x', 'a'), group('B', 11, 'x', 'b'), group('C', 7, 'c')];
    expect(elected(groups, 2)).toEqual(['x', 'a']);
    // Whole places would have left 6 for A and 5.5 for B, and the place to C.
    expect(elected([group('A', 12, 'x', 'a'), group('B', 11, 'y', 'b'), group('C', 7, 'c')], 3)).toEqual([
      'x',
      'y',
      'c',
    ]);
  });

  /** Groups of different persons. */
  const apart = fc
    .array(fc.tuple(fc.integer({ min: 1, max: 100 }), fc.integer({ min: 1, max: 6 })), {
      minLength: 1,
      maxLength: 5,
      size: 'max',
    })
    .map((sizes) =>
      sizes.map(([votes, names], at) =>
        group(`G${at}`, votes, ...Array.from({ length: names }, (_, index) => `${at}-${index}`)),
      ),
    );

  /** The lot always falls on the first of those that are tied. */
  function settled(groups: Parameters<typeof distribute>[0], places: number) {
    const lots: number[] = [];
    for (;;) {
      const made = distribute(groups, places, lots);
      const [first] = made.tied;
      if (first === undefined) return made;
      lots.push(first);
    }
  }

  it('elects as many as there are places, as long as there are names', () => {
    fc.assert(
      fc.property(apart, fc.integer({ min: 1, max: 12 }), (groups, places) => {
        const names = groups.reduce((sum, it) => sum + Math.min(it.names.length, places), 0);
        const { seats } = settled(groups, places);
        expect(seats.length).toBe(Math.min(places, names));
        expect(new Set(seats.map(({ name }) => name)).size).toBe(seats.length);
      }),
      { numRuns: 300 },
    );
  });

  it('no group would rather have had the last place of another: cross-multiplied, no quotient is passed over', () => {
    fc.assert(
      fc.property(apart, fc.integer({ min: 1, max: 12 }), (groups, places) => {
        const { seats } = settled(groups, places);
        const won = groups.map((_, index) => seats.filter((it) => it.group === index + 1).length);
        groups.forEach((passed, i) => {
          const mine = won[i] ?? 0;
          if (mine >= Math.min(passed.names.length, places)) return;
          groups.forEach((has, j) => {
            const its = won[j] ?? 0;
            if (its > 0) expect(has.votes * (mine + 1)).toBeGreaterThanOrEqual(passed.votes * its);
          });
        });
      }),
      { numRuns: 300 },
    );
  });
});

describe('An election by sealed ballots, where enough demand it (R-052)', () => {
  const election = (...texts: string[]) =>
    alone('huddinge/election', {
      title: 'Val',
      number: 'HKS 2026/1',
      proposals: texts.map((text) => ({ text, body: 'kf' })),
    }).after(...administration, ...opened('kf', 61));
  const demand = (requesters: number, more: JsonObject = {}) =>
    ['election.demand', { requesters, places: 2, of: 'members', ...more }] as const;
  const ballots = (...groups: ReturnType<typeof group>[]) => ['ballots.count', { groups }] as const;
  const [a, b] = [group('A', 40, 'Anna', 'Bo'), group('B', 21, 'Cia', 'Dan')];

  it('21 of 61 present are enough for two places, 20 are not', () => {
    expect(election('Val').send(...demand(20))).toBe('R-052');
    expect(election('Val').send(...demand(21))).toBe(null);
    expect(election('Val').send(...demand(62))).toBe('R-052');
  });

  it('whom the ballots elect is what is decided', () => {
    const it = election('Val').after(demand(21), ballots(a, b));
    it.after(['decision.confirm', { finds: 1 }]);
    expect(it.effects).toMatchObject([{ event: { type: 'point.decided', text: 'Anna, Cia' } }, {}]);
  });

  it('there are no more ballots than members, and no two groups alike', () => {
    const it = () => election('Val').after(demand(21));
    expect(it().send(...ballots(group('A', 62, 'Anna', 'Bo')))).toBe('R-052');
    expect(it().send(...ballots(a, group('A', 1, 'Anna', 'Bo')))).toBe('R-052');
    expect(it().send(...ballots(group('A', 40, 'Anna', 'Anna')))).toBe('R-052');
    expect(it().send(...ballots(group('A', 40, 'Anna', 'anna')))).toBe('R-052');
    expect(it().send(...ballots(a, group('B', 21, 'anna', 'Dan')))).toBe('R-052');
    expect(it().send(...ballots(a, group('B', 21, 'Anna', 'Dan')))).toBe(null);
    expect(it().send(...ballots(group('A', 40, 'Anna')))).toBe('R-052');
    expect(it().send(...ballots(a, b))).toBe(null);
  });

  it('a tie takes a lot before a witness, and without a tie there is none', () => {
    const tie = { groups: [group('A', 30, 'Anna', 'Bo'), group('B', 15, 'Cia'), group('C', 1, 'Dan')] };
    const it = () => election('Val').after(demand(21));
    expect(it().send('ballots.count', tie)).toBe('R-052');
    expect(it().send('ballots.count', { ...tie, lots: [1] })).toBe('R-052');
    expect(it().send('ballots.count', { ...tie, lots: [1], witness: 'Eva' })).toBe(null);
    expect(it().send('ballots.count', { groups: [a, b], lots: [1], witness: 'Eva' })).toBe('R-052');
  });

  it('substitutes are elected so only if the members were', () => {
    const substitutes = demand(21, { of: 'substitutes' });
    expect(election('Val').send(...substitutes)).toBe('R-052');
    const both = election('Ledamöter', 'Ersättare').after(demand(21, { points: [1] }), ballots(a, b));
    both.after(['decision.confirm', { finds: 1 }]);
    expect(both.states).toEqual(['kf.deliberating']);
    expect(both.send(...substitutes)).toBe(null);
  });
});
