import { inspect } from 'node:util';
import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, test } from 'vitest';
import {
  addPeriod,
  type Calendar,
  endOfDay,
  isRestDay,
  lastDay,
  localDate,
  type Period,
  rollForward,
  startOfDay,
  weekdayBefore,
} from '../../src/engine/calendar.ts';

const sweden: Calendar = { country: 'SE', zone: 'Europe/Stockholm' };
const threeWeeks = { weeks: 3 };
const DAY = 86_400_000;
const HOUR = 3_600_000;

const iso = (day: number) => new Date(day).toISOString().slice(0, 10);
const instant = (text: string) => Date.parse(text);

describe('the last day of an appeal (R-072: KL 13:5, 1930:173 §§ 1–2)', () => {
  test.each([
    [
      '1999-03-16',
      '1999-04-06',
      '1999-04-06',
      'RÅ 1999 not 181: receipt on a Tuesday, last day the third Tuesday',
    ],
    ['2015-05-19', '2015-06-09', '2015-06-09', 'an ordinary Tuesday'],
    ['2026-12-03', '2026-12-24', '2026-12-28', 'Christmas Eve, two holidays and a Sunday'],
    ['2026-05-29', '2026-06-19', '2026-06-22', 'Midsummer Eve'],
    ['2027-03-05', '2027-03-26', '2027-03-30', 'Good Friday to the Tuesday after Easter'],
  ])('announced %s: three weeks end on %s and the last day is %s (%s)', (announced, raw, last) => {
    expect(addPeriod(announced, threeWeeks)).toBe(raw);
    expect(lastDay(announced, threeWeeks, sweden, true)).toBe(last);
    expect(lastDay(announced, { days: 21 }, sweden, true)).toBe(last);
    expect(lastDay(announced, threeWeeks, sweden, false)).toBe(raw);
  });

  test.each([
    ['2015-06-09', '2015-06-10'],
    ['2026-12-28', '2026-12-29'],
    ['2026-06-22', '2026-06-23'],
    ['2027-03-30', '2027-03-31'],
  ])('with %s as last day the notice may go on %s, the day after (R-071, KL 8:12)', (last, removal) => {
    const firstInstant = endOfDay(last, sweden);
    expect(localDate(firstInstant, sweden)).toBe(removal);
    expect(localDate(firstInstant - 1, sweden)).toBe(last);
  });

  test('is not the day before the weekday of the announcement, as some notices have it', () => {
    expect(lastDay('2015-05-19', threeWeeks, sweden, true)).not.toBe('2015-06-08');
  });
});

describe('other times of the rulebook', () => {
  test('minutes of a meeting are to be approved within 14 days (R-069, KL 5:69)', () => {
    expect(lastDay('2026-12-07', { days: 14 }, sweden, true)).toBe('2026-12-21');
  });

  test('the approval is announced at latest the second day after (R-071, KL 8:12)', () => {
    expect(lastDay('2026-12-09', { days: 2 }, sweden, true)).toBe('2026-12-11');
    expect(lastDay('2026-12-10', { days: 2 }, sweden, true)).toBe('2026-12-14');
  });

  test('a notice posted a week before the meeting day is in time, one six days before is not (R-026)', () => {
    expect(addPeriod('2026-12-07', { weeks: 1 }) <= '2026-12-14').toBe(true);
    expect(addPeriod('2026-12-08', { weeks: 1 }) <= '2026-12-14').toBe(false);
  });

  test('an urgent matter is announced at latest the weekday nearest before the meeting (R-027)', () => {
    expect(weekdayBefore('2026-12-14', sweden)).toBe('2026-12-11');
    expect(weekdayBefore('2026-12-15', sweden)).toBe('2026-12-14');
    expect(weekdayBefore('2026-12-28', sweden)).toBe('2026-12-23');
  });

  test('a motion is due a year after it was raised, on the same date (R-101, KL 5:35)', () => {
    expect(addPeriod('2026-11-30', { years: 1 })).toBe('2027-11-30');
  });
});

