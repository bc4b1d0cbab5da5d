/** Every state that a system can reach, breadth first: the first way found to a state is a shortest one. */
import type { Origin } from '../../machines/chart.ts';
import { Meaning } from './meaning.ts';
import type { Outcome, System, Together, Trigger, Unaccepted } from './system.ts';
import { threadTime } from './thread-time.ts';

/** A command as it stands on an edge. */
export interface Sending {
  readonly trigger: Trigger;
  readonly origin: Origin;
}

export interface Limits {
  /** States of one part. */
  readonly states: number;
  /** When to stop, by `threadTime()`. */
  readonly until: number;
}

/** Looks at the clock once in so many states. */
const CLOCK = 64;

/** States are numbered in the order in which they were found; the first is number 0. */
export class Exploration {
  readonly system: System;
  readonly meaning: Meaning;
  /** The facts of the beginning. */
  readonly begun: number;
  readonly states: Together[] = [];
  /** The edges of state n are those from `first[n]` up to `first[n + 1]`. */
  readonly first: number[] = [0];
  readonly to: number[] = [];
  readonly facts: number[] = [];
  readonly sendings: number[] = [];
  /** The edge by which a state was found first; -1 for the beginning. */
  readonly foundBy: number[] = [-1];
  readonly unaccepted: (Unaccepted & { readonly state: number })[] = [];
  /** Pools that were too small. */
  readonly crowded = new Set<string>();
  /** Commands tried, those refused among them. */
  tried = 0;
  readonly #numbers = new Map<string, number>();
  readonly #sendings: Sending[] = [];
  readonly #sendingNumbers = new Map<Trigger['offer'], Map<string, number>>();
  readonly #details = new Set<string>();

  constructor(system: System) {
    this.system = system;
    this.meaning = new Meaning(system.locals);
    const outcome = system.begin();
    this.begun = this.meaning.of(outcome, 'person');
    this.#numberOf(outcome.next, -1);
  }

  get isComplete(): boolean {
    return this.first.length > this.states.length;
  }

  /** Goes on until all is explored or a limit is reached. @returns true when all is. */
  grow({ states, until }: Limits): boolean {
    while (!this.isComplete) {
      const state = this.first.length - 1;
      if (this.states.length >= states) return false;
      if (state % CLOCK === 0 && threadTime() >= until) return false;
      this.#expand(state);
      this.first.push(this.to.length);
    }
    return true;
  }

  sending(edge: number): Sending {
    const found = this.#sendings[this.sendings[edge] ?? -1];
    if (!found) throw new RangeError(`there is no edge ${edge}`);
    return found;
  }

  /** The state that an edge leaves. */
  from(edge: number): number {
    let [low, high] = [0, this.first.length - 1];
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.first[middle] ?? 0) <= edge) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  /** The edges of a shortest way to a state. */
  wayTo(state: number): readonly number[] {
    const way: number[] = [];
    for (let edge = this.foundBy[state] ?? -1; edge >= 0; edge = this.foundBy[this.from(edge)] ?? -1)
      way.unshift(edge);
    return way;
  }

  #expand(state: number): void {
    const now = this.states[state] ?? [];
    for (const trigger of this.system.triggers(now)) {
      this.tried++;
      const outcome = this.system.command(now, trigger);
      if (typeof outcome === 'string') this.#refuse(state, trigger, outcome);
      else if (outcome) this.#edges(trigger, outcome);
    }
  }

  /** One edge for each origin that makes a difference to the facts. */
  #edges(trigger: Trigger, outcome: Outcome): void {
    const seen: number[] = [];
    for (const origin of trigger.offer.origins) {
      const facts = this.meaning.of(outcome, origin);
      if (seen.includes(facts)) continue;
      seen.push(facts);
      this.to.push(this.#numberOf(outcome.next, this.to.length));
      this.facts.push(facts);
      this.sendings.push(this.#sendingNumber(trigger, origin));
    }
  }

  #refuse(state: number, trigger: Trigger, detail: string): void {
    if (this.#details.has(detail)) return;
    this.#details.add(detail);
    this.unaccepted.push({ trigger, detail, state });
  }

  #numberOf(states: Together, edge: number): number {
    const key = states.join();
    const known = this.#numbers.get(key);
    if (known !== undefined) return known;
    this.states.push(states);
    for (const pool of this.system.crowded(states)) this.crowded.add(pool);
    this.#numbers.set(key, this.states.length - 1);
    this.foundBy[this.states.length - 1] = edge;
    return this.states.length - 1;
  }

  #sendingNumber(trigger: Trigger, origin: Origin): number {
    const numbers = this.#sendingNumbers.get(trigger.offer) ?? new Map<string, number>();
    this.#sendingNumbers.set(trigger.offer, numbers);
    const key = `${trigger.member} ${trigger.from} ${origin}`;
    const known = numbers.get(key);
    if (known !== undefined) return known;
    this.#sendings.push({ trigger, origin });
    numbers.set(key, this.#sendings.length - 1);
    return this.#sendings.length - 1;
  }
}
