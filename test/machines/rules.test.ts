import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, expectTypeOf, test } from 'vitest';
import { isRuleId, type Rule, type RuleId, rules } from '../../machines/law/rules.ts';

const entries: [string, Rule][] = Object.entries(rules);
const expectedIds = Array.from({ length: 132 }, (_, i) => `R-${String(i + 1).padStart(3, '0')}`);
const bareTable = /\btabl(?:e|es|ed|ing)\b/i;

/** The ids of the rules that break a condition; an empty list when all keep it. */
const breaking = (ok: (rule: Rule) => boolean) => entries.filter(([, rule]) => !ok(rule)).map(([id]) => id);

describe('the catalogue of legal rules', () => {
  test('holds R-001 to R-132 in order, none missing and none besides', () => {
    expect(Object.keys(rules)).toEqual(expectedIds);
  });

  test('writes every rule in one chapter only', () => {
    const chapters = new URL('../../machines/law/rules/', import.meta.url);
    const written = readdirSync(chapters).flatMap((file) =>
      [...readFileSync(new URL(file, chapters), 'utf8').matchAll(/^ {2}'(R-\d{3})':/gm)].map(
        (match) => match[1],
      ),
    );
    expect(written.sort()).toEqual(expectedIds);
  });

  test('cites a source for every rule', () => {
    expect(breaking((rule) => rule.cite.trim() !== '')).toEqual([]);
  });

  test.each(['sv', 'en'] as const)(
    'states every rule in %s, as whole sentences of at most 300 characters',
    (lang) => {
      expect(breaking((rule) => rule[lang].length > 0 && rule[lang].length <= 300)).toEqual([]);
      expect(breaking((rule) => /^\S.*\.$/.test(rule[lang]))).toEqual([]);
    },
  );

  test('does not leave a rule untranslated', () => {
    expect(breaking((rule) => rule.sv !== rule.en)).toEqual([]);
    expect(new Set(entries.flatMap(([, rule]) => [rule.sv, rule.en])).size).toBe(2 * 132);
  });

  test('never says "table" in English, which means opposite things in London and Washington', () => {
    expect(breaking((rule) => !bareTable.test(rule.en))).toEqual([]);
    expect(
      ['The matter is tabled.', 'Tabling needs a majority.'].filter((text) => !bareTable.test(text)),
    ).toEqual([]);
    expect(bareTable.test('A stable timetable')).toBe(false);
  });
});

describe('a rule is settled', () => {
  test('only when more than practice or interpretation carries it', () => {
    const weak = entries.filter(([, rule]) => /praxis|tolkning/.test(rule.cite));
    expect(weak.length).toBeGreaterThan(0);
    expect(weak.filter(([, rule]) => rule.settled)).toEqual([]);
  });

  test('when the statute says it, as with the third that may defer and the three weeks of appeal', () => {
    expect(rules['R-055'].settled).toBe(true);
    expect(rules['R-072'].settled).toBe(true);
  });

  test('but not where the reading is doubtful: Saturday as a weekday, the minority used once, a failed condition', () => {
    expect([rules['R-027'], rules['R-056'], rules['R-065']].map((rule) => rule.settled)).toEqual([
      false,
      false,
      false,
    ]);
  });
});

describe('the id of a rule', () => {
  test('is recognised for every rule', () => {
    expect(expectedIds.filter((id) => !isRuleId(id))).toEqual([]);
  });

  test.each(['R-000', 'R-133', 'R-1', 'r-001', ' R-001', '', 'toString', '__proto__'])(
    'is not %j',
    (value) => {
      expect(isRuleId(value)).toBe(false);
    },
  );

  test('is known to the compiler one by one', () => {
    expectTypeOf<'R-001' | 'R-132'>().toExtend<RuleId>();
    expectTypeOf<'R-133'>().not.toExtend<RuleId>();
  });
});
