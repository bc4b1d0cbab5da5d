import type { AnyTransitionDefinition } from 'xstate';

/**
 * The stable name of a transition in its chart: `${source path}>${event type}#${index}`, the index counting
 * the candidates of that event in that state; `always` stands for the eventless ones. A transition with
 * several targets has one id. The unnamed transition into an initial state is `${path}>initial#0`.
 *
 * @throws when the transition is a copy, and so not among the candidates of its own source.
 */
export function transitionId(transition: AnyTransitionDefinition): string {
  const { source } = transition;
  const path = source.path.join('.');
  const eventType: string | null = transition.eventType;
  if (eventType === null) return `${path}>initial#0`;
  const candidates = eventType === '' ? source.always : source.transitions.get(eventType);
  const index = candidates?.indexOf(transition) ?? -1;
  if (index < 0) throw new Error(`"${eventType}" is not a transition of "${path}"`);
  return `${path}>${eventType || 'always'}#${index}`;
}
