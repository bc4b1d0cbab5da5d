import { describe, expect, it } from 'vitest';
import { factsOf } from '../../machines/law/facts.ts';
import { transitionsById } from '../../machines/law/taken.ts';
import { acclaimed, administration, alone, opened } from '../fixtures/matters.ts';

const accounts = () =>
  alone('huddinge/annual-report', {
    title: 'Årsredovisning 2026',
    number: 'HKS 2027/1',
    proposals: [
      { text: 'Årsredovisningen godkänns.', body: 'kf' },
      { text: 'Kommunstyrelsen beviljas ansvarsfrihet.', body: 'kf' },
    ],
  }).after(...administration, ...opened('ks', 15), ...acclaimed('approved'));

/** A budget as it comes to the question of a negotiation. */
const budget = () =>
  alone('huddinge/budget', {
    title: 'Budget',
    number: 'HKS 2026/1',
    proposals: [{ text: 'Budgeten fastställs.', body: 'kf' }],
  }).after(
    ...administration,
    ['consultation.open', { question: 'Budgetförslag', material: ['Direktiv'] }],
    ...['sn', 'von'].map(
      (body) => ['consultation.answered', { actor: `m.committees1-${body}`, body, how: 'decided' }] as const,
    ),
  );

/** A budget as the board has proposed it. */
const proposed = () =>
  budget().after(
    ['negotiation.judge', { major: false, reason: 'Oförändrad.' }],
    ...opened('ks', 15),
    ...acclaimed('approved'),
  );

const report = (more: object = {}) =>
  ['audit.report', { on: '2027-04-26', remarks: false, recommends: true, ...more }] as const;
const published = {
  on: '2026-10-20',
  at: 'huddinge.se',
  announcedOn: '2026-10-20',
  meetingOn: '2026-11-09',
};

describe('The auditors report, and those concerned explain, before the council decides (R-014, R-113)', () => {
  it('without remarks, and with discharge recommended, it goes on', () =>
    expect(accounts().after(report()).states).toEqual(['web.toPublish']));

  it.each([
    ['a remark', { remarks: true }],
    ['discharge not recommended', { recommends: false }],
  ])('%s: with its reason, and explained when the auditors have been heard', (_, found) => {
    expect(accounts().send(...report(found))).toBe('R-113');
    const it = accounts().after(report({ ...found, reason: 'Bristande uppsikt.' }));
    const explained = { from: 'Socialnämnden', on: '2027-04-28' };
    expect(it.send('explanation.obtain', { ...explained, auditorsHeard: false })).toBe('R-014');
    expect(it.after(['explanation.obtain', { ...explained, auditorsHeard: true }]).states).toEqual([
      'web.toPublish',
    ]);
  });
});

describe('The annual report is decided before any discharge (R-112)', () => {
  const atCouncil = () => accounts().after(report(), ['proposal.publish', published], ...opened('kf', 61));
  const asks = (points?: readonly number[]) =>
    ['question.put', { proposals: [{ outcome: 'approved' }], ...(points && { points }) }] as const;

  it.each([
    ['all in one question', undefined],
    ['the discharge first', [2]],
    ['both', [1, 2]],
  ])('%s is refused', (_, points) => expect(atCouncil().send(...asks(points))).toBe('R-112'));

  it('the report, then the discharge', () => {
    const it = atCouncil().after(asks([1]), ['decision.confirm', { finds: 1 }], asks([2]));
    expect(it.after(['decision.confirm', { finds: 1 }]).states).toEqual(['after.minutes']);
  });

  it('not approved, it leaves no discharge to try: that is written off', () => {
    const refused = () =>
      atCouncil().after(
        ['question.put', { proposals: [{ outcome: 'rejected' }], points: [1] }],
        ['decision.confirm', { finds: 1 }],
      );
    const discharge = (...outcomes: readonly string[]) =>
      ['question.put', { proposals: outcomes.map((outcome) => ({ outcome })), points: [2] }] as const;
    expect(refused().send(...discharge('approved'))).toBe('R-112');
    expect(refused().send(...discharge('rejected'))).toBe('R-112');
    expect(refused().send(...discharge('writtenOff', 'approved'))).toBe('R-112');
    const it = refused().after(discharge('writtenOff'), ['decision.confirm', { finds: 1 }]);
    expect(it.states).toEqual(['after.minutes']);
  });
});

