/**
 * The minutes: complete, approved, announced. A paragraph can be approved at once, while the
 * meeting goes on, and is then announced for itself.
 */
import {
  type Action,
  all,
  assigning,
  causing,
  type DeadlineRule,
  type EventDeclaration,
  type Guard,
  guard,
  type StateData,
} from '../chart.ts';
import { clerical, line, prose, several, yesNo } from '../events.ts';
import { peopleIn } from '../person.ts';
import { tell } from '../tell.ts';
import { type AgendaItem, clerks, type MeetingContext, matterField } from './memory.ts';

const approvedBy = several('Justerat av', 'Approved by', line('Namn', 'Name'), 20);
const minutesAt = line('Protokollet förvaras', 'Where the minutes are kept');
const voteLists = line('Omröstningslistor', 'Lists of the votes').optional();

const byEachOfThem = {
  rule: 'R-069',
  version: 1,
  says: {
    sv: 'Ordföranden och så många justerare som organet har måste ha justerat; har de utsetts när sammanträdet öppnades, just de.',
    en: 'The chair and as many approvers as the body has must have approved; where they were named when the meeting opened, they.',
  },
} as const;

interface Approval {
  readonly approvedBy: readonly string[];
}

const asManyPeople = guard<MeetingContext, Approval>({
  ...byEachOfThem,
  holds: ({ approvers }, event) => peopleIn(event.approvedBy) > approvers,
});

export const minutesEvents: Readonly<Record<string, EventDeclaration>> = {
  'paragraph.approve': clerical({
    label: { sv: 'Justera paragrafen omedelbart', en: 'Approve the paragraph at once' },
    by: ['chair', 'integration'],
    rule: 'R-070',
    asks: { asManyPeople },
    fields: {
      matter: matterField,
      written: yesNo('Texten finns i skrift', 'The text exists in writing'),
      approvedBy,
      voteLists,
    },
  }),
  'paragraph.announce': clerical({
    label: { sv: 'Anslå paragrafen', en: 'Announce the paragraph' },
    by: [...clerks, 'integration'],
    rule: 'R-070',
    fields: { matter: matterField, minutesAt },
  }),
  'minutes.complete': clerical({
    label: { sv: 'Protokollet klart', en: 'Minutes complete' },
    by: ['clerk'],
    rule: 'R-068',
    fields: { voteLists },
  }),
  'minutes.reopen': clerical({
    label: { sv: 'Skriv om protokollet', en: 'Write the minutes anew' },
    by: ['clerk'],
    rule: 'R-068',
    fields: { reason: prose('Skäl', 'Reason') },
  }),
  'minutes.approve': clerical({
    label: { sv: 'Justera protokollet', en: 'Approve the minutes' },
    by: ['chair', 'integration'],
    rule: 'R-069',
    asks: { asManyPeople },
    fields: { approvedBy },
  }),
  'notice.post': clerical({
    label: { sv: 'Anslå', en: 'Post the notice' },
    by: [...clerks, 'integration'],
    rule: 'R-071',
    fields: { minutesAt },
  }),
};

export const minutesDeadlines: Readonly<Record<string, DeadlineRule>> = {
  minutesDue: {
    label: { sv: 'Protokollet ska vara justerat', en: 'Minutes to be approved' },
    rule: 'R-069',
    from: 'date',
    period: { days: 14 },
    roll: true,
    duty: true,
  },
  noticeDue: {
    label: { sv: 'Justeringen ska vara anslagen', en: 'Approval to be announced' },
    rule: 'R-071',
    from: 'approvedOn',
    period: { days: 2 },
    roll: true,
    duty: true,
  },
};

interface OfMatter {
  readonly matter: string;
}

const isTreated = (item: AgendaItem): boolean => item.points.length > 0;

/** The paragraphs of a matter on which something was decided. */
const paragraphsOf = ({ items }: MeetingContext, { matter }: OfMatter): readonly AgendaItem[] =>
  items.filter((item) => item.matter === matter && item.standing !== 'open' && isTreated(item));

const pointsOf = (items: readonly AgendaItem[]): readonly string[] => items.flatMap((item) => item.points);

