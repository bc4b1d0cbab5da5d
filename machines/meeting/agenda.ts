/** The agenda: announced in time, added to late, struck from, left when the meeting is over. */
import {
  type Action,
  all,
  assigning,
  causing,
  type EventDeclaration,
  type Guard,
  guard,
  type StateData,
} from '../chart.ts';
import { clerical, pastDate, prose, yesNo } from '../events.ts';
import { ofCommittees, ofCouncil } from '../law/elsewhere.ts';
import { tell } from '../tell.ts';
import { clerks, current, isSwedishCouncil, listedItem, type MeetingContext, matterField } from './memory.ts';

export const agendaEvents: Readonly<Record<string, EventDeclaration>> = {
  'agenda.add': clerical({
    label: { sv: 'För upp på dagordningen', en: 'Add to the agenda' },
    by: [...clerks, 'chair'],
    rule: 'R-016',
    instead: ofCommittees(null),
    fields: {
      matter: matterField,
      urgency: prose('Skäl för brådska', 'Why it is urgent').optional(),
      unanimous: yesNo(
        'Alla närvarande är ense om att ta upp det',
        'All present agree to take it up',
      ).optional(),
    },
  }),
  'agenda.strike': clerical({
    label: { sv: 'Utgår', en: 'Strike from the agenda' },
    by: [...clerks, 'chair'],
    rule: 'R-063',
    fields: { matter: matterField, reason: prose('Skäl', 'Reason') },
  }),
  'meeting.summon': clerical({
    label: { sv: 'Kalla', en: 'Summon' },
    by: [...clerks, 'chair'],
    rule: 'R-026',
    instead: ofCommittees('R-028'),
    fields: {
      sentOn: pastDate('Kallelsen skickad', 'Summons sent on'),
      announcedOn: pastDate(
        'Kungörelsen anslagen, om inte samma dag',
        'Announced on the notice board on, if not the same day',
      ).optional(),
      urgency: prose('Skäl för brådska', 'Why it is urgent').optional(),
    },
  }),
  'meeting.cancel': clerical({
    label: { sv: 'Ställ in', en: 'Cancel' },
    by: ['chair', 'clerk'],
    rule: 'R-028',
    instead: ofCouncil(null),
    fields: { reason: prose('Skäl', 'Reason') },
  }),
};

interface Summons {
  readonly sentOn: string;
  readonly announcedOn?: string;
  readonly urgency?: string;
}

const isBy = (day: string | null, ...dates: readonly (string | undefined)[]): boolean =>
  day === null || dates.every((it) => it === undefined || it <= day);

const lateCouncil = {
  rule: 'R-026',
  version: 1,
  says: {
    sv: 'Fullmäktige ska kungöras och kallas minst en vecka före sammanträdet. Är det brådskande, ange skälen.',
    en: 'The council is announced and summoned at least a week before. If it is urgent, say why.',
  },
} as const;

const lateAlsoForUrgent = {
  rule: 'R-027',
  version: 1,
  says: {
    sv: 'Även det brådskande ska kungöras senast vardagen närmast före sammanträdet. Sedan avgör de närvarande.',
    en: 'What is urgent, too, is announced by the weekday nearest before. After that, those present decide.',
  },
} as const;

interface Late {
  readonly urgency?: string;
  readonly unanimous?: boolean;
}

