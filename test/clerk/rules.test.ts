import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ways } from '../../machines/law/rule.ts';
import { rules } from '../../machines/law/rules.ts';
import { openPages, type TownHall } from './town-hall.ts';

let hall: TownHall;
beforeAll(async () => {
  hall = await openPages();
});
afterAll(() => hall[Symbol.asyncDispose]());

const rowsOf = (html: string) => [...html.matchAll(/<tr id="(R-\d{3})">/g)].map(([, id]) => id);

describe('The page of the rules', () => {
  test('has a row for every rule, to which a refusal and a step can lead', async () => {
    expect(rowsOf(await hall.page('/rules'))).toEqual(Object.keys(rules));
  });

  test.each(Object.keys(ways))('shows on demand only those that are kept so: %s', async (way) => {
    const shown = rowsOf(await hall.page(`/rules?way=${way}`));
    expect(shown.length).toBeGreaterThan(5);
    expect(shown.length).toBeLessThan(Object.keys(rules).length);
  });

  test('shows all of them for a way that nobody knows', async () => {
    expect(rowsOf(await hall.page('/rules?way=luck'))).toHaveLength(Object.keys(rules).length);
  });

  test('says what a condition says, in which charts, and in both languages', async () => {
    const html = await hall.page('/rules');
    expect(html).toContain('Nekar: ”Ordföranden och så många justerare som organet har');
    expect(html).toContain('<code>enoughApprovers</code> (sammanträde)');
    expect(await hall.page('/rules?lang=en')).toContain('Refuses: “The chair and as many approvers as');
  });

  test('says why a rule does not apply', async () => {
    expect(await hall.page('/rules?way=notApplicable')).toContain('Gäller bara i krig eller krigsfara.');
  });
});
