/** A body's meeting: planned, summoned, opened, its items one by one, closed, its minutes approved and announced. */
import * as z from 'zod';
import { assigning, causing, defineChart, guard, type Identity, type Period } from '../chart.ts';
import {
  clerical,
  count,
  date,
  deciding,
  line,
  message,
  oneOf,
  period,
  prose,
  reference,
  several,
} from '../events.ts';
import {
  bodyKinds,
  isMoreThanHalf,
  isQuorate,
  moreThanHalf,
  Quorum,
} from '../municipalities/municipality.ts';
import { tell } from '../tell.ts';

const itemStandings = {
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
  readonly quorum: Quorum;
  readonly appealPeriod: Period;
  readonly items: readonly AgendaItem[];
  readonly present: number | null;
  readonly firstParagraph: number;
  readonly approvedOn: string | null;
  readonly minutesOverdue: boolean;
  readonly noticeOverdue: boolean;
}

const matterField = reference('Ärende', 'Matter', 'matters');
const clerks = ['clerk', 'registrar'] as const;

const changeItem = (context: MeetingContext, matter: string, change: (item: AgendaItem) => AgendaItem) =>
  context.items.map((item) => (item.matter === matter && isCurrent(item) ? change(item) : item));

const isCurrent = (item: AgendaItem) => item.standing === 'listed' || item.standing === 'open';

const current = (context: MeetingContext, matter: string) =>
  context.items.find((item) => item.matter === matter && isCurrent(item));

const nextParagraph = (context: MeetingContext): number =>
  Math.max(context.firstParagraph - 1, ...context.items.map((item) => item.paragraph ?? 0)) + 1;

/** Every point put to the question at the meeting. */
const treatedPoints = (context: MeetingContext) => context.items.flatMap((item) => item.points);

interface Presence {
  /** Present and serving; for an item, those present for it. */
  readonly present?: number;
  readonly recused?: readonly string[];
}

const isQuorum = ({ quorum, seats }: MeetingContext, present: number) => isQuorate(quorum, seats, present);

/** More than half, as the Swedish act says; any other rule is the body's own. */
const hasOwnRule = ({ quorum }: MeetingContext) => !isMoreThanHalf(quorum);

const quorum = [{ type: 'councilQuorum' }, { type: 'committeeQuorum' }, { type: 'ownQuorum' }] as const;

const agendaOn = {
  'agenda.add': { guard: { type: 'notListed' }, actions: [{ type: 'inviteMatter' }, { type: 'list' }] },
  'agenda.strike': { guard: { type: 'isListed' }, actions: [{ type: 'strikeMatter' }, { type: 'strike' }] },
  'item.left': { actions: [{ type: 'leaveItem' }] },
} as const;

