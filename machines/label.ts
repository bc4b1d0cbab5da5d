/** A text for people, in the two languages of the product. */
export interface Label {
  readonly sv: string;
  readonly en: string;
}
