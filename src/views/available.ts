/** What can be done with an actor now, by whom, with which fields; and what cannot, and why. */
import type { EventKind, JsonObject } from '../../machines/chart.ts';
import type { Label } from '../../machines/label.ts';
import type { Role } from '../../machines/roles.ts';
import { type Grants, may } from '../access/grant.ts';
import { type Actor, placeOf } from '../engine/actor.ts';
import { explain } from '../engine/explain.ts';
import { hindered, permittedSchema } from '../engine/permitted.ts';
import type { Explanation } from '../engine/refusal.ts';
import { lenient } from '../engine/unread.ts';
import type { Source } from './source.ts';

export interface AvailableEvent {
  readonly type: string;
  readonly label: Label;
  readonly kind: Exclude<EventKind, 'message'>;
  readonly by: readonly Role[];
  /** True when the viewer may send it. */
  readonly permitted: boolean;
  /** JSON Schema of what the state permits as payload, with the labels and hints for forms of the declaration. */
  readonly fields: JsonObject;
}

export interface UnavailableEvent {
  readonly type: string;
  readonly label: Label;
  readonly kind: Exclude<EventKind, 'message'>;
  readonly explanation: Explanation;
}

export interface Events {
  readonly available: readonly AvailableEvent[];
  readonly unavailable: readonly UnavailableEvent[];
}

/**
 * Every event that people or systems may send to an actor. A guard that depends on the payload cannot be judged
 * before there is one and counts as passing, as long as it does for some value of each field whose values are few.
 */
export function eventsOf({ registerOf }: Pick<Source, 'registerOf'>, actor: Actor, grants: Grants): Events {
  const chart = lenient(actor.chart);
  const place = placeOf(actor, registerOf(actor.self.tenant));
  const available: AvailableEvent[] = [];
  const unavailable: UnavailableEvent[] = [];
  for (const [type, declaration] of Object.entries(chart.events)) {
    const { kind, label, by } = declaration;
    if (kind === 'message') continue;
    const hindrance = hindered(actor, type);
    if (hindrance) {
      const explanation = explain(chart, actor.snapshot, hindrance, actor.deadlines);
      unavailable.push({ type, label, kind, explanation });
    } else {
      const permitted = may(grants, place, by, type);
      available.push({ type, label, kind, by, permitted, fields: permittedSchema(actor, type) });
    }
  }
  return { available, unavailable };
}

/** True when the state offers the event, and nothing that can be judged without a payload stands in its way. */
export const isPossible = (actor: Actor, type: string): boolean => hindered(actor, type) === null;

/** What may be sent with an event of the type, where it is among those that can happen. */
export const permittedIn = ({ available }: Events, type: string): JsonObject | undefined =>
  available.find((it) => it.type === type)?.fields;
