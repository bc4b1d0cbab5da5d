/**
 * A proportional election: on the demand of enough of those present, by sealed ballots, the places given to the groups
 * in turn (KL 5:58, 6:42, 2022:629; R-052).
 */
import * as z from 'zod';
import {
  type Action,
  all,
  assigning,
  type EventDeclaration,
  type Guard,
  guard,
  type JsonObject,
  type Named,
  type StateData,
} from '../../chart.ts';
import { count, deciding, line, oneOf, several } from '../../events.ts';
import type { Label } from '../../label.ts';
import { peopleIn } from '../../person.ts';
import { secretary } from '../body/secretary.ts';
import { type MatterContext, type Question, remaining } from '../matter.ts';
import { type BallotGroup, demandersNeeded, distribute } from './seats.ts';

const MAX_PLACES = 200;
const groupNumber = z
  .int()
  .min(1)
  .max(MAX_PLACES)
  .meta({ sv: 'Valsedelsgrupp nummer', en: 'Ballot group number' });

const BallotGroups = z.strictObject({
  designation: line('Gruppbeteckning', 'Group designation'),
  names: several('Namn i ordning', 'Names in order', line('Namn', 'Name'), MAX_PLACES),
  votes: z.int().min(1).max(10_000).meta({ sv: 'Valsedlar', en: 'Ballots' }),
});

/** What a matter remembers of it besides. */
interface Electing extends MatterContext {
  /** What is being elected; null when nothing is. */
  readonly election: { readonly places: number; readonly of: 'members' | 'substitutes' } | null;
  /** Whether the members were elected proportionally: only then may their substitutes be (§ 3). */
  readonly proportional: boolean;
}

interface Demand {
  readonly requesters: number;
  readonly places: number;
  readonly of: 'members' | 'substitutes';
  readonly points?: readonly number[];
}

interface Ballots {
  readonly groups: readonly BallotGroup[];
  readonly invalid?: number;
  readonly lots?: readonly number[];
  readonly witness?: string;
}

export const electionContext: JsonObject = { election: null, proportional: false };

export const electionStates: Readonly<Record<string, Label>> = {
  balloting: { sv: 'Proportionellt val', en: 'Proportional election' },
};

const writtenAlike = guard<Electing, Ballots>({
  rule: 'R-052',
  version: 1,
  says: {
    sv: 'Den som står på flera valsedlar skrivs lika på alla: annars väljs samma person två gånger.',
    en: 'One who is on several ballots is written alike on all: otherwise the same person is elected twice.',
  },
  holds: (_, { groups }) => {
    const names = [...new Set(groups.flatMap((it) => it.names))];
    return peopleIn(names) === names.length;
  },
});

export const electionEvents: Readonly<Record<string, EventDeclaration>> = {
  'election.demand': deciding({
    label: { sv: 'Begär proportionellt val', en: 'Demand a proportional election' },
    by: secretary,
    rule: 'R-052',
    fields: {
      requesters: count('Antal som begär', 'Members demanding it'),
      places: z.int().min(1).max(MAX_PLACES).meta({ sv: 'Antal som ska väljas', en: 'Places to fill' }),
      of: oneOf('Väljs', 'Elected are', {
        members: { sv: 'ledamöter', en: 'members' },
        substitutes: { sv: 'ersättare', en: 'substitutes' },
      }),
      points: several('Beslutspunkter', 'Decision points', z.int().min(1), 50).optional(),
    },
  }),
  'ballots.count': deciding({
    label: { sv: 'Valsedlar räknade', en: 'Ballots counted' },
    by: secretary,
    rule: 'R-052',
    asks: { writtenAlike },
    fields: {
      groups: several('Valsedelsgrupper', 'Ballot groups', BallotGroups, MAX_PLACES),
      invalid: count('Ogiltiga valsedlar', 'Invalid ballots').optional(),
      lots: several('Lotten föll i tur och ordning på', 'The lot fell in turn on', groupNumber).optional(),
      witness: line('Lottningen bevittnades av', 'The drawing was witnessed by').optional(),
    },
  }),
};

const outcomeOf = ({ election }: Electing, { groups, lots }: Ballots) =>
  distribute(groups, election?.places ?? 0, lots);

const areDistinct = (values: readonly string[]): boolean => new Set(values).size === values.length;

