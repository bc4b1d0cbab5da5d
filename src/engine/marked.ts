/** Fields of a schema that a flag of their metadata marks, and what a value has in them. */
import * as z from 'zod';
import type { Json, JsonObject } from '../../machines/chart.ts';
import { unwrapped } from './wrong.ts';

export interface Marked {
  /** `EACH` stands for every item of a list. */
  readonly path: readonly (string | typeof EACH)[];
  readonly schema: z.core.$ZodType;
}

const EACH = Symbol('each');

export function markedIn(schema: z.core.$ZodType, flag: string, path: Marked['path'] = []): Marked[] {
  if (z.globalRegistry.get(schema)?.[flag] === true) return [{ path, schema }];
  const bare = unwrapped(schema);
  if (bare !== schema) return markedIn(bare, flag, path);
  if (bare instanceof z.ZodArray) return markedIn(bare.element, flag, [...path, EACH]);
  if (!(bare instanceof z.ZodObject)) return [];
  return Object.entries(bare.shape).flatMap(([key, it]) =>
    markedIn(it as z.core.$ZodType, flag, [...path, key]),
  );
}

interface Place {
  readonly pointer: readonly PropertyKey[];
  readonly at: Json | undefined;
}

/** What a value has at a path; of lists, in every item. */
export function placesOf(
  value: Json | undefined,
  path: Marked['path'],
  pointer: Place['pointer'] = [],
): Place[] {
  const [step, ...rest] = path;
  if (step === undefined) return [{ pointer, at: value }];
  if (step === EACH)
    return Array.isArray(value) ? value.flatMap((it, index) => placesOf(it, rest, [...pointer, index])) : [];
  return value !== null && typeof value === 'object'
    ? placesOf((value as JsonObject)[step], rest, [...pointer, step])
    : [];
}

/** The value with what it has at a path changed, where it has something there. */
export function changedAt(value: unknown, path: Marked['path'], change: (at: unknown) => unknown): unknown {
  const [step, ...rest] = path;
  if (step === undefined) return change(value);
  if (step === EACH) return Array.isArray(value) ? value.map((it) => changedAt(it, rest, change)) : value;
  if (value === null || typeof value !== 'object' || !Object.hasOwn(value, step)) return value;
  return { ...value, [step]: changedAt((value as JsonObject)[step], rest, change) };
}
