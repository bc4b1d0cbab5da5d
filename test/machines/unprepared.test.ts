import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../machines/chart.ts';
import { huddinge } from '../../machines/municipalities/huddinge.ts';
import { faultsOf } from '../../machines/routes/faults.ts';
import { Route } from '../../machines/routes/route.ts';
import { administration, alone } from '../fixtures/matters.ts';

const listed = { meeting: 'kf-1', municipality: 'huddinge', body: 'kf' };
const matter = () =>
  alone('huddinge/urgent-council-matter', {
    title: 'Avtal',
    number: 'HKS 2026/1',
    proposals: [{ text: 'Avtalet godkänns.', body: 'kf' }],
  }).after(...administration);
const put = ['question.put', { proposals: [{ outcome: 'approved' }] }] as const;
const atQuestion = () =>
  matter().after(
    ['agenda.listed', { ...listed, urgent: true }],
    ['item.opened', { meeting: 'kf-1', paragraph: 1, present: 61 }],
    put,
  );

describe('What nobody has prepared is decided only if it is urgent and all agree on the decision (R-015)', () => {
  it('comes to the council only as urgent', () => {
    expect(matter().send('agenda.listed', listed)).toBe('R-015');
    expect(matter().send('agenda.listed', { ...listed, urgent: true })).toBe(null);
  });

  it('is decided when all present agree, not else', () => {
    expect(atQuestion().send('decision.confirm', { finds: 1 })).toBe('R-015');
    expect(atQuestion().send('decision.confirm', { finds: 1, unanimous: true })).toBe(null);
  });

  it('one who demands a vote does not agree: the matter is undecided, and may be referred to be prepared', () => {
    const it = atQuestion().after(['vote.demand', { by: 'Ledamot' }]);
    expect(it.states).toEqual(['kf.deliberating']);
    it.after(['item.referBack', { to: 'administration', motivation: 'Ärendet ska beredas.' }]);
    expect(it.states).toEqual(['administration.drafting']);
  });

  it('a matter that is prepared needs neither', () => {
    const it = alone('huddinge/council-matter', {
      title: 'Avtal',
      number: 'HKS 2026/2',
      proposals: [{ text: 'Avtalet godkänns.', body: 'kf' }],
    });
    expect(it.chart.data.states?.kf?.meta?.unprepared).toBe(undefined);
  });
});

describe('A route says so of the council alone, where nobody prepares (R-010, R-015)', () => {
  const faults = (...stages: JsonObject[]) =>
    faultsOf(
      Route.parse({
        name: 'r',
        version: 1,
        label: { sv: 'R', en: 'R' },
        stages: [
          { id: 'administration', type: 'preparation', label: { sv: 'F', en: 'A' } },
          ...stages.map((it) => ({ type: 'meeting', role: 'decide', ...it })),
        ],
      }),
      huddinge,
    ).map(({ pointer }) => pointer);

  it.each([
    ['the council', [{ id: 'kf', body: 'kf', unprepared: true }], []],
    ['a board', [{ id: 'ks', body: 'ks', unprepared: true }], ['/stages/1/unprepared']],
    [
      'an election',
      [{ id: 'kf', body: 'kf', unprepared: true, concerns: 'election' }],
      ['/stages/1/unprepared'],
    ],
    [
      'the council after the board',
      [
        { id: 'ks', body: 'ks', role: 'propose' },
        { id: 'kf', body: 'kf', unprepared: true },
      ],
      ['/stages/2/unprepared'],
    ],
  ])('%s', (_, stages, expected) => expect(faults(...(stages as JsonObject[]))).toEqual(expected));
});
