/** Who is present: by number or by name, the quorum of the meeting and of each item. */
import * as z from 'zod';
import { type Action, assigning, type EventDeclaration, type Guard, guard } from '../chart.ts';
import { count, deciding, line, prose } from '../events.ts';
import { ofCommittees } from '../law/elsewhere.ts';
import { isMoreThanHalf, isQuorate } from '../municipalities/municipality.ts';
import { isAmong, peopleIn } from '../person.ts';
import { areDistinct, isSwedishCouncil, type MeetingContext, Serving } from './memory.ts';

const names = (sv: string, en: string, most = 200) => z.array(line(sv, en)).max(most).meta({ sv, en });
const servingList = (sv: string, en: string) => z.array(Serving).max(200).meta({ sv, en });

/** Those whom an event names to serve. */
interface NamedToServe {
  readonly serving?: readonly Serving[];
  readonly arrived?: readonly Serving[];
  readonly substitutes?: readonly Serving[];
  readonly substitute?: Serving;
}

export const atDistance = guard<MeetingContext, NamedToServe>({
  rule: 'R-032',
  version: 1,
  says: {
    sv: 'Fullmäktige har inte beslutat att ledamöter får delta på distans i organet.',
    en: 'The council has not decided that members of the body may take part at a distance.',
  },
  holds: ({ remote }, { serving = [], arrived = [], substitutes = [], substitute }) =>
    remote ||
    [...serving, ...arrived, ...substitutes, ...(substitute ? [substitute] : [])].every(
      (it) => it.remote !== true,
    ),
});

/** Nobody has two substitutes, and nobody who serves has one: each adds one to those who serve. */
const standIns = guard<MeetingContext, Omit<Change, 'present'> & Pick<Opening, 'serving'>>({
  rule: 'R-033',
  version: 1,
  says: {
    sv: 'En ersättare tjänstgör i stället för någon som inte själv tjänstgör, en för var.',
    en: 'A substitute serves in place of someone who does not serve, one for each.',
  },
  holds: (context, event) => {
    const serving = event.serving ?? rollAfter(context, event);
    const replaced = replacedBy(serving);
    return peopleIn(replaced) === replaced.length && replaced.every((it) => !isAmong(namesOf(serving), it));
  },
});

/** Named for the roll, wherever it does not add up. */
const roll = {
  rule: 'R-033',
  version: 1,
  says: {
    sv: 'Närvarolistan ska ha varje tjänstgörande en gång, även ordförande och justerare, och vara lika lång som antalet.',
    en: 'The roll names everyone who serves once, the chair and the approvers too, and is as long as their number.',
  },
} as const;

const servesOnce = guard<MeetingContext, Omit<Change, 'present'> & Pick<Opening, 'serving'>>({
  ...roll,
  holds: (context, event) => {
    const names = namesOf(event.serving ?? rollAfter(context, event));
    return peopleIn(names) === names.length;
  },
});

const theirOwn = {
  rule: 'R-069',
  version: 1,
  says: {
    sv: 'Justerarna är andra än ordföranden, och så många som organets regler säger.',
    en: 'The approvers are others than the chair, and as many as the rules of the body say.',
  },
} as const;

const othersApprove = guard<MeetingContext, Opening>({
  ...theirOwn,
  holds: (context, { chair, approvers }) =>
    approvers === undefined || (peopleIn(approvers) >= context.approvers && !isAmong(approvers, chair)),
});

const sameDay = {
  rule: 'R-033',
  version: 1,
  says: {
    sv: 'Den som har avbrutit sin tjänstgöring i fullmäktige av annat skäl än jäv tjänstgör inte mer samma dag.',
    en: 'One who left the council for another reason than a conflict of interest serves no more that day.',
  },
} as const;

const staysAway = guard<MeetingContext, Change>({
  ...sameDay,
  holds: (context, { arrived = [] }) =>
    !isSwedishCouncil(context) || namesOf(arrived).every((it) => !isAmong(context.left, it)),
});

