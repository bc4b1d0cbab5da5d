import { describe, expect, test, vi } from 'vitest';
import { type Calendar, isRestDay } from '../../src/engine/calendar.ts';

const sweden: Calendar = { country: 'SE', zone: 'Europe/Stockholm' };
const DAY = 86_400_000;

const iso = (day: number) => new Date(day).toISOString().slice(0, 10);

/** The Swedish statutes written out once more, from their text alone, as the oracle of these tests. */
const statute = {
  /** Gregorian Easter by the computus of Meeus, Jones and Butcher. */
  easter(year: number): number {
    const a = year % 19;
    const b = Math.floor(year / 100);
    const c = year % 100;
    const d = Math.floor((8 * b + 13) / 25);
    const h = (19 * a + b - Math.floor(b / 4) - d + 15) % 30;
    const m = Math.floor((a + 11 * h) / 319);
    const r = (2 * (b % 4) + 2 * Math.floor(c / 4) - (c % 4) - h + m + 32) % 7;
    const month = Math.floor((h - m + r + 90) / 25);
    return Date.UTC(year, month - 1, (h - m + r + month + 19) % 32);
  },
  /** The Saturday among the seven days from a day. */
  saturdayFrom(year: number, month: number, day: number): number {
    const from = Date.UTC(year, month - 1, day);
    return from + ((6 - new Date(from).getUTCDay() + 7) % 7) * DAY;
  },
  /** 1989:253 (with 2004:1320) and the eves of 1930:173 § 2. */
  restDays(year: number): Set<string> {
    const easter = this.easter(year);
    const midsummer = this.saturdayFrom(year, 6, 20);
    const moving = [
      easter - 2 * DAY, // långfredagen
      easter, // påskdagen
      easter + DAY, // annandag påsk
      easter + 39 * DAY, // Kristi himmelsfärdsdag, the sixth Thursday after Easter
      easter + 49 * DAY, // pingstdagen, the seventh Sunday after Easter
      midsummer - DAY, // midsommarafton
      midsummer,
      this.saturdayFrom(year, 10, 31), // alla helgons dag
    ];
    const fixed = ['01-01', '01-06', '05-01', '12-24', '12-25', '12-26', '12-31'];
    const days = new Set([...moving.map(iso), ...fixed.map((day) => `${year}-${day}`)]);
    days.add(year < 2005 ? iso(easter + 50 * DAY) : `${year}-06-06`);
    for (let day = Date.UTC(year, 0, 1); day < Date.UTC(year + 1, 0, 1); day += DAY) {
      if ([0, 6].includes(new Date(day).getUTCDay())) {
        days.add(iso(day));
      }
    }
    return days;
  },
};

/** Every day of a year that the calendar calls a rest day. */
function restDaysOf(year: number, calendar: Calendar, ask = isRestDay): string[] {
  const days = Array.from({ length: 366 }, (_, n) => iso(Date.UTC(year, 0, 1 + n)));
  return days.filter((day) => day.startsWith(`${year}`) && ask(day, calendar));
}

describe('rest days (1930:173 § 2, 1989:253)', () => {
  test('are those of the statutes, day for day, from 1990 to 2060', () => {
    for (let year = 1990; year <= 2060; year++) {
      expect(restDaysOf(year, sweden)).toEqual([...statute.restDays(year)].sort());
    }
  });

  test.each([
    ['2000-04-23', 'the year 2000'],
    ['2008-03-23', 'an early year'],
    ['2011-04-24', 'a late year'],
    ['2026-04-05', 'this year'],
    ['2038-04-25', 'the latest possible day'],
  ])('the oracle finds Easter on %s (%s)', (date) => {
    expect(iso(statute.easter(Number(date.slice(0, 4))))).toBe(date);
  });

  test('the national day is a holiday from 2005 and Whit Monday until 2004', () => {
    expect(isRestDay('2003-06-06', sweden)).toBe(false);
    expect(isRestDay('2005-06-06', sweden)).toBe(true);
    expect(isRestDay('2004-05-31', sweden)).toBe(true);
    expect(isRestDay('2005-05-16', sweden)).toBe(false);
  });

  test('the three eves of 1930:173 § 2 are rest days and other eves are not', () => {
    const eves = ['2026-06-19', '2026-12-24', '2026-12-31'];
    const others = ['2026-01-05', '2026-04-02', '2026-04-30', '2026-10-30', '2026-12-23'];
    expect(eves.filter((day) => isRestDay(day, sweden))).toEqual(eves);
    expect(others.filter((day) => isRestDay(day, sweden))).toEqual([]);
  });

  test('another country has its own holidays and not the Swedish eves', () => {
    const norway = { country: 'NO', zone: 'Europe/Oslo' };
    expect(isRestDay('2027-05-17', norway)).toBe(true);
    expect(isRestDay('2027-05-17', sweden)).toBe(false);
    expect(isRestDay('2026-06-19', norway)).toBe(false);
    expect(isRestDay('2026-12-24', norway)).toBe(false);
  });

  test('a holiday of several days is a rest day on each of them', () => {
    const romania = { country: 'RO', zone: 'Europe/Bucharest' };
    const newYear = ['2025-12-31', '2026-01-01', '2026-01-02', '2026-01-05'];
    expect(newYear.filter((day) => isRestDay(day, romania))).toEqual(['2026-01-01', '2026-01-02']);
  });

  test.each([
    ['Pacific/Kiritimati', -14],
    ['Pacific/Pago_Pago', 11],
  ])('do not depend on a server in %s', async (zone, hours) => {
    vi.stubEnv('TZ', zone);
    vi.resetModules();
    const elsewhere = await import('../../src/engine/calendar.ts');
    expect(new Date().getTimezoneOffset()).toBe(hours * 60);
    expect(restDaysOf(2026, sweden, elsewhere.isRestDay)).toEqual([...statute.restDays(2026)].sort());
    expect(elsewhere.localDate(Date.UTC(2026, 2, 28, 23), sweden)).toBe('2026-03-29');
    vi.unstubAllEnvs();
  });

  test.each(['XX', 'se', 'SWE', ''])(
    'are refused for the country %j, of which nothing is known',
    (country) => {
      expect(() => isRestDay('2026-11-20', { ...sweden, country })).toThrow(JSON.stringify(country));
    },
  );
});
