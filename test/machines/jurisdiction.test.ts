/** What a municipality's data change in its charts: quorum, ties, the minority's brake, review windows. */
import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../machines/chart.ts';
import { huddinge } from '../../machines/municipalities/huddinge.ts';
import { isQuorate, Municipality, type Quorum } from '../../machines/municipalities/municipality.ts';
import { composeRoute } from '../../machines/routes/compose.ts';
import { RouteDocument } from '../../machines/routes/document.ts';
import { faultsOf } from '../../machines/routes/faults.ts';
import { Route } from '../../machines/routes/route.ts';
import { lastDay } from '../../src/engine/calendar.ts';
import { Alone } from '../fixtures/chart.ts';
import foreign from '../scenarios/routes/england.json' with { type: 'json' };

describe('A body decides when as many take part as its rule says', () => {
  const half: Quorum = { rule: 'atLeast', share: [1, 2] };
  const more: Quorum = { rule: 'moreThan', share: [1, 2] };
  const twoThirds: Quorum = { rule: 'atLeast', share: [2, 3] };

  it.each<[string, Quorum, number | null, number, boolean]>([
    ['half of 36 where at least half is needed', half, 36, 18, true],
    ['one fewer', half, 36, 17, false],
    ['half of 36 where more than half is needed (R-029)', more, 36, 18, false],
    ['one more', more, 36, 19, true],
    ['28 of 43 where two thirds are needed', twoThirds, 43, 28, false],
    ['29 of 43', twoThirds, 43, 29, true],
    ['exactly two thirds', twoThirds, 42, 28, true],
    ['three where three are needed, of any number', { rule: 'members', members: 3 }, null, 3, true],
    ['two', { rule: 'members', members: 3 }, 8, 2, false],
    ['anyone, where the seats are not known', twoThirds, null, 1, true],
  ])('%s', (_, quorum, seats, present, is) => expect(isQuorate(quorum, seats, present)).toBe(is));
});

const council = (rules: JsonObject) =>
  Municipality.parse({
    ...huddinge,
    bodies: huddinge.bodies.map((it) => (it.id === 'kf' ? { ...it, ...rules } : it)),
  });

const route = Route.parse({
  name: 'short',
  version: 1,
  label: { sv: 'Kort', en: 'Short' },
  stages: [
    { id: 'office', type: 'preparation', label: { sv: 'F', en: 'A' } },
    { id: 'ks', type: 'meeting', body: 'ks', role: 'propose' },
    { id: 'kf', type: 'meeting', body: 'kf', role: 'decide', referTo: ['office'] },
  ],
});

const acclaimed = [
  ['question.put', { proposals: [{ outcome: 'approved' }] }],
  ['decision.confirm', { finds: 1 }],
] as const;

const opened = (body: string, present: number) =>
  [
    ['agenda.listed', { meeting: `${body}-1`, municipality: 'huddinge', body }],
    ['item.opened', { meeting: `${body}-1`, paragraph: 1, present }],
  ] as const;

/** A matter before the council, with as many present. */
const inCouncil = (rules: JsonObject, present: number) =>
  new Alone(composeRoute(route, council(rules)), {
    title: 'A',
    number: '1',
    proposals: [{ text: 'B', body: 'kf' }],
  }).after(
    ['matter.assign', { caseOfficer: 'H' }],
    ['report.complete', { dated: '2026-12-01' }],
    ['report.sign', { signedBy: 'H', title: 'H' }],
    'matter.handOver',
    ...opened('ks', 5),
    ...acclaimed,
    ...opened('kf', present),
  );

describe('A minority delays where the body has such a right', () => {
  const quarter = { threshold: [1, 4], delays: ['defer'], maxUses: null };
  const demand = (requesters: number) => ['minority.delay', { kind: 'defer', requesters }] as const;

  it('a third of the council in Sweden (R-055)', () => {
    expect(inCouncil({}, 40).send(...demand(13))).toBe('R-055');
    expect(inCouncil({}, 40).send(...demand(14))).toBe(null);
  });

  it('a quarter, where the data say so', () => {
    expect(inCouncil({ minorityBrake: quarter }, 40).send(...demand(9))).toBe('-');
    expect(inCouncil({ minorityBrake: quarter }, 40).send(...demand(10))).toBe(null);
  });

  it('once, or as often as it is demanded', () => {
    const again = (rules: JsonObject) => inCouncil(rules, 40).after(demand(20), ...opened('kf', 40));
    expect(again({}).send(...demand(20))).toBe('R-056');
    expect(again({ minorityBrake: quarter }).send(...demand(20))).toBe(null);
  });

  it('only in the way that may be demanded', () => {
    const refer = { kind: 'refer', requesters: 20, to: 'office', motivation: 'Skäl', motivationBy: ['L'] };
    expect(inCouncil({}, 40).send('minority.delay', refer)).toBe(null);
    expect(inCouncil({ minorityBrake: quarter }, 40).send('minority.delay', refer)).not.toBe(null);
  });

  it('nowhere where the data know of none', () => {
    expect(inCouncil({ minorityBrake: null }, 40).send(...demand(40))).not.toBe(null);
  });

  it('a preparation by any name takes the matter back as a draft', () => {
    const matter = inCouncil({}, 40);
    expect(matter.send('item.referBack', { to: 'office', motivation: 'Skäl' })).toBe(null);
    expect(matter.states).toEqual(['office.drafting']);
  });
});

