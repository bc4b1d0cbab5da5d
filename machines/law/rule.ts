import type { Label } from '../label.ts';

/** One legal rule as people meet it: its source and what it says, in the two languages of the product. */
export interface Rule {
  /** The legal source in Swedish citation form; `praxis` where there is no statute. */
  readonly cite: string;
  readonly sv: string;
  readonly en: string;
  /** False where the rule rests on practice or on a reading that no statute or court has confirmed. */
  readonly settled: boolean;
  /** How it is kept beside the statecharts and the observers: those say for themselves which rules they hold. */
  readonly kept?: readonly Kept[];
}

/** What people call the ways in which a rule is kept. */
export const ways = {
  enforced: { sv: 'Upprätthålls', en: 'Enforced' },
  watched: { sv: 'Bevakas', en: 'Watched' },
  data: { sv: 'Uppgift', en: 'Data' },
  judgement: { sv: 'Bedöms av människor', en: 'Human judgement' },
  notApplicable: { sv: 'Inte tillämplig', en: 'Not applicable' },
} as const satisfies Record<string, Label>;

export type Way = keyof typeof ways;

/**
 * - `program`: the file around the statecharts that enforces it, by its path from the project's root;
 * - `data`: where it is written down: a field of `municipality`, of `route`, of `matter` (what starts one) or of
 *   what starts a chart: `municipality: bodies.minorityBrake`;
 * - `judgement`: the event by which people record what they have judged, and its field: `meeting: item.open.recused`;
 *   `matter` stands for every route;
 * - `outside`: why it is none of the program's business. Shown only where nothing else holds the rule.
 */
export type Kept =
  | { readonly program: string; readonly says: Label }
  | { readonly data: string; readonly says: Label }
  | { readonly judgement: string; readonly says: Label }
  | { readonly outside: Label };
