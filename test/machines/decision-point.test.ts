import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../machines/chart.ts';
import { alone } from '../fixtures/matters.ts';

const point = (more: JsonObject = {}) =>
  alone('decision-point', {
    title: 'Avtal',
    label: '3',
    text: 'Kommundirektören undertecknar.',
    body: 'ks',
    kind: 'instruction',
    regime: 'legality',
    matter: 'matter',
    conditionalOn: [],
    ...more,
  });

const conditional = (more: JsonObject = {}) =>
  point({ conditionalOn: ['p1', 'p2'], tasks: [signing], ...more });
const signing = { title: 'Underteckna avtalet', assignee: 'Kommundirektör' };

const decided = (outcome = 'approved', meeting = 'ks-1') =>
  ['point.decided', { body: 'ks', outcome, meeting, paragraph: 5 }] as const;
const referenced = (key: string, outcome: string) => ['condition.decided', { point: key, outcome }] as const;
const minutes = (meeting = 'ks-1') => ['minutes.approved', { meeting, on: '2026-12-02' }] as const;
const posted = (meeting = 'ks-1', on = '2026-12-03') => ['notice.posted', { meeting, on }] as const;
const assessed = ['execution.assess', { reversible: true, reason: 'Kan hävas.' }] as const;

const standing = (it: { states: string[] }) => it.states.map((state) => state.split('.').at(-1)).join(' ');

describe('A decision gains force step by step (R-072, R-074, R-075)', () => {
  it('decided, approved, announced, appeal period, final force', () => {
    const it = point();
    const seen = [decided(), minutes(), posted()].map((event) => it.after(event).states[0]);
    it.expire('standing.made.appealOpen', 'appealPeriod');
    seen.push(it.states[0], it.after(['noAppeal.confirm', { source: 'Förvaltningsrätten' }]).states[0]);
    expect(seen).toEqual(
      ['decided', 'approved', 'appealOpen', 'periodExpired', 'finalForce'].map((s) => `standing.made.${s}`),
    );
  });

  it('the end of the appeal period alone gives no force (R-074)', () => {
    const it = point().after(decided(), minutes(), posted());
    expect(it.send('noAppeal.confirm', { source: 'x' })).toBe('R-074');
    expect(it.expire('standing.made.appealOpen', 'appealPeriod').context.inForce).toBe(false);
  });

  it('only the minutes of its own meeting count (R-066)', () => {
    expect(standing(point().after(decided(), minutes('kf-1')))).toBe('decided unconditional done free');
    expect(standing(point().after(decided(), minutes('ks-1')))).toBe('approved unconditional done free');
  });

  it('a proposal to another body has no appeal period, whatever is announced (R-062)', () => {
    const it = point({ body: 'kf' }).after(
      ['point.prepared', { body: 'ks', role: 'propose', outcome: 'approved', meeting: 'ks-1' }],
      minutes(),
      posted(),
    );
    expect(standing(it)).toBe('proposed unconditional idle free');
  });

  it('a proposal is refused as preparatory when it is appealed (R-062), a decision too early is not', () => {
    const appeal = ['appeal.file', { court: 'x', caseNumber: '1-26', on: '2026-12-20' }] as const;
    const proposed = point({ body: 'kf' }).after([
      'point.prepared',
      { body: 'ks', role: 'propose', outcome: 'approved', meeting: 'ks-1' },
    ]);
    expect(proposed.send(...appeal)).toBe('R-062');
    expect(proposed.send('noAppeal.confirm', { source: 'x' })).toBe('R-062');
    expect(point().send(...appeal)).toBe('R-062');
    expect(
      point()
        .after(decided())
        .send(...appeal),
    ).toBe('R-074');
  });

  it('what cannot be appealed has force when it is announced (R-075)', () => {
    expect(standing(point({ regime: 'none' }).after(decided(), minutes(), posted()))).toBe(
      'finalForce unconditional done free',
    );
  });

  it('what is reviewed as a procurement has force when it is announced: the contract waits (R-075, R-084)', () => {
    const it = point({ regime: 'procurement' }).after(decided(), minutes());
    expect(it.send('appeal.file', { court: 'x', caseNumber: '1-26', on: '2026-12-20' })).toBe('R-075');
    expect(standing(it.after(posted()))).toBe('finalForce unconditional done free');
  });

  it('a broken notice stops the period until it is posted again (R-073)', () => {
    const it = point().after(decided(), minutes(), posted(), ['notice.broken', { meeting: 'ks-1' }]);
    expect(standing(it)).toBe('approved unconditional done free');
    expect(it.after(posted('ks-1', '2026-12-10')).context.announcedOn).toBe('2026-12-10');
  });

  it('an outage within the period, found out when its last day has passed, brings the decision back (R-073)', () => {
    const over = () =>
      point().after(decided(), minutes(), posted()).expire('standing.made.appealOpen', 'appealPeriod');
    const broken = ['notice.broken', { meeting: 'ks-1' }] as const;
    expect(over().after(broken).states[0]).toBe('standing.made.approved');
    expect(over().after(['notice.broken', { meeting: 'kf-1' }]).states[0]).toBe(
      'standing.made.periodExpired',
    );
    const appealed = over().after(filed('1-26'), broken);
    expect(appealed.states[0]).toBe('standing.made.appealed.unannounced');
    expect(appealed.after(posted('ks-1', '2027-01-04')).states[0]).toBe('standing.made.appealed.running');
  });

  it('an outage that is found when the decision has final force or is annulled is heard, and changes nothing', () => {
    const over = () =>
      point().after(decided(), minutes(), posted()).expire('standing.made.appealOpen', 'appealPeriod');
    const ended = [
      over().after(confirmed),
      over().after(filed('1-26'), ruled('1-26', 'annulled')),
      point({ regime: 'none' }).after(decided(), minutes(), posted()),
    ];
    for (const it of ended) {
      const before = it.states;
      expect(it.after(['notice.broken', { meeting: 'ks-1' }], posted('ks-1', '2027-04-01')).states).toEqual(
        before,
      );
    }
  });

  it('a notice of another meeting that breaks changes nothing (R-066, R-073)', () => {
    const it = point().after(decided(), minutes(), posted(), ['notice.broken', { meeting: 'kf-1' }]);
    expect(it.states[0]).toBe('standing.made.appealOpen');
    it.after(filed('1-26'), ['notice.broken', { meeting: 'kf-1' }]);
    expect(it.states[0]).toBe('standing.made.appealed.running');
  });
});

