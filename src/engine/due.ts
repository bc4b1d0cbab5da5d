/** When a named deadline falls due, by the chart's rule and the municipality's calendar. */
import type { Chart, JsonObject, Period } from '../../machines/chart.ts';
import { type Calendar, endOfDay, lastDay } from './calendar.ts';
import { Refusal } from './refusal.ts';
import type { TouchedDeadline } from './step.ts';

export interface Due {
  /** The first instant after the last day, RFC 3339 in UTC. */
  readonly dueAt: string;
  readonly lastDay: string;
}

/**
 * Null when the date or the period that the rule counts from is not known: then no deadline runs.
 * @param today the local day on which the state was entered.
 * @throws Refusal `invalid` for a day that the calendar does not reach.
 */
export function due(
  chart: Chart,
  name: string,
  context: JsonObject,
  today: string,
  calendar: Calendar,
): Due | null {
  const rule = chart.deadlines[name];
  if (!rule) throw new Error(`${chart.name} has no deadline ${name}`);
  const from = rule.from ? context[rule.from] : today;
  const period = rule.periodFrom ? context[rule.periodFrom] : rule.period;
  if (typeof from !== 'string' || !period) return null;
  try {
    return dueOn(lastDay(from, period as Period, calendar, rule.roll), calendar);
  } catch (error) {
    if (error instanceof RangeError) throw beyond(from, error);
    throw error;
  }
}

/** The same for a deadline that a step has set; null for one that it has cancelled. */
export function dueOf(
  chart: Chart,
  { name, set, lastDay: given }: TouchedDeadline,
  context: JsonObject,
  today: string,
  calendar: Calendar,
): Due | null {
  if (!set) return null;
  return given === undefined ? due(chart, name, context, today, calendar) : dueOn(given, calendar);
}

const dueOn = (day: string, calendar: Calendar): Due => ({
  lastDay: day,
  dueAt: new Date(endOfDay(day, calendar)).toISOString(),
});

const beyond = (from: string, cause: RangeError): Refusal =>
  Object.assign(
    new Refusal('invalid', {
      sv: `En frist som räknas från ${from} ligger utanför kalendern.`,
      en: `A deadline counted from ${from} is beyond the calendar.`,
    }),
    { cause },
  );
