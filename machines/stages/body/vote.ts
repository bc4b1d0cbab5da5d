/**
 * The vote: demanded before the decision is confirmed, open and by name, counted, and decided by the chair when it is
 * tied. Among three proposals or more it is first settled which of the others is put against
 * the main proposal.
 */
import * as z from 'zod';
import {
  type Action,
  all,
  assigning,
  type EventDeclaration,
  type Guard,
  guard,
  type Named,
  type StateData,
  type TransitionData,
} from '../../chart.ts';
import { count, deciding, line, oneOf, several, yesNo } from '../../events.ts';
import type { MatterContext, Question } from '../matter.ts';
import { secretary } from './secretary.ts';

const proposal = (sv: string, en: string) => z.int().min(1).max(10).meta({ sv, en });

const Vote = z.strictObject({
  member: line('Ledamot', 'Member'),
  vote: oneOf('Röst', 'Vote', {
    yes: { sv: 'Ja', en: 'Yes' },
    no: { sv: 'Nej', en: 'No' },
    abstained: { sv: 'Avstår', en: 'Abstains' },
  }),
});

export interface Count {
  readonly yes: number;
  readonly no: number;
  readonly abstained: number;
  /** The proposals that yes and no were for, where there are more than two. */
  readonly between?: readonly number[];
  readonly votes?: readonly z.infer<typeof Vote>[];
  readonly secret?: boolean;
}