export const minutesGuards: Readonly<Record<string, Guard>> = {
  enoughApprovers: guard<MeetingContext, Approval>({
    ...byEachOfThem,
    holds: ({ chair, approving, approvers }, event) => {
      const names = new Set(event.approvedBy);
      const named = [...(chair === null ? [] : [chair]), ...approving];
      return named.every((it) => names.has(it)) && names.size >= approvers + 1;
    },
  }),
  votesListed: guard<MeetingContext, { matter?: string; voteLists?: string }>({
    rule: 'R-068',
    version: 1,
    says: {
      sv: 'Protokollet visar hur var och en har röstat öppet: ange var omröstningslistan finns.',
      en: 'The minutes show how everyone voted openly: say where the list of votes is.',
    },
    holds: ({ items }, { matter, voteLists: lists }) =>
      lists !== undefined ||
      items.every((it) => !it.unlisted || it.approved || (matter !== undefined && it.matter !== matter)),
  }),
  isWritten: guard<MeetingContext, { written: boolean }>({
    rule: 'R-070',
    version: 1,
    says: {
      sv: 'Bara en paragraf vars text finns i skrift vid sammanträdet justeras omedelbart.',
      en: 'Only a paragraph whose text exists in writing at the meeting is approved at once.',
    },
    holds: (_, { written }) => written,
  }),
  canBeApproved: guard<MeetingContext, OfMatter>({
    rule: 'R-070',
    version: 1,
    says: {
      sv: 'I ärendet finns ingen avgjord paragraf som inte är justerad.',
      en: 'The matter has no decided paragraph that is not approved.',
    },
    holds: (context, event) => paragraphsOf(context, event).some((it) => !it.approved),
  }),
  canBeAnnounced: guard<MeetingContext, OfMatter>({
    rule: 'R-070',
    version: 1,
    says: {
      sv: 'I ärendet finns ingen omedelbart justerad paragraf som inte är anslagen.',
      en: 'The matter has no paragraph approved at once that is not announced.',
    },
    holds: (context, event) => paragraphsOf(context, event).some((it) => it.approved && !it.announced),
  }),
};

/** The items, with the paragraphs of a matter changed. */
const changeParagraphs = (context: MeetingContext, event: OfMatter, change: Partial<AgendaItem>) => {
  const its = paragraphsOf(context, event);
  return { items: context.items.map((item) => (its.includes(item) ? { ...item, ...change } : item)) };
};

const noticeOf = (
  context: MeetingContext,
  { minutesAt: at, on }: { minutesAt: string; on: string },
  items: readonly AgendaItem[],
) => ({
  kind: 'minutes',
  meeting: context.self.id,
  body: context.body,
  title: `${context.bodyName} ${context.date}`,
  board: context.noticeBoard,
  otherBoards: context.otherBoards,
  minutesAt: at,
  postedOn: on,
  points: pointsOf(items),
  appealPeriod: { ...context.appealPeriod },
});

export const minutesActions: Readonly<Record<string, Action>> = {
  approve: assigning<MeetingContext>(1, (_, event) => ({ approvedOn: event.meta.on })),
  /** Those of the paragraphs that were approved at once have heard. */
  tellApproval: causing<MeetingContext>(1, (context, event) =>
    tell(pointsOf(context.items.filter((it) => !it.approved)), 'minutes.approved', {
      meeting: context.self.id,
      on: event.meta.on,
    }),
  ),
  startNotice: causing<MeetingContext, { minutesAt: string }>(1, (context, { minutesAt: at, meta }) => [
    {
      kind: 'start',
      chart: 'notice',
      key: 'notice',
      input: noticeOf(
        context,
        { minutesAt: at, on: meta.on },
        context.items.filter((it) => !it.announced),
      ),
    },
  ]),
  tellParagraphApproval: causing<MeetingContext, OfMatter>(1, (context, event) =>
    tell(pointsOf(paragraphsOf(context, event).filter((it) => !it.approved)), 'minutes.approved', {
      meeting: context.self.id,
      on: event.meta.on,
    }),
  ),
  approveParagraph: assigning<MeetingContext, OfMatter>(1, (context, event) =>
    changeParagraphs(context, event, { approved: true }),
  ),
  startParagraphNotice: causing<MeetingContext, OfMatter & { minutesAt: string }>(1, (context, event) => {
    const its = paragraphsOf(context, event).filter((it) => it.approved && !it.announced);
    const numbers = its.map((it) => it.paragraph ?? 0);
    const input = noticeOf(context, { minutesAt: event.minutesAt, on: event.meta.on }, its);
    return [
      {
        kind: 'start',
        chart: 'notice',
        key: `notice-p${numbers.join('-')}`,
        input: { ...input, title: `${input.title} § ${numbers.join(', ')}` },
      },
    ];
  }),
  announceParagraph: assigning<MeetingContext, OfMatter>(1, (context, event) => {
    const its = paragraphsOf(context, event).filter((it) => it.approved);
    return { items: context.items.map((it) => (its.includes(it) ? { ...it, announced: true } : it)) };
  }),
  flag: assigning<MeetingContext, unknown, { as: 'minutesOverdue' | 'noticeOverdue' }>(
    1,
    (_, __, { as }) => ({ [as]: true }),
  ),
};

/** A paragraph is approved at once only while the meeting goes on. */
export const approvesParagraphs: NonNullable<StateData['on']> = {
  'paragraph.approve': {
    guard: all(
      { type: 'canBeApproved' },
      { type: 'isWritten' },
      { type: 'votesListed' },
      { type: 'enoughApprovers' },
    ),
    actions: [{ type: 'tellParagraphApproval' }, { type: 'approveParagraph' }],
  },
};

/** What was approved at once is announced for itself until the minutes are. */
export const announcesParagraphs: NonNullable<StateData['on']> = {
  'paragraph.announce': {
    guard: { type: 'canBeAnnounced' },
    actions: [{ type: 'startParagraphNotice' }, { type: 'announceParagraph' }],
  },
};
