/** A notice of approved minutes on a municipality's notice board (KL 8:9–12, 13:5). */
import * as z from 'zod';
import { assigning, causing, defineChart, type Identity } from '../chart.ts';
import { clerical, date, line, period, prose } from '../events.ts';
import { tell } from '../tell.ts';

interface NoticeContext {
  readonly self: Identity;
  readonly title: string;
  readonly body: string;
  readonly meeting: string;
  readonly points: readonly string[];
  readonly postedOn: string;
}

const board = ['registrar', 'clerk', 'integration'] as const;

export const notice = defineChart({
  name: 'notice',
  version: 1,
  label: { sv: 'Anslag', en: 'Notice' },
  input: z.strictObject({
    meeting: z.string(),
    body: line('Organ', 'Body'),
    title: line('Rubrik', 'Title'),
    board: line('Anslagstavla', 'Notice board'),
    minutesAt: line('Protokollet förvaras', 'Where the minutes are kept'),
    postedOn: date('Anslaget', 'Posted on'),
    points: z.array(z.string()),
    appealPeriod: period('Överklagandetid', 'Appeal period').optional(),
  }),
  context: { appealPeriod: { weeks: 3 } },
  card: (context) => {
    const it = context as unknown as NoticeContext;
    return { title: it.title, number: it.postedOn, body: it.body };
  },
  events: {
    'notice.break': clerical({
      label: { sv: 'Anmäl avbrott', en: 'Report an outage' },
      by: board,
      rule: 'R-073',
      fields: { from: date('Avbrott från', 'Outage from'), reason: prose('Orsak', 'Cause').optional() },
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
  actions: {
    announce: causing<NoticeContext>(1, (context) =>
      tell(context.points, 'notice.posted', { meeting: context.meeting, on: context.postedOn }),
    ),
    tellBroken: causing<NoticeContext>(1, (context) =>
      tell(context.points, 'notice.broken', { meeting: context.meeting }),
    ),
    postAgain: assigning<NoticeContext>(1, (_, event) => ({ postedOn: event.meta.on })),
  },
  states: {
    posted: { sv: 'Uppsatt', en: 'Posted' },
    broken: { sv: 'Bruten', en: 'Broken' },
    removable: { sv: 'Får tas ned', en: 'May be removed' },
    removed: { sv: 'Nedtaget', en: 'Removed' },
  },
  data: {
    initial: 'posted',
    states: {
      posted: {
        entry: [{ type: 'announce' }],
        after: { appealPeriod: { target: 'removable' } },
        on: { 'notice.break': { target: 'broken', actions: [{ type: 'tellBroken' }] } },
      },
      broken: { on: { 'notice.repost': { target: 'posted', actions: [{ type: 'postAgain' }] } } },
      removable: { on: { 'notice.remove': { target: 'removed' } } },
      removed: { meta: { end: true } },
    },
  },
});
