import { describe, expect, it } from 'vitest';
import { firstAgreement } from '../../machines/actors/agreement.ts';
import type { JsonObject } from '../../machines/chart.ts';
import { municipalities } from '../../machines/registry.ts';
import { Alone } from '../fixtures/chart.ts';
import { acclaimed, administration, alone, opened } from '../fixtures/matters.ts';

describe('A joint matter derives its standing and overrides nobody (R-114, R-118)', () => {
  const ids = municipalities.map((it) => it.id);
  const joint = () =>
    alone('joint-matter', {
      title: 'Södertörns utvecklingsprogram 2035',
      number: 'SK 2019/1',
      text: 'Programmet antas.',
      validFrom: '2019-10-01',
      validUntil: '2022-12-31',
      plans: { title: 'Årlig verksamhetsplan', assignee: 'Ledningsgruppen', every: { years: 1 } },
      members: ids.map((municipality) => ({
        municipality,
        route: 'board-matter',
        body: 'ks',
        number: `${municipality}/1`,
      })),
    });
  const decides = (municipality: string, outcome: string) =>
    ['member.decided', { matter: `m.${municipality}`, municipality, outcome }] as const;
  const proposed = () => joint().after('joint.propose');
  const adoptedByAll = () => proposed().after(...ids.map((id) => decides(id, 'approved')));

  it('starts one matter in each of the eight municipalities', () => {
    const it = proposed();
    expect(it.started).toHaveLength(8);
    expect(it.effects).toContainEqual(
      expect.objectContaining({ chart: 'tyreso/board-matter', tenant: 'tyreso' }),
    );
  });

  it.each<[string, string[], string]>([
    ['none yet', [], 'pending'],
    ['seven approve', Array(7).fill('approved'), 'pending'],
    ['all approve', Array(8).fill('approved'), 'adoptedByAll.valid'],
    ['one amends', [...Array(7).fill('approved'), 'approvedAmended'], 'divergent'],
    ['one rejects, the rest are open', ['rejected'], 'rejectedBySome'],
    ['one rejects, all others approve', ['rejected', ...Array(7).fill('approved')], 'rejectedBySome'],
  ])('%s', (_, outcomes, state) => {
    const it = proposed().after(...outcomes.map((outcome, index) => decides(ids[index] ?? '', outcome)));
    expect(it.states).toEqual([state]);
  });

  it('adopted by all: the yearly plans start, and end with the programme', () => {
    const it = adoptedByAll();
    expect(it.started).toEqual(['follow-up plans']);
    expect(it.expire('adoptedByAll', 'validityEnds').states).toEqual(['expired']);
  });

  const annuls = (municipality: string) =>
    ['member.annulled', { matter: `m.${municipality}`, municipality }] as const;

  it('a court annuls what one of them decided: it is not adopted by all any more, whatever it was before', () => {
    expect(adoptedByAll().after(annuls('salem')).states).toEqual(['annulledInSome']);
    expect(proposed().after(decides('salem', 'approved'), annuls('salem')).states).toEqual([
      'annulledInSome',
    ]);
    const lapsed = adoptedByAll().expire('adoptedByAll', 'validityEnds').after(annuls('salem'));
    expect([lapsed.states, lapsed.context.outcomes]).toMatchObject([['expired'], { salem: 'annulled' }]);
  });

  it('decided again where it was annulled, it is adopted by all, and its yearly plans are not started twice', () => {
    const it = adoptedByAll().after(annuls('salem'), decides('salem', 'approved'));
    expect([it.states, it.started]).toEqual([['adoptedByAll.valid'], []]);
  });

  it('a municipality that decides after the renewal has decided all the same', () => {
    const it = proposed().after(decides('salem', 'rejected'), ['joint.renew', { by: 'SK 2023/1' }]);
    expect(it.after(decides('haninge', 'approved')).states).toEqual(['renewed']);
    expect(it.context.outcomes).toEqual({ salem: 'rejected', haninge: 'approved' });
  });

  it('hears of its own point only: what a municipality adds concerns that municipality', () => {
    const own = { text: 'Programmet antas.', body: 'ks' };
    const matter = alone('huddinge/board-matter', {
      title: 'A',
      number: '1',
      proposals: [own, own],
      joint: 'j',
    });
    matter.after(...administration, ...opened('au', 5), ...acclaimed('endorsed'), ...opened('ks', 15));
    matter.after(['question.put', { proposals: [{ outcome: 'approved' }] }]);
    const told = matter.after(['decision.confirm', { finds: 1 }]).told;
    expect(told.filter((it) => it === 'member.decided → j')).toHaveLength(1);
  });

  it('hears from the matter of a municipality that its decision is annulled, and of nothing added there (R-114)', () => {
    const own = { text: 'Programmet antas.', body: 'ks' };
    const input = { title: 'A', number: '1', proposals: [own, own], joint: 'j' };
    const matter = alone('huddinge/board-matter', input);
    expect(matter.after(['point.annulled', { actor: 'm.p1' }]).told).toEqual(['member.annulled → j']);
    expect(matter.after(['point.annulled', { actor: 'm.p2' }]).told).toEqual([]);
  });

  it('a new term of office makes the renewal due', () => {
    expect(adoptedByAll().after(['term.begin', { from: '2022-10-15' }]).states).toEqual([
      'adoptedByAll.renewalDue',
    ]);
  });
});

