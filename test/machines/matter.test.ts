import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../machines/chart.ts';
import { addresseesOf } from '../../machines/municipalities/addressees.ts';
import { huddinge } from '../../machines/municipalities/huddinge.ts';
import { composeRoute } from '../../machines/routes/compose.ts';
import { Route } from '../../machines/routes/route.ts';
import { Alone } from '../fixtures/chart.ts';
import { acclaimed, administration, alone, atCouncil, councilMatter, opened } from '../fixtures/matters.ts';

describe('A council matter goes through administration, working committee, board and council', () => {
  it('walks the whole route by acclamation', () => {
    const matter = councilMatter();
    const states = [
      ...administration.map((event) => matter.after(event).states.join()),
      matter.after(...opened('au', 5), ...acclaimed('endorsed')).states.join(),
      matter.after(...opened('ks', 15), ...acclaimed('approved')).states.join(),
      matter.after(...opened('kf', 61), ...acclaimed('approved')).states.join(),
    ];
    expect(states).toEqual([
      'administration.drafting',
      'administration.reportReady',
      'administration.signed',
      'au.awaiting',
      'ks.awaiting',
      'kf.awaiting',
      'after.minutes',
    ]);
  });

  it('starts one actor for each decision point (R-067)', () => {
    expect(councilMatter().started).toEqual(['decision-point p1', 'decision-point p2', 'decision-point p3']);
  });

  it('the working committee only prepares: no point is decided there (R-025)', () => {
    const matter = councilMatter().after(...administration, ...opened('au', 5), ...acclaimed('endorsed'));
    expect(matter.context.points).toMatchObject([
      { standing: 'open' },
      { standing: 'open' },
      { standing: 'open' },
    ]);
  });

  it('the board decides its own point and puts the others forward (R-064)', () => {
    const matter = councilMatter()
      .after(...administration, ...opened('au', 5), ...acclaimed('endorsed'), ...opened('ks', 15))
      .after(['question.put', { proposals: [{ outcome: 'approved' }] }]);
    matter.after(['decision.confirm', { finds: 1 }]);
    expect(matter.told).toEqual([
      'point.prepared → m.p1',
      'point.prepared → m.p2',
      'point.decided → m.p3',
      'item.concluded → meeting-ks',
    ]);
  });

  it('points can be put one by one, with different outcomes (R-067)', () => {
    const matter = atCouncil().after(...opened('kf', 61));
    matter.after(
      ['question.put', { points: [1], proposals: [{ outcome: 'approved' }] }],
      ['decision.confirm', { finds: 1 }],
    );
    expect(matter.states).toEqual(['kf.deliberating']);
    matter.after(
      ['question.put', { points: [2], proposals: [{ outcome: 'rejected' }] }],
      ['decision.confirm', { finds: 1 }],
    );
    expect(matter.states).toEqual(['after.minutes']);
  });
});

describe('A matter waits for the right body', () => {
  it.each([
    ['au', null],
    ['ks', 'R-003'],
    ['kf', 'R-003'],
  ])('at the working committee, a meeting of %s: refused by %s', (body, rule) => {
    const matter = councilMatter().after(...administration);
    expect(matter.send('agenda.listed', { meeting: 'x', municipality: 'huddinge', body })).toBe(rule);
  });

  it('a board of another municipality does not treat it, though it is a board (R-114)', () => {
    const matter = councilMatter().after(...administration);
    const listing = { meeting: 'x', body: 'au' };
    expect(matter.send('agenda.listed', { ...listing, municipality: 'botkyrka' })).toBe('R-114');
    expect(matter.send('agenda.listed', { ...listing, municipality: 'huddinge' })).toBe(null);
  });
});