const filed = (caseNumber: string, more: JsonObject = {}) =>
  ['appeal.file', { court: 'Förvaltningsrätten', caseNumber, on: '2026-12-20', ...more }] as const;
const ruled = (caseNumber: string, ruling: string) =>
  ['appeal.rule', { caseNumber, ruling, on: '2027-03-01' }] as const;
const confirmed = ['noAppeal.confirm', { source: 'Förvaltningsrätten' }] as const;

describe('Every member may appeal, and each appeal is tried (R-074, R-076)', () => {
  const open = () => point().after(decided(), minutes(), posted());
  const appealed = () => open().after(filed('1-26'));
  const over = (it: ReturnType<typeof appealed>) =>
    it.expire('standing.made.appealed.running', 'appealPeriod');

  it.each([
    ['upheld', 'periodExpired'],
    ['dismissed', 'periodExpired'],
    ['annulled', 'annulled'],
  ])(
    'an appeal that is %s when the period is over leads to %s, and no ruling alone to force',
    (ruling, state) => {
      const it = over(appealed()).after(ruled('1-26', ruling));
      expect(it.states[0]).toBe(`standing.made.${state}`);
      expect(it.context.inForce).toBe(false);
    },
  );

  it('after the last ruling, force is given when it is confirmed that no appeal remains (R-074)', () => {
    const it = over(appealed()).after(ruled('1-26', 'upheld'));
    expect(it.after(confirmed).states[0]).toBe('standing.made.finalForce');
  });

  it.each([
    ['upheld', 'appealOpen'],
    ['dismissed', 'appealOpen'],
    ['annulled', 'annulled'],
  ])(
    'a ruling before the period is over: %s leads to %s, for others may still appeal (R-072)',
    (ruling, state) => {
      expect(appealed().after(ruled('1-26', ruling)).states[0]).toBe(`standing.made.${state}`);
    },
  );

  it('no ruling is older than the appeal', () => {
    const on = (day: string) => ['appeal.rule', { caseNumber: '1-26', ruling: 'upheld', on: day }] as const;
    expect(appealed().send(...on('2026-12-19'))).toBe('R-076');
    expect(appealed().send(...on('2026-12-20'))).toBe(null);
  });

  it('a second appeal is recorded while the first is tried, and the decision waits for both', () => {
    const it = over(appealed().after(filed('2-26'))).after(filed('3-26'), ruled('2-26', 'dismissed'));
    expect(it.states[0]).toBe('standing.made.appealed.over');
    expect(it.send(...confirmed)).toBe('R-074');
    it.after(ruled('1-26', 'upheld'));
    expect(it.states[0]).toBe('standing.made.appealed.over');
    expect(it.after(ruled('3-26', 'upheld')).states[0]).toBe('standing.made.periodExpired');
    expect(it.context.appeals).toMatchObject([
      { caseNumber: '1-26', ruling: 'upheld' },
      { caseNumber: '2-26', ruling: 'dismissed' },
      { caseNumber: '3-26', ruling: 'upheld', filedOn: '2026-12-20', ruledOn: '2027-03-01' },
    ]);
  });

  it('one of several that annuls the decision annuls it, and the other rulings come all the same', () => {
    const it = appealed().after(filed('2-26'), ruled('2-26', 'annulled'));
    expect(it.states[0]).toBe('standing.made.annulled');
    expect(it.after(ruled('1-26', 'dismissed')).states[0]).toBe('standing.made.annulled');
  });

  it('a case is recorded once, and ruled on once', () => {
    expect(appealed().send(...filed('1-26'))).toBe('R-076');
    expect(appealed().send(...ruled('2-26', 'upheld'))).toBe('R-076');
    const it = appealed().after(filed('2-26'), ruled('1-26', 'upheld'));
    expect(it.send(...ruled('1-26', 'annulled'))).toBe('R-076');
    expect(it.send(...ruled('2-26', 'annulled'))).toBe(null);
  });

  it('an appeal that comes before the announcement is an appeal; against a decision without appeal, none', () => {
    const early = (more: JsonObject) => point(more).after(decided(), minutes());
    expect(early({}).after(filed('1-26')).states[0]).toBe('standing.made.appealed.unannounced');
    expect(early({ regime: 'none' }).send(...filed('1-26'))).toBe('R-075');
  });

  it('a notice that breaks while an appeal is tried stops the period for everyone else (R-073)', () => {
    const it = appealed().after(['notice.broken', { meeting: 'ks-1' }]);
    expect(it.states[0]).toBe('standing.made.appealed.unannounced');
    expect(it.after(ruled('1-26', 'upheld')).states[0]).toBe('standing.made.approved');
    const again = appealed().after(['notice.broken', { meeting: 'ks-1' }], posted('ks-1', '2026-12-28'));
    expect([again.states[0], again.context.announcedOn]).toEqual([
      'standing.made.appealed.running',
      '2026-12-28',
    ]);
  });

  it('a decision made anew has none of the appeals of the earlier one, and is announced anew (R-066)', () => {
    const it = conditional().after(decided(), minutes(), posted(), filed('1-26'));
    it.after(referenced('p1', 'approvedAmended'), referenced('p2', 'approved'), decided('approved', 'ks-2'));
    expect(it.context).toMatchObject({ appeals: [], announcedOn: null, inForce: false });
    expect(it.states[0]).toBe('standing.made.decided');
  });
});

