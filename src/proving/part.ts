/** One exploration of one or several actors. */
import type { JsonObject } from '../../machines/chart.ts';
import type { Model } from './model.ts';

export interface Member {
  readonly id: string;
  readonly parent: string | null;
  /** The municipality, where it is another than that of the chart proved. */
  readonly tenant?: string;
  readonly model: Model;
  /** What it is started with from the beginning; null for one that another member starts. */
  readonly input: JsonObject | null;
  /** The messages that anyone may send to it at any time. */
  readonly open: 'all' | readonly string[];
  /** For one that stands for many. */
  readonly pool?: Pool;
}

/**
 * A body has meeting after meeting; a few of them stand for all. One that has nothing to do with the rest is vacant:
 * it is then any meeting of the body in any such state, and is taken up when something is put on its agenda.
 */
export interface Pool {
  /** The name that those have in common that stand for the same. */
  readonly of: string;
  readonly isVacant: (context: JsonObject) => boolean;
}

/** The first member is the one whose end must stay in reach. */
export interface Part {
  readonly name: string;
  readonly members: readonly Member[];
  /** Whether the matter is there with all its points, so that rules that hold only in company can be judged. */
  readonly isWhole: boolean;
  /** By the leaf states of the first member; absent where the part leaves its end out. */
  readonly isEnd?: (leaves: readonly string[]) => boolean;
}
