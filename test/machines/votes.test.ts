import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../machines/chart.ts';
import { huddinge } from '../../machines/municipalities/huddinge.ts';
import { composeRoute } from '../../machines/routes/compose.ts';
import { Route } from '../../machines/routes/route.ts';
import { Alone } from '../fixtures/chart.ts';
import { administration, atCouncil, opened } from '../fixtures/matters.ts';

const put = (...outcomes: string[]) =>
  [
    'question.put',
    {
      proposals: outcomes.map((outcome) =>
        outcome === 'approvedAmended' ? { outcome, text: 'Ändrad.' } : { outcome },
      ),
    },
  ] as const;
const demand = (main?: number) => ['vote.demand', { by: 'Ledamot', ...(main && { main }) }] as const;
const count = (yes: number, no: number, more: JsonObject = {}) =>
  ['votes.count', { yes, no, abstained: 0, ...more }] as const;
const confirm = (finds: number, more: JsonObject = {}) => ['decision.confirm', { finds, ...more }] as const;

/** The council matter before the council, 61 present. */
const atVote = (present = 61) => atCouncil().after(...opened('kf', present));
const standing = (it: Alone) => it.states.filter((state) => state.startsWith('kf.'));

describe('A vote among three proposals and more (R-046)', () => {
  const four = () => atVote().after(put('approved', 'rejected', 'approvedAmended', 'noted'));

  it('needs the chair to name the main proposal', () => {
    expect(four().send(...demand())).toBe('R-046');
    expect(four().send(...demand(5))).toBe('R-046');
    expect(standing(four().after(demand(2)))).toEqual(['kf.eliminating']);
  });

  it('the others meet in pairs, the winner each time the next, and the last one left meets the main', () => {
    const it = four().after(demand(2), count(30, 31, { between: [1, 3] }));
    expect(standing(it)).toEqual(['kf.eliminating']);
    it.after(count(40, 21, { between: [3, 4] }));
    expect(standing(it)).toEqual(['kf.voting']);
    it.after(count(20, 41, { between: [2, 3] }));
    expect(it.send(...confirm(2))).toBe('R-049');
    expect(it.send(...confirm(3))).toBe(null);
  });

  it('says which two proposals were voted between', () => {
    const it = four().after(demand(2));
    expect(it.send(...count(31, 30))).toBe('R-046');
    expect(it.send(...count(31, 30, { between: [3, 4] }))).toBe('R-046');
    expect(it.send(...count(31, 30, { between: [1, 3] }))).toBe(null);
  });

  it('three proposals take two rounds', () => {
    const it = atVote().after(put('approved', 'rejected', 'noted'), demand(1));
    it.after(count(31, 30, { between: [2, 3] }));
    expect(standing(it)).toEqual(['kf.voting']);
  });

  it('the counter-proposal may be found by acclamation', () => {
    const it = four().after(demand(2));
    expect(it.send('counter.find', { finds: 2 })).toBe('R-046');
    it.after(['counter.find', { finds: 4 }], count(31, 30, { between: [2, 4] }));
    expect(it.send(...confirm(2))).toBe(null);
  });

  it('a tie in a round is settled by the casting vote, for one of the two (R-049)', () => {
    const it = four().after(demand(2), count(30, 30, { between: [1, 3] }));
    expect(standing(it)).toEqual(['kf.roundTied']);
    expect(it.send('vote.casting', { proposal: 4 })).toBe('R-049');
    it.after(['vote.casting', { proposal: 3 }]);
    expect(it.send(...count(31, 30, { between: [3, 4] }))).toBe(null);
  });

  it('without a vote any of them may be found carried', () => {
    expect(four().send(...confirm(4))).toBe(null);
    expect(four().send(...confirm(5))).toBe('R-045');
  });
});

describe('An open vote is by name (R-037, R-048)', () => {
  const two = (present = 3) => atVote(present).after(put('approved', 'rejected'), demand());
  const list = (...votes: string[]) => ({
    votes: votes.map((vote, index) => ({ member: `Ledamot ${index}`, vote })),
  });

  it('the list agrees with the totals, everyone once', () => {
    expect(two().send(...count(2, 1, list('yes', 'yes', 'no')))).toBe(null);
    expect(two().send(...count(2, 1, list('yes', 'no', 'no')))).toBe('R-048');
    expect(two().send(...count(2, 1, list('yes', 'yes')))).toBe('R-048');
    for (const member of ['A', ' a']) {
      const twice = [
        { member: 'A', vote: 'yes' },
        { member, vote: 'yes' },
      ];
      expect(two().send(...count(2, 0, { votes: twice }))).toBe('R-048');
    }
  });

  it.each(['Ledamot 2', 'ledamot  2'])('nobody votes who is recused, written %j', (name) => {
    const recused = ['agenda.listed', { meeting: 'kf-1', municipality: 'huddinge', body: 'kf' }] as const;
    const it = atCouncil().after(
      recused,
      ['item.opened', { meeting: 'kf-1', paragraph: 1, present: 3, recused: [name] }],
      put('approved', 'rejected'),
      demand(),
    );
    expect(it.send(...count(2, 1, list('yes', 'yes', 'no')))).toBe('R-037');
    expect(it.send(...count(1, 1, list('yes', 'no')))).toBe(null);
  });

  it('is not secret', () => expect(two().send(...count(2, 1, { secret: true }))).toBe('R-048'));
});

