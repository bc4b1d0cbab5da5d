import { describe, expect, it } from 'vitest';
import { huddinge } from '../../machines/municipalities/huddinge.ts';
import { faultsOf } from '../../machines/routes/faults.ts';
import { detailedPlan, lesserPlan } from '../../machines/routes/plans.ts';
import { Route } from '../../machines/routes/route.ts';
import { administration, alone, opened } from '../fixtures/matters.ts';

const plan = (route: string, body: string) =>
  alone(`huddinge/${route}`, {
    title: 'Sjödalen 1:2',
    number: 'HKS 2026/1',
    proposals: [{ text: 'Detaljplanen antas.', body }],
  }).after(...administration);

const shown = ['plan.open', { material: ['Plankarta'], at: 'huddinge.se' }] as const;
const account = (more: object = {}) =>
  ['plan.account', { dated: '2026-12-01', changed: false, principle: true, ...more }] as const;

type Matter = ReturnType<typeof plan>;
const step = (it: Matter, stage: string, more: object = {}) =>
  it.after(shown).expire(`${stage}.available`, `${stage}-time`).after(account(more));
const reviewed = (it: Matter, more: object = {}) =>
  step(step(it.after(['plan.skip', { reason: 'Behövs inte.' }]), 'consultation'), 'review', more);

describe('A plan is there for all to see before anyone decides on it (R-083)', () => {
  it('for as long as the route says: until then no account is given of the views', () => {
    const it = plan('detailed-plan', 'kf').after(shown);
    expect(it.send(...account())).toBe('R-083');
    it.after(['plan.view', { from: 'Grannen', on: '2026-12-01', text: 'För högt.' }]);
    expect(it.expire('programme.available', 'programme-time').after(account()).states).toEqual([
      'consultation.proposing',
    ]);
  });

  it('a programme may be left out, a consultation not', () => {
    const it = plan('detailed-plan', 'kf').after(['plan.skip', { reason: 'Behövs inte.' }]);
    expect(it.states).toEqual(['consultation.proposing']);
    expect(it.send('plan.skip', { reason: 'Nej.' })).toBe('R-083');
  });

  it('changed substantially, it is shown again', () =>
    expect(reviewed(plan('detailed-plan', 'kf'), { changed: true }).states).toEqual(['review.proposing']));

  it('then it goes to the committee', () =>
    expect(reviewed(plan('detailed-plan', 'kf')).states).toEqual(['nbn.awaiting']));
});

describe('What is of principle is adopted by the council (R-083)', () => {
  const adopts = ['question.put', { proposals: [{ outcome: 'approved' }] }] as const;
  const atCommittee = (principle: boolean) =>
    reviewed(plan('nbn-plan', 'nbn'), { principle }).after(...opened('nbn', 13));

  it('a committee may not', () => expect(atCommittee(true).send(...adopts)).toBe('R-083'));
  it('but a lesser plan it may', () => expect(atCommittee(false).send(...adopts)).toBe(null));

  it('no delegate of the committee adopts any: such a route has a fault', () => {
    const stages = lesserPlan('nbn').stages.map((it) =>
      it.type === 'meeting' ? { id: 'delegate', type: 'delegated', body: 'sn' } : it,
    );
    const route = Route.parse({ ...lesserPlan('nbn'), stages });
    expect(faultsOf(route, huddinge).some(({ detail }) => detail.en.includes('R-083'))).toBe(true);
    expect(faultsOf(lesserPlan('nbn'), huddinge)).toEqual([]);
    expect(faultsOf(detailedPlan('nbn'), huddinge)).toEqual([]);
  });
});

describe('Its decisions are appealed in their own order (R-075)', () => {
  const registered = (route: string, body: string, more: object) => () =>
    alone(`huddinge/${route}`, {
      title: 'Ärende',
      number: 'HKS 2026/1',
      proposals: [{ text: 'Bifalles.', body, ...more }],
    });

  it('by the planning act, if nothing else is said', () => {
    const started = plan('detailed-plan', 'kf').chart.input.parse({
      title: 'Plan',
      number: '1',
      proposals: [{ text: 'Antas.', body: 'kf' }],
    });
    expect(started).toMatchObject({ proposals: [{ regime: 'planning' }] });
  });

  it('and on no other route', () => {
    expect(registered('board-matter', 'ks', { regime: 'planning' })).toThrow();
    expect(registered('board-matter', 'ks', { regime: 'administrative' })).not.toThrow();
  });

  it('as a procurement, what approves a procured contract', () => {
    const concludes = { contract: 'Avtal', counterparty: 'AB', signatory: 'Direktör' };
    expect(registered('board-matter', 'ks', { regime: 'procurement' })).toThrow();
    expect(registered('board-matter', 'ks', { regime: 'procurement', concludes })).toThrow();
    expect(
      registered('board-matter', 'ks', {
        regime: 'procurement',
        concludes: { ...concludes, procured: true },
      }),
    ).not.toThrow();
  });
});