describe('weeks, months and years (1930:173 § 1)', () => {
  test.each<[string, Period, string, string]>([
    ['2026-01-30', { months: 1 }, '2026-02-28', 'no such day: the last of the month'],
    ['2028-01-30', { months: 1 }, '2028-02-29', 'the last of the month in a leap year'],
    ['2026-02-28', { months: 1 }, '2026-03-28', 'the same number, not the last of the month'],
    ['2028-02-29', { years: 1 }, '2029-02-28', 'from a leap day'],
    ['2026-12-31', { months: 2 }, '2027-02-28', 'into the next year'],
    ['2026-08-31', { months: 13, days: 1 }, '2027-10-01', 'months first, then days'],
    ['2026-11-20', { days: 0 }, '2026-11-20', 'no time at all'],
  ])('%s and %j end on %s (%s)', (from, period, end) => {
    expect(addPeriod(from, period)).toBe(end);
  });
});

describe('clock changes', () => {
  test.each([
    ['2026-03-10', '2026-03-31', '2026-03-31T22:00:00Z', 'summer time begins'],
    ['2026-10-06', '2026-10-27', '2026-10-27T23:00:00Z', 'summer time ends'],
    ['2026-05-05', '2026-05-26', '2026-05-26T22:00:00Z', 'no change, the control'],
  ])('21 days from %s last to the end of %s (%s, %s)', (from, last, end) => {
    expect(lastDay(from, { days: 21 }, sweden, true)).toBe(last);
    expect(endOfDay(last, sweden)).toBe(instant(end));
  });

  test('counting 21 times 24 hours instead lands an hour wrong in both directions', () => {
    expect(endOfDay('2026-03-10', sweden) + 21 * DAY).toBe(endOfDay('2026-03-31', sweden) + HOUR);
    expect(endOfDay('2026-10-06', sweden) + 21 * DAY).toBe(endOfDay('2026-10-27', sweden) - HOUR);
  });

  test.each([
    ['2026-03-29', 23],
    ['2026-10-25', 25],
    ['2026-06-01', 24],
  ])('%s has %i hours in Stockholm', (date, hours) => {
    expect(endOfDay(date, sweden) - startOfDay(date, sweden)).toBe(hours * HOUR);
  });

  test('a day without midnight begins when its clocks begin', () => {
    const brazil = { country: 'BR', zone: 'America/Sao_Paulo' };
    expect(startOfDay('2018-11-04', brazil)).toBe(instant('2018-11-04T03:00:00Z'));
    expect(localDate(instant('2018-11-04T03:00:00Z') - 1, brazil)).toBe('2018-11-03');
  });
});

describe('what is refused, by name', () => {
  test.each([
    '2026-02-29',
    '2026-13-01',
    '2026-00-10',
    '2026-04-31',
    '20261120',
    '2026-1-1',
    '1899-12-31',
    '',
  ])('the date %j', (date) => {
    for (const ask of [
      () => addPeriod(date, { days: 1 }),
      () => isRestDay(date, sweden),
      () => startOfDay(date, sweden),
      () => endOfDay(date, sweden),
    ]) {
      expect(ask).toThrow(RangeError);
      expect(ask).toThrow(JSON.stringify(date));
    }
  });

  test.each([
    {},
    { days: -1 },
    { weeks: 1.5 },
    { days: Number.NaN },
    { day: 1 },
    { years: 9000 },
    { days: 2 ** 53 - 1 },
  ])('the period %j', (period) => {
    const ask = () => addPeriod('2026-11-20', period);
    expect(ask).toThrow(RangeError);
    expect(ask).toThrow(inspect(period));
  });

  test('an unknown zone and an instant that is none', () => {
    expect(() => startOfDay('2026-11-20', { ...sweden, zone: 'Mars/Olympus' })).toThrow(RangeError);
    expect(() => localDate(Number.NaN, sweden)).toThrow('NaN');
  });

  test('nothing of this kind in a leap year', () => {
    expect(isRestDay('2028-02-29', sweden)).toBe(false);
  });
});