describe('The question is put, and a vote demanded only before the gavel (R-045)', () => {
  const deliberating = () => atCouncil().after(...opened('kf', 61));
  const put = (...outcomes: string[]) =>
    ['question.put', { proposals: outcomes.map((outcome) => ({ outcome })) }] as const;

  it.each([
    ['deliberation', () => deliberating(), 'R-045'],
    ['a single proposal', () => deliberating().after(put('approved')), 'R-045'],
    ['two proposals', () => deliberating().after(put('approved', 'rejected')), null],
    [
      'after the gavel',
      () => deliberating().after(put('approved', 'rejected'), ['decision.confirm', { finds: 1 }]),
      'R-045',
    ],
  ])('a vote demanded during %s', (_, matter, rule) => {
    expect(matter().send('vote.demand', { by: 'Ledamot' })).toBe(rule);
  });

  it.each([
    ['the council', 'kf', () => atCouncil(), 'approved', 'R-037'],
    ['a committee', 'au', () => councilMatter().after(...administration), 'endorsed', 'R-038'],
  ] as const)('in %s one who is recused demands none', (_, body, at, outcome, rule) => {
    const it = at().after(
      ['agenda.listed', { meeting: 'm-1', municipality: 'huddinge', body }],
      ['item.opened', { meeting: 'm-1', paragraph: 1, present: 10, recused: ['Jävig'] }],
      put(outcome, 'rejected'),
    );
    expect(it.send('vote.demand', { by: 'Jävig' })).toBe(rule);
    expect(it.send('vote.demand', { by: 'Ledamot' })).toBe(null);
  });

  const voting = () => deliberating().after(put('approved', 'rejected'), ['vote.demand', { by: 'Ledamot' }]);

  it.each([
    [{ yes: 31, no: 30, abstained: 0 }, 'kf.counted', 1],
    [{ yes: 30, no: 31, abstained: 0 }, 'kf.counted', 2],
    [{ yes: 30, no: 30, abstained: 1 }, 'kf.tied', null],
  ])('votes %o lead to %s (R-049)', (votes, state, winner) => {
    const matter = voting().after(['votes.count', votes]);
    expect(matter.states).toEqual([state]);
    expect(matter.context.question).toMatchObject({ winner });
  });

  it('more votes than members present are refused, as many are not (R-050)', () => {
    expect(voting().send('votes.count', { yes: 31, no: 31, abstained: 0 })).toBe('R-050');
    expect(voting().send('votes.count', { yes: 31, no: 30, abstained: 0 })).toBe(null);
  });

  it('all agreed only where nobody voted otherwise', () => {
    const counted = (votes: JsonObject) => voting().after(['votes.count', { abstained: 0, ...votes }]);
    const confirmed = { finds: 1, unanimous: true };
    expect(counted({ yes: 31, no: 30 }).send('decision.confirm', confirmed)).toBe('R-045');
    expect(counted({ yes: 31, no: 30 }).send('decision.confirm', { finds: 1 })).toBe(null);
    expect(counted({ yes: 61, no: 0 }).send('decision.confirm', confirmed)).toBe(null);
  });

  it('what the vote decided is what is confirmed (R-049)', () => {
    const lost = () => voting().after(['votes.count', { yes: 20, no: 41, abstained: 0 }]);
    expect(lost().send('decision.confirm', { finds: 1 })).toBe('R-049');
    expect(lost().send('decision.confirm', { finds: 2 })).toBe(null);
  });

  it("a tie is settled by the chair's casting vote (R-049)", () => {
    const matter = voting().after(['votes.count', { yes: 30, no: 30, abstained: 1 }]);
    expect(matter.send('decision.confirm', { finds: 1 })).toBe('R-045');
    matter.after(['vote.casting', { proposal: 2 }], ['decision.confirm', { finds: 2 }]);
    expect(matter.states).toEqual(['after.minutes']);
  });

  it('an amendment has its wording (R-068)', () => {
    expect(deliberating().send('question.put', { proposals: [{ outcome: 'approvedAmended' }] })).toBe(
      'R-068',
    );
    expect(
      deliberating().send('question.put', {
        proposals: [{ outcome: 'approvedAmended', text: 'Ny lydelse.' }],
      }),
    ).toBe(null);
  });

  it('only a deciding body can write a matter off (R-063)', () => {
    const atAu = councilMatter().after(...administration, ...opened('au', 5));
    expect(atAu.send('question.put', { proposals: [{ outcome: 'writtenOff' }] })).toBe('R-025');
    expect(deliberating().send('question.put', { proposals: [{ outcome: 'writtenOff' }] })).toBe(null);
  });
});