describe('What is published, and for which council (R-109, R-110)', () => {
  it.each([
    ['when the meeting is announced', {}, null],
    ['a day later', { on: '2026-10-21' }, 'R-110'],
    ['for a meeting before it is announced', { meetingOn: '2026-10-19' }, 'R-110'],
  ])('%s', (_, more, refused) =>
    expect(
      accounts()
        .after(report())
        .send('proposal.publish', { ...published, ...more }),
    ).toBe(refused),
  );

  it.each([
    ['2026-10-14', 'the council that leaves', 'R-109'],
    ['2026-10-15', 'the newly elected', null],
    ['2027-09-01', 'no election that year', null],
  ])('a budget for %s: %s', (meetingOn, _, refused) => {
    const days = { on: '2026-09-01', announcedOn: '2026-09-01', meetingOn };
    expect(proposed().send('proposal.publish', { ...published, ...days })).toBe(refused);
  });

  it.each([
    ['2026-09-28', 'the council that leaves', 'R-109'],
    ['2026-10-15', 'the newly elected', null],
    ['2027-09-01', 'no election that year', null],
  ])('whatever meeting was stated, a budget is taken up on %s: %s', (on, _, refused) => {
    const it = proposed().after(['proposal.publish', published]);
    it.meta = { ...it.meta, on };
    const [listed, item] = opened('kf', 61);
    expect(it.after(listed).send(...item)).toBe(refused);
  });

  it('what the council that leaves must not take up waits for the next meeting', () => {
    const it = proposed().after(['proposal.publish', published]);
    it.meta = { ...it.meta, on: '2026-09-28' };
    it.after(opened('kf', 61)[0], ['item.leftOver', { meeting: 'meeting-kf' }]);
    it.meta = { ...it.meta, on: '2026-11-09' };
    expect(it.after(...opened('kf', 61), ...acclaimed('approved')).states).toEqual(['after.minutes']);
  });

  it.each([
    ['huddinge/budget', '2026-10-14', true],
    ['huddinge/budget', '2026-10-15', false],
    ['huddinge/annual-report', '2026-10-14', false],
  ])(
    'where the log of %s shows a decision of %s, that is by the council that leaves: %s',
    (name, on, isOld) => {
      const { chart, meta } = name === 'huddinge/budget' ? budget() : accounts();
      const taken = transitionsById(chart).get('kf.proposition>decision.confirm#0');
      const facts = factsOf({
        chart,
        self: { id: 'm', parent: null },
        input: {},
        event: { type: 'decision.confirm', finds: 1, meta: { ...meta, on } },
        taken: taken ? [taken] : [],
        dependents: [],
      });
      expect([taken !== undefined, facts.some((it) => it.name === 'budget.byOldCouncil')]).toEqual([
        true,
        isOld,
      ]);
    },
  );

  it('the board takes it up before, and accounts are for whatever council there is', () => {
    const board = budget().after(['negotiation.judge', { major: false, reason: 'Oförändrad.' }]);
    const report_ = accounts().after(report(), ['proposal.publish', published]);
    for (const [it, body] of [
      [board, 'ks'],
      [report_, 'kf'],
    ] as const) {
      it.meta = { ...it.meta, on: '2026-09-28' };
      expect(it.after(...opened(body, 15)).states).toEqual([`${body}.deliberating`]);
    }
  });
});

describe('A day of the year by which the matter should have left a stage (R-109, R-112)', () => {
  it('is the next one when the matter is taken on, and missed it changes nothing else', () => {
    const it = accounts();
    expect(it.context['due-discharge']).toBe('2027-06-30');
    it.expire('auditors', 'discharge', '2027-06-30');
    expect([it.states, it.context.missed]).toEqual([['auditors.auditing'], ['discharge']]);
  });
});

describe('A major change is negotiated with the unions before the board has it (R-022)', () => {
  const judged = (major: boolean) => ['negotiation.judge', { major, reason: 'Se bilaga.' }] as const;
  const concluded = (central: boolean) =>
    [
      'negotiation.conclude',
      { on: '2026-09-10', minutes: 'Protokoll 3', agreed: !central, central },
    ] as const;

  it('what is no major change goes on', () =>
    expect(budget().after(judged(false)).states).toEqual(['ks.awaiting']));

  it('a major change waits for its negotiation', () => {
    const it = budget().after(judged(true));
    const [listed] = opened('ks', 15);
    expect([it.states, it.send(...listed)]).toEqual([['unions.local'], 'R-010']);
    expect(it.after(concluded(false)).states).toEqual(['ks.awaiting']);
  });

  it('a central one where that is requested, and then no other', () => {
    const it = budget().after(judged(true), concluded(true));
    expect(it.states).toEqual(['unions.central']);
    expect(it.send(...concluded(true))).toBe('R-022');
    expect(it.after(concluded(false)).states).toEqual(['ks.awaiting']);
  });

  it('exceptional reasons are recorded', () =>
    expect(budget().after(judged(true), ['negotiation.except', { reason: 'Akut fara.' }]).states).toEqual([
      'ks.awaiting',
    ]));
});
