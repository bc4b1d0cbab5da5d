/** The two languages of the pages, and how dates, instants and numbers are written in them. */
import type { Label } from '../../machines/label.ts';

export type Language = 'sv' | 'en';

export const isLanguage = (value: unknown): value is Language => value === 'sv' || value === 'en';

/** Says a text in one language: of a label, or of the Swedish and the English given in place. */
export interface Say {
  (label: Label): string;
  (sv: string, en: string): string;
}

export const sayIn =
  (language: Language): Say =>
  (first: Label | string, en?: string): string =>
    typeof first === 'string' ? (language === 'sv' ? first : (en ?? first)) : first[language];

const locales = { sv: 'sv-SE', en: 'en-GB' } as const;

/** A local date, `2026-11-20` → `20 november 2026`. Anything else is given back as it is. */
export function dateText(date: string, language: Language): string {
  const at = Date.parse(`${date.slice(0, 10)}T00:00:00Z`);
  return Number.isNaN(at)
    ? date
    : new Intl.DateTimeFormat(locales[language], { dateStyle: 'long', timeZone: 'UTC' }).format(at);
}

/** An instant (RFC 3339) as a local date and time, `2026-11-20 14:05`. */
export function instantText(instant: string, zone: string): string {
  return new Intl.DateTimeFormat('sv-SE', { dateStyle: 'short', timeStyle: 'short', timeZone: zone }).format(
    Date.parse(instant),
  );
}

const units = {
  years: [
    ['år', 'år'],
    ['year', 'years'],
  ],
  months: [
    ['månad', 'månader'],
    ['month', 'months'],
  ],
  weeks: [
    ['vecka', 'veckor'],
    ['week', 'weeks'],
  ],
  days: [
    ['dag', 'dagar'],
    ['day', 'days'],
  ],
} as const;

/** A period of the calendar, `{ years: 1, months: 6 }` → `1 år 6 månader`. */
export function periodText(period: Readonly<Record<string, unknown>>, language: Language): string {
  return Object.entries(units)
    .flatMap(([unit, words]) => {
      const n = period[unit];
      return typeof n === 'number' && n > 0
        ? [`${n} ${words[language === 'sv' ? 0 : 1][n === 1 ? 0 : 1]}`]
        : [];
    })
    .join(' ');
}

/** How often something comes back, `{ years: 1 }` → `varje år`, `{ years: 2 }` → `en gång på 2 år`. */
export function everyText(period: Readonly<Record<string, unknown>>, language: Language): string {
  const say = sayIn(language);
  const [, single] = /^1 (\S+)$/.exec(periodText(period, language)) ?? [];
  return single === undefined
    ? `${say('en gång på', 'once in')} ${periodText(period, language)}`
    : `${say('varje', 'every')} ${single}`;
}
