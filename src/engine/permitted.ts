/**
 * Which values of an event's fields the present state permits: its guards are asked of each value, alone of all that
 * will be sent. What they say is offered, in the API and on the pages, and told when another value is refused.
 */
import type { Chart, JsonObject, Received } from '../../machines/chart.ts';
import type { Label } from '../../machines/label.ts';
import { guardsOf, waysOf } from './explain.ts';
import {
  type Countable,
  countable,
  given,
  isDeclared,
  labelOf,
  narrowed,
  schemaOf,
  type Value,
  type Way,
} from './payload.ts';
import type { FieldError } from './refusal.ts';
import type { Snapshot } from './transition.ts';
import { EACH, lenient, reading, unread } from './unread.ts';

/** A chart in a state. */
interface At {
  readonly chart: Chart;
  readonly snapshot: Snapshot;
}

/** The schema of an event's payload, of which each field takes only what the present state permits. */
export function permittedSchema(at: At, type: string): JsonObject {
  const declaration = at.chart.events[type];
  if (!declaration) throw new RangeError(`${at.chart.name} declares no ${type}`);
  return permittedIn(at, type).reduce(
    (schema, { path, values }) => narrowed(schema, path, values, at.chart),
    schemaOf(declaration),
  );
}

/**
 * The event by which it shows that the state takes none of its type: without a payload, or with a value of a field of
 * which it permits none. Null where one is possible.
 */
export function hindered(at: At, type: string): Received | null {
  const ways = openWays(at, type);
  if (ways.length === 0) return unread(type);
  const shut = countable(at.chart, type, ways).find((it) => {
    const permits = it.required ? permitting(at, type, it, ways) : null;
    return permits !== null && !it.values.some(permits);
  });
  return shut ? reading(type, shut.path, shut.values[0]) : null;
}

/** What is given and not permitted, with what is: for the refusal of what was sent from outside. */
export function notPermitted(at: At, event: Received): FieldError[] {
  if (at.chart.events[event.type]?.kind === 'message') return [];
  return permittedIn(at, event.type).flatMap((field) =>
    given(event as unknown as JsonObject, field.path).flatMap(({ pointer, value }) =>
      field.values.includes(value as Value)
        ? []
        : [{ pointer, detail: saying(field, at.chart), permitted: field.values }],
    ),
  );
}

/** The fields of which the state does not permit all that is declared, with the values that it does. */
const permittedIn = (at: At, type: string): Countable[] => {
  const ways = openWays(at, type);
  return countable(at.chart, type, ways).flatMap((field) => {
    const permits = permitting(at, type, field, ways);
    const values = permits === null ? field.values : field.values.filter(permits);
    const isNarrowed = permits !== null && (!isDeclared(field) || values.length < field.values.length);
    return isNarrowed ? [{ ...field, values }] : [];
  });
};

/** The transitions that may be taken, for all that is known before there is a payload. */
const openWays = (at: At, type: string): Way[] =>
  waysOf(at.snapshot, type)
    .map(guardsOf)
    .filter((way) => hold(at, way, unread(type)));

const hold = ({ chart, snapshot: { context } }: At, way: Way, event: Received): boolean =>
  way.every((it) => lenient(chart).guards[it.type]?.holds(context as JsonObject, event, it.params ?? {}));

/**
 * Whether the guards of some transition let a value of a field pass; null where there is one that does not ask for the
 * field. One that may be left out belongs to those that do.
 */
function permitting(at: At, type: string, field: Countable, ways: readonly Way[]) {
  const asking = ways.map((way) => askingFor(at, way, type, field)).filter((way) => way.length > 0);
  if (asking.length === 0 || (field.required && asking.length < ways.length)) return null;
  return (value: Value): boolean => asking.some((way) => hold(at, way, reading(type, field.path, value)));
}

/** The guards of a transition that read a field: only they are asked of each of its values. */
const askingFor = (at: At, way: Way, type: string, { path, values: [first] }: Countable): Way =>
  way.filter((guard) => {
    let isRead = false;
    const told = () => {
      isRead = true;
    };
    hold(at, [guard], reading(type, path, first, told));
    return isRead;
  });

function saying({ path, schema, values }: Countable, chart: Chart): Label {
  const name = path.filter((it) => it !== EACH).at(-1) ?? '';
  const { sv = name, en = name } = schema;
  if (values.length === 0)
    return { sv: `”${sv}”: inget värde är möjligt nu.`, en: `"${en}": no value is possible now.` };
  const listed = (language: keyof Label) =>
    values.map(
      (it) => `${it}${schema.type === 'string' ? ` (${labelOf(schema, it, chart)[language]})` : ''}`,
    );
  return {
    sv: `”${sv}” kan nu vara ${listed('sv').join(', ')}.`,
    en: `"${en}" can now be ${listed('en').join(', ')}.`,
  };
}
