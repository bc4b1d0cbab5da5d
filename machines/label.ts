/** A text for people, in the two languages of the product. */
export interface Label {
  readonly sv: string;
  readonly en: string;
}

/** What a schema's own condition says, in both languages, where it does not hold. */
export const saying = (sv: string, en: string) => ({ error: en, params: { sv } });