describe("The minority's right to delay exists in the council, once (R-055, R-056, R-058, R-060)", () => {
  const at = (present: number) => atCouncil().after(...opened('kf', present));

  it.each([
    [61, 20, 'R-055'],
    [61, 21, null],
    [57, 18, 'R-055'],
    [57, 19, null],
    [31, 10, 'R-055'],
    [31, 11, null],
    [31, 32, 'R-055'],
  ])('of %i present, %i demand a deferral: refused by %s', (present, requesters, rule) => {
    expect(at(present).send('minority.delay', { kind: 'defer', requesters })).toBe(rule);
  });

  it('a referral back at the demand of a minority needs its motivation', () => {
    const demand = { kind: 'refer', requesters: 21, to: 'ks' };
    expect(at(61).send('minority.delay', demand)).toBe('R-058');
    expect(
      at(61).send('minority.delay', {
        ...demand,
        motivation: 'Kostnaden är inte utredd.',
        motivationBy: ['L'],
      }),
    ).toBe(null);
  });

  it('nobody who is recused is among those who set the motivation (R-037)', () => {
    const council = atCouncil().after(
      ['agenda.listed', { meeting: 'kf-1', municipality: 'huddinge', body: 'kf' }],
      ['item.opened', { meeting: 'kf-1', paragraph: 1, present: 60, recused: ['Jävig'] }],
    );
    const demand = { kind: 'refer', requesters: 20, to: 'ks', motivation: 'Kostnaden är inte utredd.' };
    expect(council.send('minority.delay', { ...demand, motivationBy: ['L', 'Jävig'] })).toBe('R-037');
    expect(council.send('minority.delay', { ...demand, motivationBy: ['L'] })).toBe(null);
  });

  it('is used up by the first time, for deferral and referral alike', () => {
    const matter = at(61).after(['minority.delay', { kind: 'defer', requesters: 21 }], ...opened('kf', 61));
    expect(
      matter.send('minority.delay', {
        kind: 'refer',
        requesters: 40,
        to: 'ks',
        motivation: 'Igen.',
        motivationBy: ['L'],
      }),
    ).toBe('R-056');
  });

  it('is used up by a referral back as well', () => {
    const referred = {
      kind: 'refer',
      requesters: 21,
      to: 'ks',
      motivation: 'Kostnaden är inte utredd.',
      motivationBy: ['L'],
    };
    const matter = at(61).after(
      ['minority.delay', referred],
      ...opened('ks', 15),
      ...acclaimed('approved'),
      ...opened('kf', 61),
    );
    expect(matter.send('minority.delay', { kind: 'defer', requesters: 40 })).toBe('R-056');
    expect(matter.send('minority.delay', { ...referred, requesters: 40 })).toBe('R-056');
  });

  it('is not used up by a deferral that the majority decides', () => {
    const matter = at(61).after('item.defer', ...opened('kf', 61));
    expect(matter.send('minority.delay', { kind: 'defer', requesters: 21 })).toBe(null);
  });

  it('does not exist in the board', () => {
    const matter = councilMatter().after(
      ...administration,
      ...opened('au', 5),
      ...acclaimed('endorsed'),
      ...opened('ks', 15),
    );
    expect(matter.send('minority.delay', { kind: 'defer', requesters: 15 })).toBe('R-055');
    expect(matter.send('item.defer')).toBe(null);
  });
});

