/**
 * Days as schemas declare them: of what has happened none is still to come (`pastDate`), and of what is to come none has
 * passed (`comingDate`).
 */
import type * as z from 'zod';
import type { JsonObject } from '../../machines/chart.ts';
import type { Label } from '../../machines/label.ts';
import { type Marked, markedIn, placesOf } from './marked.ts';
import { once } from './once.ts';
import { type FieldError, Refusal } from './refusal.ts';
import { labelOf, pointerTo } from './wrong.ts';

interface Kind {
  readonly daysIn: (schema: z.ZodObject) => readonly Marked[];
  readonly isWrong: (day: string, today: string) => boolean;
  readonly says: Label;
  /** Of a field and the day that it is. */
  readonly detail: (field: Label, today: string) => Label;
}

const kinds: readonly Kind[] = [
  {
    daysIn: once((schema: z.ZodObject) => markedIn(schema, 'past')),
    isWrong: (day, today) => day > today,
    says: {
      sv: 'Det har inte hänt än, enligt en dag som anges.',
      en: 'It has not happened yet, by a day that is stated.',
    },
    detail: ({ sv, en }, today) => ({
      sv: `”${sv}” är en dag som inte har kommit än: det är ${today}.`,
      en: `"${en}" is a day that has not come yet: it is ${today}.`,
    }),
  },
  {
    daysIn: once((schema: z.ZodObject) => markedIn(schema, 'coming')),
    isWrong: (day, today) => day < today,
    says: {
      sv: 'En dag som ska komma har redan passerat.',
      en: 'A day that is to come has passed already.',
    },
    detail: ({ sv, en }, today) => ({
      sv: `”${sv}” är en dag som har passerat: det är ${today}.`,
      en: `"${en}" is a day that has passed: it is ${today}.`,
    }),
  },
];

/**
 * @param value of the schema.
 * @param today local, `YYYY-MM-DD`; asked for only where the schema has such days.
 * @throws Refusal `refused` naming each that is not as it is declared: the same may be right another day.
 */
export function assertDays(schema: z.ZodObject, value: JsonObject, today: () => string): void {
  for (const kind of kinds) {
    const days = kind.daysIn(schema);
    const fields = days.length === 0 ? [] : wrongDays(kind, days, value, today());
    if (fields.length > 0) throw new Refusal('refused', kind.says, { fields });
  }
}

const wrongDays = (
  { isWrong, detail }: Kind,
  days: readonly Marked[],
  value: JsonObject,
  today: string,
): FieldError[] =>
  days.flatMap(({ path, schema }) =>
    placesOf(value, path)
      .filter(({ at }) => typeof at === 'string' && isWrong(at, today))
      .map(({ pointer }) => ({
        pointer: pointerTo(pointer),
        detail: detail(labelOf(schema) ?? { sv: 'Dagen', en: 'The day' }, today),
      })),
  );
