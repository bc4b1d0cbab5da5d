/** Whether what a plan says that something remembers is what its chart could remember there. */
import type * as z from 'zod';
import type { Chart, Json, JsonObject } from '../../../machines/chart.ts';
import { type Actor, contextOf } from '../actor.ts';
import { canonical } from '../chain.ts';
import type { Blocked } from './blocked.ts';

/**
 * The first field of a plan's context that the new version could not have so; null where there is none. A field is what
 * the input declares. Where that declares none, it is a text, a number or a truth, as the chart begins with it, or where
 * that is null as it is already; what begins as null may be so again. Lists and objects that only the chart's own steps
 * write are no plan's to write.
 */
export function misfit(actor: Actor, to: Chart, context: JsonObject): Blocked | null {
  const had = contextOf(actor);
  const wrong =
    Object.keys(context).find((name) => !fits(had, to, name, context[name] ?? null)) ??
    contradicted(had, to, context);
  return wrong === undefined ? null : notSo(wrong);
}

/** The field of a plan by which what was stated together would no longer agree, where it did before. */
function contradicted(had: JsonObject, { input }: Chart, context: JsonObject): string | undefined {
  const names = Object.keys(context).filter((name) => Object.hasOwn(input.shape, name));
  const stated = (from: JsonObject) =>
    Object.fromEntries(
      Object.keys(input.shape).flatMap((name) => ((from[name] ?? null) === null ? [] : [[name, from[name]]])),
    );
  if (names.length === 0 || !input.safeParse(stated(had)).success) return undefined;
  const { error } = input.safeParse(stated({ ...had, ...context }));
  const at = error?.issues.map(({ path: [name] }) => String(name)) ?? [];
  return error && (names.find((it) => at.includes(it)) ?? names[0]);
}

function fits(had: JsonObject, { input, context }: Chart, name: string, value: Json): boolean {
  const declared = input.shape[name];
  const now = had[name] ?? null;
  if (value === null) return context[name] === null && isSingle(now);
  if (declared) return isTaken(declared as z.ZodType, value);
  return isSingle(value) && typeof value === typeof (context[name] ?? now);
}

const isSingle = (value: Json): boolean => value === null || typeof value !== 'object';

/** Whether it is taken as it stands, with nothing to be added to it. */
function isTaken(schema: z.ZodType, value: Json): boolean {
  const { success, data } = schema.safeParse(value);
  return success && canonical(data) === canonical(value);
}

const notSo = (name: string): Blocked => ({
  why: 'context',
  says: {
    sv: `Uppgiften ”${name}” kan inte ha det värde som planen ger den: den nya versionen har inget sådant där.`,
    en: `The field "${name}" cannot have the value that the plan gives it: the new version has none such there.`,
  },
});
