import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../machines/chart.ts';
import type { Alone } from '../fixtures/chart.ts';
import { acclaimed, administration, alone, atCouncil, councilMatter, opened } from '../fixtures/matters.ts';

const toCouncil = { proposals: [{ text: 'Avtalet godkänns.', body: 'kf' }] };
const decidedBy = { decidedBy: 'Nämndsekreterare', reason: 'Fel bilaga.' };
const motivation = 'Kostnaden är inte utredd.';

const atWorkingCommittee = () => councilMatter(toCouncil).after(...administration);
const had = (matter: Alone) => matter.context.outcomes as readonly (JsonObject & { said: JsonObject })[];
const last = (matter: Alone) => had(matter).at(-1);

describe('An outcome carries its payload', () => {
  it('deferred, and to when', () => {
    const matter = atWorkingCommittee().after(...opened('au', 5));
    matter.after(['item.defer', { until: '2027-01-20', reason: 'Vill läsa.' }]);
    expect(last(matter)).toMatchObject({
      outcome: 'deferred',
      body: 'au',
      said: { until: '2027-01-20', reason: 'Vill läsa.' },
    });
  });

  it('referred back, to whom and why; and recommitted when it is sent back there again (R-061)', () => {
    const back = ['item.referBack', { to: 'ks', motivation }] as const;
    const matter = atCouncil(toCouncil).after(...opened('kf', 61), back);
    expect(last(matter)).toMatchObject({
      outcome: 'referredBack',
      body: 'kf',
      said: { to: 'ks', motivation },
    });
    matter.after(...opened('ks', 15), ...acclaimed('approved'), ...opened('kf', 61), back);
    expect(last(matter)).toMatchObject({ outcome: 'recommitted', said: { to: 'ks' } });
    const elsewhere = ['item.referBack', { to: 'administration', motivation }] as const;
    const other = atCouncil(toCouncil).after(
      ...opened('kf', 61),
      back,
      ...opened('ks', 15),
      ...acclaimed('approved'),
      ...opened('kf', 61),
      elsewhere,
    );
    expect(last(other)).toMatchObject({ outcome: 'referredBack', said: { to: 'administration' } });
  });

  it('a minority referral, by how many and whose motivation (R-058)', () => {
    const demand = { kind: 'refer', requesters: 21, to: 'ks', motivation };
    const council = () => atCouncil(toCouncil).after(...opened('kf', 61));
    expect(council().send('minority.delay', demand)).toBe('R-058');
    const many = Array.from({ length: 22 }, (_, n) => `Ledamot ${n}`);
    expect(council().send('minority.delay', { ...demand, motivationBy: many })).toBe('R-058');
    const matter = council().after(['minority.delay', { ...demand, motivationBy: ['Rut Resare'] }]);
    expect(last(matter)).toMatchObject({
      outcome: 'minorityReferral',
      said: { requesters: 21, motivationBy: ['Rut Resare'], motivation },
    });
  });

  it('struck from the agenda, and why (R-063)', () => {
    const [listed] = opened('au', 5);
    const matter = atWorkingCommittee().after(listed, [
      'item.struck',
      { meeting: 'meeting-au', reason: 'Underlaget är inte klart.' },
    ]);
    expect(last(matter)).toMatchObject({ outcome: 'struck', said: { reason: 'Underlaget är inte klart.' } });
  });

  it('a decision after a vote, with its numbers, and how a tie was settled (R-049)', () => {
    const put = ['question.put', { proposals: [{ outcome: 'approved' }, { outcome: 'rejected' }] }] as const;
    const voting = () =>
      atCouncil(toCouncil).after(...opened('kf', 61), put, ['vote.demand', { by: 'Ledamot' }]);
    const won = voting().after(
      ['votes.count', { yes: 31, no: 30, abstained: 0 }],
      ['decision.confirm', { finds: 1 }],
    );
    expect(last(won)).toMatchObject({
      outcome: 'approved',
      said: { points: ['p1'], vote: { yes: 31, no: 30, abstained: 0 } },
    });
    const tied = voting().after(
      ['votes.count', { yes: 30, no: 30, abstained: 1 }],
      ['vote.casting', { proposal: 2 }],
      ['decision.confirm', { finds: 2 }],
    );
    expect(last(tied)).toMatchObject({
      outcome: 'rejected',
      said: { vote: { yes: 30, no: 30, tie: 'castingVote' } },
    });
    const acclamation = atCouncil(toCouncil).after(...opened('kf', 61), ...acclaimed('approved'));
    expect(last(acclamation)?.said).not.toHaveProperty('vote');
  });

  it('one after the other, and none is lost', () => {
    const matter = atCouncil(toCouncil).after(...opened('kf', 61), ...acclaimed('notAdmissible'));
    expect(had(matter).map((it) => `${it.body}: ${it.outcome}`)).toEqual([
      'au: endorsed',
      'ks: approved',
      'kf: notAdmissible',
    ]);
  });

  it('only a deciding body finds that a matter is not admissible (R-025)', () => {
    const put = ['question.put', { proposals: [{ outcome: 'notAdmissible' }] }] as const;
    const atAu = atWorkingCommittee().after(...opened('au', 5));
    expect(atAu.send(...put)).toBe('R-025');
  });
});

