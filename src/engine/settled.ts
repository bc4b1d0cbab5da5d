/**
 * A snapshot in the form in which it is stored. A step leaves most of a context as it was, so what is in that form
 * already keeps its text: to write and read back the whole context took a quarter of a step (`npm run bench`).
 */
import type { AnyStateMachine } from 'xstate';
import type { Json, JsonObject } from '../../machines/chart.ts';
import { canonical } from './chain.ts';
import { freeze, persist, restore, type Snapshot } from './transition.ts';

export interface Settled {
  /** As it would be read back: a chart can see the order of keys and keys without a value. */
  readonly snapshot: Snapshot;
  /** Canonical JSON. */
  readonly text: string;
}

/**
 * @throws TypeError for a context that is not JSON; Error for states of which some cannot be active with others, which
 * XState comes to by some eventless transitions out of parallel states.
 */
export function settled(machine: AnyStateMachine, snapshot: Snapshot): Settled {
  const { context, text } = settledContext(snapshot.context as JsonObject);
  const rest = canonical(persist(machine, { ...snapshot, context: {} } as Snapshot));
  return {
    snapshot: { ...withoutContext(machine, rest), context } as Snapshot,
    text: `{"context":${text}${rest.slice(EMPTY.length)}`,
  };
}

/** The snapshot that a text of `settled` says. */
export function readBack(machine: AnyStateMachine, text: string): Snapshot {
  const persisted = JSON.parse(text) as { readonly context: JsonObject };
  const { context } = persisted;
  const start = `{"context":${JSON.stringify(context)}`;
  // Keys that look like numbers stand in another order in an object than in its text.
  if (!text.startsWith(start)) return restore(machine, persisted);
  freeze(context);
  for (const value of Object.values(context))
    if (value !== null && typeof value === 'object') texts.set(value, JSON.stringify(value));
  return { ...withoutContext(machine, `${EMPTY}${text.slice(start.length)}`), context } as Snapshot;
}

/** `context` is the first of a snapshot's keys. */
const EMPTY = '{"context":{}';

/** Actors of a machine are in few places: what a snapshot is beside its context is the same for all that are in one. */
const places = new WeakMap<AnyStateMachine, Map<string, Snapshot>>();
/** Places kept of a machine; with histories and parallel regions there may be many. */
const MOST_PLACES = 1_000;

function withoutContext(machine: AnyStateMachine, rest: string): Snapshot {
  const known = places.get(machine) ?? new Map<string, Snapshot>();
  places.set(machine, known);
  const kept = known.get(rest);
  if (kept) return kept;
  const snapshot = restore(machine, JSON.parse(rest) as JsonObject);
  if (canonical(persist(machine, snapshot)) !== rest)
    throw new Error(`the states that it would be in cannot be active together: ${rest}`);
  const { value, _nodes, children, historyValue } = snapshot;
  for (const shared of [value, _nodes, children, historyValue]) Object.freeze(shared);
  if (known.size === MOST_PLACES) known.clear();
  known.set(rest, snapshot);
  return snapshot;
}

/** The texts of values that are in this form, and cannot be changed. */
const texts = new WeakMap<object, string>();

function settledContext(made: JsonObject): { context: JsonObject; text: string } {
  const keys = Object.keys(made);
  const isInForm = keys.every((key, at) => made[key] !== undefined && (keys[at - 1] ?? '') <= key);
  const fields = isInForm ? keys : keys.filter((key) => made[key] !== undefined).sort();
  // A step changes fields in their places, and seldom adds one: copied as they stand it is 16 µs, made anew 39.
  const context = isInForm ? { ...made } : Object.fromEntries(fields.map((key) => [key, made[key]]));
  let text = '';
  for (const key of fields) {
    const field = context[key] as Json;
    const known = textOf(field);
    const said = known ?? canonical(field);
    if (known === undefined) context[key] = kept(said);
    text += `${text === '' ? '' : ','}${nameOf(key)}:${said}`;
  }
  return { context: Object.freeze(context) as JsonObject, text: `{${text}}` };
}

/** Of what is in this form. */
const textOf = (value: Json): string | undefined =>
  value === null || typeof value !== 'object' ? canonical(value) : texts.get(value);

function kept(text: string): JsonObject {
  const value = JSON.parse(text) as JsonObject;
  freeze(value);
  texts.set(value, text);
  return value;
}

/** The names of fields as JSON. Charts have few. */
const names = new Map<string, string>();

function nameOf(key: string): string {
  const known = names.get(key) ?? canonical(key);
  names.set(key, known);
  return known;
}