describe('for every day and period', () => {
  const dates = fc
    .integer({ min: Date.UTC(1990, 0, 1) / DAY, max: Date.UTC(2060, 0, 1) / DAY })
    .map((n) => iso(n * DAY));
  const period = fc.record({
    years: fc.nat(3),
    months: fc.nat(40),
    weeks: fc.nat(60),
    days: fc.nat(400),
  });
  const zones = [
    'Europe/Stockholm',
    'UTC',
    'America/New_York',
    'America/Sao_Paulo',
    'Asia/Kolkata',
    'Pacific/Auckland',
  ];
  const calendars = fc.constantFrom(...zones.map((zone) => ({ country: 'SE', zone })));
  const instants = fc.integer({ min: Date.UTC(1990, 0, 2), max: Date.UTC(2059, 0, 1) });
  const weekday = (date: string) => new Date(date).getUTCDay();

  test('a rolled last day is a weekday, not before the day itself, with only rest days between', () => {
    fc.assert(
      fc.property(dates, period, (from, time) => {
        const raw = addPeriod(from, time);
        const last = lastDay(from, time, sweden, true);
        expect(isRestDay(last, sweden)).toBe(false);
        for (let day = raw; day < last; day = addPeriod(day, { days: 1 })) {
          expect(isRestDay(day, sweden)).toBe(true);
        }
        expect(last >= raw).toBe(true);
      }),
    );
  });

  test('rolling twice is rolling once', () => {
    fc.assert(
      fc.property(dates, (date) => {
        const rolled = rollForward(date, sweden);
        expect(rollForward(rolled, sweden)).toBe(rolled);
      }),
    );
  });

  test('between the weekday before a day and the day itself there are only rest days', () => {
    fc.assert(
      fc.property(dates, (date) => {
        const before = weekdayBefore(date, sweden);
        expect(before < date && !isRestDay(before, sweden)).toBe(true);
        expect(rollForward(addPeriod(before, { days: 1 }), sweden) >= date).toBe(true);
      }),
    );
  });

  test('weeks keep the weekday before rolling', () => {
    fc.assert(
      fc.property(dates, fc.nat(200), (date, weeks) => {
        expect(weekday(addPeriod(date, { weeks }))).toBe(weekday(date));
      }),
    );
  });

  test('periods are added as Temporal adds them', () => {
    fc.assert(
      fc.property(dates, period, (date, time) => {
        expect(addPeriod(date, time)).toBe(Temporal.PlainDate.from(date).add(time).toString());
      }),
    );
  });

  test('a later start never gives an earlier last day', () => {
    fc.assert(
      fc.property(dates, dates, period, (one, other, time) => {
        const [first, second] = [one, other].sort() as [string, string];
        expect(lastDay(first, time, sweden, true) <= lastDay(second, time, sweden, true)).toBe(true);
      }),
    );
  });

  test('a day ends where the next begins, and begins on itself, in every zone', () => {
    fc.assert(
      fc.property(dates, calendars, (date, calendar) => {
        expect(endOfDay(date, calendar)).toBe(startOfDay(addPeriod(date, { days: 1 }), calendar));
        expect(localDate(startOfDay(date, calendar), calendar)).toBe(date);
        expect(localDate(endOfDay(date, calendar) - 1, calendar)).toBe(date);
        expect(endOfDay(date, calendar)).toBeGreaterThan(startOfDay(date, calendar));
      }),
    );
  });

  test('an instant has the local date that Temporal gives it, in every zone', () => {
    fc.assert(
      fc.property(instants, calendars, (at, calendar) => {
        const local = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(calendar.zone);
        expect(localDate(at, calendar)).toBe(local.toPlainDate().toString());
      }),
    );
  });
});
