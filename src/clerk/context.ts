/** Reads from an actor's context, which is JSON of the actor's own shape. */
import type { Json, JsonObject } from '../../machines/chart.ts';

export const textIn = (value: Json | undefined): string | null => (typeof value === 'string' ? value : null);

export const textsIn = (value: Json | undefined): readonly string[] =>
  Array.isArray(value) ? value.filter((it): it is string => typeof it === 'string') : [];

export const objectIn = (value: Json | undefined): JsonObject | null =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject) : null;

export const objectsIn = (value: Json | undefined): readonly JsonObject[] =>
  Array.isArray(value) ? value.map((it: Json) => objectIn(it)).filter((it) => it !== null) : [];
