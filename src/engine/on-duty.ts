import { inForce } from '../access/grant.ts';
import { type Calendar, localDate } from './calendar.ts';
import type { Sender } from './parse.ts';

/**
 * Whoever acts or looks, with what they may at an instant: what was given for a time has begun and not ended.
 * @param at RFC 3339 in UTC.
 */
export function onDuty<S extends Pick<Sender, 'grants'>>(
  who: S,
  at: string,
  calendarOf: (tenant: string) => Calendar,
): S {
  const { grants: given } = who;
  const grants = inForce(given, (tenant) => localDate(Date.parse(at), calendarOf(tenant)));
  return grants === given ? who : { ...who, grants };
}
