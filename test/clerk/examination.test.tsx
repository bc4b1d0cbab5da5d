import { describe, expect, test } from 'vitest';
import { LawSection } from '../../src/clerk/examination.tsx';
import { type Language, sayIn } from '../../src/clerk/language.ts';
import type { View } from '../../src/clerk/view.ts';
import type { Examined } from '../../src/views/examination.ts';

/** What the page says of a record with so many rules about which nothing has happened yet. */
function said(undecided: number, language: Language, lawful: boolean | null = true): string {
  const legality = Array.from({ length: undecided }, () => ({
    subject: { matter: 'm' },
    verdict: 'undecided',
  }));
  const examination = { lawful, legality } as unknown as Examined;
  const view = { say: sayIn(language) } as View;
  return String(<LawSection view={view} examination={examination} of="m" />);
}

describe('how many rules wait for something to happen', () => {
  test.each([
    [2, 'Ytterligare 2 prövningar väntar', 'A further 2 are undecided'],
    [1, 'Ytterligare 1 prövning väntar', 'A further 1 is undecided'],
  ])('is said: %i', (undecided, sv, en) => {
    expect(said(undecided, 'sv')).toContain(sv);
    expect(said(undecided, 'en')).toContain(en);
  });

  test('is not said where there is none', () => {
    expect(said(0, 'sv')).not.toContain('Ytterligare');
    expect(said(0, 'en')).not.toContain('A further');
    expect(said(0, 'en')).toContain('Nothing has happened that any rule is about.');
    expect(said(0, 'en', null)).not.toContain('Nothing has happened');
  });
});
