/** Days of the year by which the law wants a matter to have left a stage: missed, the matter goes on. */
import * as z from 'zod';
import { type Action, assigning, type DeadlineRule, type JsonObject, type StateData } from '../chart.ts';
import { isRuleId, type RuleId } from '../law/rules.ts';
import { routeId, routeLabel } from '../stages/kind.ts';

export const RouteDate = z.strictObject({
  id: routeId,
  label: routeLabel,
  rule: z.string().refine(isRuleId, 'the id of a legal rule'),
  /** The stage that the matter should have left when the day is over. */
  leaves: routeId,
  month: z.int().min(1).max(12),
  day: z.int().min(1).max(31),
});
export type RouteDate = z.infer<typeof RouteDate>;

const fieldOf = ({ id }: RouteDate): string => `due-${id}`;

/** The next such day of the year, from a local date on. */
const nextOf = ({ month, day }: Pick<RouteDate, 'month' | 'day'>, from: string): string => {
  const of = (year: number) => [year, month, day].map((n) => String(n).padStart(2, '0')).join('-');
  const year = Number(from.slice(0, 4));
  return of(year) >= from ? of(year) : of(year + 1);
};

interface Dated {
  /** The days that passed while the matter had not left their stages. */
  readonly missed: readonly string[];
}

export const dateActions: Readonly<Record<string, Action>> = {
  setDates: assigning<JsonObject, unknown, { dates: readonly RouteDate[] }>(1, (_, event, { dates }) =>
    Object.fromEntries(dates.map((it) => [fieldOf(it), nextOf(it, event.meta.on)])),
  ),
  missDate: assigning<Dated, unknown, { date: string }>(1, ({ missed }, _, { date }) => ({
    missed: [...missed.filter((it) => it !== date), date],
  })),
};

export const dateContext = (dates: readonly RouteDate[]): JsonObject => ({
  missed: [],
  ...Object.fromEntries(dates.map((it) => [fieldOf(it), null])),
});

export const dateDeadlines = (dates: readonly RouteDate[]): Readonly<Record<string, DeadlineRule>> =>
  Object.fromEntries(
    dates.map((it) => [
      it.id,
      {
        label: it.label,
        rule: it.rule as RuleId,
        from: fieldOf(it),
        period: { days: 0 },
        roll: false,
        duty: true,
      },
    ]),
  );

/** The first stage: the days are those that come next when the matter has been registered and is taken on. */
export function dating(state: StateData, dates: readonly RouteDate[]): StateData {
  const { registered } = state.states ?? {};
  if (dates.length === 0 || !registered) return state;
  const exit = [{ type: 'setDates', params: { dates } }];
  return { ...state, states: { ...state.states, registered: { ...registered, exit } } };
}

/** A later stage with the days that concern it: its own, and those of the stages that follow it. */
export const dated = (state: StateData, dates: readonly RouteDate[]): StateData =>
  dates.length === 0
    ? state
    : {
        ...state,
        after: {
          ...state.after,
          ...Object.fromEntries(
            dates.map(({ id }) => [id, { actions: [{ type: 'missDate', params: { date: id } }] }]),
          ),
        },
      };
