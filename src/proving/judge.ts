/** Runs the observers over everything that was explored: does some path violate a rule, and by which shortest one? */
import {
  beginning,
  concerns,
  type Fact,
  type Observer,
  observe,
  type Standing,
  type Subject,
  subjectOf,
} from '../../machines/law/observer.ts';
import type { Exploration } from './exploration.ts';

/** A rule that some path violates. */
export interface Breach {
  readonly observer: Observer;
  readonly subject: Subject;
  /** The edges of a shortest path; its last one violates the rule. Empty when the beginning does. */
  readonly path: readonly number[];
}

/** A row of an observer's table that was used: its state and the fact. */
export type Fired = (observer: Observer, state: string, fact: Fact['name']) => void;

/** The breaches found in what has been explored so far, one for each observer at most. */
export function judge(graph: Exploration, observers: readonly Observer[], fired: Fired = () => {}): Breach[] {
  return observers.flatMap((observer) => {
    for (const subject of subjectsIn(graph, observer)) {
      const breach = new Watch(graph, observer, subject, fired).run();
      if (breach) return [breach];
    }
    return [];
  });
}

/**
 * What the observer is instantiated for: every combination of subjects that some fact is about. A member that
 * stands for many meetings is left out: what one of them did is forgotten when it takes up the next.
 */
function subjectsIn({ system, meaning }: Exploration, observer: Observer): readonly Subject[] {
  const many = new Set(system.members.flatMap(({ id, pool }) => (pool ? [id] : [])));
  const subjects = meaning.index.facts
    .flatMap((fact) => subjectOf(observer, fact) ?? [])
    .filter((subject) => !Object.values(subject).some((id) => many.has(id)));
  return [...new Map(subjects.map((it) => [JSON.stringify(it), it])).values()];
}

/** One instance of an observer on its way through the graph, breadth first over pairs of state and standing. */
class Watch {
  readonly #graph: Exploration;
  readonly #observer: Observer;
  readonly #subject: Subject;
  readonly #fired: Fired;
  readonly #standings: Standing[] = [];
  readonly #numbers = new Map<string, number>();
  /** For each standing, where each list of facts leads; -1 where that is not known yet. */
  readonly #next: number[][] = [];
  readonly #seen: Uint8Array[] = [];
  /** The queue: pairs, and how each was reached. */
  readonly #states: number[] = [];
  readonly #stands: number[] = [];
  readonly #before: number[] = [];
  readonly #by: number[] = [];

  constructor(graph: Exploration, observer: Observer, subject: Subject, fired: Fired) {
    this.#graph = graph;
    this.#observer = observer;
    this.#subject = subject;
    this.#fired = fired;
  }

  run(): Breach | null {
    const { first, to, facts, begun } = this.#graph;
    const begins = this.#after(this.#number(beginning(this.#observer)), begun);
    if (this.#isViolated(begins)) return this.#breach(-1);
    this.#reach(0, begins, -1, -1);
    for (let at = 0; at < this.#states.length; at++) {
      const state = this.#states[at] ?? 0;
      const standing = this.#stands[at] ?? 0;
      const end = first[state + 1] ?? first[state] ?? 0;
      for (let edge = first[state] ?? 0; edge < end; edge++) {
        const next = this.#after(standing, facts[edge] ?? 0);
        this.#reach(to[edge] ?? 0, next, at, edge);
        if (this.#isViolated(next)) return this.#breach(this.#states.length - 1);
      }
    }
    return null;
  }

  #reach(state: number, standing: number, before: number, by: number): void {
    let seen = this.#seen[standing];
    if (!seen) {
      seen = new Uint8Array(this.#graph.states.length);
      this.#seen[standing] = seen;
    }
    if (seen[state] === 1) return;
    seen[state] = 1;
    this.#states.push(state);
    this.#stands.push(standing);
    this.#before.push(before);
    this.#by.push(by);
  }

  #after(standing: number, list: number): number {
    if (list === 0) return standing;
    let row = this.#next[standing];
    if (!row) {
      row = [];
      this.#next[standing] = row;
    }
    const known = row[list];
    if (known !== undefined) return known;
    let now = this.#standings[standing] ?? beginning(this.#observer);
    for (const fact of this.#graph.meaning.index.factsOf(list)) {
      if (!concerns(fact, this.#subject)) continue;
      if (this.#observer.states[now.state]?.[fact.name]) this.#fired(this.#observer, now.state, fact.name);
      now = observe(this.#observer, now, fact);
    }
    row[list] = this.#number(now);
    return row[list] ?? 0;
  }

  #number(standing: Standing): number {
    const key = `${standing.state} ${standing.kept}`;
    const known = this.#numbers.get(key);
    if (known !== undefined) return known;
    this.#standings.push(standing);
    this.#numbers.set(key, this.#standings.length - 1);
    return this.#standings.length - 1;
  }

  #isViolated = (standing: number): boolean => this.#standings[standing]?.state === 'violated';

  #breach(last: number): Breach {
    const path: number[] = [];
    for (let at = last; at >= 0 && (this.#by[at] ?? -1) >= 0; at = this.#before[at] ?? -1)
      path.unshift(this.#by[at] ?? 0);
    return { observer: this.#observer, subject: this.#subject, path };
  }
}
