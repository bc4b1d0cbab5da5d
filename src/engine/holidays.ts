import { createRequire } from 'node:module';
import type Holidays from 'date-holidays';

/** Loaded with the first day that is reckoned: it knows every country, and a start does not wait for that. */
const load = createRequire(import.meta.url);

const DAY = 86_400_000;

/**
 * Where a country's statutes say otherwise than the library's list of public holidays: days on which a legal
 * time does not end, in the library's grammar of rules. A country without a row has the library's list.
 */
const statutes: Readonly<Record<string, readonly { rule: string; name: string }[]>> = {
  SE: [
    // 1930:173 § 2: the eves that count as holidays when a time is reckoned.
    { rule: 'friday after 06-19', name: 'midsommarafton' },
    { rule: '12-24', name: 'julafton' },
    { rule: '12-31', name: 'nyårsafton' },
    // 1989:253 § 1 until 2004:1320 put the national day in its place; the library never has it as a holiday.
    { rule: 'easter 50 prior to 2005', name: 'annandag pingst' },
  ],
};

interface Country {
  source: Holidays;
  years: Map<number, ReadonlySet<string>>;
}

const countries = new Map<string, Country>();

/**
 * The days of a year (four digits, from 1900) that are not working days in a country or its part (ISO 3166, capitals: `SE`, `GB-ENG`), as
 * ISO dates; Saturdays and Sundays only where they are holidays too. Half a day off counts as a day. Computed
 * once per country and year. For Sweden right from 1990, when 1989:253 came into force; earlier years are
 * reckoned by the rules of 1990. Throws a RangeError for a country of which nothing is known.
 */
export function holidays(country: string, year: number): ReadonlySet<string> {
  let known = countries.get(country);
  if (known === undefined) {
    known = { source: sourceOf(country), years: new Map() };
    countries.set(country, known);
  }
  let days = known.years.get(year);
  if (days === undefined) {
    days = daysOff(known.source, year);
    known.years.set(year, days);
  }
  return days;
}

/** @throws RangeError for a calendar whose country has no known holidays, or whose zone does not exist. */
export function assertReckonable({ country, zone }: { country: string; zone: string }): void {
  sourceOf(country);
  new Intl.DateTimeFormat('sv', { timeZone: zone });
}

function sourceOf(country: string): Holidays {
  const Library = load('date-holidays') as typeof Holidays;
  const source = new Library(country, { types: ['public'] });
  if (!/^[A-Z]{2}(-[A-Z0-9]{1,3})?$/.test(country) || source.getRules().length === 0) {
    throw new RangeError(`No holidays are known for the country ${JSON.stringify(country)}`);
  }
  for (const { rule, name } of statutes[country] ?? []) {
    source.setHoliday(rule, { name, type: 'public' });
  }
  return source;
}

function daysOff(source: Holidays, year: number): ReadonlySet<string> {
  const days = new Set<string>();
  for (const { date, start, end } of source.getHolidays(year)) {
    const first = Date.parse(date.slice(0, 10));
    const length = Math.round((end.getTime() - start.getTime()) / DAY);
    for (let day = 0; day < length; day++) {
      days.add(new Date(first + day * DAY).toISOString().slice(0, 10));
    }
  }
  return days;
}