describe('The sender takes back what the receiver has not acted on (R-063)', () => {
  it('the administration, before the working committee has it on an agenda', () => {
    const matter = atWorkingCommittee().after(['matter.recall', decidedBy]);
    expect([matter.states, last(matter)?.outcome]).toEqual([['administration.signed'], 'recalled']);
  });

  it('the board its proposal, before the council has it on an agenda; the council has the matter all the same', () => {
    const matter = atCouncil(toCouncil).after(['matter.recall', decidedBy]);
    expect([matter.states, matter.told]).toEqual([['ks.awaiting'], ['point.sentBack → m.p1']]);
    expect(matter.send('matter.withdraw', { by: 'Förvaltningen' })).toBe('R-063');
  });

  it('not when the receiver has had it up, though it was struck again', () => {
    const [listed] = opened('au', 5);
    const matter = atWorkingCommittee().after(listed);
    expect(matter.send('matter.recall', decidedBy)).toBe('R-063');
    matter.after(['item.struck', { meeting: 'meeting-au', reason: 'Skäl' }]);
    expect(matter.send('matter.recall', decidedBy)).toBe('R-063');
  });

  it('not by a body that has it back from a later one', () => {
    const back = ['item.referBack', { to: 'ks', motivation }] as const;
    const matter = atCouncil(toCouncil).after(...opened('kf', 61), back);
    expect(matter.send('matter.recall', decidedBy)).toBe('R-063');
  });

  it('is sent on exactly once, and once more when it was taken back', () => {
    const matter = atWorkingCommittee();
    expect(matter.send('matter.handOver')).toBe('R-010');
    matter.after(['matter.recall', decidedBy]);
    expect(matter.send('matter.recall', decidedBy)).toBe('R-063');
    matter.after('matter.handOver');
    expect([matter.states, matter.send('matter.handOver')]).toEqual([['au.awaiting'], 'R-010']);
  });
});

describe('What a working committee does not do itself', () => {
  const discharge = { by: 'ks', reason: 'Utskottet hinner inte.' };

  it('is taken over by a later body, while it waits there', () => {
    const matter = atWorkingCommittee().after(['matter.discharge', discharge]);
    expect([matter.states, last(matter)]).toMatchObject([
      ['ks.awaiting'],
      { outcome: 'discharged', body: 'au', said: discharge },
    ]);
  });

  it('not by a body that it does not come to (R-025), nor while it is being treated', () => {
    expect(atWorkingCommittee().send('matter.discharge', { ...discharge, by: 'sn' })).toBe('R-025');
    const treated = atWorkingCommittee().after(...opened('au', 5));
    expect(treated.send('matter.discharge', discharge)).toBe('R-012');
  });

  it('the board is not passed by (R-012)', () => {
    const atBoard = atWorkingCommittee().after(...opened('au', 5), ...acclaimed('endorsed'));
    expect(atBoard.send('matter.discharge', { ...discharge, by: 'kf' })).toBe('R-012');
  });

  it('is handed on without a decision; the board puts its proposal (R-013)', () => {
    const matter = atWorkingCommittee().after(...opened('au', 5), ['item.transfer', { reason: 'Jäv.' }]);
    expect([matter.states, matter.told, last(matter)]).toMatchObject([
      ['ks.awaiting'],
      ['item.concluded → meeting-au'],
      { outcome: 'transferred', said: { reason: 'Jäv.' } },
    ]);
    matter.after(...opened('ks', 15));
    expect(matter.send('item.transfer', { reason: 'Jäv.' })).toBe('R-013');
  });
});

describe('A body refers a matter out, and waits for what it asked (R-019)', () => {
  const referral = { bodies: ['sn', 'von'], question: 'Vad kostar det?', due: '2027-01-31' };
  const out = () => atCouncil(toCouncil).after(...opened('kf', 61), ['item.referOut', referral]);
  const [listed] = opened('kf', 61);
  const answer = (n: number) => ({ actor: `m.referral1-${n}`, body: 'sn', how: 'answered' });

  it('each is asked, to answer to the council as a full body (R-020)', () => {
    const matter = out();
    expect([matter.states, matter.started, matter.told]).toEqual([
      ['kf.referredOut'],
      ['consultation referral1-1', 'consultation referral1-2'],
      ['item.left → meeting-kf'],
    ]);
    expect(matter.effects).toMatchObject([{ input: { toCouncil: true, due: '2027-01-31' } }, {}, {}]);
  });

  it('and once', () => {
    const twice = { ...referral, bodies: ['sn', 'sn'] };
    expect(() => atCouncil(toCouncil).after(...opened('kf', 61), ['item.referOut', twice])).toThrow();
  });

  it('comes up again when all have answered, or their time is out', () => {
    const matter = out();
    expect(matter.send(...listed)).toBe('R-019');
    matter.after(['consultation.answered', answer(1)]);
    expect([matter.send(...listed), last(matter)]).toMatchObject([
      'R-019',
      { outcome: 'returned', said: { body: 'sn', how: 'answered' } },
    ]);
    matter.after(['consultation.expired', { actor: 'm.referral1-2', body: 'von' }]);
    expect(matter.send(...listed)).toBe(null);
  });

  it('the opinions stay when the matter is referred back afterwards', () => {
    const matter = out().after(
      ['consultation.answered', answer(1)],
      ['consultation.answered', answer(2)],
      ...opened('kf', 61),
      ['item.referBack', { to: 'ks', motivation }],
    );
    expect(had(matter).filter((it) => it.outcome === 'returned')).toHaveLength(2);
  });

  it('in a committee its own decision needs no full body', () => {
    const matter = alone('huddinge/sn-matter', {
      title: 'Partneravtal',
      number: 'SN 2026/1',
      proposals: [{ text: 'Avtalet avslutas.', body: 'sn' }],
    }).after(...administration, ...opened('sn', 11), ['item.referOut', referral]);
    expect(matter.effects[0]).toMatchObject({ input: { toCouncil: false } });
  });
});
