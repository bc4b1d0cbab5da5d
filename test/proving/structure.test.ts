import { describe, expect, it } from 'vitest';
import { threadTime } from '../../src/proving/thread-time.ts';
import { type Patch, patched } from './patch.ts';
import { chartNamed, proved } from './proving.ts';

const board = 'salem/board-matter';

const checked = (name: string, patch: Patch, part?: string) =>
  proved(name, [patched(chartNamed(name), patch)], part === undefined ? {} : { only: (it) => it === part });

describe('What is wrong with a chart whatever the law says', () => {
  it('a state that nothing leads to, and the transitions out of it', () => {
    const result = checked('dispatch', [
      { op: 'remove', path: '/states/queued/on/dispatch.fail' },
      { op: 'remove', path: '/states/sent/on/dispatch.fail' },
    ]);
    expect(result).toMatchObject({ unreached: ['failed'], dead: ['failed>dispatch.send#0'], proved: false });
  });

  it('a state from which no end can be reached, with the way there', () => {
    const result = checked('notice', [{ op: 'remove', path: '/states/broken/on/notice.repost' }]);
    expect(result.trapped.map(({ path }) => path.map(({ event }) => event))).toEqual([
      ['notice.confirm', 'notice.break'],
    ]);
    expect(result.proved).toBe(false);
  });

  it('a transition that stands behind one without a guard', () => {
    const after = { path: '/states/standing/states/made/states/approved/on/notice.posted/0/guard' };
    const result = checked(
      'decision-point',
      [{ op: 'remove', ...after }],
      'decision-point alone, with a task',
    );
    expect(result.nondeterministic).toContain(
      'standing.made.approved>notice.posted: what follows the unguarded one is never taken',
    );
  });

  it('two guarded transitions that one event opens', () => {
    const result = checked(
      'decision-point',
      [
        {
          op: 'replace',
          path: '/states/standing/states/made/states/approved/on/notice.posted/1/guard',
          value: { type: 'ownMeeting' },
        },
      ],
      'decision-point alone, with a task',
    );
    expect(result.nondeterministic).toEqual([
      expect.stringMatching(/^standing\.made\.approved>notice\.posted: several are open for \{"meeting"/),
    ]);
  });

  it('a chart that runs in a circle', () => {
    const result = checked('task', [
      {
        op: 'add',
        path: '/states/done/always',
        value: [{ target: 'open', guard: { type: 'all', params: { guards: [] } } }],
      },
      {
        op: 'add',
        path: '/states/open/always',
        value: [{ target: 'done', guard: { type: 'all', params: { guards: [] } } }],
      },
    ]);
    expect(result.failures.join()).toMatch(/^started: .*infinite loop/i);
    expect(result.proved).toBe(false);
  });
});

describe('A message that its receiver must take, and does not', () => {
  it('an item that the meeting leaves unopened is not taken back', () => {
    const result = checked(
      board,
      [{ op: 'remove', path: '/states/ks/states/onAgenda/on/item.leftOver' }],
      'matter with meetings',
    );
    const [finding] = result.unaccepted;
    expect(finding?.detail).toBe('item.leftOver is not accepted by m in ks.onAgenda');
    expect(finding?.path.at(-1)).toMatchObject({ actor: 'ks-1', states: {} });
    expect(result.proved).toBe(false);
  });

  it('a point that does not listen to the approval of minutes', () => {
    const point = patched(chartNamed('decision-point'), [
      { op: 'remove', path: '/states/standing/states/draft/on/minutes.approved' },
    ]);
    const result = proved('meeting', [point], { only: (it) => it === 'meeting with its notice and a point' });
    expect(result.unaccepted.map(({ detail }) => detail)).toContain(
      'minutes.approved is not accepted by m.p1 in standing.draft, condition.unconditional, execution.idle, stay.free',
    );
  });

  it('a consultation that is sent twice under one name', () => {
    const chart = patched(chartNamed(board), [
      { op: 'remove', path: '/states/administration/states/drafting/on/consultation.send/guard' },
    ]);
    const result = proved(board, [chart], {
      only: (it) => it === 'matter with consultations and dispatches',
      limits: { states: 200, until: Number.POSITIVE_INFINITY },
    });
    expect(result.unaccepted.map(({ detail }) => detail)).toEqual(['m.remiss-a is started twice']);
  });
});

it('A member that nothing ever happens to is said to be unproved: a notice of minutes that are never announced', () => {
  const company = 'meeting with its notice and a point';
  const result = checked('meeting', [{ op: 'remove', path: '/states/approved/on/notice.post' }], company);
  expect(result.bounds).toContain(`${company}: not proved: ks-1.notice takes no part`);
  expect(result.proved).toBe(false);
});

describe('A limit that is hit is said, and nothing is proved', () => {
  it('of states: what was not explored is not said to be out of reach', () => {
    const result = proved(board, [], { limits: { states: 500, until: Number.POSITIVE_INFINITY } });
    expect(result.bounds).toContain('matter with its points: not proved: limit of 500 states');
    expect(result).toMatchObject({ violations: [], unreached: [], dead: [], proved: false });
  });

  it('of time', () => {
    const result = proved('notice', [], { limits: { states: 500, until: threadTime() } });
    expect(result.bounds).toEqual(['notice alone: not proved: limit of time, after 1 states']);
    expect(result.proved).toBe(false);
  });

  it('of meetings at once: here a deferred item stays open at every meeting that it was deferred from', () => {
    const result = checked(
      board,
      [{ op: 'replace', path: '/states/ks/states/deliberating/on/item.defer/actions', value: [] }],
      'matter with meetings',
    );
    expect(result.bounds).toEqual(['matter with meetings: not proved: limit of meetings of ks at once']);
  });

  it('what is taken for granted is said as well', { timeout: 300_000 }, () => {
    expect(proved('meeting').assumptions.join()).toContain('a meeting is explored with one matter');
  });
});
