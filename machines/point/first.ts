/** What was otherwise in version 1 of a decision point: the logs of those that were started on it are replayed under it. */
import { causing, type StateData } from '../chart.ts';
import { promulgation } from './appeal.ts';
import type { PointContext } from './memory.ts';
import { standing } from './standing.ts';
import { untilForce } from './until-force.ts';

/** A regulation was promulgated also where it had been turned down. */
export const firstPromulgate = causing<PointContext, { on: string }>(1, (context, { on }) =>
  promulgation(context, on),
);

/** No party was told when the time of the others had run out. */
const toldNoMore = (state: StateData | undefined): StateData => {
  const { 'party.notify': _, ...on } = state?.on ?? {};
  return { ...state, on };
};

const { periodExpired, appealed } = untilForce;
const made = standing.states?.made;

export const firstStanding: StateData = {
  ...standing,
  states: {
    ...standing.states,
    made: {
      ...made,
      states: {
        ...made?.states,
        periodExpired: toldNoMore(periodExpired),
        appealed: { ...appealed, states: { ...appealed?.states, over: toldNoMore(appealed?.states?.over) } },
      },
    },
  },
};