describe('Referral back (R-061)', () => {
  const refer = (to: string) => ['item.referBack', { to, motivation: 'Komplettera.' }] as const;

  it.each([
    ['ks', 'ks.awaiting'],
    ['administration', 'administration.drafting'],
  ])('from the council to %s', (to, state) => {
    expect(atCouncil().after(...opened('kf', 61), refer(to)).states).toEqual([state]);
  });

  it('goes only to an earlier stage of the route', () => {
    expect(
      atCouncil()
        .after(...opened('kf', 61))
        .send(...refer('sn')),
    ).toBe('R-061');
  });

  it('runs the later stages again', () => {
    const matter = atCouncil().after(
      ...opened('kf', 61),
      refer('ks'),
      ...opened('ks', 15),
      ...acclaimed('approved'),
    );
    expect(matter.states).toEqual(['kf.awaiting']);
  });

  it("leaves the board's conditional decision standing", () => {
    const matter = atCouncil().after(...opened('kf', 61), refer('ks'));
    expect(matter.context.points).toMatchObject([
      { standing: 'open' },
      { standing: 'open' },
      { standing: 'decided' },
    ]);
  });
});

describe('A point that comes back is decided anew by its body (R-065)', () => {
  const back = () =>
    atCouncil()
      .after(...opened('kf', 61), [
        'question.put',
        { proposals: [{ outcome: 'approvedAmended', text: 'Ändrad.' }] },
      ])
      .after(['decision.confirm', { finds: 1 }], ['point.returned', { actor: 'm.p3', body: 'ks' }]);

  it('the matter waits for the board again', () => expect(back().states).toEqual(['ks.awaiting']));

  it('only the returned point is put', () => {
    const matter = back().after(...opened('ks', 15), [
      'question.put',
      { proposals: [{ outcome: 'approved' }] },
    ]);
    expect(matter.context.question).toMatchObject({ points: ['p3'] });
    expect(matter.after(['decision.confirm', { finds: 1 }]).states).toEqual(['after.minutes']);
  });

  it('also when it comes back while the council still deliberates on another point', () => {
    const matter = atCouncil().after(
      ...opened('kf', 61),
      ['question.put', { points: [1], proposals: [{ outcome: 'approvedAmended', text: 'Ändrad.' }] }],
      ['decision.confirm', { finds: 1 }],
      ['point.returned', { actor: 'm.p3', body: 'ks' }],
      ['question.put', { points: [2], proposals: [{ outcome: 'approved' }] }],
      ['decision.confirm', { finds: 1 }],
    );
    expect(matter.states).toEqual(['ks.awaiting']);
  });
});

describe('A condition compares the wording decided with the one that its body had before it (R-065)', () => {
  const amended = [
    ['question.put', { points: [1], proposals: [{ outcome: 'approvedAmended', text: 'Ett annat avtal.' }] }],
    ['decision.confirm', { finds: 1 }],
    ['question.put', { points: [2], proposals: [{ outcome: 'approved' }] }],
    ['decision.confirm', { finds: 1 }],
  ] as const;
  const messages = (it: ReturnType<typeof atCouncil>, type: string) =>
    it.effects.flatMap((effect) =>
      effect.kind === 'tell' && effect.event.type === type ? [effect.event] : [],
    );

  it('the board decides with the wordings it has: as drafted, or as it has itself put them forward', () => {
    const atBoard = () =>
      councilMatter().after(
        ...administration,
        ...opened('au', 5),
        ...acclaimed('endorsed'),
        ...opened('ks', 15),
      );
    const seen = (it: ReturnType<typeof atBoard>) => messages(it, 'point.decided').map(({ saw }) => saw);
    const second = { point: 'p2', wording: 'Samverkan ingår i kommunstyrelsens ansvar.' };
    expect(seen(atBoard().after(...acclaimed('approved')))).toEqual([
      [{ point: 'p1', wording: 'Avtalet godkänns.' }, second],
    ]);
    const changed = atBoard().after(amended[0], amended[1]);
    const rest = ['question.put', { points: [2, 3], proposals: [{ outcome: 'approved' }] }] as const;
    expect(seen(changed.after(rest, ['decision.confirm', { finds: 1 }]))).toEqual([
      [{ point: 'p1', wording: 'Ett annat avtal.' }, second],
    ]);
  });

  it('the council decides in the wording that the board put forward after a referral back', () => {
    const matter = atCouncil().after(
      ...opened('kf', 61),
      ['item.referBack', { to: 'ks', motivation: 'Komplettera.' }],
      ...opened('ks', 15),
      ...amended,
      ...opened('kf', 61),
      ...acclaimed('approved'),
    );
    expect(messages(matter, 'condition.decided')).toMatchObject([
      { point: 'p1', outcome: 'approved', wording: 'Ett annat avtal.' },
      { point: 'p2', wording: 'Samverkan ingår i kommunstyrelsens ansvar.' },
    ]);
  });
});

