/**
 * What a matter is about where the law has other rules for its vote: elections and employment by secret ballot and by
 * lot, exercise of authority, and majorities greater than the simple. Only the
 * routes that need them have these.
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
} from '../../chart.ts';
import { deciding, line } from '../../events.ts';
import type { Body } from '../../municipalities/municipality.ts';
import { share } from '../../municipalities/municipality.ts';
import type { MatterContext } from '../matter.ts';
import type { Count } from './count.ts';
import { secretary } from './secretary.ts';
import type { Voting } from './voting.ts';

/** What a matter may be about that changes how it is voted on. */
export const concerns = z.enum(['election', 'employment', 'authority']);

/** A share of those present, or of the votes, that it takes to adopt the first proposal, or to block it. */
export const Majority = z.strictObject({
  share,
  of: z.enum(['present', 'votes']),
  to: z.enum(['adopt', 'block']),
});

/** What a route says of a body's vote. */
export interface Special {
  readonly concerns?: z.infer<typeof concerns> | undefined;
  readonly majority?: z.infer<typeof Majority> | undefined;
  /** Where it takes that all present agree, because the matter is not prepared. */
  readonly unprepared?: boolean | undefined;
}

const byLot = ({ concerns: about }: Special): boolean => about === 'election' || about === 'employment';

const reaches = (votes: number, whole: number, [part, of]: readonly [number, number]): boolean =>
  of * votes >= part * whole;

/** The proposal that a qualified majority decides for: the first, if enough are for it, or too few against. */
function qualified(
  { present }: MatterContext,
  { yes, no }: Count,
  { share: part, of, to }: z.infer<typeof Majority>,
): number {
  const whole = of === 'present' ? (present ?? 0) : yes + no;
  return to === 'adopt' ? (reaches(yes, whole, part) ? 1 : 2) : reaches(no, whole, part) ? 2 : 1;
}

const lot = deciding({
  label: { sv: 'Lottning', en: 'Lot drawn' },
  by: secretary,
  rule: 'R-049',
  fields: {
    proposal: z.int().min(1).max(10).meta({ sv: 'Lotten föll på förslag', en: 'The lot fell on proposal' }),
    witness: line('Lottningen bevittnades av', 'The drawing was witnessed by'),
  },
});

const allVote = guard<MatterContext, Count>({
  rule: 'R-050',
  version: 1,
  says: {
    sv: 'I ett ärende om myndighetsutövning deltar alla som har handlagt det i avgörandet: ingen avstår, och rösterna är så många som de närvarande.',
    en: 'In a matter of public authority all who handled it take part in deciding it: none abstains, and there are as many votes as members present.',
  },
  holds: ({ present }, { yes, no, abstained }) => abstained === 0 && yes + no === present,
});

const closedDoors = guard<MatterContext, { public?: boolean }>({
  rule: 'R-034',
  version: 1,
  says: {
    sv: 'Ett ärende om myndighetsutövning handläggs inom stängda dörrar.',
    en: 'A matter of public authority is handled behind closed doors.',
  },
  holds: (_, event) => event.public !== true,
});

const unanimousFound = guard<MatterContext, { unanimous?: boolean }>({
  rule: 'R-051',
  version: 1,
  says: {
    sv: 'Beslutet kräver kvalificerad majoritet: utan votering måste alla vara ense.',
    en: 'The decision takes a qualified majority: without a vote all must agree.',
  },
  holds: (_, { unanimous }) => unanimous === true,
});

const countQualified = assigning<MatterContext, Count, z.infer<typeof Majority>>(
  1,
  (context, event, majority) => ({
    question: context.question && {
      ...context.question,
      winner: qualifiedWinner(context, event, majority),
    },
  }),
);

function qualifiedWinner(context: MatterContext, event: Count, majority: z.infer<typeof Majority>): number {
  const { main = 1, contenders = [2] } = context.question ?? {};
  return (qualified(context, event, majority) === 1 ? main : contenders[0]) ?? 1;
}

export const specialEvents = (stages: readonly Special[]): Readonly<Record<string, EventDeclaration>> =>
  stages.some(byLot) ? { 'lot.draw': lot } : {};

export const specialGuards = (stages: readonly Special[]): Readonly<Record<string, Guard>> => ({
  ...(stages.some((it) => it.concerns === 'authority') && { allVote, closedDoors }),
  ...(stages.some((it) => it.majority) && { unanimousFound }),
  ...(stages.some((it) => it.unprepared) && { agreedByAll }),
});

export const specialActions = (stages: readonly Special[]): Readonly<Record<string, Action>> =>
  stages.some((it) => it.majority) ? { countQualified } : {};

const ties = { castingVote: 'vote.casting', chairsProposal: 'vote.chair', rejected: null } as const;

/** How a body votes on a stage. */
export const votingOf = (stage: Special, body: Body): Voting => ({
  tie: byLot(stage) ? 'lot.draw' : ties[body.tie],
  ballot: [
    ...(byLot(stage) ? [] : [{ type: 'openBallot' }]),
    ...(stage.concerns === 'authority' ? [{ type: 'allVote' }] : []),
  ],
  majority: stage.majority && {
    type: 'countQualified',
    params: stage.majority as unknown as NonNullable<Named['params']>,
  },
});

const agreedByAll = guard<MatterContext, { unanimous?: boolean }>({
  rule: 'R-015',
  version: 1,
  says: {
    sv: 'Ärendet är inte berett: det avgörs bara om alla närvarande är ense om beslutet.',
    en: 'The matter is not prepared: it is decided only if all present agree on the decision.',
  },
  holds: (_, { unanimous }) => unanimous === true,
});

/** What opening the item takes. */
export const openedBy = ({ concerns: about }: Special): { readonly guard: Named } => ({
  guard: all({ type: 'closedForSecrecy' }, ...(about === 'authority' ? [{ type: 'closedDoors' }] : [])),
});

/** What finding for a proposal without a vote takes. */
export const acclaimedBy = ({ majority, unprepared }: Special): readonly Named[] => [
  { type: 'wasPut' },
  ...(unprepared ? [{ type: 'agreedByAll' }] : majority ? [{ type: 'unanimousFound' }] : []),
];

/** Whether the minority has its right: not in elections. */
export const hasMinority = (stage: Special): boolean => stage.concerns !== 'election';
