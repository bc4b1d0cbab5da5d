import type { Chart, JsonObject } from '../../../machines/chart.ts';
import type { AgendaItem } from '../../../machines/meeting/memory.ts';
import type { Body } from '../../../machines/municipalities/municipality.ts';
import type { Model } from '../model.ts';

const isCurrent = (item: AgendaItem) => item.standing === 'listed' || item.standing === 'open';

const currentOf = (context: JsonObject): readonly AgendaItem[] =>
  (context.items as unknown as readonly AgendaItem[])
    .filter(isCurrent)
    .map((it) => ({ ...it, paragraph: null }));

/** Of what is done with, only the points that were decided matter to what follows; paragraphs to nobody. */
function abstract(context: JsonObject): JsonObject {
  const items = context.items as unknown as readonly AgendaItem[];
  const decided = items.filter((it) => !isCurrent(it) && it.points.length > 0);
  const done = [...new Set(decided.map((it) => it.matter))].sort().map((matter): AgendaItem => {
    const points = decided.filter((it) => it.matter === matter).flatMap((it) => it.points);
    return { matter, paragraph: null, standing: 'concluded', points: [...new Set(points)].sort() };
  });
  return { ...context, items: [...done, ...currentOf(context)] as unknown as JsonObject[] };
}

/** Just too few for a quorum, just enough, one more, all, and one too many. */
const presence = (seats: number): readonly number[] => {
  const half = Math.floor(seats / 2);
  return [half, half + 1, half + 2, seats, seats + 1];
};

/** A meeting with one matter: what the law says of an item, it says of each for itself. */
export const meetingModel = (chart: Chart, seats: number | null, matter: string): Model => ({
  chart,
  values: {
    matter: [matter],
    present: seats === null ? [1] : presence(seats),
    recused: [['Jävig ledamot']],
    points: [[], [`${matter}.p1`]],
    approvedBy: [['Ordförande'], ['Ordförande', 'Justerare'], ['Ordförande', 'Justerare', 'Andra justerare']],
  },
  payloads: {
    'item.left': ['deferred', 'referredBack', 'withdrawn'].flatMap((how) =>
      [[], [`${matter}.p1`]].map((points) => ({ matter, how, points })),
    ),
  },
  abstract,
  assumes: ['a meeting is explored with one matter on its agenda'],
});

/** The model of a meeting as a matter sees it: its items one after another, with a quorum and without its minutes. */
export function agendaModel(chart: Chart, seats: number | null, matter: string): Model {
  const model = meetingModel(chart, seats, matter);
  const half = Math.floor((seats ?? 1) / 2);
  return {
    ...model,
    payloads: {
      ...model.payloads,
      'meeting.open': [{ present: half + 1, chair: 'Ordförande' }],
      'item.open': [{ matter }],
      'reservation.record': [],
    },
    abstract: (context) => ({ ...context, items: currentOf(context) as unknown as JsonObject[] }),
    assumes: [...(model.assumes ?? []), 'what follows a meeting is explored apart from what precedes it'],
  };
}

/** True for a meeting that has nothing on its agenda. */
export const isVacant = (context: JsonObject): boolean => currentOf(context).length === 0;

/** A meeting of a body as it is planned. */
export const meetingInput = ({ id, label, kind, seats, approvers }: Body): JsonObject => ({
  body: id,
  bodyName: label.sv,
  kind,
  date: '2026-12-01',
  seats,
  approvers,
  noticeBoard: 'Anslagstavlan',
});