describe('An appeal that comes to the municipality is sent on to the court, and counts (R-074)', () => {
  const reference = 'HKS 2026/9';
  const forwarded = (more: JsonObject = {}) =>
    [
      'appeal.forward',
      { reference, receivedOn: '2026-12-20', court: 'FR', on: '2026-12-21', ...more },
    ] as const;
  const misfiled = () => point().after(decided(), minutes(), posted(), forwarded());

  it('the decision waits until the court has ruled on it', () => {
    const it = misfiled().expire('standing.made.appealed.running', 'appealPeriod');
    expect(it.send(...confirmed)).toBe('R-074');
    expect(it.send(...ruled('1-26', 'upheld'))).toBe('R-076');
    it.after(filed('1-26', { forwarded: reference }));
    expect(it.context.appeals).toMatchObject([
      { reference, caseNumber: '1-26', filedOn: '2026-12-20', forwardedOn: '2026-12-21' },
    ]);
    expect(it.after(ruled('1-26', 'upheld')).states[0]).toBe('standing.made.periodExpired');
  });

  it('is not sent on before it has come', () => {
    const announced = point().after(decided(), minutes(), posted());
    expect(announced.send(...forwarded({ on: '2026-12-19' }))).toBe('R-074');
    expect(announced.send(...forwarded({ on: '2026-12-20' }))).toBe(null);
  });

  it('is sent on once, and has one case number', () => {
    expect(misfiled().send(...forwarded())).toBe('R-074');
    expect(misfiled().send(...filed('1-26', { forwarded: 'HKS 2026/8' }))).toBe('R-074');
    const it = misfiled().after(filed('1-26', { forwarded: reference }));
    expect(it.send(...filed('2-26', { forwarded: reference }))).toBe('R-074');
  });

  it('may be tried in a case that the court already has', () => {
    const it = misfiled().after(filed('1-26'), filed('1-26', { forwarded: reference }));
    expect(it.after(ruled('1-26', 'upheld')).states[0]).toBe('standing.made.appealOpen');
  });

  it('a proposal has none to send on (R-062)', () =>
    expect(point({ body: 'kf' }).send(...forwarded())).toBe('R-062'));
});

