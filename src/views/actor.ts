/** One actor, and a record with everything that belongs to it, as people and integrations see them. */
import type { Chart, JsonObject } from '../../machines/chart.ts';
import type { Label } from '../../machines/label.ts';
import type { RuleId } from '../../machines/law/rules.ts';
import type { Registry } from '../../machines/registry.ts';
import { type Actor, revive } from '../engine/actor.ts';
import { citeOf } from '../engine/refusal.ts';
import { actorsOfRoot, type StoredActor, seenActor } from '../store/actors.ts';
import { type Deadline, deadlinesOfActors } from '../store/deadlines.ts';
import {
  actorLabel,
  type Collection,
  collectionOf,
  type NamedChart,
  type NamedState,
  namedChart,
  namedState,
} from './labels.ts';
import { nothingToAppeal, staysUntil } from './nothing-to-appeal.ts';
import type { Source } from './source.ts';
import { type Veil, veilOver } from './veil.ts';

export interface DeadlineView {
  readonly name: string;
  /** The path of the state that runs it. */
  readonly state: string;
  readonly label: Label;
  readonly rule: RuleId | null;
  readonly cite: string | null;
  /** A local date, `YYYY-MM-DD`. */
  readonly lastDay: string;
  /** The first instant after the last day. */
  readonly dueAt: string;
  /** Why firing it failed, or null. */
  readonly failure: string | null;
}

export interface ActorView {
  readonly id: string;
  readonly collection: Collection;
  readonly chart: NamedChart;
  /** What it is called within its record: "Beslutspunkt 1". */
  readonly label: Label;
  readonly title: string;
  readonly number: string | null;
  readonly body: string | null;
  readonly municipality: string;
  readonly root: string;
  readonly parent: string | null;
  readonly version: number;
  /** The active leaf states. */
  readonly states: readonly NamedState[];
  readonly ended: boolean;
  readonly createdAt: string;
  readonly updatedAt: string;
  readonly context: JsonObject;
  readonly deadlines: readonly DeadlineView[];
}

/** A record with the actors that belong to it, in the order of their ids. */
export interface RecordView {
  readonly record: ActorView;
  readonly parts: readonly ActorView[];
}

/** An actor to ask for its events, or null when there is none of that id. */
export async function actorOf(source: Source, id: string): Promise<Actor | null> {
  const stored = await seenActor(source.db, source.scope, id);
  return stored && revive(stored, await deadlinesOfActors(source.db, [id]), source.registry);
}

/** An actor of any kind, or null when there is none of that id. */
export async function viewActor(source: Source, id: string): Promise<ActorView | null> {
  const stored = await seenActor(source.db, source.scope, id);
  if (!stored) return null;
  const veil = await veilOver(source, stored.root, [stored.snapshot]);
  const quiet = await nothingToAppeal(source, [stored]);
  return view(source.registry, stored, await deadlinesOfActors(source.db, [id]), veil, quiet);
}

/** A matter, a meeting or a joint matter with its parts, or null when `root` is not the id of one. */
export async function viewRecord(source: Source, root: string): Promise<RecordView | null> {
  const actors = await actorsOfRoot(source.db, source.scope, root);
  const deadlines = await deadlinesOfActors(
    source.db,
    actors.map((it) => it.id),
  );
  const running = Map.groupBy(deadlines, (it) => it.actor);
  const veil = await veilOver(
    source,
    root,
    actors.map((it) => it.snapshot),
  );
  const quiet = await nothingToAppeal(source, actors);
  const views = actors.map((it) => view(source.registry, it, running.get(it.id) ?? [], veil, quiet));
  const record = views.find((it) => it.id === root);
  const parts = views.filter((it) => it.id !== root).sort((a, b) => inOrder.compare(a.id, b.id));
  return record ? { record, parts } : null;
}

const inOrder = new Intl.Collator('en', { numeric: true });

/** The chart that an actor is pinned to. @throws Unregistered */
export const chartOf = (registry: Registry, { chart, chartVersion, id }: StoredActor): Chart =>
  registry.get(chart, chartVersion, id);

function view(
  registry: Registry,
  stored: StoredActor,
  deadlines: readonly Deadline[],
  veil: Veil,
  quiet: ReadonlySet<string>,
): ActorView {
  const chart = chartOf(registry, stored);
  const { id, title, number, body, tenant, root, parent, version, ended, createdAt, updatedAt } = stored;
  const { self: _, ...context } = (JSON.parse(stored.snapshot) as { context: JsonObject }).context;
  return {
    id,
    collection: collectionOf(chart.name),
    chart: namedChart(chart),
    label: actorLabel(chart, stored),
    title,
    number,
    body,
    municipality: tenant,
    root,
    parent,
    version,
    states: stored.states.map((path) => namedState(chart, path)),
    ended,
    createdAt,
    updatedAt,
    context: veil.context(context),
    deadlines: deadlines.map((it) => viewDeadline(chart, it, quiet.has(id))),
  };
}

function viewDeadline(
  chart: Chart,
  { name, state, lastDay, dueAt, failure }: Deadline,
  isQuiet: boolean,
): DeadlineView {
  const declared = isQuiet ? staysUntil : chart.deadlines[name];
  const rule = declared?.rule ?? null;
  const label = declared?.label ?? { sv: name, en: name };
  return { name, state, label, rule, cite: citeOf(rule), lastDay, dueAt, failure };
}
