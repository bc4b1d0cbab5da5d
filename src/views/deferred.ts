/** What a council has deferred comes up at its next meeting, unless the council decided otherwise (KL 5:51, R-059). */
import type { JsonObject } from '../../machines/chart.ts';
import type { Start } from '../engine/command.ts';
import { deferredAt } from '../store/waiting.ts';
import type { Archive } from './source.ts';

/**
 * The command that plans a meeting, with the deferred matters that come up there; any other command as it is. A matter
 * that was deferred until a day waits for a meeting on that day or later.
 */
export async function withDeferred<Command extends Pick<Start, 'chart' | 'tenant' | 'input'>>(
  { db }: Pick<Archive, 'db'>,
  command: Command,
): Promise<Command & Pick<Start, 'found'>> {
  const { chart, tenant, input } = command;
  if (chart !== 'meeting' || input.kind !== 'council' || input.swedish !== true) return command;
  const waiting = await deferredAt(db, tenant, String(input.body));
  const deferred = waiting.filter(({ snapshot }) => isDue(snapshot, String(input.date))).map(({ id }) => id);
  return deferred.length === 0 ? command : { ...command, found: { deferred } };
}

function isDue(snapshot: string, date: string): boolean {
  const { context } = JSON.parse(snapshot) as { context: JsonObject };
  return typeof context.deferredUntil !== 'string' || context.deferredUntil <= date;
}
