/** How a decision is appealed, each in its own order and by its own clock. */
import type { Label } from '../label.ts';

export const regimes = {
  legality: { sv: 'laglighetsprövning', en: 'review of legality' },
  administrative: { sv: 'förvaltningsbesvär', en: 'administrative appeal' },
  planning: { sv: 'plan- och bygglagen', en: 'the planning act' },
  procurement: { sv: 'överprövning av upphandling', en: 'review of the procurement' },
  none: { sv: 'kan inte överklagas', en: 'cannot be appealed' },
} as const satisfies Record<string, Label>;
export type Regime = keyof typeof regimes;

/** The time runs from the announcement of the approved minutes. */
export const byNotice: readonly Regime[] = ['legality', 'planning'];
/** Nobody appeals the decision itself: it has force when it is announced. A procurement is reviewed by its contract. */
export const byNobody: readonly Regime[] = ['procurement', 'none'];
