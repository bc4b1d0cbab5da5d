import { describe, expect, it } from 'vitest';
import { huddinge } from '../../machines/municipalities/huddinge.ts';
import { faultsOf } from '../../machines/routes/faults.ts';
import { committeeOpinion } from '../../machines/routes/received.ts';
import { Route } from '../../machines/routes/route.ts';
import { acclaimed, administration, alone, opened } from '../fixtures/matters.ts';

const opinion = (more: object = {}) =>
  alone('huddinge/sn-opinion', {
    title: 'Yttrande',
    number: 'HKS 2026/2',
    from: 'Kommunstyrelsen',
    answerBy: '2026-12-31',
    proposals: [{ text: 'Nämnden tillstyrker.', body: 'sn' }],
    ...more,
  });

const asked = () =>
  alone('consultation', { body: 'sn', question: 'Tillstyrks?', affected: false, toCouncil: true });
const takenUp = (matter: string, ...bodies: string[]) =>
  ['consultation.takenUp', { matter, bodies }] as const;
const given = (matter: string) => ['consultation.given', { matter, opinion: 'Ja.' }] as const;

describe('What a body is asked, it answers itself (R-020)', () => {
  it('another body does not take it up', () => {
    expect(asked().send(...takenUp('m', 'au'))).toBe('R-020');
    expect(asked().send(...takenUp('m', 'sn', 'au'))).toBe('R-020');
    expect(asked().send(...takenUp('m', 'sn'))).toBe(null);
  });

  it('and its opinion comes from the matter in which it took it up', () => {
    expect(asked().send(...given('m'))).toBe('R-020');
    const it = asked().after(takenUp('m', 'sn'));
    expect(it.send(...given('other'))).toBe('R-020');
    expect(it.after(given('m')).told).toEqual(['consultation.answered → up']);
    expect(it.context.opinion).toBe('Ja.');
  });

  it('answered in some other way meanwhile, the opinion that comes changes nothing', () => {
    const it = asked().after(takenUp('m', 'sn'), [
      'consultation.answer',
      { how: 'waived', on: '2026-12-01' },
    ]);
    expect(it.after(given('m')).told).toEqual([]);
  });

  it('no route lets a delegate give it', () => {
    const [received, preparation] = committeeOpinion('sn').stages;
    const delegate = { id: 'delegate', type: 'delegated', body: 'sn' };
    const route = (...stages: unknown[]) => Route.parse({ ...committeeOpinion('sn'), stages });
    expect(faultsOf(route(received, preparation, delegate), huddinge).map(({ pointer }) => pointer)).toEqual([
      '/stages/0/within',
    ]);
    const fromElsewhere = { ...received, within: false };
    expect(faultsOf(route(fromElsewhere, preparation, delegate), huddinge)).toEqual([]);
  });
});

describe('An opinion goes to the consultation that asks, when it is dispatched (R-019, R-020)', () => {
  const consultation = 'asking.committees1-sn';
  const decided = (more: object = {}) =>
    opinion(more)
      .after(['matter.receive', { on: '2026-12-01' }], ...administration)
      .after(...opened('sn', 13), ...acclaimed('approved'), ['point.approved', { actor: 'm.p1' }]);

  it('it is taken up when the matter is registered', () =>
    expect(opinion({ consultation }).told).toContain(`consultation.takenUp → ${consultation}`));

  it('and given when it is sent', () => {
    const it = decided({ consultation });
    expect(it.told).not.toContain(`consultation.given → ${consultation}`);
    expect(it.after(['decision.dispatch', { none: true }]).told).toContain(
      `consultation.given → ${consultation}`,
    );
  });

  it('where no consultation is known, nobody else is told', () =>
    expect(decided().after(['decision.dispatch', { none: true }]).told).toEqual([
      'request.answered → m.request',
    ]));
});