describe('What becomes of a decision reaches those made on condition of it', () => {
  it.each([
    ['point.annulled', 'condition.annulled', 'R-065'],
    ['point.stayed', 'condition.stayed', 'R-078'],
    ['point.resumed', 'condition.resumed', 'R-078'],
    ['point.inForce', 'condition.inForce', 'R-077'],
  ])('%s is told as %s (%s), and to no others', (type, told) => {
    expect(atCouncil().after([type, { actor: 'm.p1' }]).told).toEqual([`${told} → m.p3`]);
    expect(atCouncil().after([type, { actor: 'm.p3' }]).told).toEqual([]);
  });
});

describe('A point that comes back is not overtaken by its earlier decision (R-065)', () => {
  const returned = ['point.returned', { actor: 'm.p3', body: 'ks' }] as const;
  const amended = [
    ['question.put', { proposals: [{ outcome: 'approvedAmended', text: 'Ändrad.' }] }],
    ['decision.confirm', { finds: 1 }],
  ] as const;
  const decidedAnew = [...opened('ks', 15), ...acclaimed('approved')] as const;

  it.each(['point.approved', 'point.settled'])('%s of the earlier one leaves it open', (type) => {
    const matter = atCouncil().after(...opened('kf', 61), ...amended, returned, [type, { actor: 'm.p3' }]);
    expect(matter.after(...decidedAnew).states).toEqual(['after.minutes']);
  });

  it('the minutes of the new decision count', () => {
    const matter = atCouncil().after(...opened('kf', 61), ...amended, returned, ...decidedAnew);
    matter.after(...['m.p1', 'm.p2', 'm.p3'].map((actor) => ['point.approved', { actor }] as const));
    expect(matter.states).toEqual(['after.toDispatch']);
  });

  it('it can be put again at the meeting that already treated it', () => {
    const put = (n: number) =>
      ['question.put', { points: [n], proposals: [{ outcome: 'approved' }] }] as const;
    const matter = alone('huddinge/sn-matter', {
      title: 'Avtal',
      number: 'SN 2022/1',
      proposals: [
        { text: 'Avtalet avslutas.', body: 'sn' },
        { text: 'Direktören skriver.', body: 'sn', onCondition: [1] },
        { text: 'Kostnaden bokförs.', body: 'sn' },
      ],
    }).after(...administration, ...opened('sn', 13), put(2), ['decision.confirm', { finds: 1 }]);
    matter.after(
      put(1),
      ['decision.confirm', { finds: 1 }],
      ['point.returned', { actor: 'm.p2', body: 'sn' }],
    );
    expect(matter.after(put(2), ['decision.confirm', { finds: 1 }]).states).toEqual(['sn.deliberating']);
    expect(matter.after(...acclaimed('approved')).states).toEqual(['after.minutes']);
  });
});

describe('What only a working committee has prepared is not prepared for the council (R-010)', () => {
  const stage = (body: string, role: string, ...referTo: string[]) => ({
    id: body,
    type: 'meeting',
    body,
    role,
    referTo,
  });
  const route = (first: object) =>
    composeRoute(
      Route.parse({
        name: 'short',
        version: 1,
        label: { sv: 'Kort', en: 'Short' },
        stages: [
          { id: 'administration', type: 'preparation', label: { sv: 'F', en: 'A' } },
          first,
          stage('kf', 'decide', 'administration'),
        ],
      }),
      huddinge,
    );
  const input = { title: 'A', number: '1', proposals: [{ text: 'B', body: 'kf' }] };
  const listed = ['agenda.listed', { meeting: 'kf-1', municipality: 'huddinge', body: 'kf' }] as const;
  const treated = (body: string, outcome: string) =>
    new Alone(route(stage(body, outcome === 'endorsed' ? 'prepare' : 'propose')), input).after(
      ...administration,
      ...opened(body, 5),
      ...acclaimed(outcome),
    );

  it('the working committee: refused', () => expect(treated('au', 'endorsed').send(...listed)).toBe('R-010'));
  it('the board: allowed', () => expect(treated('ks', 'approved').send(...listed)).toBe(null));
});

