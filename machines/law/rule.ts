/** One legal rule as people meet it: its source and what it says, in the two languages of the product. */
export interface Rule {
  /** The legal source in Swedish citation form; `praxis` where there is no statute. */
  readonly cite: string;
  readonly sv: string;
  readonly en: string;
  /** False where the rule rests on practice or on a reading that no statute or court has confirmed. */
  readonly settled: boolean;
}
