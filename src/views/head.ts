import { UNSEALED } from '../engine/seal.ts';
import { newestSeal } from '../store/seals.ts';
import type { Archive } from './source.ts';

/** Where the log of the whole database has come to: its newest seal, to be kept outside the database. */
export interface Head {
  readonly number: number;
  /** Lower-case hexadecimal SHA-256. */
  readonly hash: string;
  /** The position of the last entry that it covers. */
  readonly last: number;
  /** Null for an empty log. */
  readonly at: string | null;
}

export async function headOf({ db }: Pick<Archive, 'db'>): Promise<Head> {
  const { number, hash, last, at } = (await newestSeal(db)) ?? UNSEALED;
  return { number, hash, last, at: number === 0 ? null : at };
}
