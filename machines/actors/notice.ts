/**
 * A notice of approved minutes on a municipality's notice board (KL 8:9–12, 13:5). That of a joint committee goes up
 * on the board of every municipality that takes part, and the time for appeal is counted from the last.
 */
import * as z from 'zod';
import { all, assigning, causing, defineChart, guard, type Identity, type StateData } from '../chart.ts';
import { later } from '../day.ts';
import { clerical, date, line, pastDate, period, prose } from '../events.ts';
import { tell } from '../tell.ts';

interface NoticeContext {
  readonly self: Identity;
  readonly title: string;
  readonly body: string;
  readonly meeting: string;
  readonly points: readonly string[];
  /** The day on which it was on the last of its boards. */
  readonly postedOn: string;
  readonly otherBoards: readonly string[];
  /** Those of the other boards on which it is up. */
  readonly postedElsewhere: readonly string[];
  /** The last day of the appeal period, once it has ended. */
  readonly lastDay: string | null;
}

interface Outage {
  readonly from: string;
}

/** What may be on the board of that which is announced from here: the law's list is closed (KL 8:10, R-129). */
const noticeKinds = ['minutes', 'separateMinutes'] as const;

const board = ['registrar', 'clerk', 'integration'] as const;

/** An outage within the period that is found out when its last day has passed: it has not run out then. */
const foundLate: NonNullable<StateData['on']> = {
  'notice.break': {
    target: 'broken',
    guard: all({ type: 'wasUp' }, { type: 'withinPeriod' }),
    actions: [{ type: 'tellBroken' }],
  },
};

