/** What a meeting remembers: its body, its agenda, its minutes. */
import type { Identity, Period } from '../chart.ts';
import { reference } from '../events.ts';
import type { Quorum } from '../municipalities/municipality.ts';

export const clerks = ['clerk', 'registrar'] as const;
export const matterField = reference('Ärende', 'Matter', 'matters');

export const itemStandings = {
  listed: { sv: 'På dagordningen', en: 'Listed' },
  open: { sv: 'Behandlas', en: 'Open' },
  concluded: { sv: 'Behandlat', en: 'Concluded' },
  deferred: { sv: 'Bordlagt', en: 'Deferred' },
  referredBack: { sv: 'Återremitterat', en: 'Referred back' },
  withdrawn: { sv: 'Återkallat', en: 'Withdrawn' },
} as const;

export interface AgendaItem {
  readonly matter: string;
  readonly paragraph: number | null;
  readonly standing: keyof typeof itemStandings;
  /** Actor ids of the points that were put to the question at this meeting. */
  readonly points: readonly string[];
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
  readonly items: readonly AgendaItem[];
  readonly present: number | null;
  readonly firstParagraph: number;
  readonly approvedOn: string | null;
  readonly minutesOverdue: boolean;
  readonly noticeOverdue: boolean;
}

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
