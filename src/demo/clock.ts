/** Clocks that can be put forward: the demonstration's, and that of a story. Neither goes back. */
import { addPeriod, type Calendar, localDate, startOfDay } from '../engine/calendar.ts';
import { Refusal } from '../engine/refusal.ts';

const MORNING = 8 * 3_600_000;
const FARTHEST = { years: 2 };

/** Epoch milliseconds. */
export interface Clock {
  now(): number;
  /** Does nothing where the instant has passed. */
  moveTo(instant: number): void;
}

/** The machine's clock, and ahead of it by as much as it was put forward. */
export function runningClock(): Clock {
  let ahead = 0;
  return {
    now: () => Date.now() + ahead,
    moveTo: (instant) => {
      ahead = Math.max(ahead, instant - Date.now());
    },
  };
}

/** A clock that stands where it was put. */
export function standingClock(instant: number): Clock {
  let now = instant;
  return {
    now: () => now,
    moveTo: (later) => {
      now = Math.max(now, later);
    },
  };
}

/**
 * Eight in the morning of a local day (`YYYY-MM-DD`), as epoch milliseconds.
 * @throws Refusal `invalid` for a day that is not to come, or not within two years.
 */
export function morningOf(day: string, now: number, calendar: Calendar): number {
  const today = localDate(now, calendar);
  if (!/^\d{4}-\d{2}-\d{2}$/.test(day) || day <= today || day > addPeriod(today, FARTHEST))
    throw new Refusal(
      'invalid',
      { sv: 'Ange en dag som kommer, inom två år.', en: 'State a day that is to come, within two years.' },
      {
        fields: [
          {
            pointer: '/date',
            detail: {
              sv: `en dag efter ${today}, inom två år`,
              en: `a day after ${today}, within two years`,
            },
          },
        ],
      },
    );
  return startOfDay(day, calendar) + MORNING;
}
