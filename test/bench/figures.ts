/** What was measured, each figure once in each round. */
export class Figures {
  readonly #all = new Map<string, number[]>();

  note(name: string, value: number): void {
    this.#all.set(name, [...(this.#all.get(name) ?? []), value]);
  }

  /** The sum of some figures over the sum of others, round by round. */
  ratio(name: string, over: readonly string[], under: readonly string[]): void {
    const of = (names: readonly string[]) => names.map((it) => this.#all.get(it) ?? []);
    const sum = (all: readonly (readonly number[])[], round: number) =>
      all.reduce((total, it) => total + (it[round] ?? Number.NaN), 0);
    const [upper, lower] = [of(over), of(under)];
    for (let round = 0; round < (upper[0]?.length ?? 0); round++)
      this.note(name, sum(upper, round) / sum(lower, round));
  }

  /** As a table, or for machines. */
  print(asJson: boolean): void {
    const summary = [...this.#all].map(([name, all]) => {
      const sorted = all.toSorted((a, b) => a - b);
      const at = (share: number) => sorted[Math.round((sorted.length - 1) * share)] ?? Number.NaN;
      return { name, min: at(0), median: at(0.5), max: at(1) };
    });
    if (asJson) console.log(JSON.stringify(summary, null, 2));
    else console.table(Object.fromEntries(summary.map(({ name, ...it }) => [name, shortened(it)])));
  }
}

const shortened = (figures: Readonly<Record<string, number>>) =>
  Object.fromEntries(Object.entries(figures).map(([name, it]) => [name, Number(it.toPrecision(3))]));