describe('As many votes for each', () => {
  const tied = (tie: string) =>
    inCouncil({ tie }, 4).after(
      ['question.put', { proposals: [{ outcome: 'approved' }, { outcome: 'rejected' }] }],
      ['vote.demand', { by: 'L' }],
      ['votes.count', { yes: 2, no: 2, abstained: 0 }],
    );

  it("are decided by the chair's casting vote (R-049)", () => {
    expect(tied('castingVote').send('vote.casting', { proposal: 1 })).toBe(null);
    expect(tied('castingVote').send('decision.confirm', { finds: 1 })).toBe('R-045');
  });

  it('by how the chair has voted, which is no vote of its own', () => {
    expect(tied('chairsProposal').send('vote.casting', { proposal: 1 })).not.toBe(null);
    const matter = tied('chairsProposal').after(['vote.chair', { proposal: 2 }]);
    expect(matter.send('decision.confirm', { finds: 1 })).toBe('R-049');
    expect(matter.send('decision.confirm', { finds: 2 })).toBe(null);
  });

  it('or by what is put having fallen', () => {
    expect(tied('rejected').send('decision.confirm', { finds: 1 })).toBe('R-049');
    expect(tied('rejected').send('decision.confirm', { finds: 2 })).toBe(null);
  });
});

describe('Working days', () => {
  const england = { country: 'GB-ENG', zone: 'Europe/London' };
  const sweden = { country: 'SE', zone: 'Europe/Stockholm' };

  it('are none of them a rest day of the country', () => {
    expect(lastDay('2026-12-18', { workingDays: 5 }, england, false)).toBe('2026-12-29');
    expect(lastDay('2026-12-18', { workingDays: 4 }, england, false)).toBe('2026-12-24');
    expect(lastDay('2026-12-18', { workingDays: 4 }, sweden, false)).toBe('2026-12-28');
    expect(lastDay('2026-12-18', { days: 5 }, england, false)).toBe('2026-12-23');
  });

  it('are counted after the other units', () => {
    expect(lastDay('2026-11-02', { weeks: 1, workingDays: 1 }, england, false)).toBe('2026-11-10');
    expect(lastDay('2026-11-02', { weeks: 1 }, england, false)).toBe('2026-11-09');
  });

  it('start nothing before the day itself, and a part of a working day is none', () => {
    expect(lastDay('2026-11-07', { workingDays: 0 }, england, false)).toBe('2026-11-07');
    expect(() => lastDay('2026-11-07', { workingDays: 1.5 }, england, false)).toThrow(RangeError);
  });
});

describe('What suspends a decision is a stage of its route', () => {
  const { route: keyDecision, jurisdiction } = RouteDocument.parse(foreign);
  const westbourne = Municipality.parse(jurisdiction);
  const faults = (change: Partial<Route>, municipality = westbourne) =>
    faultsOf({ ...keyDecision, ...change }, municipality).map(({ pointer }) => pointer);
  const withoutCallIn = keyDecision.stages.filter(({ type }) => type !== 'callIn');
  const exempt = [{ window: 'call-in', why: 'Urgent under the procedure rules.' }];

  it('one that leaves it out is at fault, unless it says why it does not apply', () => {
    expect(faults({})).toEqual([]);
    expect(faults({ stages: withoutCallIn })).toEqual(['/stages']);
    expect(faults({ stages: withoutCallIn, exempt })).toEqual([]);
  });

  it('what does not suspend, or concerns another body, is no stage', () => {
    const [window] = westbourne.reviewWindows;
    if (!window) throw new Error('the window is missing');
    const other = (change: object) => ({ ...westbourne, reviewWindows: [{ ...window, ...change }] });
    expect(faults({ stages: withoutCallIn }, other({ suspensive: false }))).toEqual([]);
    expect(faults({ stages: withoutCallIn }, other({ of: 'elsewhere' }))).toEqual([]);
  });

  it('a window that is exempt is one that the municipality has', () => {
    expect(faults({ exempt: [{ window: 'nope', why: 'None.' }] })).toEqual(['/exempt/0/window']);
  });
});
