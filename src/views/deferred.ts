/** What a council has deferred comes up at its next meeting, unless the council decided otherwise (KL 5:51, R-059). */
import type { JsonObject } from '../../machines/chart.ts';
import { isSwedishCouncil, type MeetingContext } from '../../machines/meeting/memory.ts';
import { localDate } from '../engine/calendar.ts';
import type { Start } from '../engine/command.ts';
import type { StoredActor } from '../store/actors.ts';
import { deferredAt, meetingsAhead } from '../store/waiting.ts';
import type { ActorView } from './actor.ts';
import { type RecordSummary, summary } from './lists.ts';
import type { Archive, Source } from './source.ts';

/** The command that plans a meeting, with the deferred matters that come up there; any other command as it is. */
export async function withDeferred<Command extends Pick<Start, 'chart' | 'tenant' | 'input'>>(
  archive: Archive,
  command: Command,
): Promise<Command & Pick<Start, 'found'>> {
  const { chart, tenant, input } = command;
  if (chart !== 'meeting' || input.kind !== 'council' || input.swedish !== true) return command;
  const meeting = { tenant, body: String(input.body), date: String(input.date) };
  const deferred = (await dueAt({ ...archive, scope: 'everything' }, meeting)).map(({ id }) => id);
  return deferred.length === 0 ? command : { ...command, found: { deferred } };
}

/** The deferred matters that the agenda of a meeting which is to come lacks; of another record none. */
export async function unlistedAt(
  source: Source,
  { chart, municipality: tenant, states, context }: ActorView,
): Promise<readonly RecordSummary[]> {
  const isAhead = states.some(({ path }) => path === 'planned' || path === 'summoned');
  const meeting = context as unknown as MeetingContext;
  if (chart.name !== 'meeting' || !isAhead || !isSwedishCouncil(meeting)) return [];
  const { body, date } = meeting;
  return (await dueAt(source, { tenant, body, date })).map((it) => summary(source, it));
}

/**
 * The deferred matters of which a council's meeting is the next; one whose day has passed is that of none. A matter that
 * was deferred until a day waits for a meeting on that day or later.
 */
async function dueAt(
  source: Source,
  { tenant, body, date }: { tenant: string; body: string; date: string },
): Promise<readonly StoredActor[]> {
  const { db, scope, calendarOf } = source;
  const today = localDate(Date.parse(source.now()), calendarOf(tenant));
  const deferred = date < today ? [] : await deferredAt(db, scope, tenant, body);
  if (deferred.length === 0) return [];
  const before = (await meetingsAhead(db, scope, tenant, body))
    .map(({ number }) => String(number))
    .filter((day) => today <= day && day < date)
    .sort()
    .at(-1);
  return deferred.filter((it) => {
    const until = untilOf(it);
    return until <= date && (before === undefined || until > before);
  });
}

/** The day until which a matter was deferred; empty where none was said. */
function untilOf({ snapshot }: StoredActor): string {
  const { context } = JSON.parse(snapshot) as { context: JsonObject };
  return typeof context.deferredUntil === 'string' ? context.deferredUntil : '';
}