export const attendanceEvents: Readonly<Record<string, EventDeclaration>> = {
  'meeting.open': deciding({
    label: { sv: 'Öppna sammanträdet', en: 'Open the meeting' },
    by: ['clerk', 'chair'],
    rule: 'R-029',
    instead: ofCommittees('R-031'),
    asks: { standIns, servesOnce, othersApprove },
    fields: {
      present: count('Närvarande och tjänstgörande', 'Present and serving'),
      chair: line('Ordförande', 'Chair'),
      approvers: names('Justerare', 'Approvers', 20).optional(),
      serving: servingList('Tjänstgörande', 'Serving').optional(),
      quorumFound: prose('Hur beslutförheten är fastställd', 'How the quorum was established').optional(),
    },
  }),
  'attendance.change': deciding({
    label: { sv: 'Ändra närvaron', en: 'Change the attendance' },
    by: ['clerk', 'chair'],
    rule: 'R-033',
    asks: { standIns, servesOnce, staysAway },
    fields: {
      present: count('Närvarande och tjänstgörande', 'Present and serving'),
      arrived: servingList('Kommer', 'Arrive').optional(),
      left: names('Går', 'Leave').optional(),
    },
  }),
};

interface Opening {
  readonly present: number;
  readonly chair: string;
  readonly approvers?: readonly string[];
  readonly serving?: readonly Serving[];
  readonly quorumFound?: string;
}

interface Change {
  readonly present: number;
  readonly arrived?: readonly Serving[];
  readonly left?: readonly string[];
}

/** Of an item: those present for it, who of them are recused, and who serve in their place. */
export interface Presence {
  readonly present?: number;
  readonly recused?: readonly string[];
  readonly substitutes?: readonly Serving[];
}

const presentFor = (context: MeetingContext, { present }: Presence): number =>
  present ?? context.present ?? 0;

/** How many take part in an item: without those recused, with those who serve in their place. */
export const takingPart = (context: MeetingContext, event: Presence): number =>
  presentFor(context, event) - (event.recused?.length ?? 0) + (event.substitutes?.length ?? 0);

const isQuorum = ({ quorum, seats }: MeetingContext, present: number) => isQuorate(quorum, seats, present);

/** More than half, as the Swedish act says; any other rule is the body's own. */
const hasOwnRule = ({ quorum }: MeetingContext) => !isMoreThanHalf(quorum);

/** The roll after people have come and gone. */
const rollAfter = (
  { serving }: MeetingContext,
  { arrived = [], left = [] }: Omit<Change, 'present'>,
): readonly Serving[] => [...serving.filter((it) => !left.includes(it.name)), ...arrived];

const namesOf = (roll: readonly Serving[]): readonly string[] => roll.map((it) => it.name);

/** In whose place they serve, as far as that is said. */
export const replacedBy = (roll: readonly Serving[]): readonly string[] =>
  roll.flatMap((it) => it.substituteFor ?? []);

/** The roll names everyone once, as many as there are, and the chair and the approvers among them. */
const isRoll = (
  roll: readonly Serving[],
  { present, chair, approvers = [] }: Pick<Opening, 'present' | 'chair' | 'approvers'>,
): boolean =>
  roll.length === present &&
  areDistinct(namesOf(roll)) &&
  [chair, ...approvers].every((it) => namesOf(roll).includes(it));

export const quorum = [
  { type: 'councilQuorum' },
  { type: 'committeeQuorum' },
  { type: 'ownQuorum' },
] as const;

