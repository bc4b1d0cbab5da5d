/** An actor in memory: its chart, its live snapshot, its running deadlines, and the head of its log. */
import type { Chart, Identity, JsonObject, Received } from '../../machines/chart.ts';
import type { Registry } from '../../machines/registry.ts';
import type { StoredActor } from '../store/actors.ts';
import type { Deadline } from '../store/deadlines.ts';
import type { Entry } from '../store/entries.ts';
import type { Calendar } from './calendar.ts';
import { GENESIS, canonical, hashOf } from './chain.ts';
import { hashOfChart } from './definitions.ts';
import { due } from './due.ts';
import { type Step, leaves } from './step.ts';
import { type Snapshot, persist, restore } from './transition.ts';

export interface Actor {
  readonly self: Identity;
  readonly chart: Chart;
  readonly snapshot: Snapshot;
  readonly version: number;
  readonly head: string;
  readonly deadlines: readonly Deadline[];
  readonly createdAt: string;
}

/** The context of an actor: plain JSON. */
export const contextOf = (actor: Pick<Actor, 'snapshot'>): JsonObject => actor.snapshot.context as JsonObject;

/** Revives a stored actor. Throws when its definition is not registered. */
export function revive(stored: StoredActor, deadlines: readonly Deadline[], registry: Registry): Actor {
  const chart = registry.find(stored.chart, stored.chartVersion);
  if (!chart) throw new Error(`${stored.id} is pinned to ${stored.chart}@${stored.chartVersion}, which is not registered`);
  const { id, parent, root, tenant } = stored;
  return {
    self: { id, parent, root, tenant },
    chart,
    snapshot: restore(chart.machine, JSON.parse(stored.snapshot) as JsonObject),
    version: stored.version,
    head: stored.head,
    deadlines,
    createdAt: stored.createdAt,
  };
}

/** True when every active state is an end of the chart. */
export const hasEnded = (snapshot: Snapshot): boolean =>
  snapshot.status === 'done' ||
  snapshot._nodes
    .filter((node) => node.type === 'atomic')
    .every((node) => (node.meta as { end?: boolean } | undefined)?.end === true);

export function toStored(actor: Actor, updatedAt: string): StoredActor {
  const { id, parent, root, tenant } = actor.self;
  return {
    id,
    parent,
    root,
    tenant,
    chart: actor.chart.name,
    chartVersion: actor.chart.version,
    chartHash: hashOfChart(actor.chart),
    version: actor.version,
    snapshot: canonical(persist(actor.chart.machine, actor.snapshot)),
    head: actor.head,
    ...actor.chart.card(contextOf(actor)),
    states: leaves(actor.snapshot),
    ended: hasEnded(actor.snapshot),
    createdAt: actor.createdAt,
    updatedAt,
  };
}

/** Which version of XState computed a step: its meaning is part of the record. */
export const XSTATE_VERSION = '5.33.3';

/** What the log says of a step. */
export interface RecordedStep {
  readonly chart: string;
  readonly chartVersion: number;
  readonly chartHash: string;
  readonly xstate: string;
  readonly from: readonly string[];
  readonly to: readonly string[];
  readonly taken: readonly string[];
  readonly deadlines: readonly { state: string; name: string; lastDay: string | null }[];
}

/** The payload of the first entry of every log, and its type. */
export const STARTED = 'started';
/** Log types of deadlines: `deadline.NAME`, with the state that ran it and its last day in the payload. */
export const DEADLINE = 'deadline.';

export interface Applied {
  readonly actor: Actor;
  readonly entry: Entry;
  readonly step: Step;
}

export interface Occasion {
  readonly command: string;
  /** When it is recorded. */
  readonly now: string;
  readonly calendar: Calendar;
}

/** The actor after a step, with the entry that records it. `before` is null for the first step. */
export function applied(
  before: Actor | null,
  made: { self: Identity; chart: Chart },
  step: Step,
  logged: { type: string; payload: JsonObject; meta: Received['meta'] },
  occasion: Occasion,
): Applied {
  const { self, chart } = made;
  const version = (before?.version ?? 0) + 1;
  const context = step.snapshot.context as JsonObject;
  const set = step.deadlines.map((ref) => ({
    ...ref,
    due: ref.set ? due(chart, ref.name, context, logged.meta.on, occasion.calendar) : null,
  }));
  const recorded: RecordedStep = {
    chart: chart.name,
    chartVersion: chart.version,
    chartHash: hashOfChart(chart),
    xstate: XSTATE_VERSION,
    from: before ? leaves(before.snapshot) : [],
    to: step.states,
    taken: step.taken,
    deadlines: set.map(({ state, name, due: at }) => ({ state, name, lastDay: at?.lastDay ?? null })),
  };
  const unsealed = {
    actor: self.id,
    version,
    root: self.root,
    tenant: self.tenant,
    command: occasion.command,
    at: occasion.now,
    type: logged.type,
    payload: canonical(logged.payload),
    meta: canonical(logged.meta),
    step: canonical(recorded),
    prev: before?.head ?? GENESIS,
  };
  const entry: Entry = { ...unsealed, hash: hashOf(unsealed) };
  const untouched = (before?.deadlines ?? []).filter((it) => !set.some((ref) => ref.state === it.state && ref.name === it.name));
  const running = set.flatMap(({ state, name, due: at }): Deadline[] =>
    at ? [{ actor: self.id, state, name, tenant: self.tenant, root: self.root, epoch: version, ...at, failure: null }] : [],
  );
  return {
    entry,
    step,
    actor: {
      self,
      chart,
      snapshot: step.snapshot,
      version,
      head: entry.hash,
      deadlines: [...untouched, ...running],
      createdAt: before?.createdAt ?? occasion.now,
    },
  };
}