describe('Points that could never be decided', () => {
  const withBody = (body: string) => ({ title: 'A', number: '1', proposals: [{ text: 'B', body }] });

  it('a point for a body that decides nothing on the route is not accepted', () => {
    expect(() => alone('huddinge/council-matter', withBody('au'))).toThrow();
    expect(() => alone('huddinge/council-matter', withBody('ks'))).not.toThrow();
    const drafting = councilMatter().after(['matter.assign', { caseOfficer: 'Eva Lind' }]);
    expect(() => drafting.send('point.add', { text: 'C', body: 'sn' })).toThrow();
    expect(drafting.send('point.add', { text: 'C', body: 'ks' })).toBe(null);
  });

  it.each([
    ['another point', [2], true],
    ['itself', [1], false],
    ['one that is not there', [9], false],
    ['a conditional one', [3], false],
  ])('a point on condition of %s: accepted %s (R-064)', (_, onCondition, accepted) => {
    const proposals = [
      { text: 'A', body: 'ks', onCondition },
      { text: 'B', body: 'kf' },
      { text: 'C', body: 'ks', onCondition: [2] },
    ];
    const start = () => alone('huddinge/council-matter', { title: 'A', number: '1', proposals });
    if (accepted) expect(start).not.toThrow();
    else expect(start).toThrow();
  });

  it('a condition refers to a point that is still to be decided (R-064)', () => {
    const again = () =>
      atCouncil().after(...opened('kf', 61), [
        'item.referBack',
        { to: 'administration', motivation: 'Mer.' },
      ]);
    const added = (n: number) => ['point.add', { text: 'C', body: 'ks', onCondition: [n] }] as const;
    expect(again().send(...added(3))).toBe('R-064');
    expect(again().send(...added(4))).toBe('R-064');
    const drafting = councilMatter().after(['matter.assign', { caseOfficer: 'Eva Lind' }]);
    expect(drafting.send(...added(3))).toBe('R-064');
    expect(again().send(...added(1))).toBe(null);
  });
});

it('a consultation is not sent twice under one name, answered or not', () => {
  const sent = ['consultation.send', { key: 'sn', body: 'sn', question: 'Vad kostar det?' }] as const;
  const matter = councilMatter().after(['matter.assign', { caseOfficer: 'Eva Lind' }], sent);
  expect(matter.send(...sent)).toBe('-');
  expect(
    matter
      .after(['consultation.answered', { actor: 'm.remiss-sn', body: 'sn', how: 'answered' }])
      .send(...sent),
  ).toBe('-');
});

describe('What can be appealed (R-075)', () => {
  const proposal = (body: string, more: object) => ({ proposals: [{ text: 'A', body, ...more }] });
  const ground = { regime: 'none', noAppealFor: 'executive' };

  it('every decision of the council', () => {
    expect(() => councilMatter(proposal('kf', ground))).toThrow();
    expect(() => councilMatter(proposal('kf', { regime: 'none' }))).toThrow();
    expect(() => councilMatter(proposal('kf', {}))).not.toThrow();
  });

  it('of another body as well, unless it is said why not', () => {
    expect(() => councilMatter(proposal('ks', { regime: 'none' }))).toThrow();
    expect(() => councilMatter(proposal('ks', ground))).not.toThrow();
  });

  it.each([
    ['kf', ground, 'R-075'],
    ['kf', {}, null],
    ['ks', { regime: 'none' }, 'R-075'],
    ['ks', ground, null],
  ])('the same of a point for %s that is added later, %o: refused by %s', (body, more, rule) => {
    const drafting = councilMatter().after(['matter.assign', { caseOfficer: 'Eva Lind' }]);
    expect(drafting.send('point.add', { text: 'B', body, ...more })).toBe(rule);
  });
});

