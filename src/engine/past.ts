/** Days on which something has happened, as schemas declare them (`pastDate`): none of them is still to come. */
import type * as z from 'zod';
import type { JsonObject } from '../../machines/chart.ts';
import { type Marked, markedIn, placesOf } from './marked.ts';
import { once } from './once.ts';
import { type FieldError, Refusal } from './refusal.ts';
import { labelOf, pointerTo } from './wrong.ts';

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

const stillToCome = (days: readonly Marked[], value: JsonObject, now: string): FieldError[] =>
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

const pastDays = once((schema: z.ZodObject) => markedIn(schema, 'past'));
