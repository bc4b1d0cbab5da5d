/** The path that a record took: every recorded step in order, with the names that people know. */
import {
  type Chart,
  type Circumstances,
  type JsonObject,
  type Origin,
  ruleFor,
} from '../../machines/chart.ts';
import type { Label } from '../../machines/label.ts';
import type { RuleId } from '../../machines/law/rules.ts';
import { DEADLINE, type RecordedStep } from '../engine/actor.ts';
import { actorsOfRoot, type StoredActor } from '../store/actors.ts';
import { type Entry, entriesOfActor, entriesOfRoot } from '../store/entries.ts';
import { type ActorName, namesOf } from '../store/names.ts';
import { chartOf } from './actor.ts';
import {
  actorLabel,
  joined,
  type NamedChart,
  type NamedEvent,
  type NamedState,
  namedChart,
  namedEvent,
  namedState,
} from './labels.ts';
import type { Source } from './source.ts';
import { type Veil, veilOver } from './veil.ts';

export interface PathStep {
  /** From 1, in the order of the log. */
  readonly number: number;
  /** When it happened: for a deadline the instant at which it fell due. */
  readonly at: string;
  /** When it was written to the log. */
  readonly recordedAt: string;
  readonly actor: string;
  readonly actorLabel: Label;
  readonly event: NamedEvent;
  /** `label` says who an actor is that sent it; for people and integrations it is their name. Null: it is concealed. */
  readonly sender: { readonly name: string | null; readonly origin: Origin; readonly label: Label };
  readonly from: readonly NamedState[];
  readonly to: readonly NamedState[];
  /** The body that had the matter when it happened, and so acted; or that the actor belongs to. */
  readonly body: string | null;
  /** Ids of the transitions taken, in order; the eventless ones too. */
  readonly transitions: readonly string[];
  readonly payload: JsonObject;
  readonly rule: RuleId | null;
  readonly command: string;
  readonly version: number;
  /** The version of the actor's chart that the step was taken on. */
  readonly chartVersion: number;
  readonly hash: string;
}

export interface Path {
  readonly id: string;
  readonly title: string;
  readonly number: string | null;
  /** The version that it ran on after the last of the steps. */
  readonly chart: NamedChart;
  readonly steps: readonly PathStep[];
  /** The active leaf states after the last of the steps. */
  readonly current: readonly NamedState[];
}

export interface PathOptions {
  /** Only the steps of this actor; without it the record and everything that belongs to it. */
  readonly actor?: string | undefined;
  /** As of an instant, RFC 3339: only what was recorded by then. */
  readonly until?: string | undefined;
}

/**
 * The path of a record, or of one actor of it. Null when there is no such record or no such actor in it.
 * @throws RangeError when `until` is not an instant.
 */
export async function pathOf(source: Source, root: string, options: PathOptions = {}): Promise<Path | null> {
  const actors = new Map((await actorsOfRoot(source.db, source.scope, root)).map((it) => [it.id, it]));
  const subject = actors.has(root) ? actors.get(options.actor ?? root) : undefined;
  if (!subject) return null;
  const all = options.actor
    ? await entriesOfActor(source.db, options.actor)
    : await entriesOfRoot(source.db, root);
  const until = options.until === undefined ? null : new Date(options.until).toISOString();
  const entries = all.filter((it) => actors.has(it.actor) && (until === null || it.at <= until));
  const veil = await veilOver(
    source,
    root,
    entries.flatMap((it) => [it.payload, it.meta]),
  );
  const read = entries.map((entry) => readEntry(source, entry, veil));
  const sending = new Set(read.flatMap((it) => it.meta.sender ?? []));
  const senders = await namesOf(source.db, source.scope, [...sending]);
  const steps = stepsOf(source, read, actors, senders);
  const { id, title, number } = subject;
  const current = steps.findLast((it) => it.actor === id)?.to ?? [];
  const chart = read.findLast(({ entry }) => entry.actor === id)?.chart ?? chartOf(source.registry, subject);
  return { id, title, number, chart: namedChart(chart), steps, current };
}

