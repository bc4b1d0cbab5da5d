/** Days as they follow one another, rest days or not: by the legal calendar the engine reckons. */
const DAY = 86_400_000;

/** The number of a local day, `YYYY-MM-DD`, by which days are compared and counted. */
export const numberOfDay = (day: string): number => Date.parse(`${day}T00:00:00Z`) / DAY;

/** The later of two days. */
export const later = (one: string, other: string): string => (one > other ? one : other);

/** The day so many days after that one. */
export const daysAfter = (day: string, days: number): string =>
  new Date((numberOfDay(day) + days) * DAY).toISOString().slice(0, 10);
