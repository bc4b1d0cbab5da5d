/** Days on which something has happened, as schemas declare them (`pastDate`): none of them is still to come. */
import * as z from 'zod';
import type { Json, JsonObject } from '../../machines/chart.ts';
import { once } from './once.ts';
import { type FieldError, Refusal } from './refusal.ts';
import { labelOf, pointerTo, unwrapped } from './wrong.ts';

interface PastDay {
  /** `EACH` stands for every item of a list. */
  readonly path: readonly (string | typeof EACH)[];
  readonly schema: z.core.$ZodType;
}

const EACH = Symbol('each');

/**
 * @param value of the schema.
 * @param today local, `YYYY-MM-DD`; asked for only where the schema has such days.
 * @throws Refusal `refused` naming each that is still to come: the same may be right another day.
 */
export function assertPast(schema: z.ZodObject, value: JsonObject, today: () => string): void {
  const days = pastDays(schema);
  if (days.length === 0) return;
  const fields = stillToCome(days, value, today());
  if (fields.length === 0) return;
  const says = {
    sv: 'Det har inte hänt än, enligt en dag som anges.',
    en: 'It has not happened yet, by a day that is stated.',
  };
  throw new Refusal('refused', says, { fields });
}

const stillToCome = (days: readonly PastDay[], value: JsonObject, now: string): FieldError[] =>
  days.flatMap(({ path, schema: field }) => {
    const { sv, en } = labelOf(field) ?? { sv: 'Dagen', en: 'The day' };
    const detail = {
      sv: `”${sv}” är en dag som inte har kommit än: det är ${now}.`,
      en: `"${en}" is a day that has not come yet: it is ${now}.`,
    };
    return placesOf(value, path)
      .filter(({ at }) => typeof at === 'string' && at > now)
      .map(({ pointer }) => ({ pointer: pointerTo(pointer), detail }));
  });

const pastDays = once((schema: z.ZodObject): readonly PastDay[] => daysIn(schema, []));

function daysIn(schema: z.core.$ZodType, path: PastDay['path']): PastDay[] {
  if (z.globalRegistry.get(schema)?.past === true) return [{ path, schema }];
  const bare = unwrapped(schema);
  if (bare !== schema) return daysIn(bare, path);
  if (bare instanceof z.ZodArray) return daysIn(bare.element, [...path, EACH]);
  if (!(bare instanceof z.ZodObject)) return [];
  return Object.entries(bare.shape).flatMap(([key, it]) => daysIn(it as z.core.$ZodType, [...path, key]));
}

interface Place {
  readonly pointer: readonly PropertyKey[];
  readonly at: Json | undefined;
}

/** What a value has at a path; of lists, in every item. */
function placesOf(value: Json | undefined, path: PastDay['path'], pointer: Place['pointer'] = []): Place[] {
  const [step, ...rest] = path;
  if (step === undefined) return [{ pointer, at: value }];
  if (step === EACH)
    return Array.isArray(value) ? value.flatMap((it, index) => placesOf(it, rest, [...pointer, index])) : [];
  return value !== null && typeof value === 'object'
    ? placesOf((value as JsonObject)[step], rest, [...pointer, step])
    : [];
}
