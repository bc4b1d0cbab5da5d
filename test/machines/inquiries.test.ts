import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../machines/chart.ts';
import { huddinge } from '../../machines/municipalities/huddinge.ts';
import { composeRoute } from '../../machines/routes/compose.ts';
import { faultsOf } from '../../machines/routes/faults.ts';
import { interpellation, question } from '../../machines/routes/inquiries.ts';
import { Route } from '../../machines/routes/route.ts';
import { Alone } from '../fixtures/chart.ts';
import { alone, opened } from '../fixtures/matters.ts';

const input = {
  title: 'Skolskjutsar',
  number: 'HKS 2026/1',
  proposals: [{ text: 'Den får ställas.', body: 'kf' }],
  askedBy: 'Lena',
  askedOf: 'Nina',
  handedInOn: '2026-11-02',
};
const asked = (route: string) => alone(`huddinge/${route}`, input);
const proper = {
  capacity: 'member',
  office: 'committeeChair',
  definite: true,
  reasons: 'De drogs in.',
  authority: false,
};
const { reasons: _, ...unreasoned } = proper;
const permits = ['question.put', { proposals: [{ outcome: 'approved' }] }] as const;
const confirms = ['decision.confirm', { finds: 1 }] as const;

const atCouncil = (route: string) => {
  const it = asked(route).after(['inquiry.register', proper]);
  return (route === 'question' ? it : it.expire('kf', 'leadTime')).after(...opened('kf', 61));
};

describe('What is asked has a definite content, and is put by a member to a chair (R-105, R-106)', () => {
  it.each<[string, JsonObject]>([
    ['by someone else', { capacity: 'other' }],
    ['to someone else', { office: 'other' }],
    ['of no definite content', { definite: false }],
    ['on public authority towards an individual', { authority: true }],
  ])('%s: refused', (_, more) => {
    expect(asked('interpellation').send('inquiry.register', { ...proper, ...more })).toBe('R-105');
    expect(asked('question').send('inquiry.register', { ...proper, ...more })).toBe('R-105');
  });

  it('by a substitute who serves, to one whom the council has named: taken up', () =>
    expect(
      asked('interpellation').send('inquiry.register', {
        ...proper,
        capacity: 'servingSubstitute',
        office: 'named',
      }),
    ).toBe(null));

  it('an interpellation states its reasons, a question need not', () => {
    expect(asked('interpellation').send('inquiry.register', unreasoned)).toBe('R-105');
    expect(asked('question').send('inquiry.register', unreasoned)).toBe(null);
  });
});

describe('The council permits it without debate, or refuses (R-105)', () => {
  it.each([
    ['noted', [{ outcome: 'noted' }]],
    ['the same twice', [{ outcome: 'approved' }, { outcome: 'approved' }]],
    ['a part of it', [{ outcome: 'approvedAmended', text: 'Delvis.' }]],
  ])('%s: it decides nothing else', (_, proposals) =>
    expect(atCouncil('interpellation').send('question.put', { proposals })).toBe('R-105'),
  );

  it('no motion can be made, for nobody debates it', () =>
    expect(Object.keys(atCouncil('interpellation').chart.events)).not.toContain('motion.make'));

  it('permitted, it is to be answered; refused, it is at its end', () => {
    expect(atCouncil('interpellation').after(permits, confirms).states).toEqual(['kf.answering']);
    const refused = atCouncil('interpellation').after(
      ['question.put', { proposals: [{ outcome: 'rejected' }] }],
      confirms,
    );
    expect(refused.states).toEqual(['after.minutes']);
  });

  it('a vote may decide it, and a tie the chair', () => {
    const put = ['question.put', { proposals: [{ outcome: 'approved' }, { outcome: 'rejected' }] }] as const;
    const tied = atCouncil('question').after(
      put,
      ['vote.demand', { by: 'Rolf' }],
      ['votes.count', { yes: 30, no: 30, abstained: 1 }],
      ['vote.casting', { proposal: 2 }],
    );
    expect(tied.send('decision.confirm', { finds: 1 })).toBe('R-049');
    expect(tied.after(['decision.confirm', { finds: 2 }]).states).toEqual(['after.minutes']);
  });

  it('its points are decided at once, as one', () => {
    const two = alone('huddinge/question', {
      ...input,
      proposals: [...input.proposals, { text: 'Även följdfrågan.', body: 'kf' }],
    }).after(['inquiry.register', proper], ...opened('kf', 61));
    expect(two.send('question.put', { ...permits[1], points: [1] })).toBe('R-105');
    expect(two.send('question.put', { ...permits[1], points: [1, 2] })).toBe(null);
  });

  it('handed in later than the rules of procedure allow, it is not put at that meeting', () => {
    const late = asked('interpellation').after(['inquiry.register', proper], ...opened('kf', 61));
    expect(late.send(...permits)).toBe('R-105');
    expect(late.after('item.defer').states).toEqual(['kf.awaiting']);
  });

  it("how long before is the council's own to say: here, for a question, nothing", () => {
    expect(composeRoute(question, huddinge).deadlines.leadTime).toBe(undefined);
    expect(composeRoute(interpellation, huddinge).deadlines.leadTime?.period).toEqual({ workingDays: 9 });
  });

  it('once before the council it is not withdrawn (R-063)', () => {
    expect(asked('question').send('matter.withdraw', { by: 'Lena' })).toBe(null);
    expect(
      asked('question').after(['inquiry.register', proper]).send('matter.withdraw', { by: 'Lena' }),
    ).toBe('R-063');
  });

  it('no one is recused (R-043): the vote of one who was recorded as that counts', () => {
    const [listed, [type, item]] = opened('kf', 61);
    const it = asked('question').after(['inquiry.register', proper], listed, [
      type,
      { ...item, recused: ['Rolf'] },
    ]);
    const put = ['question.put', { proposals: [{ outcome: 'approved' }, { outcome: 'rejected' }] }] as const;
    const votes = [{ member: 'Rolf', vote: 'yes' }];
    it.after(put, ['vote.demand', { by: 'Rolf' }]);
    expect(it.send('votes.count', { yes: 1, no: 0, abstained: 0, votes })).toBe(null);
  });
});