export const electionGuards: Readonly<Record<string, Guard>> = {
  quotaDemands: guard<Electing, Demand>({
    rule: 'R-052',
    version: 1,
    says: {
      sv: 'För få begär det: det krävs de närvarande delade med platserna plus en, avrundat uppåt.',
      en: 'Too few demand it: it takes those present divided by the places and one more, rounded up.',
    },
    holds: ({ present }, { requesters, places }) =>
      requesters <= (present ?? 0) && requesters >= Math.max(demandersNeeded(present ?? 0, places), 1),
  }),
  membersFirst: guard<Electing, Demand>({
    rule: 'R-052',
    version: 1,
    says: {
      sv: 'Ersättare väljs proportionellt bara om ledamöterna har valts så.',
      en: 'Substitutes are elected proportionally only if the members were.',
    },
    holds: ({ proportional }, { of }) => of === 'members' || proportional,
  }),
  ballotsFit: guard<Electing, Ballots>({
    rule: 'R-052',
    version: 1,
    says: {
      sv: 'Valsedlarna är inte fler än de närvarande; en grupp har varje namn en gång, och ingen annan är lik den.',
      en: 'There are no more ballots than members present; a group has each name once, and no other is like it.',
    },
    holds: ({ present }, { groups, invalid = 0 }) =>
      groups.reduce((sum, { votes }) => sum + votes, invalid) <= (present ?? 0) &&
      groups.every(({ names }) => areDistinct(names)) &&
      areDistinct(groups.map(({ designation, names }) => JSON.stringify([designation, names]))),
  }),
  lotsSettle: guard<Electing, Ballots>({
    rule: 'R-052',
    version: 1,
    says: {
      sv: 'Vid lika jämförelsetal avgör lotten: ange på vilken grupp den föll, för varje gång och ingen mer, och vem som bevittnade det.',
      en: 'The lot settles a tie: say on which group it fell, each time and no more, and who witnessed it.',
    },
    holds: (context, event) => {
      const { tied, lots } = outcomeOf(context, event);
      const given = event.lots?.length ?? 0;
      return tied.length === 0 && lots === given && (given === 0 || event.witness !== undefined);
    },
  }),
  placesFilled: guard<Electing, Ballots>({
    rule: 'R-052',
    version: 1,
    says: { sv: 'Namnen räcker inte till platserna.', en: 'There are too few names for the places.' },
    holds: (context, event) => {
      const { seats, tied } = outcomeOf(context, event);
      return tied.length > 0 || seats.length === context.election?.places;
    },
  }),
};

const electing = (question: Question | null, names: string): Question | null =>
  question && { ...question, proposals: [{ outcome: 'approved', text: names }], winner: 1 };

export const electionActions: Readonly<Record<string, Action>> = {
  putElection: assigning<Electing, Demand, { scope: readonly string[] }>(
    1,
    (context, { places, of, points }, { scope }) => ({
      election: { places, of },
      question: {
        points: points?.map((n) => `p${n}`) ?? remaining(context, scope).map(({ key }) => key),
        proposals: [{ outcome: 'approved' }],
        main: 1,
        contenders: [],
        winner: null,
      },
    }),
  ),
  /** Whom the ballots elect is the wording of the decision. */
  countBallots: assigning<Electing, Ballots>(1, (context, event) => ({
    question: electing(
      context.question,
      outcomeOf(context, event)
        .seats.map(({ name }) => name)
        .join(', '),
    ),
    election: null,
    proportional: context.proportional || context.election?.of === 'members',
  })),
};

/** How an election becomes proportional while the body deliberates. */
export const electionOn = (scope: readonly string[]): NonNullable<StateData['on']> => ({
  'election.demand': {
    target: 'balloting',
    guard: all(
      { type: 'pointsOpen', params: { scope } },
      { type: 'formalFirst' },
      { type: 'quotaDemands' },
      { type: 'membersFirst' },
    ),
    actions: [{ type: 'putElection', params: { scope } } satisfies Named],
  },
});

/** Its ballots; `counted` is where they lead. */
export const balloting: StateData = {
  on: {
    'ballots.count': {
      target: 'counted',
      guard: all({ type: 'ballotsFit' }, { type: 'placesFilled' }, { type: 'lotsSettle' }),
      actions: [{ type: 'countBallots' }],
    },
  },
};