/** A matter before a body on a route of its own, with rules of its vote. */
const deciding = (body: string, more: JsonObject, present = 61) => {
  const chart = composeRoute(
    Route.parse({
      name: 'special',
      version: 1,
      label: { sv: 'Val', en: 'Election' },
      stages: [
        { id: 'administration', type: 'preparation', label: { sv: 'Kansliet', en: 'Secretariat' } },
        { id: body, type: 'meeting', body, role: 'decide', referTo: ['administration'], ...more },
      ],
    }),
    huddinge,
  );
  const matter = new Alone(chart, {
    title: 'Ärende',
    number: 'HKS 2026/1',
    proposals: [{ text: 'Eva Lind väljs.', body }],
  });
  return matter.after(...administration, ...opened(body, present));
};

describe('Elections and employment (R-014, R-048, R-049, R-057)', () => {
  const vote = (body: string, concerns: string) =>
    deciding(body, { concerns }).after(put('approved', 'rejected'), demand());

  it.each([
    ['kf', 'election'],
    ['sn', 'employment'],
  ])('%s, %s: the ballot may be secret, and then nobody is named', (body, concerns) => {
    expect(vote(body, concerns).send(...count(31, 30, { secret: true }))).toBe(null);
    const votes = [{ member: 'A', vote: 'yes' }];
    expect(vote(body, concerns).send(...count(1, 0, { secret: true, votes }))).toBe('R-048');
  });

  it('a tie is settled by lot, before a witness, and not by the chair', () => {
    const it = vote('kf', 'election').after(count(30, 30, { secret: true }));
    expect(it.chart.events).not.toHaveProperty(['vote.casting']);
    it.after(['lot.draw', { proposal: 2, witness: 'Anna Sekreterare' }]);
    expect(it.send(...confirm(1))).toBe('R-049');
    expect(it.send(...confirm(2))).toBe(null);
  });

  it('no minority delays an election, and it needs no preparation', () => {
    expect(
      deciding('kf', { concerns: 'election' }).send('minority.delay', { kind: 'defer', requesters: 61 }),
    ).toBe('R-055');
  });
});

describe('More than a simple majority, where the law says so (R-051)', () => {
  const twoThirds = (to: string, present = 61) =>
    deciding('kf', { concerns: 'election', majority: { share: [2, 3], of: 'present', to } }, present);
  const vote = (to: string, yes: number, no: number) =>
    twoThirds(to).after(put('approved', 'rejected'), demand(), count(yes, no));

  it.each([
    [40, 'R-049'],
    [41, null],
  ])('of 61 present %i are two thirds: refused by %s', (yes, rule) => {
    expect(vote('adopt', yes, 10).send(...confirm(1))).toBe(rule);
  });

  it.each([
    [40, null],
    [41, 'R-049'],
  ])('what two thirds may turn down stands against %i: refused by %s', (no, rule) => {
    expect(vote('block', 61 - no, no).send(...confirm(1))).toBe(rule);
  });

  it('is found without a vote only if all agree', () => {
    const it = twoThirds('adopt').after(put('approved'));
    expect(it.send(...confirm(1))).toBe('R-051');
    expect(it.send(...confirm(1, { unanimous: true }))).toBe(null);
  });
});

describe('Where the votes are equal the chair must vote (R-050)', () => {
  it('nothing is decided until the chair has', () => {
    const it = atVote().after(put('approved', 'rejected'), demand(), count(30, 30));
    expect(standing(it)).toEqual(['kf.tied']);
    it.after(['vote.casting', { proposal: 2 }]);
    expect(it.send(...confirm(2))).toBe(null);
  });
});

describe('A vote in which nobody votes decides nothing: the chair must (R-050)', () => {
  const vote = (more: JsonObject) => deciding('sn', more).after(put('approved', 'rejected'), demand());

  it.each<[string, JsonObject]>([
    ['by the casting vote', {}],
    ['by lot', { concerns: 'election' }],
    ['as two thirds of no votes', { majority: { share: [2, 3], of: 'votes', to: 'adopt' } }],
  ])('nor is it settled %s', (_, more) => {
    expect(vote(more).send(...count(0, 0, { abstained: 61 }))).toBe('R-050');
    expect(vote(more).send(...count(1, 0, { abstained: 60 }))).toBe(null);
  });
});

describe('In a matter of public authority nobody abstains who handled it (R-050)', () => {
  const vote = (more: JsonObject) => deciding('sn', more).after(put('approved', 'rejected'), demand());
  it('abstaining is refused, in other matters it is not', () => {
    expect(vote({ concerns: 'authority' }).send(...count(31, 29, { abstained: 1 }))).toBe('R-050');
    expect(vote({ concerns: 'authority' }).send(...count(31, 29))).toBe('R-050');
    expect(vote({ concerns: 'authority' }).send(...count(31, 30))).toBe(null);
    expect(vote({}).send(...count(31, 29, { abstained: 1 }))).toBe(null);
  });
});

describe('Public authority and recusal at the body (R-034, R-039)', () => {
  const listed = ['agenda.listed', { meeting: 'sn-1', municipality: 'huddinge', body: 'sn' }] as const;
  const opening = (more: JsonObject) => ({ meeting: 'sn-1', paragraph: 1, present: 13, ...more });

  it('a matter of public authority is not opened in public, another may be', () => {
    const waiting = (more: JsonObject) => deciding('sn', more).after('item.defer', listed);
    expect(waiting({ concerns: 'authority' }).send('item.opened', opening({ public: true }))).toBe('R-034');
    expect(waiting({ concerns: 'authority' }).send('item.opened', opening({}))).toBe(null);
    expect(waiting({}).send('item.opened', opening({ public: true }))).toBe(null);
  });

  it('while it is asked who is recused nothing is put to the question', () => {
    const it = deciding('sn', {}).after('recusal.raised');
    expect(it.send(...put('approved'))).not.toBe(null);
    it.after(['recusal.decided', { present: 12, recused: ['Jävig'] }]);
    expect(it.context).toMatchObject({ present: 12, recused: ['Jävig'] });
    expect(it.send(...put('approved'))).toBe(null);
  });
});