describe('A conditional decision holds only if the others are adopted as proposed (R-064, R-065)', () => {
  it.each([
    ['both adopted', [referenced('p1', 'approved'), referenced('p2', 'approved')], 'met', true],
    ['one adopted, one open', [referenced('p1', 'approved')], 'pending', false],
    ['one amended', [referenced('p1', 'approvedAmended'), referenced('p2', 'approved')], 'anew', false],
    ['one amended first, one open', [referenced('p1', 'approvedAmended')], 'pending', false],
    ['one rejected', [referenced('p1', 'rejected')], 'failed', false],
    [
      'one adopted, one rejected',
      [referenced('p1', 'approved'), referenced('p2', 'rejected')],
      'failed',
      false,
    ],
    [
      'one amended, one rejected',
      [referenced('p1', 'approvedAmended'), referenced('p2', 'rejected')],
      'failed',
      false,
    ],
  ] as const)('%s', (_, events, condition, opens) => {
    const it = conditional().after(decided(), ...events);
    expect(it.context.condition).toBe(condition);
    expect(it.states.includes('execution.open')).toBe(opens);
  });

  it('the signing task opens when the condition is met, and not before', () => {
    const it = conditional().after(decided(), referenced('p1', 'approved'));
    expect(it.started).toEqual([]);
    expect(it.after(referenced('p2', 'approved')).started).toEqual(['task task1']);
  });

  it('amended: it asks its matter to be decided anew, and then holds', () => {
    const it = conditional().after(
      decided(),
      referenced('p1', 'approvedAmended'),
      referenced('p2', 'approved'),
    );
    expect(it.told).toEqual(['point.returned → matter']);
    it.after(decided('approved', 'ks-2'));
    expect([it.context.condition, it.context.meeting]).toEqual(['met', 'ks-2']);
    expect(it.started).toEqual(['task task1']);
  });

  it('decided after the change, it is decided in knowledge of it and holds', () => {
    const it = conditional().after(referenced('p1', 'approvedAmended'), referenced('p2', 'approved'));
    expect(it.context.condition).toBe('pending');
    expect(it.after(decided()).context.condition).toBe('met');
    expect(it.told).toEqual(['execution.opened → matter']);
  });

  it('decided anew with a rejection, it opens nothing', () => {
    const it = conditional().after(
      decided(),
      referenced('p1', 'approvedAmended'),
      referenced('p2', 'approved'),
    );
    expect(it.after(decided('rejected', 'ks-2')).states).toContain('execution.idle');
  });

  it('a point that is not to be decided anew is not decided twice', () => {
    expect(
      point()
        .after(decided())
        .send(...decided('approved', 'ks-2')),
    ).toBe('R-065');
  });

  it('its own minutes, notice and appeal period run while the condition is pending (R-066)', () => {
    expect(standing(conditional().after(decided(), minutes(), posted()))).toBe(
      'appealOpen pending idle free',
    );
  });
});

describe('As proposed means in the wording that the body had before it (R-065)', () => {
  const wording = 'Avtalet i lydelsen av den 4 maj godkänns.';
  const saw = { saw: [{ point: 'p1', wording }] };
  const decidedSeeing = (meeting = 'ks-1') =>
    ['point.decided', { body: 'ks', outcome: 'approved', meeting, paragraph: 5, ...saw }] as const;
  const referencedAs = (text: string, outcome = 'approved') =>
    ['condition.decided', { point: 'p1', outcome, wording: text }] as const;
  const onFirst = () => point({ conditionalOn: ['p1'], tasks: [signing] });

  it.each([
    ['approved word for word', referencedAs(wording), 'met'],
    [
      'approved, in words that were put forward later',
      referencedAs('Ett helt annat avtal godkänns.'),
      'anew',
    ],
    ['amended', referencedAs('Avtalet godkänns med ändring.', 'approvedAmended'), 'anew'],
    ['amended to what the body had before it', referencedAs(wording, 'approvedAmended'), 'met'],
    ['rejected word for word', referencedAs(wording, 'rejected'), 'failed'],
  ] as const)('the other point is %s', (_, event, condition) => {
    const it = onFirst().after(decidedSeeing(), event);
    expect([it.context.condition, it.started.length > 0]).toEqual([condition, condition === 'met']);
  });

  it('decided anew, the body knows what the other decided, and its decision holds', () => {
    const it = onFirst().after(
      decidedSeeing(),
      referencedAs('Ett annat avtal godkänns.'),
      decidedSeeing('ks-2'),
    );
    expect([it.context.condition, it.started]).toEqual(['met', ['task task1']]);
  });

  it('nothing is met before the point itself is decided', () =>
    expect(onFirst().after(referencedAs(wording)).context.condition).toBe('pending'));
});