export const agendaGuards: Readonly<Record<string, Guard>> = {
  notListed: guard<MeetingContext, { matter: string }>({
    rule: null,
    version: 1,
    says: { sv: 'Ärendet står redan på dagordningen.', en: 'The matter is already on the agenda.' },
    holds: (context, event) => !current(context, event.matter),
  }),
  isListed: guard<MeetingContext, { matter: string }>({
    rule: null,
    version: 1,
    says: { sv: 'Ärendet väntar inte på dagordningen.', en: 'The matter is not waiting on the agenda.' },
    // The standing is asked first: where nothing is listed, no matter has to be named to know it.
    holds: (context, event) =>
      context.items.some((item) => item.standing === 'listed' && item.matter === event.matter),
  }),
  isCurrent: guard<MeetingContext, { matter: string }>({
    rule: null,
    version: 1,
    says: { sv: 'Ärendet står inte på dagordningen.', en: 'The matter is not on the agenda.' },
    holds: (context, event) => current(context, event.matter) !== undefined,
  }),
  isUnderWay: guard<MeetingContext, { matter: string }>({
    rule: null,
    version: 1,
    says: { sv: 'Ärendet behandlas inte nu.', en: 'The matter is not being treated now.' },
    holds: (context, event) => current(context, event.matter)?.standing === 'open',
  }),
  councilNotice: guard<MeetingContext, Summons>({
    ...lateCouncil,
    holds: (context, { sentOn, announcedOn, urgency }) =>
      !isSwedishCouncil(context) || urgency !== undefined || isBy(context.summonBy, sentOn, announcedOn),
  }),
  urgentNotice: guard<MeetingContext, Summons>({
    ...lateAlsoForUrgent,
    holds: (context, { sentOn, announcedOn }) =>
      !isSwedishCouncil(context) || isBy(context.urgentBy, sentOn, announcedOn),
  }),
  committeeNotice: guard<MeetingContext, Summons>({
    rule: 'R-028',
    version: 1,
    says: {
      sv: 'Kallelsen är senare än organets reglemente medger.',
      en: 'The summons is later than the regulations of the body allow.',
    },
    holds: (context, { sentOn, announcedOn }) =>
      !context.swedish || context.kind === 'council' || isBy(context.summonBy, sentOn, announcedOn),
  }),
  ownNotice: guard<MeetingContext, Summons>({
    rule: null,
    version: 1,
    says: {
      sv: 'Kallelsen är senare än organets regler medger.',
      en: 'The summons is later than the rules of the body allow.',
    },
    holds: (context, { sentOn, announcedOn }) =>
      context.swedish || isBy(context.summonBy, sentOn, announcedOn),
  }),
  alreadySent: guard<MeetingContext, Summons>({
    rule: null,
    version: 1,
    says: {
      sv: 'Kallelsen kan inte antecknas som skickad innan den är det.',
      en: 'A summons is not recorded as sent before it is.',
    },
    holds: (_, { sentOn, announcedOn, meta }) => isBy(meta.on, sentOn, announcedOn),
  }),
  announcedInTime: guard<MeetingContext, Late>({
    ...lateCouncil,
    holds: (context, { urgency, meta }) =>
      !isSwedishCouncil(context) || urgency !== undefined || isBy(context.summonBy, meta.on),
  }),
  announcedAtLast: guard<MeetingContext, Late>({
    ...lateAlsoForUrgent,
    holds: (context, { meta }) => !isSwedishCouncil(context) || isBy(context.urgentBy, meta.on),
  }),
  takenUpByAll: guard<MeetingContext, Late>({
    rule: 'R-016',
    version: 1,
    says: {
      sv: 'Ett ärende som inte är kungjort tas upp i fullmäktige bara om det är brådskande och alla närvarande är ense.',
      en: 'The council takes up a matter that was not announced only if it is urgent and all present agree.',
    },
    holds: (context, { urgency, unanimous }) =>
      !isSwedishCouncil(context) || (urgency !== undefined && unanimous === true),
  }),
};

export const agendaActions: Readonly<Record<string, Action>> = {
  inviteMatter: causing<MeetingContext, Late & { matter: string }>(1, (context, { matter, urgency }) =>
    tell(matter, 'agenda.listed', {
      meeting: context.self.id,
      municipality: context.self.tenant,
      body: context.body,
      ...(urgency !== undefined && { urgent: true }),
    }),
  ),
  inviteDeferred: causing<MeetingContext>(1, (context) =>
    tell(context.deferred, 'agenda.listed', {
      meeting: context.self.id,
      municipality: context.self.tenant,
      body: context.body,
    }),
  ),
  listDeferred: assigning<MeetingContext>(1, ({ deferred }) => ({ items: deferred.map(listedItem) })),
  list: assigning<MeetingContext, { matter: string }>(1, (context, { matter }) => ({
    items: [...context.items, listedItem(matter)],
  })),
  strikeMatter: causing<MeetingContext, { matter: string; reason: string }>(
    1,
    (context, { matter, reason }) => tell(matter, 'item.struck', { meeting: context.self.id, reason }),
  ),
  strike: assigning<MeetingContext, { matter: string }>(1, (context, { matter }) => ({
    items: context.items.filter((item) => !(item.matter === matter && item.standing === 'listed')),
  })),
  releaseUnopened: causing<MeetingContext>(1, (context) =>
    tell(
      context.items.filter((item) => item.standing === 'listed').map((item) => item.matter),
      'item.leftOver',
      { meeting: context.self.id },
    ),
  ),
  dropUnopened: assigning<MeetingContext>(1, (context) => ({
    items: context.items.filter((item) => item.standing !== 'listed'),
  })),
};

/** The summons is in time, by the act or by the body's own rules. */
export const inTime = all(
  { type: 'alreadySent' },
  { type: 'councilNotice' },
  { type: 'urgentNotice' },
  { type: 'committeeNotice' },
  { type: 'ownNotice' },
);

/** What may be done with the agenda in a state, where a matter that is added must pass `late` besides. */
export const agendaOn = (...late: readonly string[]): NonNullable<StateData['on']> => ({
  'agenda.add': {
    guard: all({ type: 'notListed' }, ...late.map((type) => ({ type }))),
    actions: [{ type: 'inviteMatter' }, { type: 'list' }],
  },
  'agenda.strike': { guard: { type: 'isListed' }, actions: [{ type: 'strikeMatter' }, { type: 'strike' }] },
  'item.left': { guard: { type: 'isCurrent' }, actions: [{ type: 'leaveItem' }] },
});