describe('Withdrawal and closing', () => {
  const withdraw = ['matter.withdraw', { by: 'Förvaltningen' }] as const;
  const toCouncil = { proposals: [{ text: 'Avtalet godkänns.', body: 'kf' }] };

  it('a matter is withdrawn only before anything is decided (R-063)', () => {
    expect(
      councilMatter()
        .after(...administration)
        .send(...withdraw),
    ).toBe(null);
    const atBoard = () =>
      councilMatter().after(...administration, ...opened('au', 5), ...acclaimed('endorsed'));
    expect(
      atBoard()
        .after(...opened('ks', 15))
        .send(...withdraw),
    ).toBe(null);
    const one = ['question.put', { points: [3], proposals: [{ outcome: 'approved' }] }] as const;
    const decided = atBoard().after(...opened('ks', 15), one, ['decision.confirm', { finds: 1 }]);
    expect(decided.send(...withdraw)).toBe('R-063');
  });

  it('not when the question has been put, at whichever body (R-063)', () => {
    const put = ['question.put', { proposals: [{ outcome: 'endorsed' }, { outcome: 'rejected' }] }] as const;
    const matter = councilMatter(toCouncil).after(...administration, ...opened('au', 5));
    expect(matter.after(put).send(...withdraw)).toBe('R-063');
    expect(matter.after(['vote.demand', { by: 'L' }]).send(...withdraw)).toBe('R-063');
  });

  it('not when it has come to the council, nor when the council has referred it back (R-063)', () => {
    expect(atCouncil(toCouncil).send(...withdraw)).toBe('R-063');
    const opened61 = atCouncil(toCouncil).after(...opened('kf', 61));
    expect(opened61.send(...withdraw)).toBe('R-063');
    opened61.after(['item.referBack', { to: 'administration', motivation: 'Komplettera.' }]);
    expect([opened61.states, opened61.send(...withdraw)]).toEqual([['administration.drafting'], 'R-063']);
  });

  it('a withdrawn item leaves the agenda it is on', () => {
    const matter = councilMatter().after(...administration, [
      'agenda.listed',
      { meeting: 'meeting-au', municipality: 'huddinge', body: 'au' },
    ]);
    matter.after(['matter.withdraw', { by: 'Förvaltningen' }]);
    expect(matter.told).toEqual(['item.left → meeting-au']);
  });

  const decided = () => atCouncil().after(...opened('kf', 61), ...acclaimed('approved'));
  const points = ['m.p1', 'm.p2', 'm.p3'];
  const each = (type: string) => points.map((actor) => [type, { actor }] as const);

  it('is not dispatched before every point is approved (R-087)', () => {
    const matter = decided();
    expect(matter.send('decision.dispatch', { none: true })).toBe('R-087');
    expect(matter.after(...each('point.approved')).send('decision.dispatch', { none: true })).toBe(null);
  });

  it('is not dispatched while the recipients are empty, unless none is stated (R-087)', () => {
    const matter = decided().after(...each('point.approved'));
    expect(matter.send('decision.dispatch')).toBe('R-087');
    expect(matter.send('decision.dispatch', { recipients: ['Karolinska Institutet'] })).toBe(null);
  });

  it('is not dispatched to recipients and to none at once (R-087)', () => {
    const matter = decided().after(...each('point.approved'));
    const recipients = ['Karolinska Institutet'];
    expect(matter.send('decision.dispatch', { none: true, recipients })).toBe('R-087');
    expect(matter.send('decision.dispatch', { none: true })).toBe(null);
  });

  it('a group recipient is expanded at dispatch, one actor for each member (R-087)', () => {
    const matter = decided().after(...each('point.approved'));
    const recipients = ['Karolinska Institutet', 'Samtliga nämnder och bolag'];
    matter.meta = { ...matter.meta, addressees: addresseesOf(recipients, huddinge) };
    matter.after(['decision.dispatch', { recipients }]);
    expect(matter.started).toHaveLength(8);
    expect(matter.send('recipients.revise', { recipients: ['Någon annan'] })).toBe('R-087');
  });

  it('is closed when all is settled, executed, delivered and answered (R-074, R-086)', () => {
    const matter = decided().after(...each('point.approved'), ['decision.dispatch', { none: true }]);
    expect(matter.send('matter.close')).toBe('R-074');
    matter.after(...each('point.settled'), ['execution.opened', { actor: 'm.p3' }]);
    expect(matter.send('matter.close')).toBe('R-086');
    matter.after(['execution.finished', { actor: 'm.p3' }], 'matter.close', 'matter.archive');
    expect(matter.states).toEqual(['after.archived']);
  });

  it('not before the decision has reached every recipient (R-087)', () => {
    const matter = decided().after(...each('point.approved'));
    const recipients = ['Karolinska Institutet'];
    matter.meta = { ...matter.meta, addressees: addresseesOf(recipients, huddinge) };
    matter.after(['decision.dispatch', { recipients }], ...each('point.settled'));
    expect(matter.send('matter.close')).toBe('R-087');
    expect(matter.after(['dispatch.delivered', { actor: 'm.dispatch1-1' }]).send('matter.close')).toBe(null);
  });

  it('nor while what was executed of an annulled decision is to be rectified (R-079)', () => {
    const matter = decided().after(...each('point.approved'), ['decision.dispatch', { none: true }]);
    matter.after(...each('point.settled'), ['execution.reopened', { actor: 'm.p1' }]);
    expect(matter.send('matter.close')).toBe('R-086');
    expect(matter.after(['execution.finished', { actor: 'm.p1' }]).send('matter.close')).toBe(null);
  });

  it('a point that gains force tells those that hold on condition of it, and no other (R-077)', () => {
    expect(decided().after(['point.inForce', { actor: 'm.p1' }]).told).toEqual(['condition.inForce → m.p3']);
    expect(decided().after(['point.inForce', { actor: 'm.p3' }]).told).toEqual([]);
  });

  it('closed, it may be opened again for what was forgotten; archived, it may not (R-125)', () => {
    const closed = () =>
      decided().after(
        ...each('point.approved'),
        ['decision.dispatch', { none: true }],
        ...each('point.settled'),
        'matter.close',
      );
    const reopened = ['matter.reopen', { reason: 'Ett uppdrag var inte antecknat.' }] as const;
    expect(closed().after(reopened).states).toEqual(['after.dispatched']);
    expect(closed().after(reopened).send('matter.close')).toBe(null);
    expect(
      closed()
        .after('matter.archive')
        .send(...reopened),
    ).toBe('R-125');
  });

  it('what reaches an archived matter is recorded and does not reopen it', () => {
    const matter = decided().after(
      ...each('point.approved'),
      ['decision.dispatch', { none: true }],
      ...each('point.settled'),
    );
    matter.after('matter.close', 'matter.archive', ['dispatch.delivered', { actor: 'm.dispatch1-1' }]);
    expect(matter.states).toEqual(['after.archived']);
  });

  it('a body that is affected keeps the matter open until it has answered (R-019)', () => {
    const matter = alone('huddinge/sn-matter', {
      title: 'Uppsägning av partneravtal',
      number: 'SN 2022/1',
      proposals: [{ text: 'Avtalet avslutas.', body: 'sn' }],
      affected: [{ body: 'von', reason: 'Halva kostnaden' }],
    });
    expect(matter.started).toContain('consultation affected1');
    matter.after(...administration, ...opened('sn', 13), ...acclaimed('approved'));
    matter.after(
      ['point.approved', { actor: 'm.p1' }],
      ['decision.dispatch', { none: true }],
      ['point.settled', { actor: 'm.p1' }],
    );
    expect(matter.send('matter.close')).toBe('R-019');
    expect(
      matter
        .after(['consultation.answered', { actor: 'm.affected1', body: 'von', how: 'decided' }])
        .send('matter.close'),
    ).toBe(null);
  });
});