describe('Execution before final force needs a recorded assessment (R-077)', () => {
  const begun = ['execution.begun', { actor: 'm.task1' }] as const;
  const open = () => point({ tasks: [signing] }).after(decided());

  it('is refused without one', () => expect(open().send(...begun)).toBe('R-077'));
  it('is allowed with one', () =>
    expect(
      open()
        .after(assessed)
        .send(...begun),
    ).toBe(null));
  it('is allowed without one in final force', () => {
    const it = open().after(minutes(), posted()).expire('standing.made.appealOpen', 'appealPeriod');
    expect(it.after(['noAppeal.confirm', { source: 'x' }]).send(...begun)).toBe(null);
  });
  it('of a conditional decision needs the final force of those it depends on as well', () => {
    const it = conditional({ regime: 'none' }).after(decided(), minutes(), posted());
    it.after(referenced('p1', 'approved'), referenced('p2', 'approved'));
    expect([it.context.inForce, it.send(...begun)]).toEqual([true, 'R-077']);
    it.after(['condition.inForce', { point: 'p1' }]);
    expect(it.send(...begun)).toBe('R-077');
    expect(it.after(['condition.inForce', { point: 'p2' }]).send(...begun)).toBe(null);
  });
  it('is refused while a court has stayed it (R-078)', () => {
    const it = open().after(assessed, ['execution.stay', { court: 'FR', on: '2026-12-20' }]);
    expect(it.send(...begun)).toBe('R-078');
    expect(it.after(['execution.resume', { on: '2027-01-20' }]).send(...begun)).toBe(null);
  });
  it('is not assessed before the decision, and the assessment of one decision is not that of the next', () => {
    expect(point({ tasks: [signing] }).send(...assessed)).toBe('R-077');
    const anew = conditional().after(decided(), assessed, referenced('p1', 'approvedAmended'));
    anew.after(referenced('p2', 'approved'), decided('approved', 'ks-2'));
    expect(anew.send(...begun)).toBe('R-077');
    expect(anew.after(assessed).send(...begun)).toBe(null);
  });
  it('ends with the annulment of the decision: its tasks are withdrawn (R-079)', () => {
    const followUps = [{ title: 'Uppföljning', assignee: 'Kommundirektör', every: { years: 1 } }];
    const it = point({ tasks: [signing], followUps }).after(decided(), minutes(), posted(), filed('1-26'));
    it.after(assessed, ruled('1-26', 'annulled'));
    expect(it.told).toContain('task.withdrawn → m.task1');
    expect(it.told).toContain('task.withdrawn → m.followup1');
    expect(it.told).toContain('execution.finished → matter');
    expect(it.send(...begun)).toBe('R-079');
    expect(it.send('rectification.decide', { body: 'ks', on: '2027-04-01', measures: 'x' })).toBe('R-079');
  });
  it('is never opened for a decision that was annulled before its condition was met', () => {
    const it = conditional().after(decided(), minutes(), posted(), filed('1-26'), ruled('1-26', 'annulled'));
    it.after(referenced('p1', 'approved'), referenced('p2', 'approved'));
    expect(it.states).toContain('execution.idle');
  });
  it('is finished when every task is done', () => {
    const it = open().after(assessed, begun, ['task.done', { actor: 'm.task1' }]);
    expect(it.states).toContain('execution.done');
    expect(it.told).toEqual(['execution.finished → matter']);
  });
  it('a rejected point has nothing to execute', () => {
    expect(point({ tasks: [signing] }).after(decided('rejected')).states).toContain('execution.idle');
  });
});

