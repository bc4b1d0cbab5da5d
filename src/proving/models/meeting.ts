import type { Chart, JsonObject } from '../../../machines/chart.ts';
import { type AgendaItem, listedItem } from '../../../machines/meeting/memory.ts';
import type { Body } from '../../../machines/municipalities/municipality.ts';
import type { Model } from '../model.ts';
import { TODAY } from '../sent.ts';

const isCurrent = (item: AgendaItem) => item.standing === 'listed' || item.standing === 'open';

const sorted = (list: readonly string[]) => [...new Set(list)].sort();

const currentOf = (context: JsonObject): readonly AgendaItem[] =>
  (context.items as unknown as readonly AgendaItem[])
    .filter(isCurrent)
    .map((it) => ({ ...it, paragraph: null }));

/** Of what is done with, only that it was treated and the points that were decided matter to what follows; paragraphs to nobody. */
function abstract(context: JsonObject): JsonObject {
  const items = context.items as unknown as readonly AgendaItem[];
  const decided = items.filter((it) => !isCurrent(it) && it.points.length > 0);
  const kindOf = ({ matter, present, recused: out, unlisted, approved, announced }: AgendaItem) =>
    JSON.stringify({
      matter,
      present: present === null ? null : 0,
      recused: sorted(out),
      unlisted,
      approved,
      announced,
    });
  const done = [...new Set(decided.map(kindOf))].sort().map((kind): AgendaItem => {
    const same = decided.filter((it) => kindOf(it) === kind);
    return {
      ...listedItem(''),
      ...(JSON.parse(kind) as Partial<AgendaItem>),
      standing: 'concluded',
      points: sorted(same.flatMap((it) => it.points)),
    };
  });
  const left = items.filter((it) => !isCurrent(it) && it.present !== null && it.points.length === 0);
  const undecided = sorted(left.map(({ matter }) => matter)).map(
    (matter): AgendaItem => ({ ...listedItem(matter), standing: 'deferred', present: 0 }),
  );
  return { ...context, items: [...done, ...undecided, ...currentOf(context)] as unknown as JsonObject[] };
}

/** Just too few for a quorum, just enough, one more, and one too many. */
const presence = (seats: number): readonly number[] => {
  const half = Math.floor(seats / 2);
  return [half, half + 1, half + 2, seats + 1];
};

/** The last days on which a meeting of today is summoned, and what is urgent announced. */
export const IN_TIME = '2026-11-24';
const URGENT = '2026-11-30';
const MAX_PARAGRAPHS = 2;
const reason = 'Skäl';
const chair = 'Ordförande';
const recused = ['Jävig ledamot'];
const approvers = ['Justerare', 'Andra justerare'];

/** In time, urgent on the last weekday, too late for that, and not yet. */
const summonses: readonly JsonObject[] = [
  { sentOn: IN_TIME },
  { sentOn: URGENT },
  { sentOn: URGENT, urgency: reason },
  { sentOn: TODAY, urgency: reason },
  { sentOn: '2026-12-02' },
];

const member = 'Ledamot';
const found = { recused: true, tookPart: false };
const substitute = { name: 'Ersättare' };
const instead = { chair: 'Vice ordförande' };

/** Those of the payloads that the chart declares: who presides instead is named since its second version. */
const declaredIn = (
  { events }: Chart,
  type: string,
  payloads: readonly JsonObject[],
): readonly JsonObject[] => payloads.filter((it) => events[type]?.fields.safeParse(it).success);

/** In public, with secret data in public and not. */
const doors: readonly JsonObject[] = [
  { doors: 'open' },
  { secret: true },
  { doors: 'open', secret: true },
  { doors: 'closed', secret: true },
];

