/** When a message that was not taken is sent again (conventions of Standard Webhooks). */

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/** Milliseconds before the second attempt, the third, and so on: ten attempts within some three days. */
const waits = [5 * SECOND, 5 * MINUTE, 30 * MINUTE, ...[2, 5, 10, 14, 20, 24].map((hours) => hours * HOUR)];
/** The most that is added to a wait: those that failed together do not come back together. */
const JITTER = 0.1;
/** An endpoint may put us off for a day, not for ever. */
const LONGEST_WAIT = 24 * HOUR;

/**
 * How long to wait after an attempt, in milliseconds; null after the last.
 * @param attempts how many there have been, from 1.
 * @param retryAfter what the endpoint asked for, as its header says: seconds or a date (RFC 9110, 10.2.3). It makes a
 *   wait longer, never shorter.
 * @param random from 0 to 1.
 */
export function waitAfter(
  attempts: number,
  { retryAfter, now, random }: { retryAfter: string | null; now: number; random: number },
): number | null {
  const wait = waits[attempts - 1];
  if (wait === undefined) return null;
  const asked = Math.min(LONGEST_WAIT, askedFor(retryAfter, now));
  return Math.round(Math.max(wait * (1 + JITTER * random), asked));
}

function askedFor(header: string | null, now: number): number {
  if (header === null) return 0;
  if (/^\d{1,9}$/.test(header.trim())) return Number(header) * SECOND;
  const date = Date.parse(header);
  return Number.isNaN(date) ? 0 : Math.max(0, date - now);
}
