/**
 * Among three proposals or more it is first settled which of the others is put against the main proposal: by votes
 * between them, or by acclamation.
 */
import {
  type Action,
  all,
  assigning,
  type EventDeclaration,
  type Guard,
  guard,
  type Named,
  type TransitionData,
} from '../../chart.ts';
import { deciding } from '../../events.ts';
import type { MatterContext } from '../matter.ts';
import { type Count, changed, pairOf, proposal, wonBy } from './count.ts';
import { secretary } from './secretary.ts';

export const counterEvents: Readonly<Record<string, EventDeclaration>> = {
  'counter.find': deciding({
    label: { sv: 'Utse motförslag', en: 'Find the counter-proposal' },
    by: secretary,
    rule: 'R-046',
    fields: { finds: proposal('Finner att motförslag är', 'Finds the counter-proposal to be') },
  }),
};

export const counterGuards: Readonly<Record<string, Guard>> = {
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
};

/** Of the two that competed the winner stays, to meet the next. */
const afterRound = ({ question }: MatterContext, winner: number): readonly number[] => [
  winner,
  ...(question?.contenders.slice(2) ?? []),
];

export const counterActions: Readonly<Record<string, Action>> = {
  nameMain: assigning<MatterContext, { main?: number }>(1, (context, event) => {
    const all = context.question?.proposals.map((_, index) => index + 1) ?? [];
    // Of two, yes is for the first.
    const main = (all.length > 2 ? event.main : undefined) ?? 1;
    return changed(context, { main, contenders: all.filter((it) => it !== main) });
  }),
  findCounter: assigning<MatterContext, { finds: number }>(1, (context, { finds }) =>
    changed(context, { contenders: [finds] }),
  ),
  countRound: assigning<MatterContext, Count>(1, (context, event) =>
    changed(context, { contenders: afterRound(context, wonBy(context, event)) }),
  ),
  castRound: assigning<MatterContext, { proposal: number }>(1, (context, event) =>
    changed(context, { contenders: afterRound(context, event.proposal) }),
  ),
};

/** A vote is demanded before the decision is confirmed, and not after. */
export const demands: readonly TransitionData[] = [
  { target: 'voting', guard: { type: 'twoProposals' }, actions: [{ type: 'nameMain' }] },
  {
    target: 'eliminating',
    guard: all({ type: 'severalProposals' }, { type: 'mainNamed' }),
    actions: [{ type: 'nameMain' }],
  },
];

/** Round after round, until one of them is left. */
export const rounds = (guards: readonly Named[], actions: readonly Named[]): TransitionData[] => [
  { target: 'eliminating', guard: all(...guards, { type: 'moreRounds' }), actions, reenter: true },
  { target: 'voting', guard: all(...guards, { type: 'lastRound' }), actions },
];
