/**
 * A legal rule as a small state table over facts: it watches one subject, and ends in `violated`, stands in a state
 * where the rule has been kept so far (`held`), or is undecided. The same table proves charts and audits a log.
 */

import type { RuleId } from './rules.ts';
import type { FactName } from './vocabulary.ts';

/** What a fact is about, and what a rule is watched for. */
export type SubjectKind =
  | 'matter'
  | 'point'
  | 'case'
  | 'party'
  | 'referenced'
  | 'meeting'
  | 'notice'
  | 'board'
  | 'contract'
  | 'initiative'
  | 'consultation'
  | 'joint'
  | 'delegation'
  | 'person'
  | 'municipality';

/** Actor ids by kind of subject; for `municipality` its id, for `board` its name, for `case` its number, for `person` a name. */
export type Subject = { readonly [kind in SubjectKind]?: string };

/** Something of legal meaning that a step did. */
export interface Fact {
  readonly name: FactName;
  readonly about: Subject;
  /** Persons present, to spare, recused or demanding; the number of a proposal; or what stands for a text. */
  readonly value?: number;
}

/** How the number of a fact stands to the number kept from an earlier one. */
export type Comparison = 'isAtLeast' | 'isWithin' | 'isSame';

/** Where a fact leads: to a state, or to one of two by comparing its number with the one kept. */
export type Next<State extends string = string> =
  | State
  | { readonly if: Comparison; readonly to: State; readonly otherwise: State };

type Row<State extends string> = { readonly [fact in FactName]?: Next<State | 'violated'> };

export interface Observer {
  readonly rule: RuleId;
  /** What is watched, in a few words; unique among the observers. */
  readonly watches: string;
  /** One instance for every combination of these that some fact is about. */
  readonly per: readonly SubjectKind[];
  /** Whether a chart alone, among senders who may send anything at any time, keeps the rule, or only in company. */
  readonly proved: 'alone' | 'together';
  /** The fact whose number later facts are compared with. */
  readonly keeps?: FactName;
  readonly initial: string;
  readonly held: readonly string[];
  readonly states: Readonly<Record<string, Row<string>>>;
}

/** An observer whose states are checked by the compiler: `violated` is the one state that is not in the table. */
export const watch = <State extends string>(
  observer: Omit<Observer, 'states' | 'initial' | 'held'> & {
    readonly states: { readonly [state in State]: Row<NoInfer<State>> };
    readonly initial: NoInfer<State>;
    readonly held: readonly NoInfer<State>[];
  },
): Observer => observer;

export type Verdict = 'held' | 'violated' | 'undecided';

/** Where an instance of an observer stands. */
export interface Standing {
  readonly state: string;
  readonly kept: number | null;
}

export const beginning = (observer: Observer): Standing => ({ state: observer.initial, kept: null });

/** The standing after a fact. A fact that the state does not name changes nothing; `violated` is never left. */
export function observe(observer: Observer, standing: Standing, fact: Fact): Standing {
  const next = observer.states[standing.state]?.[fact.name];
  const kept = fact.name === observer.keeps ? (fact.value ?? null) : standing.kept;
  if (next === undefined) return kept === standing.kept ? standing : { ...standing, kept };
  const state =
    typeof next === 'string' ? next : compare(next.if, fact.value, standing.kept) ? next.to : next.otherwise;
  return { state, kept };
}

function compare(how: Comparison, value: number | undefined, kept: number | null): boolean {
  if (value === undefined || kept === null) return false;
  if (how === 'isSame') return value === kept;
  return how === 'isAtLeast' ? value >= kept : value <= kept;
}

export const verdictOf = (observer: Observer, { state }: Standing): Verdict =>
  state === 'violated' ? 'violated' : observer.held.includes(state) ? 'held' : 'undecided';

/** The subject of the instance that a fact calls for; null when the fact does not name all that it takes. */
export function subjectOf(observer: Observer, fact: Fact): Subject | null {
  return observer.per.every((kind) => fact.about[kind] !== undefined)
    ? Object.fromEntries(observer.per.map((kind) => [kind, fact.about[kind]]))
    : null;
}

/** A fact reaches every instance that it names in part and contradicts in nothing. */
export function concerns(fact: Fact, subject: Subject): boolean {
  const kinds = Object.keys(subject) as SubjectKind[];
  return (
    kinds.some((kind) => fact.about[kind] !== undefined) &&
    kinds.every((kind) => fact.about[kind] === undefined || fact.about[kind] === subject[kind])
  );
}
