/**
 * The vote: demanded before the decision is confirmed, open and by name, counted, and decided by the chair when it is
 * tied.
 */
import * as z from 'zod';
import {
  type Action,
  assigning,
  type EventDeclaration,
  type Guard,
  guard,
  type TransitionData,
} from '../../chart.ts';
import { count, deciding, line, several, yesNo } from '../../events.ts';
import { ofCommittees } from '../../law/elsewhere.ts';
import { peopleIn } from '../../person.ts';
import type { MatterContext } from '../matter.ts';
import { byOthers } from './by-others.ts';
import { type Count, changed, pairOf, proposal, Vote, wonBy } from './count.ts';
import { secretary } from './secretary.ts';

const demandedByOther = byOthers<{ by: string }>(
  { sv: 'Den som är jävig begär ingen votering.', en: 'One who is recused demands no vote.' },
  ({ by }) => [by],
);

const votedByOthers = byOthers<Count>(
  { sv: 'Den som är jävig deltar inte i omröstningen.', en: 'One who is recused takes no part in the vote.' },
  ({ votes = [] }) => votes.map((it) => it.member),
);

const votesCast = guard<MatterContext, Count>({
  rule: 'R-050',
  version: 1,
  says: {
    sv: 'Ingen har röstat: ordföranden ska rösta när det behövs för att ärendet ska kunna avgöras.',
    en: 'Nobody has voted: the chair must vote when that is needed to settle the matter.',
  },
  holds: (_, { yes, no }) => yes + no > 0,
});

const addingUp = {
  rule: 'R-048',
  version: 1,
  says: {
    sv: 'Omröstningslistan har var och en en gång och stämmer med röstetalen; vid sluten omröstning finns ingen.',
    en: 'The list has everyone once and agrees with the totals; of a secret ballot there is none.',
  },
} as const;

const votesOnce = guard<MatterContext, Count>({
  ...addingUp,
  holds: (_, { votes = [] }) => peopleIn(votes.map((it) => it.member)) === votes.length,
});

export const voteEvents: Readonly<Record<string, EventDeclaration>> = {
  'vote.demand': deciding({
    label: { sv: 'Begär votering', en: 'Demand a vote' },
    by: secretary,
    rule: 'R-045',
    asks: { notRecused: demandedByOther },
    fields: {
      by: line('Begärd av', 'Demanded by'),
      main: proposal('Huvudförslag', 'Main proposal').optional(),
    },
  }),
  'votes.count': deciding({
    label: { sv: 'Röster räknade', en: 'Votes counted' },
    by: secretary,
    rule: 'R-049',
    asks: { votesCast, votedByOthers, votesOnce },
    fields: {
      yes: count('Ja (förslag 1)', 'Yes (proposal 1)'),
      no: count('Nej (förslag 2)', 'No (proposal 2)'),
      abstained: count('Avstår', 'Abstained'),
      between: several('Ja och nej gäller förslag', 'Yes and no are for proposals', z.int().min(1), 2)
        .min(2)
        .optional(),
      votes: z.array(Vote).max(200).optional().meta({ sv: 'Omröstningslista', en: 'Votes by name' }),
      secret: yesNo('Sluten omröstning', 'Secret ballot').optional(),
    },
  }),
  'vote.casting': deciding({
    label: { sv: 'Utslagsröst', en: 'Casting vote' },
    by: secretary,
    rule: 'R-049',
    fields: { proposal: proposal('För förslag', 'For proposal') },
  }),
};

const isTie = ({ yes, no }: Count) => yes === no;

const haveListOf = ({ votes = [] }: Count, vote: string) => votes.filter((it) => it.vote === vote).length;

/** Who voted how adds up to the totals, and names everyone once. */
const isList = (event: Count): boolean =>
  new Set(event.votes?.map((it) => it.member)).size === event.votes?.length &&
  (['yes', 'no', 'abstained'] as const).every((it) => haveListOf(event, it) === event[it]);

export const voteGuards: Readonly<Record<string, Guard>> = {
  inPair: guard<MatterContext, { proposal: number }>({
    rule: 'R-049',
    version: 1,
    says: {
      sv: 'Rösten gäller ett av de två förslag som står mot varandra.',
      en: 'The vote is for one of the two proposals that stand against each other.',
    },
    holds: (context, event) => pairOf(context).includes(event.proposal),
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
  openBallot: guard<MatterContext, Count>({
    rule: 'R-048',
    version: 1,
    says: {
      sv: 'Omröstningen är öppen utom i ärenden om val eller anställning.',
      en: 'The vote is open except in matters of election or employment.',
    },
    holds: (_, { secret }) => secret !== true,
  }),
  listAddsUp: guard<MatterContext, Count>({
    ...addingUp,
    holds: (_, event) => event.votes === undefined || (event.secret !== true && isList(event)),
  }),
  voterNotRecused: guard<MatterContext, Count>({
    rule: 'R-037',
    instead: ofCommittees('R-038'),
    version: 1,
    says: {
      sv: 'Den som är jävig deltar inte i omröstningen.',
      en: 'One who is recused takes no part in the vote.',
    },
    holds: (context, { votes = [] }) => votes.every((it) => !context.recused.includes(it.member)),
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

/** An open vote whose list of names is not here belongs in the minutes as an annex. */
const unlisted = (context: MatterContext, { votes, secret }: Count) =>
  context.unlisted || (votes === undefined && secret !== true);

/** A vote that is demanded shows that not all agree: what is not prepared is then not decided. */
export const disagreement: TransitionData = { target: 'deliberating', actions: [{ type: 'dropQuestion' }] };

export const voteActions: Readonly<Record<string, Action>> = {
  dropQuestion: assigning<MatterContext>(1, () => ({ question: null })),
  listVotes: assigning<MatterContext, Count>(1, (context, event) => ({
    unlisted: unlisted(context, event),
  })),
  countVotes: assigning<MatterContext, Count>(1, (context, event) =>
    changed(context, { winner: wonBy(context, event) }),
  ),
  castVote: assigning<MatterContext, { proposal: number }>(1, (context, event) =>
    changed(context, {
      winner: event.proposal,
      ...(context.question?.vote && {
        vote: { ...context.question.vote, tie: event.type === 'lot.draw' ? 'lot' : 'castingVote' },
      }),
    }),
  ),
  keepCount: assigning<MatterContext, Count>(1, (context, { yes, no, abstained }) =>
    changed(context, { vote: { yes, no, abstained } }),
  ),
};
