/** The vote: demanded before the decision is confirmed, counted, and decided by the chair when it is tied. */
import * as z from 'zod';
import {
  type Action,
  all,
  assigning,
  type EventDeclaration,
  type Guard,
  guard,
  type StateData,
  type TransitionData,
} from '../../chart.ts';
import { count, deciding, line } from '../../events.ts';
import type { Body } from '../../municipalities/municipality.ts';
import type { MatterContext } from '../matter.ts';
import { secretary } from './secretary.ts';

interface Count {
  readonly yes: number;
  readonly no: number;
  readonly abstained: number;
}

const isTie = ({ yes, no }: Count) => yes === no;

export const voteEvents: Readonly<Record<string, EventDeclaration>> = {
  'vote.demand': deciding({
    label: { sv: 'Begär votering', en: 'Demand a vote' },
    by: secretary,
    rule: 'R-045',
    fields: { by: line('Begärd av', 'Demanded by') },
  }),
  'votes.count': deciding({
    label: { sv: 'Röster räknade', en: 'Votes counted' },
    by: secretary,
    rule: 'R-049',
    fields: {
      yes: count('Ja (förslag 1)', 'Yes (proposal 1)'),
      no: count('Nej (förslag 2)', 'No (proposal 2)'),
      abstained: count('Avstår', 'Abstained'),
    },
  }),
  'vote.casting': deciding({
    label: { sv: 'Utslagsröst', en: 'Casting vote' },
    by: secretary,
    rule: 'R-049',
    fields: { proposal: z.int().min(1).max(2).meta({ sv: 'För förslag', en: 'For proposal' }) },
  }),
};

export const voteGuards: Readonly<Record<string, Guard>> = {
  twoProposals: guard<MatterContext>({
    rule: 'R-045',
    version: 1,
    says: {
      sv: 'Votering kräver två förslag mot varandra.',
      en: 'A vote needs two proposals against each other.',
    },
    holds: (context) => context.question?.proposals.length === 2,
  }),
  voteDecides: guard<MatterContext, { finds: number }>({
    rule: 'R-049',
    version: 1,
    says: { sv: 'Omröstningen gav ett annat resultat.', en: 'The vote had another result.' },
    holds: (context, event) => event.finds === context.question?.winner,
  }),
  votesFit: guard<MatterContext, Count>({
    rule: 'R-050',
    version: 1,
    says: { sv: 'Rösterna är fler än de närvarande.', en: 'There are more votes than members present.' },
    holds: (context, { yes, no, abstained }) => yes + no + abstained <= (context.present ?? 0),
  }),
  tie: guard<MatterContext, Count>({
    rule: 'R-049',
    version: 1,
    says: { sv: 'Rösterna är inte lika.', en: 'The votes are not tied.' },
    holds: (_, event) => isTie(event),
  }),
  noTie: guard<MatterContext, Count>({
    rule: 'R-049',
    version: 1,
    says: { sv: 'Rösterna är lika.', en: 'The votes are tied.' },
    holds: (_, event) => !isTie(event),
  }),
};

export const voteActions: Readonly<Record<string, Action>> = {
  countVotes: assigning<MatterContext, Count>(1, (context, { yes, no }) => ({
    question: context.question && { ...context.question, winner: yes > no ? 1 : 2 },
  })),
  castVote: assigning<MatterContext, { proposal: number }>(1, (context, event) => ({
    question: context.question && { ...context.question, winner: event.proposal },
  })),
};

/** How a vote ends that is tied: by the chair in one way or the other, or as lost. */
export function tieOf({ tie }: Body): { readonly on: TransitionData; readonly states: StateData['states'] } {
  const guard = all({ type: 'votesFit' }, { type: 'tie' });
  if (tie === 'rejected')
    return { on: { target: 'counted', guard, actions: [{ type: 'countVotes' }] }, states: {} };
  const event = tie === 'chairsProposal' ? 'vote.chair' : 'vote.casting';
  return {
    on: { target: 'tied', guard },
    states: { tied: { on: { [event]: { target: 'counted', actions: [{ type: 'castVote' }] } } } },
  };
}