describe('What was executed of a decision that is annulled is rectified by the body that made it (R-079)', () => {
  const begun = ['execution.begun', { actor: 'm.task1' }] as const;
  const done = ['task.done', { actor: 'm.task1' }] as const;
  const appealed = () => point({ tasks: [signing] }).after(decided(), minutes(), posted(), filed('1-26'));
  const annulled = ruled('1-26', 'annulled');
  const rectify = (body: string) =>
    ['rectification.decide', { body, on: '2027-04-01', measures: 'Avtalet hävs.' }] as const;

  it.each([
    ['in part', () => appealed().after(assessed, begun)],
    ['wholly', () => appealed().after(assessed, begun, done)],
  ])('executed %s: the matter hears that it is not done with', (_, executed) => {
    const it = executed().after(annulled);
    expect(it.states).toContain('execution.toRectify');
    expect(it.told).toContain('execution.reopened → matter');
    expect(it.send(...begun)).toBe('R-079');
    expect(it.send('rectification.waive', { reason: 'x' })).toBe('R-079');
    expect(it.send(...rectify('kf'))).toBe('R-079');
    it.after(rectify('ks'), ['rectification.complete', { on: '2027-05-01' }]);
    expect(it.states).toContain('execution.rectified');
    expect(it.told).toEqual(['execution.finished → matter']);
  });

  it('a contract of which notice was given still comes to its end meanwhile', () => {
    const it = appealed().after(assessed, begun, annulled);
    expect(it.send('task.done', { actor: 'm.contract' })).toBe(null);
    expect(it.after(rectify('ks')).send('task.done', { actor: 'm.contract' })).toBe(null);
  });

  it('a decision without tasks may have been executed: someone says so, or that it has not', () => {
    const without = () => point().after(decided(), minutes(), posted(), filed('1-26'), annulled);
    expect(without().states).toContain('execution.toRectify');
    expect(without().after(rectify('ks')).states).toContain('execution.rectifying');
    const it = without().after(['rectification.waive', { reason: 'Avtalet hann inte undertecknas.' }]);
    expect([it.states.includes('execution.withdrawn'), it.told]).toEqual([
      true,
      ['execution.finished → matter'],
    ]);
  });

  it('it is decided when the decision has been annulled, and not before', () => {
    const on = (day: string) =>
      ['rectification.decide', { body: 'ks', on: day, measures: 'Avtalet hävs.' }] as const;
    const it = appealed().after(assessed, begun, annulled);
    expect(it.send(...on('2027-02-28'))).toBe('R-079');
    expect(it.send(...on('2027-03-01'))).toBe(null);
  });

  it('a decision that stands has nothing to rectify', () => {
    const it = appealed().after(assessed, begun, ruled('1-26', 'upheld'));
    expect(it.send(...rectify('ks'))).toBe('R-079');
  });
});

describe('A court may stay any decision that applies (R-078)', () => {
  const stayed = ['execution.stay', { court: 'FR', on: '2026-12-20' }] as const;
  const resumed = ['execution.resume', { on: '2027-01-20' }] as const;

  it.each([
    ['without tasks', () => point().after(decided())],
    ['in final force', () => point({ regime: 'none' }).after(decided(), minutes(), posted())],
    ['whose condition is not met', () => conditional().after(decided())],
  ])('%s, and those that depend on it hear of it', (_, of) => {
    const it = of().after(stayed);
    expect([it.states.at(-1), it.told]).toEqual(['stay.stayed', ['point.stayed → matter']]);
    expect(it.after(resumed).told).toEqual(['point.resumed → matter']);
  });

  it('no decision, an annulled one and a stayed one are not stayed', () => {
    expect(point().send(...stayed)).toBe('R-078');
    const annulled = point().after(decided(), minutes(), posted(), filed('1-26'), ruled('1-26', 'annulled'));
    expect(annulled.send(...stayed)).toBe('R-078');
    expect(
      point()
        .after(decided(), stayed)
        .send(...stayed),
    ).toBe('R-078');
  });

  it('the stay of a decision is not that of the one made anew', () => {
    const it = conditional().after(decided(), stayed, referenced('p1', 'approvedAmended'));
    it.after(referenced('p2', 'approved'), decided('approved', 'ks-2'));
    expect([it.states.at(-1), it.context.stayed]).toEqual(['stay.free', false]);
  });
});

describe('A decision made on condition of another falls and rests with it (R-065, R-078)', () => {
  const begun = ['execution.begun', { actor: 'm.task1' }] as const;
  const annulled = ['condition.annulled', { point: 'p1' }] as const;
  const met = () =>
    conditional().after(decided(), referenced('p1', 'approved'), referenced('p2', 'approved'));

  it('the other one annulled, it lapses: nothing is executed, its tasks are withdrawn', () => {
    const it = met().after(assessed, annulled);
    expect([it.context.condition, it.send(...begun)]).toEqual(['failed', 'R-079']);
    expect(it.told).toContain('task.withdrawn → m.task1');
  });

  it('what was executed by then is rectified (R-079)', () =>
    expect(met().after(assessed, begun, annulled).states).toContain('execution.toRectify'));

  it('annulled before the condition is met, it is not met by what comes after', () => {
    const it = conditional().after(decided(), referenced('p1', 'approved'), annulled);
    expect(it.after(referenced('p2', 'approved')).context.condition).toBe('failed');
  });

  it('annulled while it waits to be decided anew, it may be decided, and lapses', () => {
    const it = conditional().after(
      decided(),
      referenced('p1', 'approvedAmended'),
      referenced('p2', 'approved'),
      annulled,
      decided('approved', 'ks-2'),
    );
    expect([it.context.condition, it.states.includes('execution.idle')]).toEqual(['failed', true]);
  });

  it('the other one stayed, it is not executed until the stay is lifted', () => {
    const it = met().after(assessed, ['condition.stayed', { point: 'p1' }]);
    expect(it.send(...begun)).toBe('R-078');
    expect(it.after(['condition.resumed', { point: 'p1' }]).send(...begun)).toBe(null);
  });
});

