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
    appealable: true,
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
    expect(standing(point().after(decided(), minutes('kf-1')))).toBe('decided unconditional done');
    expect(standing(point().after(decided(), minutes('ks-1')))).toBe('approved unconditional done');
  });

  it('a proposal to another body has no appeal period, whatever is announced (R-062)', () => {
    const it = point({ body: 'kf' }).after(
      ['point.prepared', { body: 'ks', role: 'propose', outcome: 'approved', meeting: 'ks-1' }],
      minutes(),
      posted(),
    );
    expect(standing(it)).toBe('proposed unconditional idle');
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
    expect(standing(point({ appealable: false }).after(decided(), minutes(), posted()))).toBe(
      'finalForce unconditional done',
    );
  });

  it('a broken notice stops the period until it is posted again (R-073)', () => {
    const it = point().after(decided(), minutes(), posted(), ['notice.broken', { meeting: 'ks-1' }]);
    expect(standing(it)).toBe('approved unconditional done');
    expect(it.after(posted('ks-1', '2026-12-10')).context.announcedOn).toBe('2026-12-10');
  });

  const appealed = () =>
    point().after(decided(), minutes(), posted(), [
      'appeal.file',
      { court: 'Förvaltningsrätten', caseNumber: '1-26', on: '2026-12-20' },
    ]);
  const ruled = (ruling: string) => ['appeal.rule', { ruling, on: '2027-03-01' }] as const;

  it.each([
    ['upheld', 'finalForce'],
    ['dismissed', 'finalForce'],
    ['annulled', 'annulled'],
  ])('an appeal that is %s ends in %s when the period is over (R-076)', (ruling, state) => {
    const it = appealed().expire('standing.made.appealed.running', 'appealPeriod').after(ruled(ruling));
    expect(it.states[0]).toBe(`standing.made.${state}`);
  });

  it.each([
    ['upheld', 'appealOpen'],
    ['dismissed', 'appealOpen'],
    ['annulled', 'annulled'],
  ])(
    'a ruling before the period is over: %s leads to %s, for others may still appeal (R-072)',
    (ruling, state) => {
      expect(appealed().after(ruled(ruling)).states[0]).toBe(`standing.made.${state}`);
    },
  );

  it('a notice that breaks while an appeal is tried stops the period for everyone else (R-073)', () => {
    const it = appealed().after(['notice.broken', { meeting: 'ks-1' }]);
    expect(it.states[0]).toBe('standing.made.appealed.unannounced');
    expect(it.after(ruled('upheld')).states[0]).toBe('standing.made.approved');
    const again = appealed().after(['notice.broken', { meeting: 'ks-1' }], posted('ks-1', '2026-12-28'));
    expect([again.states[0], again.context.announcedOn]).toEqual([
      'standing.made.appealed.running',
      '2026-12-28',
    ]);
  });
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
    expect(it.states.includes('execution.open.running')).toBe(opens);
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
    expect(standing(conditional().after(decided(), minutes(), posted()))).toBe('appealOpen pending idle');
  });
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
    const it = conditional({ appealable: false }).after(decided(), minutes(), posted());
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
    const it = open().after(assessed, minutes(), posted(), [
      'appeal.file',
      { court: 'FR', caseNumber: '1-26', on: '2026-12-20' },
    ]);
    it.after(['appeal.rule', { ruling: 'annulled', on: '2027-03-01' }]);
    expect(it.told).toContain('task.withdrawn → m.task1');
    expect(it.send(...begun)).toBe('R-079');
    expect(it.send('task.done', { actor: 'm.contract' })).toBe(null);
  });
  it('is never opened for a decision that was annulled before its condition was met', () => {
    const it = conditional().after(decided(), minutes(), posted(), [
      'appeal.file',
      { court: 'FR', caseNumber: '1-26', on: '2026-12-20' },
    ]);
    it.after(['appeal.rule', { ruling: 'annulled', on: '2027-03-01' }]);
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