/** A meeting with one matter: what the law says of an item, it says of each for itself. */
export function meetingModel(chart: Chart, seats: number | null, matter: string): Model {
  const numbers = seats === null ? [0, 1] : presence(seats);
  return {
    chart,
    values: {
      matter: [matter],
      points: [[], [`${matter}.p1`]],
      approvedBy: [[chair], [chair, 'Justerare'], [chair, ...approvers], approvers],
      by: [[member], recused],
    },
    payloads: {
      'agenda.add': [{ matter }, { matter, urgency: reason }, { matter, urgency: reason, unanimous: true }],
      'meeting.summon': summonses,
      'meeting.open': numbers.flatMap((present) => [
        { present, chair, ...(seats === null && { quorumFound: reason }) },
        { present, chair },
      ]),
      'attendance.change': numbers.filter((it) => it !== numbers[2]).map((present) => ({ present })),
      'item.open': [
        { matter },
        { matter, recused },
        { matter, recused, substitutes: [substitute] },
        ...doors.map((it) => ({ matter, ...it })),
        ...numbers.flatMap((present) => [
          { matter, present },
          { matter, present, recused },
        ]),
      ],
      // Of the chair, so that another has to preside.
      'recusal.raise': [{ matter, person: chair }],
      'recusal.decide': declaredIn(
        chart,
        'recusal.decide',
        [{}, { recused: false }, { tookPart: true }, { substitute }].flatMap((more) =>
          [{}, instead].map((led) => ({ matter, person: chair, ...found, ...more, ...led })),
        ),
      ),
      'item.left': ['deferred', 'referredBack', 'withdrawn'].flatMap((how) =>
        [[], [`${matter}.p1`]].map((points) => ({ matter, how, points })),
      ),
      'item.concluded': [
        { matter, points: [`${matter}.p1`] },
        { matter, points: [`${matter}.p1`], unlisted: true },
        { matter, points: [] },
      ],
    },
    abstract,
    admits: (type, _, context) =>
      type !== 'agenda.add' || (context.items as readonly unknown[]).length < MAX_PARAGRAPHS,
    assumes: [
      `a meeting is explored with one matter, decided at most ${MAX_PARAGRAPHS} times, and with its attendance by number`,
    ],
  };
}

/** The model of a meeting as its points see it: summoned in time, with a quorum, and its minutes. */
export function minutesModel(chart: Chart, seats: number | null, matter: string): Model {
  const model = meetingModel(chart, seats, matter);
  const half = Math.floor((seats ?? 1) / 2);
  return {
    ...model,
    payloads: {
      ...model.payloads,
      'meeting.summon': [{ sentOn: IN_TIME }],
      'meeting.open': [{ present: half + 1, chair, quorumFound: reason }],
      'attendance.change': [],
      'item.open': [{ matter }],
      'recusal.raise': [],
      'reservation.record': [],
      'note.record': [],
    },
    assumes: [...(model.assumes ?? []), 'attendance and reservations are explored in the meeting alone'],
  };
}

/** The model of a meeting as a matter sees it: its items one after another, without its minutes. */
export function agendaModel(chart: Chart, seats: number | null, matter: string): Model {
  const model = minutesModel(chart, seats, matter);
  return {
    ...model,
    payloads: {
      ...model.payloads,
      'recusal.raise': [{ matter, person: member }],
      'recusal.decide': [{ recused: false }, { substitute }].map((more) => ({
        matter,
        person: member,
        ...found,
        ...more,
      })),
      'paragraph.approve': [],
      'paragraph.announce': [],
    },
    abstract: (context) => ({ ...context, items: currentOf(context) as unknown as JsonObject[] }),
    assumes: [...(model.assumes ?? []), 'what follows a meeting is explored apart from what precedes it'],
  };
}

/** True for a meeting that has nothing on its agenda. */
export const isVacant = (context: JsonObject): boolean => currentOf(context).length === 0;

/** A meeting of a body as it is planned. */
export const meetingInput = ({ id, label, kind, seats, approvers, inquiries }: Body): JsonObject => ({
  body: id,
  bodyName: label.sv,
  kind,
  date: TODAY,
  seats,
  approvers,
  noticeBoard: 'Anslagstavlan',
  ...(inquiries?.belowQuorum && { answersBelowQuorum: true }),
  ...(kind === 'council' && { summonBy: IN_TIME, urgentBy: URGENT }),
});
