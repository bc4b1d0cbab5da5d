/** Folding a log gives the snapshot back, byte for byte, under the definitions that its entries name. */
import type { Chart, Identity, Received } from '../../machines/chart.ts';
import type { Registry } from '../../machines/registry.ts';
import type { Entry } from '../store/entries.ts';
import type { RecordedStep } from './actor.ts';
import { hashOfChart } from './definitions.ts';
import { eventOf, type Taken, take } from './happening.ts';
import { MOVED, type MovedPayload } from './moves/moved.ts';

/** One entry folded: what the chart does with it today, beside what the log says it did then. */
export interface Folded {
  readonly entry: Entry;
  readonly recorded: RecordedStep;
  readonly event: Received;
  readonly chart: Chart;
  readonly step: Taken;
}

/**
 * Folds an actor's log, oldest first.
 * @throws Unregistered when an entry names a definition that is not there.
 * @throws Error when it names another than the one before it without a move to it, or is not accepted by it.
 */
export function* fold(entries: Iterable<Entry>, registry: Registry): Generator<Folded> {
  let before: Folded | null = null;
  for (const entry of entries) {
    const recorded = JSON.parse(entry.step) as RecordedStep;
    const chart = registry.get(recorded.chart, recorded.chartVersion, entry.actor);
    if (before) assertSameVersion(before.chart, chart, entry);
    const step: Taken | null = take(chart, identityOf(entry), before?.step.snapshot ?? null, entry);
    if (!step)
      throw new Error(`${entry.actor}: entry ${entry.version} (${entry.type}) is not accepted on replay`);
    before = { entry, recorded, event: eventOf(chart, entry), chart, step };
    yield before;
  }
}

/** Only a move leads to another version, and only from the one and to the one that it says. */
function assertSameVersion(before: Chart, chart: Chart, { actor, version, type, payload }: Entry): void {
  if (before.name === chart.name && before.version === chart.version && type !== MOVED) return;
  const { from, to } = (type === MOVED ? JSON.parse(payload) : {}) as Partial<MovedPayload>;
  const isSaid = (it: Chart, pinned: MovedPayload['from'] | undefined) =>
    pinned?.version === it.version && pinned.hash === hashOfChart(it);
  if (before.name !== chart.name || !isSaid(before, from) || !isSaid(chart, to))
    throw new Error(
      `${actor}: entry ${version} (${type}) is on ${chart.name}@${chart.version}, to which nothing moved it`,
    );
}

/** Who the actor is; its parent is known from the first entry, which alone needs it. */
function identityOf({ actor, root, tenant, payload }: Entry): Identity {
  const { parent = null } = JSON.parse(payload) as { parent?: string | null };
  return { id: actor, parent, root, tenant };
}

/** The snapshot that a log gives, as canonical text; or the one after a given version, for "as of". */
export function replay(entries: readonly Entry[], registry: Registry, upTo = entries.length): string {
  let last: Folded | null = null;
  for (const folded of fold(entries.slice(0, upTo), registry)) last = folded;
  if (!last) throw new Error('an empty log has no snapshot');
  return last.step.text;
}
