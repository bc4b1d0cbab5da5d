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

/** @throws TypeError for a context that is not JSON. */
export function settled(machine: AnyStateMachine, snapshot: Snapshot): Settled {
  const { context, text } = settledContext(snapshot.context as JsonObject);
  const rest = canonical(persist(machine, { ...snapshot, context: {} } as Snapshot));
  const restored = restore(machine, JSON.parse(rest) as JsonObject);
  return {
    snapshot: { ...restored, context } as Snapshot,
    text: `{"context":${text}${rest.slice(EMPTY.length)}`,
  };
}

/** `context` is the first of a snapshot's keys. */
const EMPTY = '{"context":{}';

/** The texts of values that are in this form, and cannot be changed. */
const texts = new WeakMap<object, string>();

function settledContext(made: JsonObject): { context: JsonObject; text: string } {
  const fields: [string, Json][] = [];
  const parts: string[] = [];
  for (const key of Object.keys(made).sort()) {
    const field = made[key];
    if (field === undefined) continue;
    const { value, text } = settledValue(field);
    fields.push([key, value]);
    parts.push(`${nameOf(key)}:${text}`);
  }
  return { context: Object.freeze(Object.fromEntries(fields)), text: `{${parts.join(',')}}` };
}

/** The names of fields as JSON. Charts have few. */
const names = new Map<string, string>();

function nameOf(key: string): string {
  const known = names.get(key) ?? canonical(key);
  names.set(key, known);
  return known;
}

function settledValue(made: Json): { value: Json; text: string } {
  if (made === null || typeof made !== 'object') return { value: made, text: canonical(made) };
  const known = texts.get(made);
  if (known !== undefined) return { value: made, text: known };
  const text = canonical(made);
  const value = JSON.parse(text) as JsonObject;
  freeze(value);
  texts.set(value, text);
  return { value, text };
}
