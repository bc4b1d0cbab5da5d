/** The legal rules held against what was really done: the observers that prove charts, over the log of a record. */
import type { JsonObject } from '../../machines/chart.ts';
import type { Label } from '../../machines/label.ts';
import { factsOf } from '../../machines/law/facts.ts';
import {
  beginning,
  concerns,
  type Fact,
  type Observer,
  observe,
  type Subject,
  subjectOf,
  type Verdict,
  verdictOf,
} from '../../machines/law/observer.ts';
import { observers } from '../../machines/law/observers.ts';
import { type RuleId, rules } from '../../machines/law/rules.ts';
import { transitionsById } from '../../machines/law/taken.ts';
import type { Registry } from '../../machines/registry.ts';
import { DEADLINE } from '../engine/actor.ts';
import { type Folded, fold } from '../engine/replay.ts';
import type { Entry } from '../store/entries.ts';
import { entriesOfRoot } from '../store/entries.ts';
import { actorLabel, type NamedEvent, namedEvent } from './labels.ts';
import type { Archive } from './source.ts';

/** The step, an entry of the log, by which a rule came to be held or violated. */
export interface LegalEvidence {
  readonly actor: string;
  readonly actorLabel: Label;
  readonly version: number;
  readonly event: NamedEvent;
  /** The local day. */
  readonly on: string;
}

export interface LegalFinding {
  readonly rule: RuleId;
  readonly cite: string;
  /** What was watched, in a few words. */
  readonly watches: string;
  readonly subject: Subject;
  /** `late` where a time that the law gives has passed: what was decided holds all the same. */
  readonly verdict: Verdict | 'late';
  /** Null when nothing has happened that the rule is about. */
  readonly evidence: LegalEvidence | null;
}

/** The findings for a record: its own log and those of the actors that belong to it. */
export async function legalityOf(source: Archive, root: string): Promise<readonly LegalFinding[]> {
  const { db, registry } = source;
  const entries = await entriesOfRoot(db, root);
  await source.keepUp?.();
  const steps = foldAll(entries, registry);
  return [...auditRules(steps), ...timesPassed(steps)];
}

/** Folds the logs of several actors, given in the order in which everything happened. */
export function foldAll(entries: readonly Entry[], registry: Registry): readonly Folded[] {
  const logs = Map.groupBy(entries, ({ actor }) => actor);
  const folded = [...logs.values()].flatMap((log) => [...fold(log, registry)]);
  const byEntry = new Map(folded.map((it) => [it.entry, it]));
  return entries.flatMap((entry) => byEntry.get(entry) ?? []);
}

interface Told {
  readonly fact: Fact;
  readonly evidence: LegalEvidence;
}

/** What the rules say of steps, given in the order in which they were taken. */
export function auditRules(steps: Iterable<Folded>): readonly LegalFinding[] {
  const told = [...factsIn(steps)];
  return observers.flatMap((observer) =>
    subjectsIn(told, observer).map((subject) => judged(told, observer, subject)),
  );
}

/** The times of the law that have passed, each with the entry by which it did. */
function timesPassed(steps: readonly Folded[]): LegalFinding[] {
  return steps.flatMap((step): LegalFinding[] => {
    const { chart } = step;
    const { actor, type } = step.entry;
    const name = type.startsWith(DEADLINE) ? type.slice(DEADLINE.length) : '';
    const { duty, rule, label } = chart.deadlines[name] ?? {};
    if (!duty || !rule || !label) return [];
    const subject = chart.name === 'meeting' ? { meeting: actor } : { matter: actor };
    const { cite } = rules[rule];
    return [{ rule, cite, watches: label.en, subject, verdict: 'late', evidence: evidenceOf(step) }];
  });
}

const evidenceOf = ({ entry: { actor, root, version, type }, event, chart }: Folded): LegalEvidence => ({
  actor,
  actorLabel: actorLabel(chart, { id: actor, root }),
  version,
  event: namedEvent(chart, type),
  on: event.meta.on,
});

interface Begun {
  readonly parent: string | null;
  readonly input: JsonObject;
}

/** Facts in their order. Who started an actor, and with what, is known from its first entry. */
function* factsIn(steps: Iterable<Folded>): Generator<Told> {
  const begun = new Map<string, Begun>();
  for (const folded of steps) {
    const { entry, event, chart, step } = folded;
    const { actor } = entry;
    const known = begun.get(actor) ?? (JSON.parse(entry.payload) as Begun);
    begun.set(actor, known);
    const { parent, input } = known;
    const taken = step.taken.flatMap((id) => transitionsById(chart).get(id) ?? []);
    const dependents = dependentsOf(actor, parent, begun);
    const evidence = evidenceOf(folded);
    for (const fact of factsOf({ chart, self: { id: actor, parent }, input, event, taken, dependents }))
      yield { fact, evidence };
  }
}

/** The points that were started by the same matter as depending on this one. */
const dependentsOf = (actor: string, parent: string | null, begun: ReadonlyMap<string, Begun>): string[] =>
  [...begun].flatMap(([id, other]) => {
    const { conditionalOn } = other.input;
    const depends =
      other.parent === parent &&
      Array.isArray(conditionalOn) &&
      conditionalOn.some((key) => `${parent}.${key}` === actor);
    return depends ? [id] : [];
  });

function subjectsIn(told: readonly Told[], observer: Observer): readonly Subject[] {
  const subjects = told.flatMap(({ fact }) => subjectOf(observer, fact) ?? []);
  return [...new Map(subjects.map((it) => [JSON.stringify(it), it])).values()];
}

function judged(told: readonly Told[], observer: Observer, subject: Subject): LegalFinding {
  let standing = beginning(observer);
  let evidence: LegalEvidence | null = null;
  for (const it of told) {
    if (!concerns(it.fact, subject)) continue;
    const next = observe(observer, standing, it.fact);
    if (next.state !== standing.state) evidence = it.evidence;
    standing = next;
  }
  const { rule, watches } = observer;
  return { rule, cite: rules[rule].cite, watches, subject, verdict: verdictOf(observer, standing), evidence };
}