describe('A contract ends when its notice period does, not when the decision is made (R-090)', () => {
  const contract = () =>
    alone('contract', { contract: 'Partneravtal', counterparty: 'RISE', noticePeriod: { years: 1 } });
  const noticed = () => contract().after(['notice.give', { on: '2022-06-01' }]);

  it('notice is execution and asks the decision for leave (R-077)', () => {
    expect(noticed().told).toEqual(['execution.begun → up']);
  });

  it('ends with the notice period', () => {
    const it = noticed().expire('noticeGiven', 'noticePeriod', '2023-06-01');
    expect([it.states, it.told]).toEqual([['ended'], ['task.done → up']]);
    expect(it.context.endedOn).toBe('2023-06-01');
  });

  it('or earlier, when the parties agree', () => {
    const it = noticed().after(['end.agree', { end: '2022-08-31' }]);
    expect(it.states).toEqual(['endAgreed']);
    expect(it.expire('endAgreed', 'agreedEnd').states).toEqual(['ended']);
  });

  it('but not before notice was given', () =>
    expect(contract().send('end.agree', { end: '2022-08-31' })).toBe('R-090'));
});

describe('A contract whose termination is annulled (R-079)', () => {
  const contract = () =>
    alone('contract', { contract: 'Partneravtal', counterparty: 'RISE', noticePeriod: { years: 1 } });
  it('is kept where no notice was given', () =>
    expect(contract().after('task.withdrawn').states).toEqual(['kept']));
  it('still ends where notice was given: the counterparty has it', () =>
    expect(contract().after(['notice.give', { on: '2022-06-01' }], 'task.withdrawn').states).toEqual([
      'noticeGiven',
    ]));
});

