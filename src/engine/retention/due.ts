/** Which records are closed, and since when; and what a municipality's retention plan says of them. */
import type { Label } from '../../../machines/label.ts';
import type { Municipality, RetentionRule } from '../../../machines/municipalities/municipality.ts';
import type { StoredActor } from '../../store/actors.ts';
import { addPeriod, localDate } from '../calendar.ts';

/** When a record may be redacted, and which of its fields stay; or why it is kept. */
export type Retention =
  | { readonly rule: RetentionRule; readonly closedOn: string; readonly dueOn: string }
  | { readonly kept: Label };

/** What is known of a record: when something last happened to it (RFC 3339), and how many deadlines of it run. */
interface Standing {
  readonly last: string;
  readonly deadlines: number;
}

export function retentionOf(
  { chart, ended }: Pick<StoredActor, 'chart' | 'ended'>,
  { last, deadlines }: Standing,
  municipality: Municipality,
): Retention {
  const rule = municipality.retention.find((it) => it.of.includes(routeOf(chart)));
  if (!rule) return { kept: unplanned(municipality.name) };
  if (!ended || deadlines > 0) return { kept: stillOpen };
  const closedOn = localDate(Date.parse(last), municipality.calendar);
  return { rule, closedOn, dueOn: addPeriod(closedOn, { years: rule.years }) };
}

/** A matter's route without its municipality; of another record its chart. */
const routeOf = (chart: string): string => chart.slice(chart.indexOf('/') + 1);

const unplanned = (name: string): Label => ({
  sv: `${name}s gallringsplan säger inget om det: det bevaras.`,
  en: `The retention plan of ${name} says nothing of it: it is kept for good.`,
});

const stillOpen: Label = {
  sv: 'Det är inte avslutat, eller en frist i det löper.',
  en: 'It is not closed, or a deadline of it runs.',
};