describe('A regulation is promulgated by the announcement of its minutes (R-081)', () => {
  const published = (it: ReturnType<typeof point>) =>
    it.effects.flatMap((effect) => (effect.kind === 'publish' ? [effect] : []));
  const regulation = () => point({ kind: 'regulation', body: 'kf', text: 'Torghandeln är tillåten.' });

  it('and is then published with those in force', () => {
    expect(published(regulation().after(decided(), minutes()))).toEqual([]);
    expect(published(regulation().after(decided(), minutes(), posted()))).toMatchObject([
      { topic: 'regulation.promulgated', payload: { text: 'Torghandeln är tillåten.', on: '2026-12-03' } },
    ]);
  });

  it('another decision is not', () =>
    expect(published(point().after(decided(), minutes(), posted()))).toEqual([]));

  it.each(['rejected', 'writtenOff', 'notAdmissible'])('nor is one that is %s', (outcome) =>
    expect(published(regulation().after(decided(outcome), minutes(), posted()))).toEqual([]),
  );

  it('but one that is adopted as changed is', () =>
    expect(published(regulation().after(decided('approvedAmended'), minutes(), posted()))).toHaveLength(1));
});

describe('A decision on parties is appealed by each in a time of its own (R-075, R-085)', () => {
  const told = { party: 'Krogen AB', inFull: true, howToAppeal: true };
  const onParties = () => point({ regime: 'administrative' }).after(decided(), minutes());
  const over = (n: number) => ['party.over', { actor: `m.party${n}` }] as const;

  it('a party is told in full, and how to appeal', () => {
    expect(onParties().send('party.notify', { ...told, inFull: false })).toBe('R-085');
    expect(onParties().send('party.notify', { ...told, howToAppeal: false })).toBe('R-085');
    expect(onParties().send('party.notify', told)).toBe(null);
  });

  it('but not of what is reviewed for its legality', () =>
    expect(point().after(decided(), minutes()).send('party.notify', told)).toBe('R-085'));

  it('the notice on the board starts no time', () =>
    expect(onParties().after(posted()).states[0]).toBe('standing.made.approved'));

  it('the time is out when it is out for the last of them', () => {
    const it = onParties().after(['party.notify', told], ['party.notify', { ...told, party: 'Grannen' }]);
    expect(it.started).toEqual(['party party2']);
    expect(it.after(over(1)).states[0]).toBe('standing.made.notifying');
    expect(it.after(over(2)).states[0]).toBe('standing.made.periodExpired');
    expect(it.after(['noAppeal.confirm', { source: 'Krogen AB' }]).states[0]).toBe(
      'standing.made.finalForce',
    );
  });

  it('one that is told later has its time as well', () => {
    const it = onParties().after(['party.notify', told], ['party.notify', told], over(1));
    expect(it.states[0]).toBe('standing.made.notifying');
    expect(it.send('noAppeal.confirm', { source: 'x' })).toBe('R-074');
  });

  it('one that is told when the time of the others is out has its time as well, before there is any force', () => {
    const it = onParties().after(['party.notify', told], over(1));
    expect(it.states[0]).toBe('standing.made.periodExpired');
    it.after(['party.notify', { ...told, party: 'Grannen' }]);
    expect(it.states[0]).toBe('standing.made.notifying');
    expect(it.send('noAppeal.confirm', { source: 'x' })).toBe('R-074');
    expect(it.after(over(2)).states[0]).toBe('standing.made.periodExpired');
  });

  it('and so has one that is told while the case of another is before the court', () => {
    const it = onParties().after(['party.notify', told], over(1), [
      'appeal.file',
      { court: 'x', caseNumber: '1-26', on: '2026-12-05' },
    ]);
    expect(it.states[0]).toBe('standing.made.appealed.over');
    it.after(['party.notify', { ...told, party: 'Grannen' }]);
    expect(it.states[0]).toBe('standing.made.appealed.notifying');
    expect(it.after(over(2)).states[0]).toBe('standing.made.appealed.over');
  });

  it('no party is told late of what is reviewed for its legality', () => {
    const it = point().after(decided(), minutes(), posted());
    it.expire('standing.made.appealOpen', 'appealPeriod');
    expect(it.send('party.notify', told)).toBe('R-085');
  });

  it('an appeal that comes to the municipality is forwarded, and the others have their time', () => {
    const it = onParties().after(
      ['party.notify', told],
      ['appeal.forward', { reference: 'HKS 2026/2', receivedOn: '2026-12-05', court: 'x', on: '2026-12-05' }],
      ['appeal.file', { court: 'x', caseNumber: '1-26', on: '2026-12-05', forwarded: 'HKS 2026/2' }],
    );
    expect(it.states[0]).toBe('standing.made.appealed.notifying');
    it.after(['appeal.rule', { caseNumber: '1-26', ruling: 'upheld', on: '2027-02-01' }]);
    expect(it.states[0]).toBe('standing.made.notifying');
    expect(it.after(over(1)).states[0]).toBe('standing.made.periodExpired');
  });

  it('three weeks from the day of receipt, which comes after that of the notification', () => {
    const party = () => alone('party', { party: 'Krogen AB', title: 'Tillstånd', notifiedOn: '2026-11-20' });
    const received = (on: string) => ['receipt.record', { on, how: 'receipt' }] as const;
    expect(party().send(...received('2026-11-19'))).toBe('R-085');
    expect(party().send(...received('2026-12-02'))).toBe('R-085');
    const it = party().after(received('2026-12-01'));
    expect(it.context).toMatchObject({ receivedOn: '2026-12-01', appealPeriod: { weeks: 3 } });
    expect(it.expire('received', 'partyPeriod').told).toEqual(['party.over → up']);
  });
});