export const meeting = defineChart({
  name: 'meeting',
  version: 1,
  label: { sv: 'Sammanträde', en: 'Meeting' },
  record: { startedBy: ['clerk', 'registrar', 'chair'] },
  input: z.strictObject({
    body: line('Organ', 'Body'),
    bodyName: line('Organets namn', 'Name of the body'),
    kind: z.enum(bodyKinds),
    date: date('Datum', 'Date'),
    time: line('Klockslag', 'Time').optional(),
    place: line('Plats', 'Place').optional(),
    seats: z.int().positive().nullable(),
    approvers: z.int().min(0),
    noticeBoard: line('Anslagstavla', 'Notice board'),
    firstParagraph: count('Första paragraf', 'First paragraph').default(1),
    quorum: Quorum.optional(),
    appealPeriod: period('Överklagandetid', 'Appeal period').optional(),
  }),
  context: {
    quorum: moreThanHalf,
    appealPeriod: { weeks: 3 },
    items: [],
    present: null,
    firstParagraph: 1,
    approvedOn: null,
    minutesOverdue: false,
    noticeOverdue: false,
  },
  card: (context) => {
    const it = context as unknown as MeetingContext;
    return { title: `${it.bodyName} ${it.date}`, number: it.date, body: it.body };
  },
  events: {
    'agenda.add': clerical({
      label: { sv: 'För upp på dagordningen', en: 'Add to the agenda' },
      by: [...clerks, 'chair'],
      rule: 'R-016',
      fields: { matter: matterField },
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
      fields: { sentOn: date('Kallelsen skickad', 'Summons sent on') },
    }),
    'meeting.cancel': clerical({
      label: { sv: 'Ställ in', en: 'Cancel' },
      by: ['chair', 'clerk'],
      rule: 'R-028',
      fields: { reason: prose('Skäl', 'Reason') },
    }),
    'meeting.open': deciding({
      label: { sv: 'Öppna sammanträdet', en: 'Open the meeting' },
      by: ['clerk', 'chair'],
      rule: 'R-029',
      fields: {
        present: count('Närvarande och tjänstgörande', 'Present and serving'),
        chair: line('Ordförande', 'Chair'),
        approvers: z
          .array(line('Justerare', 'Approver'))
          .max(20)
          .optional()
          .meta({ sv: 'Justerare', en: 'Approvers' }),
      },
    }),
    'item.open': deciding({
      label: { sv: 'Öppna punkt', en: 'Open item' },
      by: ['clerk', 'chair'],
      rule: 'R-016',
      fields: {
        matter: matterField,
        recused: z.array(line('Jävig', 'Recused')).max(200).optional().meta({ sv: 'Jäviga', en: 'Recused' }),
        present: count('Närvarande vid punkten', 'Present for the item').optional(),
      },
    }),
    'reservation.record': deciding({
      label: { sv: 'Anteckna reservation', en: 'Record a reservation' },
      by: ['clerk', 'chair'],
      rule: 'R-053',
      fields: { matter: matterField, by: several('Reservanter', 'Dissenting members', line('Namn', 'Name')) },
    }),
    'meeting.close': deciding({
      label: { sv: 'Avsluta sammanträdet', en: 'Close the meeting' },
      by: ['clerk', 'chair'],
      rule: 'R-045',
    }),
    'minutes.complete': clerical({
      label: { sv: 'Protokollet klart', en: 'Minutes complete' },
      by: ['clerk'],
      rule: 'R-068',
    }),
    'minutes.approve': clerical({
      label: { sv: 'Justera protokollet', en: 'Approve the minutes' },
      by: ['chair', 'clerk', 'integration'],
      rule: 'R-069',
      fields: { approvedBy: several('Justerat av', 'Approved by', line('Namn', 'Name'), 20) },
    }),
    'notice.post': clerical({
      label: { sv: 'Anslå', en: 'Post the notice' },
      by: [...clerks, 'integration'],
      rule: 'R-071',
      fields: { minutesAt: line('Protokollet förvaras', 'Where the minutes are kept') },
    }),
    'item.concluded': message(
      { sv: 'Behandlat', en: 'Concluded' },
      { matter: matterField, points: z.array(z.string()) },
    ),
    'item.left': message(
      { sv: 'Lämnar dagordningen', en: 'Leaves the agenda' },
      {
        matter: matterField,
        how: oneOf('Hur', 'How', itemStandings),
        points: z.array(z.string()),
      },
    ),
  },
  deadlines: {
    minutesDue: {
      label: { sv: 'Protokollet ska vara justerat', en: 'Minutes to be approved' },
      rule: 'R-069',
      from: 'date',
      period: { days: 14 },
      roll: true,
    },
    noticeDue: {
      label: { sv: 'Justeringen ska vara anslagen', en: 'Approval to be announced' },
      rule: 'R-071',
      from: 'approvedOn',
      period: { days: 2 },
      roll: true,
    },
  },
  guards: {
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
      holds: (context, event) => current(context, event.matter)?.standing === 'listed',
    }),
    treatedHere: guard<MeetingContext, { matter: string }>({
      rule: 'R-053',
      version: 1,
      says: {
        sv: 'Ärendet har inte avgjorts vid sammanträdet.',
        en: 'The matter was not decided at this meeting.',
      },
      holds: (context, event) =>
        context.items.some((item) => item.matter === event.matter && item.points.length > 0),
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
        hasOwnRule(context) ||
        context.kind !== 'council' ||
        isQuorum(context, event.present ?? context.present ?? 0),
    }),
    committeeQuorum: guard<MeetingContext, Presence>({
      rule: 'R-031',
      version: 1,
      says: {
        sv: 'Organet är inte beslutsfört: fler än hälften av ledamöterna måste vara närvarande, jäviga oräknade.',
        en: 'No quorum: more than half of the members must be present, not counting those recused.',
      },
      holds: (context, event) =>
        hasOwnRule(context) ||
        context.kind === 'council' ||
        isQuorum(context, (event.present ?? context.present ?? 0) - (event.recused?.length ?? 0)),
    }),
    /** Those recused take no part and do not count. */
    ownQuorum: guard<MeetingContext, Presence>({
      rule: null,
      version: 1,
      says: {
        sv: 'Organet är inte beslutsfört: färre deltar än dess regler kräver.',
        en: 'No quorum: fewer take part than the rules of the body require.',
      },
      holds: (context, event) =>
        !hasOwnRule(context) ||
        isQuorum(context, (event.present ?? context.present ?? 0) - (event.recused?.length ?? 0)),
    }),
    notMoreThanSeats: guard<MeetingContext, { present: number }>({
      rule: 'R-033',
      version: 1,
      says: {
        sv: 'Fler kan inte tjänstgöra än organet har platser.',
        en: 'No more can serve than the body has seats.',
      },
      holds: (context, event) => context.seats === null || event.present <= context.seats,
    }),
    noneOpen: guard<MeetingContext>({
      rule: 'R-045',
      version: 1,
      says: {
        sv: 'En punkt är öppen. Avgör, bordlägg eller återremittera den först.',
        en: 'An item is open. Decide, defer or refer it first.',
      },
      holds: (context) => context.items.every((item) => item.standing !== 'open'),
    }),
    enoughApprovers: guard<MeetingContext, { approvedBy: readonly string[] }>({
      rule: 'R-069',
      version: 1,
      says: {
        sv: 'Ordföranden och alla justerare måste ha justerat.',
        en: 'The chair and every approver must have approved.',
      },
      holds: (context, event) => new Set(event.approvedBy).size >= context.approvers + 1,
    }),
  },
  actions: {
    inviteMatter: causing<MeetingContext, { matter: string }>(1, (context, event) =>
      tell(event.matter, 'agenda.listed', {
        meeting: context.self.id,
        municipality: context.self.tenant,
        body: context.body,
      }),
    ),
    list: assigning<MeetingContext, { matter: string }>(1, (context, { matter }) => ({
      items: [...context.items, { matter, paragraph: null, standing: 'listed', points: [] }],
    })),
    strikeMatter: causing<MeetingContext, { matter: string }>(1, (context, event) =>
      tell(event.matter, 'item.struck', { meeting: context.self.id }),
    ),
    strike: assigning<MeetingContext, { matter: string }>(1, (context, { matter }) => ({
      items: context.items.filter((item) => !(item.matter === matter && item.standing === 'listed')),
    })),
    attend: assigning<MeetingContext, { present: number }>(1, (_, { present }) => ({ present })),
    openMatter: causing<MeetingContext, { matter: string; present?: number; recused?: readonly string[] }>(
      1,
      (context, { matter, present, recused }) =>
        tell(matter, 'item.opened', {
          meeting: context.self.id,
          paragraph: nextParagraph(context),
          present: (present ?? context.present ?? 0) - (recused?.length ?? 0),
        }),
    ),
    openItem: assigning<MeetingContext, { matter: string }>(1, (context, { matter }) => {
      const paragraph = nextParagraph(context);
      return { items: changeItem(context, matter, (item) => ({ ...item, standing: 'open', paragraph })) };
    }),
    concludeItem: assigning<MeetingContext, { matter: string; points: readonly string[] }>(
      1,
      (context, { matter, points }) => ({
        items: changeItem(context, matter, (item) => ({ ...item, standing: 'concluded', points })),
      }),
    ),
    leaveItem: assigning<
      MeetingContext,
      { matter: string; how: AgendaItem['standing']; points: readonly string[] }
    >(1, (context, { matter, how, points }) => ({
      items: changeItem(context, matter, (item) => ({ ...item, standing: how, points })),
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
    approve: assigning<MeetingContext>(1, (_, event) => ({ approvedOn: event.meta.on })),
    tellApproval: causing<MeetingContext>(1, (context, event) =>
      tell(treatedPoints(context), 'minutes.approved', { meeting: context.self.id, on: event.meta.on }),
    ),
    startNotice: causing<MeetingContext, { minutesAt: string }>(1, (context, { minutesAt, meta }) => [
      {
        kind: 'start',
        chart: 'notice',
        key: 'notice',
        input: {
          meeting: context.self.id,
          body: context.body,
          title: `${context.bodyName} ${context.date}`,
          board: context.noticeBoard,
          minutesAt,
          postedOn: meta.on,
          points: treatedPoints(context),
          appealPeriod: { ...context.appealPeriod },
        },
      },
    ]),
    flag: assigning<MeetingContext, unknown, { as: 'minutesOverdue' | 'noticeOverdue' }>(
      1,
      (_, __, { as }) => ({ [as]: true }),
    ),
  },
  states: {
    planned: { sv: 'Planerat', en: 'Planned' },
    summoned: { sv: 'Kallat', en: 'Summoned' },
    cancelled: { sv: 'Inställt', en: 'Cancelled' },
    open: { sv: 'Pågår', en: 'In session' },
    minutes: { sv: 'Protokoll', en: 'Minutes' },
    draft: { sv: 'Protokoll skrivs', en: 'Minutes in draft' },
    complete: { sv: 'Protokollet klart', en: 'Minutes complete' },
    approved: { sv: 'Justerat', en: 'Approved' },
    announced: { sv: 'Anslaget', en: 'Announced' },
  },
  data: {
    initial: 'planned',
    states: {
      planned: {
        on: {
          ...agendaOn,
          'meeting.summon': { target: 'summoned' },
          'meeting.cancel': {
            target: 'cancelled',
            actions: [{ type: 'releaseUnopened' }, { type: 'dropUnopened' }],
          },
        },
      },
      summoned: {
        on: {
          ...agendaOn,
          'meeting.open': {
            target: 'open',
            guard: { type: 'all', params: { guards: [...quorum, { type: 'notMoreThanSeats' }] } },
            actions: [{ type: 'attend' }],
          },
          'meeting.cancel': {
            target: 'cancelled',
            actions: [{ type: 'releaseUnopened' }, { type: 'dropUnopened' }],
          },
        },
      },
      cancelled: { meta: { end: true } },
      open: {
        on: {
          ...agendaOn,
          'item.open': {
            guard: {
              type: 'all',
              params: { guards: [{ type: 'isListed' }, { type: 'noneOpen' }, ...quorum] },
            },
            actions: [{ type: 'openMatter' }, { type: 'openItem' }],
          },
          'item.concluded': { actions: [{ type: 'concludeItem' }] },
          'reservation.record': { guard: { type: 'treatedHere' } },
          'meeting.close': {
            target: 'minutes',
            guard: { type: 'noneOpen' },
            actions: [{ type: 'releaseUnopened' }, { type: 'dropUnopened' }],
          },
        },
      },
      minutes: {
        initial: 'draft',
        after: { minutesDue: { actions: [{ type: 'flag', params: { as: 'minutesOverdue' } }] } },
        states: {
          draft: { on: { 'minutes.complete': { target: 'complete' } } },
          complete: {
            on: {
              'minutes.approve': {
                target: '#approved',
                guard: { type: 'enoughApprovers' },
                actions: [{ type: 'approve' }, { type: 'tellApproval' }],
              },
            },
          },
        },
      },
      approved: {
        id: 'approved',
        after: { noticeDue: { actions: [{ type: 'flag', params: { as: 'noticeOverdue' } }] } },
        on: { 'notice.post': { target: 'announced', actions: [{ type: 'startNotice' }] } },
      },
      announced: { meta: { end: true } },
    },
  },
});
