/** Guards asked about an event of which not everything is known: one that reads what is not passes. */
import type { Chart, Guard, Received } from '../../machines/chart.ts';

/** Thrown by what is not known when a guard reads it. */
const UNREAD = Symbol('this is not known yet');

const refuse = (): never => {
  throw UNREAD;
};

/** An object that answers as `ask` does for the names that are read from it, and does not say which it has. */
const asking = (ask: (name: string | symbol) => unknown): object =>
  new Proxy(
    {},
    {
      get: (_, name) => ask(name),
      has: refuse,
      ownKeys: refuse,
      getOwnPropertyDescriptor: refuse,
    },
  );

/** An event of which only the type is known. */
export const unread = (type: string): Received =>
  asking((name) => (name === 'type' ? type : refuse())) as Received;

/** Each of the items of a list, in the path of a field. */
export const EACH = '*';

/**
 * An event of which only the type and one field are known; in a list it is that of the first item of several.
 * @param path names from the payload on, and `EACH` for the items of a list.
 * @param told called when the field is read.
 */
export const reading = (
  type: string,
  [first = '', ...rest]: readonly string[],
  value: unknown,
  told: () => void = () => {},
): Received =>
  asking((name) => {
    if (name === 'type') return type;
    return name === first ? within(rest, value, told) : refuse();
  }) as Received;

function within([first, ...rest]: readonly string[], value: unknown, told: () => void): unknown {
  if (first === undefined) {
    told();
    return value;
  }
  if (first !== EACH) return asking((name) => (name === first ? within(rest, value, told) : refuse()));
  const item = within(rest, value, told);
  return new Proxy([item, null], {
    get: (items, at) => (at === '1' ? refuse() : Reflect.get(items, at)),
  });
}

const lenientCharts = new WeakMap<Chart, Chart>();

/** The same chart, with guards that pass where they depend on what is not known. */
export function lenient(chart: Chart): Chart {
  const known = lenientCharts.get(chart);
  if (known) return known;
  const guards = Object.entries(chart.guards).map(([name, guard]) => [name, passingUnread(guard)]);
  const made = { ...chart, guards: Object.fromEntries(guards) };
  lenientCharts.set(chart, made);
  return made;
}

const passingUnread = (guard: Guard): Guard => ({
  ...guard,
  holds: (context, event, params) => {
    try {
      return guard.holds(context, event, params);
    } catch (thrown) {
      if (thrown === UNREAD) return true;
      throw thrown;
    }
  },
});
