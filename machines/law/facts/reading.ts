/** What every reader of facts uses. */

import type { ObservedStep } from '../observed-step.ts';
import type { Fact, Subject } from '../observer.ts';
import type { FactName } from '../vocabulary.ts';

/** The event of an actor's first step. */
export const STARTED = 'started';

/** True when a transition of the step leads to the state with that path, or path that ends so. */
export const enters = (step: ObservedStep, state: string): boolean =>
  step.taken.some((it) => it.targets.some((target) => target === state || target.endsWith(`.${state}`)));

/** True when the event is the deadline of that name. */
export const isDeadline = (step: ObservedStep, name: string): boolean =>
  step.event.type.startsWith(`xstate.after.${name}.`);

export const isByPerson = (step: ObservedStep): boolean => step.event.meta.origin === 'person';

/** Facts about one subject: each under the condition that is given with it. */
export const facts = (
  about: Subject,
  ...conditional: readonly (readonly [FactName, boolean, number?])[]
): Fact[] =>
  conditional.flatMap(([name, holds, value]) =>
    holds ? [{ name, about, ...(value !== undefined && { value }) }] : [],
  );

/** A number that stands for a text, so that two texts can be compared (FNV-1a, 32 bits). */
export const fingerprint = (text: unknown): number =>
  [...String(text)].reduce(
    (hash, char) => Math.imul(hash ^ (char.codePointAt(0) ?? 0), 0x01000193) >>> 0,
    0x811c9dc5,
  );
