import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { everyText } from '../../src/clerk/language.ts';
import { acclaim, announce, on, openItem, prepare, register } from '../fixtures/council-matter.ts';
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

  test('that what is left of a meeting is to be done with its notice', async () => {
    const { bench } = hall;
    const matter = await register(bench);
    await prepare(bench, matter);
    const meeting = await openItem(bench, matter, { body: 'au', day: '2022-05-16', present: 5 });
    await acclaim(bench, matter, 'endorsed');
    await announce(bench, meeting, '2022-05-20');
    expect(await hall.page(`/meetings/${meeting}`)).toContain('Du har ingenting att göra här just nu.');
    await on(bench, '2022-07-01');
    const html = await hall.page(`/meetings/${meeting}`);
    expect(html).toContain('Det som återstår att göra står vid anslaget.');
    expect(html).not.toContain('Du har ingenting att göra här just nu.');
  });
});