describe('Consultation, task, dispatch, follow-up and earlier decision', () => {
  const consultation = (more: JsonObject = {}) =>
    alone('consultation', { body: 'von', question: 'Kostnaden', affected: true, ...more });
  const answer = ['consultation.answer', { how: 'answered', on: '2026-12-10' }] as const;

  it('an unanswered consultation becomes overdue, not answered, and can still be answered (R-019)', () => {
    const it = consultation({ due: '2026-12-08' }).expire('sent', 'answerDue');
    expect([it.states, it.told]).toEqual([['overdue'], []]);
    expect(it.after(answer).told).toEqual(['consultation.answered → up']);
  });

  const opportunity = () =>
    alone('consultation', {
      body: 'ks',
      question: 'Tillfälle att yttra sig',
      affected: false,
      within: { weeks: 4 },
      toCouncil: true,
      awaited: true,
    });
  const byFull = { how: 'answered', on: '2026-12-10', by: 'full' } as const;

  it('a statement to the council is not delegated: only the full body answers (R-020)', () => {
    const answered = (fields: JsonObject) =>
      opportunity().send('consultation.answer', { ...byFull, ...fields });
    expect(answered({ by: 'workingCommittee' })).toBe('R-020');
    expect(answered({ by: 'delegate' })).toBe('R-020');
    expect(answered({})).toBe(null);
    expect(consultation().send('consultation.answer', { ...byFull, by: 'delegate' })).toBe(null);
  });

  it('a body may leave its opportunity unused; a proposal of its own has its wording (R-012, R-013)', () => {
    const answered = (fields: JsonObject) =>
      opportunity().send('consultation.answer', { ...byFull, ...fields });
    expect(opportunity().send('consultation.answer', { how: 'waived', on: '2026-12-10' })).toBe(null);
    expect(answered({ how: 'proposed' })).toBe('R-013');
    expect(answered({ how: 'proposed', opinion: 'Avslag.' })).toBe(null);
  });

  it('the time to answer stands still while material is missing, and its end is told to a matter that waits (R-011)', () => {
    const it = opportunity().after(['consultation.lack', { missing: 'Bilaga' }]);
    expect(() => it.expire('sent', 'answerTime')).toThrow('does not run');
    it.after(['consultation.supplement', { material: ['Bilaga'] }]).expire('sent', 'answerTime');
    expect([it.states, it.told]).toEqual([['overdue'], ['consultation.expired → up']]);
  });

  it('a task asks its decision for leave before it is done (R-077)', () => {
    const it = alone('task', { title: 'Underteckna', assignee: 'Kommundirektör', point: 'up' });
    it.after(['task.complete', { on: '2026-12-10' }]);
    expect(it.told).toEqual(['execution.begun → up', 'task.done → up']);
  });

  it('a task of an annulled decision is withdrawn and can no longer be done (R-079)', () => {
    const it = alone('task', { title: 'Underteckna', assignee: 'Kommundirektör', point: 'up' });
    expect(it.after('task.withdrawn').send('task.complete', { on: '2026-12-10' })).toBe('R-077');
  });

  it('a dispatch that fails is sent again (R-087)', () => {
    const it = alone('dispatch', {
      name: 'KI',
      group: null,
      recipient: null,
      channel: 'email',
      title: 'A',
      number: '1',
    });
    expect(it.effects.map((effect) => effect.kind)).toEqual(['publish']);
    it.after(['dispatch.fail', { reason: 'Adressen finns inte' }], ['dispatch.send', { on: '2026-12-10' }]);
    expect(it.told).toEqual(['dispatch.delivered → up']);
  });

  it('a follow-up comes back round after round until it ends (R-088)', () => {
    const it = alone('follow-up', {
      title: 'Ledningsdialog',
      assignee: 'Ledningsgruppen',
      every: { years: 1 },
      decidedOn: '2026-12-01',
    });
    it.expire('running.waiting', 'nextOccasion').after([
      'followUp.report',
      { on: '2027-12-05', report: 'Genomförd.' },
    ]);
    expect(it.states).toEqual(['running.waiting']);
    expect(it.context).toMatchObject({ reports: 1 });
    expect(it.after(['followUp.end', { reason: 'Avtalet upphört' }]).states).toEqual(['ended']);
    expect(it.send('task.withdrawn')).toBe(null);
  });

  it('an earlier decision is terminated once, and a second time changes nothing', () => {
    const it = alone('earlier-decision', {
      body: 'Socialnämnden',
      on: '2021-04-14',
      paragraph: '4',
      subject: 'Partnerskap med RISE',
      relation: 'terminates',
    });
    it.after(['decision.terminated', { by: 'SN 2022/1' }], ['decision.terminated', { by: 'SN 2022/2' }]);
    expect([it.states, it.context.terminatedOn]).toEqual([['terminated'], '2026-12-01']);
  });
});

