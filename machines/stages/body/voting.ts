/** The states of a vote, by the rules of the body that holds it. */
import { all, type Named, type StateData, type TransitionData } from '../../chart.ts';
import { rounds } from './counter-proposal.ts';

/** How a body votes. */
export interface Voting {
  /** The event that settles a tie; null where what is put falls. */
  readonly tie: 'vote.casting' | 'vote.chair' | 'lot.draw' | null;
  /** What a count must pass besides. */
  readonly ballot: readonly Named[];
  /** Where the last count decides otherwise than by more votes. */
  readonly majority?: Named | undefined;
}

/** The states of a vote; `counted` is where it leads. */
export function votingStates({ tie, ballot, majority }: Voting): NonNullable<StateData['states']> {
  const fits = [
    { type: 'votesFit' },
    { type: 'pairVoted' },
    { type: 'listAddsUp' },
    { type: 'voterNotRecused' },
  ];
  const counted = (last: Named, ...guards: Named[]): TransitionData => ({
    target: 'counted',
    guard: all(...fits, ...ballot, ...guards),
    actions: [{ type: 'listVotes' }, { type: 'keepCount' }, last],
  });
  const tied = (target: string): TransitionData => ({
    target,
    guard: all(...fits, ...ballot, { type: 'tie' }),
    actions: [{ type: 'listVotes' }, { type: 'keepCount' }],
  });
  const clear = tie === null ? [] : [{ type: 'noTie' }];
  const inRounds = rounds([...fits, ...ballot, ...clear], [{ type: 'listVotes' }, { type: 'countRound' }]);
  const cast: StateData['states'] =
    tie === null
      ? {}
      : {
          roundTied: { on: { [tie]: rounds([{ type: 'inPair' }], [{ type: 'castRound' }]) } },
          ...(!majority && {
            tied: {
              on: {
                [tie]: { target: 'counted', guard: { type: 'inPair' }, actions: [{ type: 'castVote' }] },
              },
            },
          }),
        };
  return {
    eliminating: {
      on: {
        'votes.count': [...(tie === null ? [] : [tied('roundTied')]), ...inRounds],
        'counter.find': {
          target: 'voting',
          guard: { type: 'contends' },
          actions: [{ type: 'findCounter' }],
        },
      },
    },
    voting: {
      on: {
        'votes.count': majority
          ? [counted(majority)]
          : [...(tie === null ? [] : [tied('tied')]), counted({ type: 'countVotes' }, ...clear)],
      },
    },
    ...cast,
  };
}
