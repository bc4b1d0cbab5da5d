/** An actor in memory: its chart, its live snapshot, its running deadlines, and the head of its log. */
import type { Chart, Identity, JsonObject } from '../../machines/chart.ts';
import type { Register } from '../../machines/municipalities/addressees.ts';
import type { Registry } from '../../machines/registry.ts';
import type { Grants, Place } from '../access/grant.ts';
import { sees } from '../access/scope.ts';
import type { StoredActor } from '../store/actors.ts';
import type { Deadline } from '../store/deadlines.ts';
import { canonical } from './chain.ts';
import { hashOfChart } from './definitions.ts';
import { readBack } from './settled.ts';
import { leaves } from './step.ts';
import { persist, type Snapshot } from './transition.ts';

export interface Actor {
  readonly self: Identity;
  readonly chart: Chart;
  readonly snapshot: Snapshot;
  /** Characters of the snapshot as stored. */
  readonly size: number;
  readonly version: number;
  readonly head: string;
  readonly deadlines: readonly Deadline[];
  readonly createdAt: string;
}

/** The context of an actor: plain JSON. */
export const contextOf = (actor: Pick<Actor, 'snapshot'>): JsonObject => actor.snapshot.context as JsonObject;

/**
 * Where an act upon an actor belongs: its municipality, and the body of it that has it. The administration has a matter
 * as a stage of its route, and a task or a contract may be with anybody: that is with no body.
 */
export function placeOf(
  { self, chart, snapshot }: Pick<Actor, 'self' | 'chart' | 'snapshot'>,
  { bodies }: Pick<Register, 'bodies'>,
): Place {
  const { body } = chart.card(contextOf({ snapshot }));
  return { tenant: self.tenant, body: bodies.some((it) => it.id === body) ? body : null };
}

/** Whether whoever has the grants sees an actor: what belongs to a confidential record is confidential with it. */
export async function isSeen(
  actor: Actor,
  grants: Grants,
  find: (id: string) => Promise<Actor | null>,
): Promise<boolean> {
  const { id, root, tenant } = actor.self;
  if (sees(grants, { tenant, confidential: true })) return true;
  const record = root === id ? actor : await find(root);
  return record !== null && sees(grants, { tenant, confidential: isConfidential(record) });
}

/** Whether it is marked. */
export const isConfidential = ({ chart, snapshot }: Pick<Actor, 'chart' | 'snapshot'>): boolean =>
  chart.card(contextOf({ snapshot })).confidential === true;

/** Revives a stored actor. @throws Unregistered when its definition is not there. */
export function revive(stored: StoredActor, deadlines: readonly Deadline[], registry: Registry): Actor {
  const chart = registry.get(stored.chart, stored.chartVersion, stored.id);
  const { id, parent, root, tenant } = stored;
  return {
    self: { id, parent, root, tenant },
    chart,
    snapshot: readBack(chart.machine, stored.snapshot),
    size: stored.snapshot.length,
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

/** @param snapshot canonical JSON, where it is known already. */
export function toStored(
  actor: Omit<Actor, 'size' | 'deadlines'> & { readonly deadlines: readonly Pick<Deadline, 'dueAt'>[] },
  updatedAt: string,
  snapshot = canonical(persist(actor.chart.machine, actor.snapshot)),
): StoredActor {
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
    snapshot,
    head: actor.head,
    confidential: false,
    ...actor.chart.card(contextOf(actor)),
    states: leaves(actor.snapshot),
    ended: hasEnded(actor.snapshot),
    createdAt: actor.createdAt,
    updatedAt,
    dueAt: earliest(actor.deadlines),
  };
}

const earliest = (deadlines: readonly Pick<Deadline, 'dueAt'>[]): string | null =>
  deadlines.reduce<string | null>(
    (first, { dueAt }) => (first === null || dueAt < first ? dueAt : first),
    null,
  );

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
