/** Facts and lists of facts as numbers, so that a large graph holds only numbers. */
import type { Fact } from '../../machines/law/observer.ts';

export class FactsIndex {
  readonly #facts: Fact[] = [];
  readonly #factNumbers = new Map<string, number>();
  readonly #lists: (readonly number[])[] = [[]];
  readonly #listNumbers = new Map<string, number>([['', 0]]);

  /** The number of a list of facts; 0 is the empty list. */
  numberOf(facts: readonly Fact[]): number {
    return this.#listNumber(facts.map((it) => this.#factNumber(it)));
  }

  /** The number of several lists, one after the other. */
  joined(lists: readonly number[]): number {
    const filled = lists.filter((it) => it !== 0);
    return filled.length < 2
      ? (filled[0] ?? 0)
      : this.#listNumber(filled.flatMap((it) => this.#lists[it] ?? []));
  }

  factsOf(list: number): readonly Fact[] {
    return (this.#lists[list] ?? []).flatMap((it) => this.#facts[it] ?? []);
  }

  /** Every fact that was seen. */
  get facts(): readonly Fact[] {
    return this.#facts;
  }

  #factNumber(fact: Fact): number {
    const key = JSON.stringify([fact.name, fact.about, fact.value]);
    const known = this.#factNumbers.get(key);
    if (known !== undefined) return known;
    this.#facts.push(fact);
    this.#factNumbers.set(key, this.#facts.length - 1);
    return this.#facts.length - 1;
  }

  #listNumber(facts: readonly number[]): number {
    const key = facts.join();
    const known = this.#listNumbers.get(key);
    if (known !== undefined) return known;
    this.#lists.push(facts);
    this.#listNumbers.set(key, this.#lists.length - 1);
    return this.#lists.length - 1;
  }
}
