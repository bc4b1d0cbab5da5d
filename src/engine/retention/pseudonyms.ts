/** What stands in place of what was redacted: the same for the same text, so that a log goes on to fold as it did. */
const FORM = /^\[gallrat (\d+)\]$/;

/** The texts of one record, numbered in the order in which they come. */
export class Pseudonyms {
  readonly #known = new Map<string, string>();
  #last = 0;

  /** Knows those that an earlier redaction has given. */
  know(text: string): void {
    for (const [, number] of text.matchAll(/\[gallrat (\d+)\]/g))
      this.#last = Math.max(this.#last, Number(number));
  }

  /** @returns null for what is one itself. */
  of(text: string): string | null {
    if (FORM.test(text)) return null;
    const known = this.#known.get(text) ?? `[gallrat ${++this.#last}]`;
    this.#known.set(text, known);
    return known;
  }
}