describe('It is answered, at that meeting or a later one (R-105, R-106)', () => {
  const answering = (route: string) => atCouncil(route).after(permits, confirms);
  const answer = { answeredBy: 'Nina', speakers: ['Nina', 'Lena'] };

  it('by the one to whom it was put; by another only if it is said why', () => {
    expect(answering('interpellation').send('answer.give', { ...answer, answeredBy: 'Vera' })).toBe('R-105');
    expect(
      answering('interpellation').send('answer.give', { ...answer, answeredBy: 'Vera', inPlace: 'Sjuk.' }),
    ).toBe(null);
  });

  it('a question is debated by two, an interpellation by all', () => {
    const others = { ...answer, speakers: ['Nina', 'Lena', 'Rolf'] };
    expect(answering('question').send('answer.give', others)).toBe('R-106');
    expect(answering('question').send('answer.give', answer)).toBe(null);
    expect(answering('interpellation').send('answer.give', others)).toBe(null);
  });

  it('deferred, it comes back, and then also below quorum (R-029)', () => {
    const later = answering('question').after('item.defer');
    expect(later.states).toEqual(['kf.postponed']);
    const [listed] = opened('kf', 20);
    const it = later.after(listed, ['answer.opened', { meeting: 'meeting-kf', paragraph: 9, present: 20 }]);
    expect(it.states).toEqual(['kf.answering']);
    expect(it.after(['answer.give', answer]).states).toEqual(['after.minutes']);
  });

  it('but whether it may be put is not decided below quorum', () => {
    const [listed] = opened('kf', 20);
    const it = asked('question').after(['inquiry.register', proper], listed);
    expect(it.send('answer.opened', { meeting: 'meeting-kf', paragraph: 9, present: 20 })).not.toBe(null);
  });

  it('the council may write it off', () =>
    expect(answering('question').after(['inquiry.writeOff', { reason: 'Hon har lämnat.' }]).states).toEqual([
      'after.minutes',
    ]));
});

describe('A route that no interpellation could take is not composed', () => {
  const route = (...stages: object[]) =>
    Route.parse({ name: 'x', version: 1, label: { sv: 'X', en: 'X' }, stages });
  const pointers = (...stages: object[]) => faultsOf(route(...stages), huddinge).map((it) => it.pointer);
  const first = { id: 'asked', type: 'inquiry', of: 'question' };
  const second = { id: 'kf', type: 'answer', body: 'kf', of: 'question' };

  it('answered by a board', () =>
    expect(pointers(first, { ...second, body: 'ks' })).toEqual(['/stages/1/body']));
  it('of another kind than was handed in', () =>
    expect(pointers(first, { ...second, of: 'interpellation' })).toEqual(['/stages/1/of']));
  it('that goes on to a body afterwards', () =>
    expect(pointers(first, second, { id: 'ks', type: 'meeting', body: 'ks', role: 'decide' })).toEqual([
      '/stages/1/id',
    ]));
  it('and as it should be', () => expect(pointers(first, second)).toEqual([]));
});

it('a lead time in weeks or days ends the day before (R-105)', () => {
  const within = (length: number, unit: string) => {
    const bodies = huddinge.bodies.map((it) =>
      it.id === 'kf' ? { ...it, inquiries: { question: { length, unit }, belowQuorum: false } } : it,
    );
    return composeRoute(question, { ...huddinge, bodies } as typeof huddinge).deadlines.leadTime?.period;
  };
  expect([within(1, 'weeks'), within(3, 'calendarDays')]).toEqual([{ days: 6 }, { days: 2 }]);
  const chart = composeRoute(question, huddinge);
  expect(new Alone(chart, input).states).toEqual(['asked.handedIn']);
});