describe('A contract is signed when the decision and the standstill let it be (R-077, R-084)', () => {
  const procured = {
    contract: 'It-drift',
    counterparty: 'Drift AB',
    signatory: 'Kommundirektör',
    procured: true,
  };
  const agreement = (more: JsonObject = {}) => alone('agreement', { ...procured, ...more });
  const signed = (on: string) =>
    ['contract.sign', { on, signedBy: 'Karin', title: 'Kommundirektör' }] as const;
  const sign = signed('2026-12-11');
  const notified = (how: string) => ['award.notify', { on: '2026-12-01', how }] as const;
  const awarded = (how: string) => agreement().after(notified(how));
  const challenge = (on: string) => ['award.challenge', { court: 'FR', on }] as const;
  const stands = (on: string) => ['award.rule', { ruling: 'stands', on }] as const;
  const over = () => awarded('electronic').expire('standstill', 'standstill', '2026-12-14');

  it.each([
    ['electronic', { days: 10 }],
    ['other', { days: 15 }],
  ])('the standstill of a notice sent so (%s) is that long', (how, standstill) =>
    expect(awarded(how).context.standstill).toEqual(standstill),
  );

  it('not before the award is notified, nor in the standstill, nor while a court reviews the award', () => {
    expect(agreement().send(...sign)).toBe('R-084');
    expect(awarded('electronic').send(...sign)).toBe('R-084');
    expect(
      awarded('electronic')
        .after(challenge('2026-12-03'))
        .send(...sign),
    ).toBe('R-084');
  });

  it('nor on a day of the standstill, to the last, when it is over and that is recorded', () => {
    expect(over().send(...signed('2026-12-02'))).toBe('R-084');
    expect(over().send(...signed('2026-12-14'))).toBe('R-084');
    expect(over().send(...signed('2026-12-15'))).toBe(null);
  });

  it('nor on a day before the ruling, when the review is over', () => {
    const reviewed = () =>
      awarded('electronic')
        .after(challenge('2026-12-03'))
        .expire('challenged', 'standstill', '2026-12-14')
        .after(stands('2027-01-20'));
    expect(reviewed().send(...signed('2027-01-19'))).toBe('R-084');
    expect(reviewed().send(...signed('2027-01-20'))).toBe(null);
  });

  it('a ruling in the standstill does not end it', () => {
    const it = awarded('electronic').after(challenge('2026-12-03'), stands('2026-12-08'));
    expect([it.states, it.send(...sign)]).toEqual([['standstill'], 'R-084']);
    expect(it.expire('standstill', 'standstill', '2026-12-14').states).toEqual(['toSign']);
  });

  it('a review that was applied for in the standstill is waited for, also when the court tells of it afterwards', () => {
    expect(over().send(...challenge('2026-12-15'))).toBe('R-084');
    const it = over().after(challenge('2026-12-14'));
    expect([it.states, it.send(...signed('2026-12-16'))]).toEqual([['challenged'], 'R-084']);
    expect(it.after(stands('2027-01-20'), signed('2027-01-20')).states).toEqual(['signed']);
  });

  it('every review that was applied for in the standstill is waited for, and the last ruling counts', () => {
    const two = () => awarded('electronic').after(challenge('2026-12-03'), challenge('2026-12-07'));
    const late = () => two().expire('challenged', 'standstill', '2026-12-14');
    expect(late().send(...challenge('2026-12-15'))).toBe('R-084');
    expect(two().after(stands('2026-12-10')).states).toEqual(['challenged']);
    const it = late().after(stands('2027-01-20'));
    expect([it.states, it.send(...signed('2027-01-21'))]).toEqual([['challenged'], 'R-084']);
    expect(it.after(stands('2027-01-12')).states).toEqual(['toSign']);
    expect(it.send(...signed('2027-01-19'))).toBe('R-084');
    expect(it.send(...signed('2027-01-20'))).toBe(null);
  });

  it('nothing is reviewed or ruled on before the award is notified', () => {
    expect(awarded('electronic').send(...challenge('2026-11-30'))).toBe('R-084');
    const reviewed = () => awarded('electronic').after(challenge('2026-12-01'));
    expect(reviewed().send(...stands('2026-11-30'))).toBe('R-084');
    expect(reviewed().send(...stands('2026-12-01'))).toBe(null);
  });

  it('one that runs on version 1 is not signed within the least that the standstill may be', () => {
    const first = () =>
      new Alone(firstAgreement, procured)
        .after(notified('electronic'))
        .expire('standstill', 'standstill', '2026-12-14');
    expect(first().send(...signed('2026-12-11'))).toBe('R-084');
    expect(first().send(...signed('2026-12-12'))).toBe(null);
  });

  it('after it, by the one who may sign; to sign asks the decision for leave', () => {
    const it = over();
    expect(it.send('contract.sign', { ...signed('2026-12-15')[1], title: 'It-chef' })).toBe('R-086');
    expect(it.after(signed('2026-12-15')).told).toEqual(['execution.begun → up', 'task.done → up']);
  });

  it('without procurement there is nothing to wait for, and nothing to review', () => {
    expect(agreement({ procured: false }).send(...challenge('2026-12-03'))).toBe('R-084');
    expect(agreement({ procured: false }).after(sign).states).toEqual(['signed']);
  });

  it('a decision that is annulled before it is signed leaves no contract (R-079)', () =>
    expect(awarded('other').after('task.withdrawn').states).toEqual(['abandoned']));
});

