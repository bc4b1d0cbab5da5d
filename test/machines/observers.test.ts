import { describe, expect, it } from 'vitest';
import {
  beginning,
  concerns,
  type Fact,
  type Observer,
  observe,
  subjectOf,
  verdictOf,
} from '../../machines/law/observer.ts';
import { observers } from '../../machines/law/observers.ts';
import { type FactName, vocabulary } from '../../machines/law/vocabulary.ts';

const targetsOf = (observer: Observer, state: string): string[] =>
  Object.values(observer.states[state] ?? {}).flatMap((next) =>
    typeof next === 'string' ? [next] : [next.to, next.otherwise],
  );

function reached(observer: Observer): Set<string> {
  const seen = new Set([observer.initial]);
  for (const state of seen) for (const target of targetsOf(observer, state)) seen.add(target);
  return seen;
}

describe.each(observers.map((it) => [`${it.rule}: ${it.watches}`, it] as const))('%s', (_, observer) => {
  it('is plain data', () => expect(JSON.parse(JSON.stringify(observer))).toEqual(observer));

  it('can be held and violated, and reaches every one of its states', () => {
    const seen = reached(observer);
    expect(seen).toContain('violated');
    expect(observer.held.filter((state) => seen.has(state))).toEqual(observer.held);
    expect(Object.keys(observer.states).filter((state) => !seen.has(state))).toEqual([]);
  });
});

describe('The observers together', () => {
  it('each watches something else', () => {
    const watched = observers.map((it) => it.watches);
    expect(new Set(watched).size).toBe(watched.length);
  });

  it('use every word of the vocabulary, but for those that only name a subject', () => {
    const used = new Set(
      observers.flatMap((it) => [
        ...Object.values(it.states).flatMap((row) => Object.keys(row)),
        it.keeps ?? '',
      ]),
    );
    const naming: FactName[] = ['conditional', 'member.takesPart'];
    const words = Object.keys(vocabulary).filter((name) => !naming.some((it) => it === name));
    expect(words.filter((name) => !used.has(name))).toEqual([]);
  });
});

describe('An observer', () => {
  const third = observers.find((it) => it.rule === 'R-055');
  if (!third) throw new Error('R-055 is not watched');
  const fact = (name: FactName, value?: number, about = { matter: 'm' }): Fact => ({
    name,
    about,
    ...(value !== undefined && { value }),
  });
  const after = (...facts: Fact[]) => facts.reduce((now, it) => observe(third, now, it), beginning(third));

  it.each([
    ['nothing', [], 'undecided'],
    ['a third', [fact('opened.council', 21), fact('minority.delayed', 21)], 'held'],
    ['one too few', [fact('opened.council', 21), fact('minority.delayed', 20)], 'violated'],
    ['a number with none to compare it with', [fact('minority.delayed', 20)], 'violated'],
    [
      'too few once, enough later',
      [fact('opened.council', 21), fact('minority.delayed', 20), fact('minority.delayed', 21)],
      'violated',
    ],
  ] as const)('compares with the number it keeps: %s', (_, facts, verdict) => {
    expect(verdictOf(third, after(...facts))).toBe(verdict);
  });

  it('has an instance for each combination of its subjects, and hears what does not contradict it', () => {
    const own = observers.find((it) => it.rule === 'R-066');
    if (!own) throw new Error('R-066 is not watched');
    const subject = subjectOf(
      own,
      fact('decided', undefined, { matter: 'm', point: 'p', meeting: 'k' } as never),
    );
    expect(subject).toEqual({ point: 'p', meeting: 'k' });
    expect(subjectOf(own, fact('decision.made'))).toBe(null);
    const about = (it: object) => concerns({ name: 'approved', about: it }, { point: 'p', meeting: 'k' });
    expect([{ point: 'p' }, { point: 'p', meeting: 'k' }, { meeting: 'k' }].map(about)).toEqual([
      true,
      true,
      true,
    ]);
    expect([{ point: 'q' }, { point: 'p', meeting: 'l' }, { matter: 'm' }].map(about)).toEqual([
      false,
      false,
      false,
    ]);
  });
});
