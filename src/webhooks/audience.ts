/** What a subscription hears of: the one place that decides what leaves the authority by webhook. */
import type { StoredActor } from '../store/actors.ts';
import type { Subscription } from '../store/subscriptions.ts';

/** Something that happened, as far as it matters who hears of it. */
export interface Heard {
  /** The type of the event of the log, or the topic of the message that it caused. */
  readonly type: string;
  /** The municipality of the actor that it happened to. */
  readonly tenant: string;
  /** The bodies that had it before and after. */
  readonly bodies: readonly string[];
  /** The recipient that a dispatched decision is for. */
  readonly recipient: string | null;
  readonly record: StoredActor;
}

/** A decision on its way to a recipient. */
export const DISPATCHED = 'decision.dispatched';

const has = (list: readonly string[], ...of: readonly string[]): boolean =>
  list.length === 0 || of.some((it) => list.includes(it));

/**
 * Whether a subscription is told. One of a recipient hears of the decisions that are dispatched to it and of nothing
 * else; any other of its own municipality's events, bodies and routes.
 */
export function isTold({ tenant, recipient, events, bodies, routes }: Subscription, heard: Heard): boolean {
  if (heard.tenant !== tenant || heard.record.confidential) return false;
  if (recipient !== null) return heard.type === DISPATCHED && heard.recipient === recipient;
  return has(events, heard.type) && has(bodies, ...heard.bodies) && has(routes, routeOf(heard.record));
}

/** `council-matter` of `huddinge/council-matter`; the chart's name of a record that takes no route. */
export const routeOf = ({ chart }: Pick<StoredActor, 'chart'>): string => chart.split('/').at(-1) ?? chart;