describe('A member leaves a federation three years after its notice, or as its charter says (R-117)', () => {
  const formed = (more: JsonObject = {}) =>
    alone('joint-matter', {
      title: 'Räddningstjänstförbundet',
      number: 'SK 2026/1',
      text: 'Förbundsordningen antas.',
      validFrom: '2026-01-01',
      forms: 'federation',
      members: ['huddinge', 'salem'].map((municipality) => ({
        municipality,
        route: 'joint-body',
        body: 'kf',
        number: `${municipality}/1`,
      })),
      ...more,
    }).after(
      'joint.propose',
      ...['huddinge', 'salem'].map(
        (municipality) =>
          ['member.decided', { matter: `m.${municipality}`, municipality, outcome: 'approved' }] as const,
      ),
    );
  const leaves = (municipality: string) => ['exit.give', { municipality, on: '2026-12-01' }] as const;
  const noticeOf = (more: JsonObject) =>
    formed(more)
      .after(leaves('salem'))
      .effects.flatMap((it) => (it.kind === 'start' ? [it.input.notice] : []));

  it('three years where the charter is silent', () => {
    expect(noticeOf({})).toEqual([{ months: 36 }]);
    expect(noticeOf({ exitNotice: { months: 12 } })).toEqual([{ months: 12 }]);
    expect(() => formed({ exitNotice: { months: 37 } })).toThrow();
  });

  it('a member does so once, of a federation', () => {
    const it = formed();
    expect(it.send(...leaves('tyreso'))).toBe('R-117');
    expect(it.send(...leaves('salem'))).toBe(null);
    expect(it.send(...leaves('salem'))).toBe('R-117');
    expect(formed({ forms: 'jointCommittee' }).send(...leaves('salem'))).toBe('R-117');
  });

  it('and is told to have left when the time is out', () => {
    const it = alone('exit', {
      title: 'Förbundet',
      municipality: 'salem',
      givenOn: '2026-12-01',
      notice: { months: 36 },
    });
    expect(it.expire('leaving', 'exitNotice').told).toEqual(['member.left → up']);
  });
});
