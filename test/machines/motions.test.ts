import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../machines/chart.ts';
import { administration, atCouncil, councilMatter, opened } from '../fixtures/matters.ts';

const atDeliberation = () => atCouncil().after(...opened('kf', 61));
const make = (kind: string, more: JsonObject = {}) =>
  ['motion.make', { kind, by: 'Ledamot', ...more }] as const;
const put = (proposals: readonly JsonObject[], more: JsonObject = {}) =>
  ['question.put', { proposals: [...proposals], ...more }] as const;
const approved = { outcome: 'approved' };
const order = 'Fullmäktige godkänner att förslagen prövas i den ordningen.';

describe('Motions at the meeting (R-037, R-045, R-063, R-068)', () => {
  it('need their wording where they change the proposal', () => {
    expect(atDeliberation().send(...make('amend'))).toBe('R-068');
    expect(atDeliberation().send(...make('amend', { text: 'Ändrad.' }))).toBe(null);
    expect(atDeliberation().send(...make('reject'))).toBe(null);
  });

  it.each(['Ledamot', 'ledamot', ' LEDAMOT '])('are not made by one who is recused, written %j', (name) => {
    const it = atCouncil().after(
      ['agenda.listed', { meeting: 'kf-1', municipality: 'huddinge', body: 'kf' }],
      ['item.opened', { meeting: 'kf-1', paragraph: 1, present: 60, recused: [name] }],
    );
    expect(it.send(...make('reject'))).toBe('R-037');
    expect(it.send(...put([{ ...approved, by: 'Ledamot' }]))).toBe('R-037');
    expect(it.send(...put([{ ...approved, by: 'Annan' }]))).toBe(null);
  });

  it('are each put to the question while they stand, and no other is', () => {
    const it = atDeliberation().after(make('reject'));
    expect(it.send(...put([approved]))).toBe('R-045');
    expect(it.send(...put([approved, { outcome: 'rejected', motion: 2 }]))).toBe('R-045');
    expect(it.send(...put([approved, { outcome: 'rejected', motion: 1 }]))).toBe(null);
  });

  it('may be taken back until they are tried', () => {
    const it = atDeliberation().after(make('reject'), ['motion.withdraw', { motion: 1 }]);
    expect(it.send('motion.withdraw', { motion: 1 })).toBe('R-063');
    expect(it.send(...put([approved]))).toBe(null);
  });

  it('may be tried in another order that the body has approved (R-047)', () => {
    const it = atDeliberation().after(make('add', { text: 'Tillägg.' }));
    expect(it.send(...put([approved], { order }))).toBe(null);
  });

  it('without motions the question is put as before', () =>
    expect(atDeliberation().send(...put([approved]))).toBe(null));
});

describe('Formal motions are tried first (R-044)', () => {
  it('the substance waits until they are declined', () => {
    const it = atDeliberation().after(make('referBack'));
    expect(it.send(...put([approved]))).toBe('R-044');
    expect(it.send('motion.decline', { motion: 1, yes: 20, no: 41 })).toBe('R-060');
    it.after(['motion.decline', { motion: 1, yes: 41, no: 20 }]);
    expect(it.send('motion.decline', { motion: 1 })).toBe('R-044');
    expect(it.send(...put([approved]))).toBe(null);
  });

  it('by no more votes than there are members present (R-050)', () => {
    const it = atDeliberation().after(make('referBack'));
    expect(it.send('motion.decline', { motion: 1, yes: 41, no: 21 })).toBe('R-050');
    expect(it.send('motion.decline', { motion: 1, yes: 41, no: 20 })).toBe(null);
  });

  it('or the matter is referred back', () => {
    const it = atDeliberation().after(make('referBack'));
    expect(it.send('item.referBack', { to: 'ks', motivation: 'Kostnaderna.' })).toBe(null);
  });

  it('a motion on the substance is not declined so', () => {
    expect(atDeliberation().after(make('reject')).send('motion.decline', { motion: 1 })).toBe('R-044');
  });
});

describe("The chair's refusal to put a motion, and the council's override (R-017)", () => {
  const refuse = (ground: string) => ['motion.refuse', { motion: 1, ground, reason: 'Skäl' }] as const;
  const allow = ['motion.allow', { motion: 1 }] as const;

  it('what is refused is not put', () => {
    const it = atDeliberation().after(make('reject'), refuse('unlawful'));
    expect(it.send(...put([approved, { outcome: 'rejected', motion: 1 }]))).toBe('R-045');
    expect(it.send(...put([approved]))).toBe(null);
  });

  it('the council may have it put that was refused as unlawful, and not a new matter', () => {
    expect(
      atDeliberation()
        .after(make('reject'), refuse('newMatter'))
        .send(...allow),
    ).toBe('R-017');
    const it = atDeliberation().after(make('reject'), refuse('unlawful'), allow);
    expect(it.send(...put([approved]))).toBe('R-045');
    expect(it.send(...put([approved, { outcome: 'rejected', motion: 1 }]))).toBe(null);
  });

  it('in a committee there is none', () => {
    const board = councilMatter().after(...administration, ...opened('au', 5), make('reject'));
    expect(board.send(...refuse('unlawful'))).toBe('R-017');
  });
});
