/** What an act on a whole matter brings to the chart of every route. One file per act, gathered in `acts.ts`. */
import type { TransitionData } from '../../chart.ts';
import type { Ending } from '../../outcomes.ts';
import type { Parts } from '../kind.ts';

export interface Act
  extends Pick<Parts, 'events' | 'deadlines' | 'guards' | 'actions' | 'context' | 'input' | 'on'> {
  /** What a deadline does, as long as no stage says that the matter has come too far to end without a decision. */
  readonly after?: { readonly [deadline: string]: TransitionData | readonly TransitionData[] };
  /** The end without a decision to which it leads. */
  readonly ends?: Ending;
}
