/** Folding a log gives the snapshot back, byte for byte, under the definitions that its entries name. */
import type { Chart, Circumstances, Identity, JsonObject, Received } from '../../machines/chart.ts';
import type { Registry } from '../../machines/registry.ts';
import type { Entry } from '../store/entries.ts';
import { DEADLINE, type RecordedStep, STARTED } from './actor.ts';
import { canonical } from './chain.ts';
import { type Step, deadlineEvent, start, step } from './step.ts';
import { type Snapshot, persist } from './transition.ts';

/** One entry folded: what the chart does with it today, beside what the log says it did then. */
export interface Folded {
  readonly entry: Entry;
  readonly recorded: RecordedStep;
  readonly event: Received;
  readonly chart: Chart;
  readonly step: Step;
}

/**
 * Folds an actor's log, oldest first.
 * @throws Error when an entry names a definition that is not registered, or is not accepted by it.
 */
export function* fold(entries: Iterable<Entry>, registry: Registry): Generator<Folded> {
  let snapshot: Snapshot | null = null;
  for (const entry of entries) {
    const recorded = JSON.parse(entry.step) as RecordedStep;
    const chart = registry.find(recorded.chart, recorded.chartVersion);
    if (!chart) throw new Error(`${entry.actor}: ${recorded.chart}@${recorded.chartVersion} is not registered`);
    const event = eventOf(entry, chart);
    const made: Step | null = snapshot === null ? first(entry, chart) : step(chart, snapshot, event);
    if (!made) throw new Error(`${entry.actor}: entry ${entry.version} (${entry.type}) is not accepted on replay`);
    snapshot = made.snapshot;
    yield { entry, recorded, event, chart, step: made };
  }
}

interface FirstPayload {
  readonly input: JsonObject;
  readonly parent: string | null;
}

function first(entry: Entry, chart: Chart): Step {
  const { input, parent } = JSON.parse(entry.payload) as FirstPayload;
  const self: Identity = { id: entry.actor, parent, root: entry.root, tenant: entry.tenant };
  return start(chart, { ...input, self: self as unknown as JsonObject });
}

function eventOf(entry: Entry, chart: Chart): Received {
  const meta = JSON.parse(entry.meta) as Circumstances;
  const payload = JSON.parse(entry.payload) as JsonObject;
  if (entry.type === STARTED) return { type: STARTED, meta };
  if (!entry.type.startsWith(DEADLINE)) return { ...payload, type: entry.type, meta };
  const name = entry.type.slice(DEADLINE.length);
  return { ...payload, type: deadlineEvent(chart.machine, { state: String(payload.state), name }), meta };
}

/** The snapshot that a log gives, as canonical text; and the snapshot after a given version, for "as of". */
export function replay(entries: readonly Entry[], registry: Registry, upTo = entries.length): string {
  let last: Folded | null = null;
  for (const folded of fold(entries.slice(0, upTo), registry)) last = folded;
  if (!last) throw new Error('an empty log has no snapshot');
  return canonical(persist(last.chart.machine, last.step.snapshot));
}
