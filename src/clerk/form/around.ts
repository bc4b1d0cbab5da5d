/** What a form's fields need to know besides themselves. */
import type { Json } from '../../../machines/chart.ts';
import type { Say } from '../language.ts';

/** A value to choose, with the text that people see. */
export interface Candidate {
  readonly value: string;
  readonly text: string;
}

/** What there is to choose from; `open` means that something else may be written as well. */
export interface Choice {
  readonly candidates: readonly Candidate[];
  readonly open?: boolean;
}

export type Hints = Readonly<Record<string, string>>;

/** By the name of a field wherever it is, or by its path without the numbers of rows, as `proposals.body`. */
export type Choices = Readonly<Record<string, Choice>>;

export const choiceFor = ({ choices }: Pick<Around, 'choices'>, path: string): Choice | undefined => {
  const names = path.split('.').filter((it) => !/^\d+$/.test(it));
  return choices[names.join('.')] ?? choices[names.at(-1) ?? ''];
};

export interface Around {
  /** Unique on the page: the beginning of every element id in the form. */
  readonly form: string;
  readonly say: Say;
  /** The local day. */
  readonly today: string;
  readonly choices: Choices;
  /** What helps to fill in a field, by its name. */
  readonly hints: Hints;
  /** What is wrong, by the field's path, as `proposals.0.text`. */
  readonly errors: ReadonlyMap<string, string>;
  /** How many rows to show of a list, by its path, where that is more than are filled in. */
  readonly rows: ReadonlyMap<string, number>;
  /** The row that the fields are in: its number, and how many the list shows. */
  readonly row?: { readonly number: number; readonly among: number };
}

export const idOf = ({ form }: Pick<Around, 'form'>, path: string): string =>
  `${form}-${path.replaceAll('.', '-')}`;

/** A value as a control holds it; nothing for what no single control holds. */
export const textOf = (value: Json | undefined): string =>
  value === undefined || value === null || typeof value === 'object' ? '' : String(value);
