import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { everyText } from '../../src/clerk/language.ts';
import { register } from '../fixtures/council-matter.ts';
import { openPages, type TownHall } from './town-hall.ts';

let hall: TownHall;
beforeAll(async () => {
  hall = await openPages();
});
afterAll(() => hall[Symbol.asyncDispose]());

describe('the pages say what they mean', () => {
  test('how often a follow-up comes back', () => {
    expect(everyText({ years: 1 }, 'sv')).toBe('varje år');
    expect(everyText({ months: 1 }, 'en')).toBe('every month');
    expect(everyText({ years: 2 }, 'sv')).toBe('en gång på 2 år');
    expect(everyText({ years: 1, months: 6 }, 'en')).toBe('once in 1 year 6 months');
  });

  test('what a list can be narrowed by: to whom it was dispatched for matters alone, and which day is meant', async () => {
    expect(await hall.page('/matters')).toMatch(/Expedierat till.*Registrerat från/s);
    const meetings = await hall.page('/meetings');
    expect(meetings).toContain('Inlagt i planeringen från');
    for (const html of [meetings, await hall.page('/delegations')])
      expect(html).not.toContain('Expedierat till');
  });

  test('what a secrecy mark is refused without', async () => {
    const matter = await register(hall.bench);
    const form = await hall.page(`/actors/${matter}/events/secrecy.mark`, 'registrar');
    for (const name of ['provision', 'authority'])
      expect(form).toMatch(new RegExp(`name="${name}"[^>]* required`));
    expect(form).not.toContain('frivilligt');
  });
});