describe('A detailed plan is made known at once, and applies with final force (R-075, R-083)', () => {
  const plan = () => point({ regime: 'planning', tasks: [signing] }).after(decided(), minutes(), posted());
  const announced = (more: JsonObject = {}) =>
    ['plan.announce', { on: '2026-12-03', at: 'huddinge.se', until: '2026-12-24', ...more }] as const;
  const reported = (more: JsonObject = {}) =>
    ['plan.report', { on: '2026-12-04', countyBoard: true, ...more }] as const;
  const confirm = ['noAppeal.confirm', { source: 'Mark- och miljödomstolen' }] as const;

  it.each<[string, JsonObject, string | null]>([
    ['the same day', {}, null],
    ['the day after', { on: '2026-12-04', until: '2026-12-30' }, 'R-083'],
    ['the day after, with a reason', { on: '2026-12-04', until: '2026-12-30', late: 'Avbrott.' }, null],
    ['before the minutes were announced', { on: '2026-12-02', late: 'Tidigt.' }, 'R-083'],
    ['for a day less than three weeks', { until: '2026-12-23' }, 'R-083'],
  ])('announced %s', (_, more, refused) => expect(plan().send(...announced(more))).toBe(refused));

  it.each<[string, JsonObject, string | null]>([
    ['the day after', {}, null],
    ['two days after', { on: '2026-12-05' }, 'R-083'],
    ['two days after, with a reason', { on: '2026-12-05', late: 'Helg.' }, null],
    ['not to the county board', { countyBoard: false }, 'R-083'],
  ])('reported %s', (_, more, refused) => expect(plan().send(...reported(more))).toBe(refused));

  it('not before its minutes are announced, nor of another decision', () => {
    const early = point({ regime: 'planning' }).after(decided(), minutes());
    expect(early.send(...announced())).toBe('R-083');
    expect(
      point()
        .after(decided(), minutes(), posted())
        .send(...announced()),
    ).toBe('R-083');
  });

  it('it has no final force before it is known', () => {
    const it = plan().after(announced()).expire('standing.made.appealOpen', 'appealPeriod');
    expect(it.send(...confirm)).toBe('R-083');
    expect(it.after(reported(), confirm).states[0]).toBe('standing.made.finalForce');
  });

  it('and is not executed before, however that is assessed', () => {
    const it = plan().after(assessed);
    expect(it.send('execution.begun', { actor: 'm.task1' })).toBe('R-083');
    it.after(announced(), reported()).expire('standing.made.appealOpen', 'appealPeriod');
    expect(it.after(confirm).send('execution.begun', { actor: 'm.task1' })).toBe(null);
  });
});