export const attendanceGuards: Readonly<Record<string, Guard>> = {
  onItsDay: guard<MeetingContext>({
    rule: 'R-026',
    instead: ofCommittees('R-028'),
    version: 1,
    says: {
      sv: 'Sammanträdet öppnas den dag som det är kallat till.',
      en: 'The meeting opens on the day for which it was summoned.',
    },
    holds: ({ date }, { meta }) => meta.on === date,
  }),
  /** In the council a conflict of interest does not break the quorum. */
  councilQuorum: guard<MeetingContext, Presence>({
    rule: 'R-029',
    version: 1,
    says: {
      sv: 'Fullmäktige är inte beslutsfört: fler än hälften av ledamöterna måste vara närvarande.',
      en: 'The council has no quorum: more than half of the members must be present.',
    },
    holds: (context, event) =>
      hasOwnRule(context) || context.kind !== 'council' || isQuorum(context, presentFor(context, event)),
  }),
  committeeQuorum: guard<MeetingContext, Presence>({
    rule: 'R-031',
    version: 1,
    says: {
      sv: 'Organet är inte beslutsfört: fler än hälften av ledamöterna måste vara närvarande, jäviga oräknade.',
      en: 'No quorum: more than half of the members must be present, not counting those recused.',
    },
    holds: (context, event) =>
      hasOwnRule(context) || context.kind === 'council' || isQuorum(context, takingPart(context, event)),
  }),
  /** Those recused take no part and do not count. */
  ownQuorum: guard<MeetingContext, Presence>({
    rule: null,
    version: 1,
    says: {
      sv: 'Organet är inte beslutsfört: färre deltar än dess regler kräver.',
      en: 'No quorum: fewer take part than the rules of the body require.',
    },
    holds: (context, event) => !hasOwnRule(context) || isQuorum(context, takingPart(context, event)),
  }),
  /** Without the number of seats the quorum is a finding of the chair's, and recorded as that. */
  quorumFound: guard<MeetingContext, Opening>({
    rule: 'R-029',
    instead: ofCommittees('R-031'),
    version: 1,
    says: {
      sv: 'Antalet platser är inte känt: ange hur beslutförheten är fastställd.',
      en: 'The number of seats is not known: say how the quorum was established.',
    },
    holds: ({ seats, quorum: { rule } }, { quorumFound }) =>
      seats !== null || rule === 'members' || quorumFound !== undefined,
  }),
  notMoreThanSeats: guard<MeetingContext, Presence>({
    rule: 'R-033',
    version: 1,
    says: {
      sv: 'Fler kan inte tjänstgöra än organet har platser.',
      en: 'No more can serve than the body has seats.',
    },
    holds: (context, event) => context.seats === null || takingPart(context, event) <= context.seats,
  }),
  rollAddsUp: guard<MeetingContext, Opening>({
    ...roll,
    holds: (_, event) => event.serving === undefined || isRoll(event.serving, event),
  }),
  rollStillAddsUp: guard<MeetingContext, Change>({
    ...roll,
    holds: (context, event) =>
      context.serving.length === 0 ||
      ((event.left ?? []).every((it) => namesOf(context.serving).includes(it)) &&
        rollAfter(context, event).length === event.present &&
        areDistinct(namesOf(rollAfter(context, event)))),
  }),
  atDistance,
  notReturning: guard<MeetingContext, Change>({
    ...sameDay,
    holds: (context, { arrived = [] }) =>
      !isSwedishCouncil(context) || namesOf(arrived).every((it) => !context.left.includes(it)),
  }),
  approversNamed: guard<MeetingContext, Opening>({
    ...theirOwn,
    holds: (context, { chair, approvers }) =>
      approvers === undefined || (new Set(approvers).size >= context.approvers && !approvers.includes(chair)),
  }),
};

export const attendanceActions: Readonly<Record<string, Action>> = {
  attend: assigning<MeetingContext, Opening>(1, (_, { present, chair, approvers = [], serving = [] }) => ({
    present,
    chair,
    approving: approvers,
    serving,
  })),
  changeAttendance: assigning<MeetingContext, Change>(1, (context, event) => ({
    present: event.present,
    serving: context.serving.length === 0 ? [] : rollAfter(context, event),
    left: [...context.left, ...(event.left ?? [])],
  })),
};