export const notice = defineChart({
  name: 'notice',
  version: 2,
  label: { sv: 'Anslag', en: 'Notice' },
  input: z.strictObject({
    kind: z.enum(noticeKinds),
    meeting: z.string(),
    body: line('Organ', 'Body'),
    title: line('Rubrik', 'Title'),
    board: line('Anslagstavla', 'Notice board'),
    /** The boards of the other municipalities of a joint committee. */
    otherBoards: z.array(line('Anslagstavla', 'Notice board')).optional(),
    minutesAt: line('Protokollet förvaras', 'Where the minutes are kept'),
    postedOn: date('Anslaget', 'Posted on'),
    points: z.array(z.string()),
    appealPeriod: period('Överklagandetid', 'Appeal period').optional(),
  }),
  context: { appealPeriod: { weeks: 3 }, otherBoards: [], postedElsewhere: [], lastDay: null },
  card: (context) => {
    const it = context as unknown as NoticeContext;
    return { title: it.title, number: it.postedOn, body: it.body };
  },
  events: {
    'notice.confirm': clerical({
      label: { sv: 'Anslaget i en annan kommun', en: 'Posted in another municipality' },
      by: board,
      rule: 'R-116',
      fields: { board: line('Anslagstavla', 'Notice board'), on: pastDate('Anslaget', 'Posted on') },
    }),
    'notice.break': clerical({
      label: { sv: 'Anmäl avbrott', en: 'Report an outage' },
      by: board,
      rule: 'R-073',
      fields: { from: pastDate('Avbrott från', 'Outage from'), reason: prose('Orsak', 'Cause').optional() },
    }),
    'notice.repost': clerical({ label: { sv: 'Anslå på nytt', en: 'Post again' }, by: board, rule: 'R-073' }),
    'notice.remove': clerical({
      label: { sv: 'Ta ned anslaget', en: 'Take the notice down' },
      by: board,
      rule: 'R-071',
    }),
  },
  deadlines: {
    appealPeriod: {
      label: { sv: 'Överklagandetiden går ut', en: 'The appeal period ends' },
      rule: 'R-072',
      from: 'postedOn',
      periodFrom: 'appealPeriod',
      roll: true,
    },
  },
  guards: {
    awaitsBoard: guard<NoticeContext, { board: string }>({
      rule: 'R-116',
      version: 1,
      says: {
        sv: 'Anslaget väntar inte på den anslagstavlan.',
        en: 'The notice is not waiting for that board.',
      },
      holds: ({ otherBoards, postedElsewhere }, event) =>
        otherBoards.includes(event.board) && !postedElsewhere.includes(event.board),
    }),
    isEverywhere: guard<NoticeContext>({
      rule: 'R-116',
      version: 1,
      says: {
        sv: 'Anslaget är inte uppe på alla kommuners anslagstavlor.',
        en: 'The notice is not on the boards of all the municipalities.',
      },
      holds: ({ otherBoards, postedElsewhere }) => postedElsewhere.length === otherBoards.length,
    }),
    wasUp: guard<NoticeContext, Outage>({
      rule: 'R-073',
      version: 1,
      says: {
        sv: 'Ett avbrott anges tidigast från den dag då anslaget var uppe på varje anslagstavla, och senast i dag.',
        en: 'An outage is stated from the day on which the notice was up on every board at the earliest, and today at the latest.',
      },
      holds: ({ postedOn }, { from, meta }) => postedOn <= from && from <= meta.on,
    }),
    withinPeriod: guard<NoticeContext, Outage>({
      rule: 'R-073',
      version: 1,
      says: {
        sv: 'Avbrottet kom efter överklagandetiden och ändrar ingenting.',
        en: 'The outage came after the appeal period and changes nothing.',
      },
      holds: ({ lastDay }, { from }) => lastDay !== null && from <= lastDay,
    }),
  },
  actions: {
    confirm: assigning<NoticeContext, { board: string; on: string }>(1, (context, { board, on }) => ({
      postedElsewhere: [...context.postedElsewhere, board],
      postedOn: later(on, context.postedOn),
    })),
    announce: causing<NoticeContext>(1, (context) =>
      tell(context.points, 'notice.posted', { meeting: context.meeting, on: context.postedOn }),
    ),
    tellBroken: causing<NoticeContext>(1, (context) =>
      tell(context.points, 'notice.broken', { meeting: context.meeting }),
    ),
    postAgain: assigning<NoticeContext>(1, (_, event) => ({ postedOn: event.meta.on, lastDay: null })),
    endPeriod: assigning<NoticeContext, { lastDay: string }>(1, (_, { lastDay }) => ({ lastDay })),
  },
  states: {
    partly: { sv: 'Inte på alla anslagstavlor', en: 'Not on every board' },
    posted: { sv: 'Uppsatt', en: 'Posted' },
    broken: { sv: 'Bruten', en: 'Broken' },
    removable: { sv: 'Får tas ned', en: 'May be removed' },
    removed: { sv: 'Nedtaget', en: 'Removed' },
  },
  data: {
    initial: 'partly',
    states: {
      partly: {
        always: [{ target: 'posted', guard: { type: 'isEverywhere' } }],
        on: { 'notice.confirm': { guard: { type: 'awaitsBoard' }, actions: [{ type: 'confirm' }] } },
      },
      posted: {
        entry: [{ type: 'announce' }],
        after: { appealPeriod: { target: 'removable', actions: [{ type: 'endPeriod' }] } },
        on: {
          'notice.break': { target: 'broken', guard: { type: 'wasUp' }, actions: [{ type: 'tellBroken' }] },
        },
      },
      broken: { on: { 'notice.repost': { target: 'posted', actions: [{ type: 'postAgain' }] } } },
      removable: { on: { 'notice.remove': { target: 'removed' }, ...foundLate } },
      removed: { meta: { end: true, rest: true }, on: foundLate },
    },
  },
});

/** As it was first, when nothing more could be recorded once it was taken down; what runs on it goes on with it. */
export const firstNotice = defineChart({
  ...notice,
  version: 1,
  data: { ...notice.data, states: { ...notice.data.states, removed: { meta: { end: true } } } },
});
