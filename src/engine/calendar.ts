import { inspect } from 'node:util';
import { Temporal } from 'temporal-polyfill';
import { holidays } from './holidays.ts';

/** A legal time: one unit or several, whole numbers from 0. */
export interface Period {
  years?: number;
  months?: number;
  weeks?: number;
  days?: number;
  workingDays?: number;
}

/** Whose holidays (ISO 3166 country, capitals) and whose clocks (IANA zone) decide. */
export interface Calendar {
  country: string;
  zone: string;
}

const DAY = 86_400_000;
const FIRST_YEAR = 1900;
const LAST_YEAR = 9999;
const SUNDAY = 0;
const SATURDAY = 6;
const UNITS: readonly string[] = ['years', 'months', 'weeks', 'days', 'workingDays'];
const MOST_STARTS_KEPT = 10_000;

const startsOfDays = new Map<string, number>();

/** The local date of an instant (epoch milliseconds). Throws a RangeError outside the years 1900 to 9999. */
export function localDate(instant: number, calendar: Calendar): string {
  const date = isoDate(instant, instant);
  if (instant < startOfDay(date, calendar)) {
    return nextDate(date, -1);
  }
  return instant < endOfDay(date, calendar) ? date : nextDate(date, 1);
}

/**
 * The day a period ends that is counted from a day (the day itself is not counted): weeks end on the same
 * weekday, months and years on the same number in the month or on the month's last day (1930:173 § 1). Years
 * and months are added before weeks and days. Throws a RangeError for a wrong date or period.
 */
export function addPeriod(date: string, period: Period): string {
  const from = parse(date);
  const { years = 0, months = 0, weeks = 0, days = 0 } = checked(period);
  const year = from.getUTCFullYear() + years;
  const month = from.getUTCMonth() + months;
  const lastOfMonth = new Date(Date.UTC(year, month + 1, 0)).getUTCDate();
  const day = Math.min(from.getUTCDate(), lastOfMonth) + 7 * weeks + days;
  return isoDate(Date.UTC(year, month, day), [date, period]);
}

/**
 * Whether a legal time may not end on the day: Saturday, Sunday, public holiday, and in Sweden Midsummer,
 * Christmas and New Year's Eve (1930:173 § 2, 1989:253). Throws a RangeError for a wrong date or country.
 */
export function isRestDay(date: string, calendar: Calendar): boolean {
  const day = parse(date);
  const weekday = day.getUTCDay();
  return (
    weekday === SUNDAY || weekday === SATURDAY || holidays(calendar.country, day.getUTCFullYear()).has(date)
  );
}

/** The day itself, or the next weekday (*vardag*) when it is a rest day (1930:173 § 2). */
export function rollForward(date: string, calendar: Calendar): string {
  let day = date;
  while (isRestDay(day, calendar)) {
    day = nextDate(day, 1);
  }
  return day;
}

/** The weekday (*vardag*) nearest before the day, never the day itself (R-027, KL 5:14). */
export function weekdayBefore(date: string, calendar: Calendar): string {
  let day = nextDate(date, -1);
  while (isRestDay(day, calendar)) {
    day = nextDate(day, -1);
  }
  return day;
}

/**
 * The last day on which something is known that long before a day: neither day is counted (KL 5:13). Working days
 * are none of them a rest day.
 */
export function daysBefore(
  date: string,
  { weeks = 0, days = 0, workingDays = 0 }: Period,
  calendar: Calendar,
): string {
  let day = date;
  for (let counted = 0; counted < 7 * weeks + days; counted++) day = nextDate(day, -1);
  for (let counted = 0; counted < workingDays; counted++) day = weekdayBefore(day, calendar);
  return day;
}

/**
 * The last day of a period counted from a day, moved past rest days when `roll` says so. Working days
 * are counted last, and are none of them a rest day.
 */
export function lastDay(from: string, period: Period, calendar: Calendar, roll: boolean): string {
  const { workingDays = 0, ...lengths } = checked(period);
  let day = Object.keys(lengths).length > 0 ? addPeriod(from, lengths) : from;
  for (let counted = 0; counted < workingDays; counted++) day = rollForward(nextDate(day, 1), calendar);
  return roll ? rollForward(day, calendar) : day;
}

/** Epoch milliseconds of the first instant after the local day: what happens before it happens in time. */
export function endOfDay(date: string, calendar: Calendar): number {
  return startOfDay(nextDate(date, 1), calendar);
}

/**
 * Epoch milliseconds of the first instant of the local day, also where clocks are changed at midnight. Throws
 * a RangeError for a wrong date or zone.
 */
export function startOfDay(date: string, calendar: Calendar): number {
  const key = `${calendar.zone} ${date}`;
  const kept = startsOfDays.get(key);
  if (kept !== undefined) {
    return kept;
  }
  parse(date);
  const start = Temporal.PlainDate.from(date).toZonedDateTime(calendar.zone).epochMilliseconds;
  if (startsOfDays.size === MOST_STARTS_KEPT) {
    startsOfDays.clear();
  }
  startsOfDays.set(key, start);
  return start;
}

/** A date as midnight UTC: days are counted without any zone, and without a Temporal object per question. */
function parse(date: string): Date {
  const day = new Date(/^\d{4}-\d\d-\d\d$/.test(date) ? date : Number.NaN);
  // The number in the month tells 30 February, which Date reads as 2 March.
  if (!(day.getUTCFullYear() >= FIRST_YEAR) || day.getUTCDate() !== Number(date.slice(8))) {
    throw new RangeError(`Not a date from the years ${FIRST_YEAR} to ${LAST_YEAR}: ${JSON.stringify(date)}`);
  }
  return day;
}

/** The date in UTC of an instant; `asked` is what the error names. */
function isoDate(instant: number, asked: unknown): string {
  const day = new Date(instant);
  const year = day.getUTCFullYear();
  if (!(year >= FIRST_YEAR && year <= LAST_YEAR)) {
    throw new RangeError(`Outside the years ${FIRST_YEAR} to ${LAST_YEAR}: ${inspect(asked)}`);
  }
  // By hand: toISOString takes four times as long.
  return `${year}-${twoDigits(day.getUTCMonth() + 1)}-${twoDigits(day.getUTCDate())}`;
}

function twoDigits(number: number): string {
  return String(number).padStart(2, '0');
}

function nextDate(date: string, step: 1 | -1): string {
  return isoDate(parse(date).getTime() + step * DAY, [date, { days: step }]);
}

function checked(period: Period): Period {
  const parts = Object.entries(period);
  const whole = parts.every(
    ([unit, count]) => UNITS.includes(unit) && Number.isSafeInteger(count) && count >= 0,
  );
  if (parts.length === 0 || !whole) {
    throw new RangeError(`Not a period of whole years, months, weeks or days: ${inspect(period)}`);
  }
  return period;
}
