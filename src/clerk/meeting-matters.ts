/** The matters that a meeting is about: those on its agenda, and those that wait for its body. */
import { type AgendaItem, listedItem, type MeetingContext } from '../../machines/meeting/memory.ts';
import { type ActorView, viewActor } from '../views/actor.ts';
import { unlistedAt } from '../views/deferred.ts';
import { listRecords, type RecordSummary } from '../views/lists.ts';
import { takingUp } from '../views/taking-up.ts';
import { statesAround } from '../views/work.ts';
import type { MattersOf } from './choices.ts';
import type { Candidate } from './form/around.ts';
import type { View } from './view.ts';

/** More than these are found by the list of matters. */
const MOST_WAITING = 100;

/** The items of the agenda; of one that the viewer does not see (`src/views/veil.ts`) only that it is there. */
export const agendaOf = (meeting: ActorView): readonly AgendaItem[] =>
  (meeting.context as unknown as MeetingContext).items.map((it) => ({ ...listedItem(''), ...it }));

/** The matters on the agenda, by id. */
export async function mattersOn(view: View, meeting: ActorView): Promise<ReadonlyMap<string, ActorView>> {
  const ids = new Set(agendaOf(meeting).map((it) => it.matter));
  const found = await Promise.all([...ids].map((id) => viewActor(view.source, id)));
  return new Map(found.flatMap((it) => (it ? [[it.id, it]] : [])));
}

/** Whether a matter is with a body and on no agenda: it awaits a meeting, or was deferred, or its answer was. */
export const awaitsMeeting = ({ states }: Pick<ActorView, 'states'>): boolean =>
  states.some(({ path }) => /\.(awaiting|deferred|postponed)$/.test(path));

/** The matters that await a meeting of the meeting's body, first those that its agenda lacks. */
export async function mattersWaiting(
  view: View,
  { municipality, body }: ActorView,
  first: readonly RecordSummary[],
): Promise<readonly RecordSummary[]> {
  if (body === null) return [];
  const isAmong = ({ id }: RecordSummary) => first.some((it) => it.id === id);
  const { items } = await listRecords(view.source, {
    kind: 'matters',
    municipality,
    body,
    ended: false,
    limit: MOST_WAITING,
  });
  return [...first, ...items.filter((it) => awaitsMeeting(it) && !isAmong(it))];
}

/** More than these are found by the list of meetings. */
const MOST_MEETINGS = 5;

/** The meetings of the body that a matter awaits, on whose agenda it can be put; the next first. */
export async function meetingsOf(
  view: View,
  { municipality, context }: ActorView,
): Promise<readonly RecordSummary[]> {
  if (typeof context.body !== 'string') return [];
  const { items } = await listRecords(view.source, {
    kind: 'meetings',
    municipality,
    body: context.body,
    ended: false,
    limit: MOST_WAITING,
  });
  const possible = items.filter((it) => it.states.some(({ path }) => /^(planned|summoned|open)$/.test(path)));
  return possible.sort((a, b) => ((a.number ?? '') < (b.number ?? '') ? -1 : 1)).slice(0, MOST_MEETINGS);
}

const named = (it: { id: string; number: string | null; title: string }): Candidate => ({
  value: it.id,
  text: [it.number, it.title].filter(Boolean).join(' '),
});

/** Whether a matter on an agenda can be opened for an answer alone, which takes no quorum. */
export function awaitsAnswer({ source }: View, { chart, states }: ActorView): boolean {
  const on = source.registry.find(chart.name, chart.version);
  return (
    on !== null &&
    states.some(({ path }) => statesAround(on, path).some(({ data }) => data.on?.['answer.opened']))
  );
}

/** Which matters each event of a meeting may name. */
export async function mattersOf(view: View, meeting: ActorView): Promise<MattersOf> {
  const on = await mattersOn(view, meeting);
  const waiting = await mattersWaiting(view, meeting, await unlistedAt(view.source, meeting));
  const where = (holds: (item: ReturnType<typeof agendaOf>[number]) => boolean) =>
    agendaOf(meeting)
      .filter(holds)
      .flatMap((item) => on.get(item.matter) ?? [])
      .map(named);
  const listed = where((item) => item.standing === 'listed');
  const decided = where((item) => item.points.length > 0);
  return {
    'agenda.add': waiting.map(named),
    'agenda.strike': listed,
    'item.open': listed,
    'answer.open': listed.filter(({ value }) => {
      const matter = on.get(value);
      return matter !== undefined && awaitsAnswer(view, matter);
    }),
    'recusal.raise': where((item) => item.standing === 'open' && item.asked === null),
    'recusal.decide': where((item) => item.asked !== null),
    'reservation.record': decided,
    'note.record': where((item) => item.present !== null),
    'paragraph.approve': where((item) => item.points.length > 0 && !item.approved),
    'paragraph.announce': where((item) => item.approved && !item.announced),
  };
}

/** The delegations of the body that has the matter, which have not ended. */
async function delegationsFor(
  view: View,
  { municipality, context }: ActorView,
): Promise<readonly RecordSummary[]> {
  if (typeof context.body !== 'string') return [];
  const { items } = await listRecords(view.source, {
    kind: 'delegations',
    municipality,
    body: context.body,
    ended: false,
    limit: MOST_WAITING,
  });
  return items;
}

/** The other records of the municipality that each act of a matter may name. */
export async function othersOf(view: View, matter: ActorView): Promise<MattersOf> {
  const { joined, overtaken } = await takingUp(view.source, matter.municipality);
  const others = (of: readonly RecordSummary[]) => of.filter(({ id }) => id !== matter.id).map(named);
  const delegations = (await delegationsFor(view, matter)).map(named);
  return {
    'matter.join': others(joined),
    'matter.convert': others(joined),
    'matter.overtake': others(overtaken),
    'decision.take': delegations,
    'urgent.decide': delegations,
  };
}
