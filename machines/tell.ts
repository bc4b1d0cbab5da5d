/** The actions by which one actor reaches another. Receivers are addressed by id, never by description. */
import { type Action, causing, type Effect, type JsonObject } from './chart.ts';

/** A message to one or several actors; null and undefined receivers are left out. */
export function tell(
  to: string | null | undefined | readonly (string | null | undefined)[],
  type: string,
  fields: JsonObject = {},
): Effect[] {
  const receivers = [to].flat().filter((id): id is string => typeof id === 'string');
  return receivers.length === 0 ? [] : [{ kind: 'tell', to: receivers, event: { ...fields, type } }];
}

/** Tells the actor that started this one. `copy` names the context fields to send along. */
export const tellParent: Action = causing<
  { self: { id: string; parent: string | null } },
  unknown,
  { event: string; copy?: readonly string[] }
>(1, (context, _, { event, copy = [] }) =>
  tell(context.self.parent, event, {
    actor: context.self.id,
    ...Object.fromEntries(copy.map((key) => [key, (context as unknown as JsonObject)[key] ?? null])),
  }),
);
