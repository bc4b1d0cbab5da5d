/** What a meeting remembers: its body, its agenda, who is present, its minutes. */
import * as z from 'zod';
import type { Identity, Period } from '../chart.ts';
import { line, reference, yesNo } from '../events.ts';
import type { Quorum } from '../municipalities/municipality.ts';

export const clerks = ['clerk', 'registrar'] as const;
export const matterField = reference('Ärende', 'Matter', 'matters');

export const itemStandings = {
  listed: { sv: 'På dagordningen', en: 'Listed' },
  open: { sv: 'Behandlas', en: 'Open' },
  concluded: { sv: 'Behandlat', en: 'Concluded' },
  deferred: { sv: 'Bordlagt', en: 'Deferred' },
  referredBack: { sv: 'Återremitterat', en: 'Referred back' },
  referredOut: { sv: 'Remitterat', en: 'Referred out' },
  /** Withdrawn, or ended otherwise without a decision. */
  withdrawn: { sv: 'Avslutat utan beslut', en: 'Ended without a decision' },
} as const;

/** One who serves: a member, or a substitute in a member's place; in the room, or at a distance. */
export const Serving = z.strictObject({
  name: line('Namn', 'Name'),
  substituteFor: line('Tjänstgör för', 'Serves for').optional(),
  remote: yesNo('På distans', 'At a distance').optional(),
});
export type Serving = z.infer<typeof Serving>;

export interface AgendaItem {
  readonly matter: string;
  readonly paragraph: number | null;
  readonly standing: keyof typeof itemStandings;
  /** Actor ids of the points that were put to the question at this meeting. */
  readonly points: readonly string[];
  /** Who takes no part in the item because of a conflict of interest. */
  readonly recused: readonly string[];
  /** How many take part in it; null before it is opened. */
  readonly present: number | null;
  /** Of whom the body is to decide whether they are recused; null where that is no question. */
  readonly asked: string | null;
  /** Whether an open vote on it was counted without the names of those who voted. */
  readonly unlisted: boolean;
  /** Whether its paragraph was approved at once, and whether that has been announced for itself. */
  readonly approved: boolean;
  readonly announced: boolean;
  /** Who serves for the item, those recused left out; empty where no roll is kept by name. */
  readonly serving: readonly string[];
  /** Who presides for it, where another was named than the chair of the meeting. */
  readonly chair?: string;
}

export interface MeetingContext {
  readonly self: Identity;
  readonly body: string;
  readonly bodyName: string;
  readonly kind: string;
  readonly date: string;
  readonly seats: number | null;
  readonly approvers: number;
  readonly noticeBoard: string;
  readonly otherBoards: readonly string[];
  readonly quorum: Quorum;
  readonly appealPeriod: Period;
  /** Whether the body stands under the Swedish act. */
  readonly swedish: boolean;
  /** The last day on which the meeting is announced and summoned in time; null where no rule says. */
  readonly summonBy: string | null;
  /** The last day on which an urgent matter is announced; null where no rule says. */
  readonly urgentBy: string | null;
  /** Whether members may take part at a distance. */
  readonly remote: boolean;
  /** Whether the council has let a committee meet in public. */
  readonly openDoors: boolean;
  /** Whether interpellations and questions may be answered without a quorum. */
  readonly answersBelowQuorum: boolean;
  /** What comes up because the council deferred it. */
  readonly deferred: readonly string[];
  readonly items: readonly AgendaItem[];
  readonly present: number | null;
  /** The roll by name; empty where only the number is recorded. */
  readonly serving: readonly Serving[];
  /** Who has left the meeting for another reason than a conflict of interest. */
  readonly left: readonly string[];
  readonly chair: string | null;
  /** The approvers of the minutes as they were named; empty where they were not. */
  readonly approving: readonly string[];
  readonly firstParagraph: number;
  readonly approvedOn: string | null;
  readonly minutesOverdue: boolean;
  readonly noticeOverdue: boolean;
}

/** What every meeting begins with, before its input. */
export const meetingMemory = {
  appealPeriod: { weeks: 3 },
  otherBoards: [],
  swedish: true,
  summonBy: null,
  urgentBy: null,
  remote: false,
  openDoors: false,
  answersBelowQuorum: false,
  deferred: [],
  items: [],
  present: null,
  serving: [],
  left: [],
  chair: null,
  approving: [],
  firstParagraph: 1,
  approvedOn: null,
  minutesOverdue: false,
  noticeOverdue: false,
} as const;

/** An item as it comes onto the agenda. */
export const listedItem = (matter: string): AgendaItem => ({
  matter,
  paragraph: null,
  standing: 'listed',
  points: [],
  recused: [],
  present: null,
  asked: null,
  unlisted: false,
  approved: false,
  announced: false,
  serving: [],
});

const isCurrent = (item: AgendaItem): boolean => item.standing === 'listed' || item.standing === 'open';

/** The item of a matter that waits or is treated. */
export const current = (context: MeetingContext, matter: string): AgendaItem | undefined =>
  context.items.find((item) => item.matter === matter && isCurrent(item));

/** The items, with that of a matter changed. */
export const changeItem = (
  context: MeetingContext,
  matter: string,
  change: (item: AgendaItem) => AgendaItem,
): readonly AgendaItem[] =>
  context.items.map((item) => (item.matter === matter && isCurrent(item) ? change(item) : item));

/** Whether the Swedish act's rules for a council apply. */
export const isSwedishCouncil = ({ swedish, kind }: MeetingContext): boolean => swedish && kind === 'council';

/** True when no name occurs twice. */
export const areDistinct = (names: readonly string[]): boolean => new Set(names).size === names.length;
