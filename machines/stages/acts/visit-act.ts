/** What an act on a matter's visit to a body brings to the stage of that visit. One file per act, gathered in `acts.ts`. */
import type { Named, StateData } from '../../chart.ts';
import type { RuleId } from '../../law/rules.ts';
import type { Parts } from '../kind.ts';

/** A visit to a body, as an act sees it. */
export interface Visit {
  readonly stage: string;
  readonly body: string;
  /** A body that only prepares, and whose part the next body can do without. */
  readonly dispensable: boolean;
  /** The state in which the matter is when it goes on from here. */
  readonly next: string;
  /** The bodies that come after it on the route. */
  readonly later: readonly string[];
  /** The stage that sends the matter here, and the state in which it is there again when it is taken back. */
  readonly sender: { readonly stage: string; readonly state: string } | null;
  /** What is done when it is sent on from here to the next body. */
  readonly sends: readonly Named[];
  /** What must hold for the matter to be put on the agenda. */
  readonly listing: readonly Named[];
  /** Its answers go to the council, and so are to be those of full bodies. */
  readonly toCouncil: boolean;
}

type On = NonNullable<StateData['on']>;

export interface VisitAct extends Pick<Parts, 'events' | 'guards' | 'actions' | 'states' | 'on'> {
  /** What is possible besides in the states of the visit, by the name of the state; and states of its own. */
  at(visit: Visit): {
    readonly on?: { readonly [state: string]: On };
    readonly states?: { readonly [state: string]: StateData };
    /** Where the act is not possible: by which rule it is refused. */
    readonly refuses?: { readonly [event: string]: RuleId };
  };
}