/** The circumstances of an entry, as they are shown. */
type Shown = Omit<Circumstances, 'sender'> & { readonly sender: string | null };

interface Read {
  readonly entry: Entry;
  readonly chart: Chart;
  readonly step: RecordedStep;
  readonly meta: Shown;
  readonly payload: JsonObject;
}

function readEntry(source: Source, entry: Entry, veil: Veil): Read {
  const step = JSON.parse(entry.step) as RecordedStep;
  const chart = source.registry.get(step.chart, step.chartVersion, entry.actor);
  const meta = JSON.parse(veil.circumstances(entry.meta)) as Shown;
  return { entry, chart, step, meta, payload: veil.payload(JSON.parse(entry.payload) as JsonObject) };
}

function stepsOf(
  source: Source,
  read: readonly Read[],
  actors: ReadonlyMap<string, StoredActor>,
  senders: ReadonlyMap<string, ActorName>,
): PathStep[] {
  const bodies = new Map<string, string | null>();
  return read.map(({ entry, chart, step, meta, payload }, index) => {
    const { actor, version, root, command, at, type, hash } = entry;
    const before = bodyAt(chart, step.from) ?? bodies.get(actor) ?? null;
    const after = bodyAt(chart, step.to);
    const body = before ?? after ?? actors.get(actor)?.body ?? null;
    bodies.set(actor, after ?? body);
    return {
      number: index + 1,
      at: meta.at,
      recordedAt: at,
      actor,
      actorLabel: actorLabel(chart, { id: actor, root }),
      event: namedEvent(chart, type),
      sender: {
        name: meta.sender,
        origin: meta.origin,
        label: senderLabel(source, meta, root, senders),
      },
      from: step.from.map((path) => namedState(chart, path)),
      to: step.to.map((path) => namedState(chart, path)),
      body,
      transitions: step.taken,
      payload,
      rule: citedFor(chart, type, actors.get(actor)),
      command,
      version,
      chartVersion: chart.version,
      hash,
    };
  });
}

/** The body of the stage that a state belongs to; the administration's stage is its own body. */
function bodyAt(chart: Chart, states: readonly string[]): string | null {
  const stages = states.map((path) => chart.data.states?.[path.split('.')[0] ?? '']?.meta);
  for (const meta of stages) {
    const body = meta?.body ?? (meta?.role === 'preparation' ? meta.stage : undefined);
    if (typeof body === 'string') return body;
  }
  return null;
}

/** The sender of a deadline that fires. */
const TIMER = 'timer';

function senderLabel(
  source: Source,
  { sender: name, triedBy, acting }: Shown,
  root: string,
  senders: ReadonlyMap<string, ActorName>,
): Label {
  if (name === null) return { sv: 'Sekretess', en: 'Confidential' };
  const actor = senders.get(name);
  const chart = actor && source.registry.latest(actor.chart);
  if (name === TIMER && triedBy !== undefined)
    return { sv: `Tidsfrist, prövad på nytt av ${triedBy}`, en: `Time limit, tried again by ${triedBy}` };
  if (name === TIMER) return { sv: 'Tidsfrist', en: 'Time limit' };
  if (!chart && acting) return { sv: `${name}, för ${acting.for}`, en: `${name}, for ${acting.for}` };
  if (!chart) return { sv: name, en: name };
  const label = actorLabel(chart, actor);
  return actor.root === root ? label : joined([label, { sv: actor.title, en: actor.title }], ': ');
}

function citedFor(chart: Chart, type: string, actor: StoredActor | undefined): RuleId | null {
  if (type.startsWith(DEADLINE)) return chart.deadlines[type.slice(DEADLINE.length)]?.rule ?? null;
  const declared = chart.events[type];
  if (!declared?.instead || !actor) return declared?.rule ?? null;
  const { context } = JSON.parse(actor.snapshot) as { readonly context: JsonObject };
  return ruleFor(declared, chart.law(context));
}