export const voteEvents: Readonly<Record<string, EventDeclaration>> = {
  'vote.demand': deciding({
    label: { sv: 'Begär votering', en: 'Demand a vote' },
    by: secretary,
    rule: 'R-045',
    fields: {
      by: line('Begärd av', 'Demanded by'),
      main: proposal('Huvudförslag', 'Main proposal').optional(),
    },
  }),
  'counter.find': deciding({
    label: { sv: 'Utse motförslag', en: 'Find the counter-proposal' },
    by: secretary,
    rule: 'R-046',
    fields: { finds: proposal('Finner att motförslag är', 'Finds the counter-proposal to be') },
  }),
  'votes.count': deciding({
    label: { sv: 'Röster räknade', en: 'Votes counted' },
    by: secretary,
    rule: 'R-049',
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

/** The two proposals that are voted between: those that compete first, then the main proposal and the one left. */
function pairOf({ question }: MatterContext): readonly number[] {
  const { main, contenders } = question ?? {};
  const [first, second] = contenders ?? [];
  return second === undefined ? [main ?? 1, first ?? 2] : [first ?? 1, second];
}

const isTie = ({ yes, no }: Count) => yes === no;

const haveListOf = ({ votes = [] }: Count, vote: string) => votes.filter((it) => it.vote === vote).length;

/** Who voted how adds up to the totals, and names everyone once. */
const isList = (event: Count): boolean =>
  new Set(event.votes?.map((it) => it.member)).size === event.votes?.length &&
  (['yes', 'no', 'abstained'] as const).every((it) => haveListOf(event, it) === event[it]);

export const voteGuards: Readonly<Record<string, Guard>> = {
  twoProposals: guard<MatterContext>({
    rule: 'R-045',
    version: 1,
    says: {
      sv: 'Votering kräver två förslag mot varandra.',
      en: 'A vote needs two proposals against each other.',
    },
    holds: (context) => (context.question?.proposals.length ?? 0) === 2,
  }),
  severalProposals: guard<MatterContext>({
    rule: 'R-046',
    version: 1,
    says: { sv: 'Förslagen är inte fler än två.', en: 'There are no more than two proposals.' },
    holds: (context) => (context.question?.proposals.length ?? 0) > 2,
  }),
  mainNamed: guard<MatterContext, { main?: number }>({
    rule: 'R-046',
    version: 1,
    says: {
      sv: 'Med fler än två förslag anger ordföranden vilket som är huvudförslag.',
      en: 'With more than two proposals the chair names the main proposal.',
    },
    holds: (context, { main }) => main !== undefined && main <= (context.question?.proposals.length ?? 0),
  }),
  contends: guard<MatterContext, { finds: number }>({
    rule: 'R-046',
    version: 1,
    says: {
      sv: 'Motförslaget är ett av de förslag som återstår mot huvudförslaget.',
      en: 'The counter-proposal is one of those that remain against the main proposal.',
    },
    holds: (context, { finds }) => context.question?.contenders.includes(finds) === true,
  }),
  moreRounds: guard<MatterContext>({
    rule: 'R-046',
    version: 1,
    says: { sv: 'Motförslaget är utsett.', en: 'The counter-proposal has been found.' },
    holds: (context) => (context.question?.contenders.length ?? 0) > 2,
  }),
  lastRound: guard<MatterContext>({
    rule: 'R-046',
    version: 1,
    says: {
      sv: 'Fler förslag återstår att ställa mot varandra.',
      en: 'More proposals remain to be put against each other.',
    },
    holds: (context) => (context.question?.contenders.length ?? 0) <= 2,
  }),
  pairVoted: guard<MatterContext, Count>({
    rule: 'R-046',
    version: 1,
    says: {
      sv: 'Ange vilka två förslag som ja och nej gällde: de som nu står mot varandra.',
      en: 'Say which two proposals yes and no were for: those that now stand against each other.',
    },
    holds: (context, { between }) =>
      between === undefined
        ? context.question?.proposals.length === 2
        : between.every((it, index) => it === pairOf(context)[index]),
  }),
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
    rule: 'R-048',
    version: 1,
    says: {
      sv: 'Omröstningslistan har var och en en gång och stämmer med röstetalen; vid sluten omröstning finns ingen.',
      en: 'The list has everyone once and agrees with the totals; of a secret ballot there is none.',
    },
    holds: (_, event) => event.votes === undefined || (event.secret !== true && isList(event)),
  }),
  voterNotRecused: guard<MatterContext, Count>({
    rule: 'R-037',
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

const changed = (context: MatterContext, change: Partial<Question>) => ({
  question: context.question && { ...context.question, ...change },
});

/** The proposal with more votes; the second where a tie is a vote lost. */
const wonBy = (context: MatterContext, { yes, no }: Count): number => pairOf(context)[yes > no ? 0 : 1] ?? 1;

/** Of the two that competed the winner stays, to meet the next. */
const afterRound = ({ question }: MatterContext, winner: number): readonly number[] => [
  winner,
  ...(question?.contenders.slice(2) ?? []),
];

/** An open vote whose list of names is not here belongs in the minutes as an annex. */
const unlisted = (context: MatterContext, { votes, secret }: Count) =>
  context.unlisted || (votes === undefined && secret !== true);

export const voteActions: Readonly<Record<string, Action>> = {
  nameMain: assigning<MatterContext, { main?: number }>(1, (context, event) => {
    const all = context.question?.proposals.map((_, index) => index + 1) ?? [];
    // Of two, yes is for the first.
    const main = (all.length > 2 ? event.main : undefined) ?? 1;
    return changed(context, { main, contenders: all.filter((it) => it !== main) });
  }),
  findCounter: assigning<MatterContext, { finds: number }>(1, (context, { finds }) =>
    changed(context, { contenders: [finds] }),
  ),
  listVotes: assigning<MatterContext, Count>(1, (context, event) => ({
    unlisted: unlisted(context, event),
  })),
  countRound: assigning<MatterContext, Count>(1, (context, event) =>
    changed(context, { contenders: afterRound(context, wonBy(context, event)) }),
  ),
  castRound: assigning<MatterContext, { proposal: number }>(1, (context, event) =>
    changed(context, { contenders: afterRound(context, event.proposal) }),
  ),
  countVotes: assigning<MatterContext, Count>(1, (context, event) =>
    changed(context, { winner: wonBy(context, event) }),
  ),
  castVote: assigning<MatterContext, { proposal: number }>(1, (context, event) =>
    changed(context, { winner: event.proposal }),
  ),
};

/** How a body votes. */
export interface Voting {
  /** The event that settles a tie; null where what is put falls. */
  readonly tie: 'vote.casting' | 'vote.chair' | 'lot.draw' | null;
  /** What a count must pass besides. */
  readonly ballot: readonly Named[];
  /** Where the last count decides otherwise than by more votes. */
  readonly majority?: Named | undefined;
}

/** A vote is demanded before the decision is confirmed, and not after. */
export const demands: readonly TransitionData[] = [
  { target: 'voting', guard: { type: 'twoProposals' }, actions: [{ type: 'nameMain' }] },
  {
    target: 'eliminating',
    guard: all({ type: 'severalProposals' }, { type: 'mainNamed' }),
    actions: [{ type: 'nameMain' }],
  },
];

const rounds = (guards: readonly Named[], actions: readonly Named[]): TransitionData[] => [
  { target: 'eliminating', guard: all(...guards, { type: 'moreRounds' }), actions, reenter: true },
  { target: 'voting', guard: all(...guards, { type: 'lastRound' }), actions },
];

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
    actions: [{ type: 'listVotes' }, last],
  });
  const tied = (target: string): TransitionData => ({
    target,
    guard: all(...fits, ...ballot, { type: 'tie' }),
    actions: [{ type: 'listVotes' }],
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
