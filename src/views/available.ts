/** What can be done with an actor now, by whom, with which fields; and what cannot, and why. */
import type {
  Chart,
  EventDeclaration,
  EventKind,
  Guard,
  JsonObject,
  Received,
} from '../../machines/chart.ts';
import type { Label } from '../../machines/label.ts';
import type { Role } from '../../machines/roles.ts';
import { type Grants, may } from '../access/grant.ts';
import { type Actor, placeOf } from '../engine/actor.ts';
import { explain, unmetGuards } from '../engine/explain.ts';
import type { Explanation } from '../engine/refusal.ts';

export interface AvailableEvent {
  readonly type: string;
  readonly label: Label;
  readonly kind: Exclude<EventKind, 'message'>;
  readonly by: readonly Role[];
  /** True when the viewer may send it. */
  readonly permitted: boolean;
  /** JSON Schema of the payload, with the labels and hints for forms that the declaration has. */
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
 * before there is one and counts as passing.
 */
export function eventsOf(actor: Actor, grants: Grants): Events {
  const chart = lenient(actor.chart);
  const place = placeOf(actor);
  const available: AvailableEvent[] = [];
  const unavailable: UnavailableEvent[] = [];
  for (const [type, declaration] of Object.entries(chart.events)) {
    const { kind, label, by } = declaration;
    if (kind === 'message') continue;
    if (isPossible(actor, type)) {
      const permitted = may(grants, place, by, type);
      available.push({ type, label, kind, by, permitted, fields: schemaOf(declaration) });
    } else {
      const explanation = explain(chart, actor.snapshot, unread(type), actor.deadlines);
      unavailable.push({ type, label, kind, explanation });
    }
  }
  return { available, unavailable };
}

/** True when the state offers the event and no guard that can be judged without a payload stands in its way. */
export const isPossible = ({ chart, snapshot }: Actor, type: string): boolean =>
  unmetGuards(lenient(chart), snapshot, unread(type))?.length === 0;

/** Thrown by an event without a payload when a guard reads from it. */
const UNREADABLE = Symbol('the payload is not known yet');

/** An event of which only the type is known. */
function unread(type: string): Received {
  const refuse = () => {
    throw UNREADABLE;
  };
  return new Proxy({ type } as Received, {
    get: (_, field) => (field === 'type' ? type : refuse()),
    has: refuse,
    ownKeys: refuse,
    getOwnPropertyDescriptor: refuse,
  });
}

const lenientCharts = new WeakMap<Chart, Chart>();

/** The same chart, with guards that pass where they depend on the payload. */
function lenient(chart: Chart): Chart {
  const known = lenientCharts.get(chart);
  if (known) return known;
  const guards = Object.entries(chart.guards).map(([name, guard]) => [name, passingUnread(guard)]);
  const made = { ...chart, guards: Object.fromEntries(guards) };
  lenientCharts.set(chart, made);
  return made;
}

const passingUnread = (guard: Guard): Guard => ({
  ...guard,
  holds: (context, event, params) => {
    try {
      return guard.holds(context, event, params);
    } catch (thrown) {
      if (thrown === UNREADABLE) return true;
      throw thrown;
    }
  },
});

const schemas = new WeakMap<EventDeclaration, JsonObject>();

function schemaOf(declaration: EventDeclaration): JsonObject {
  const known = schemas.get(declaration);
  if (known) return known;
  const { $schema: _, ...schema } = declaration.fields.toJSONSchema({ io: 'input' });
  schemas.set(declaration, schema as JsonObject);
  return schema as JsonObject;
}
