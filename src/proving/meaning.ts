/** What a command means in law, as numbers: every list of facts is read once and kept. */
import type { Origin } from '../../machines/chart.ts';
import { factsOf } from '../../machines/law/facts.ts';
import { FactsIndex } from './facts-index.ts';
import type { Local, LocalStep } from './local.ts';
import type { Move, Outcome, Together } from './system.ts';

export class Meaning {
  readonly index = new FactsIndex();
  readonly #locals: readonly Local[];
  readonly #lists = new WeakMap<LocalStep, Map<string, number>>();

  constructor(locals: readonly Local[]) {
    this.#locals = locals;
  }

  /** The number of the list of facts of a command that came from there. */
  of({ next, moves }: Outcome, origin: Origin): number {
    return this.index.joined(moves.map((move) => this.#ofMove(move, next, origin)));
  }

  #ofMove({ member, made }: Move, now: Together, origin: Origin): number {
    const local = this.#locals[member];
    if (!local) return 0;
    const dependents = this.#dependents(local, now);
    const key = `${origin} ${dependents.join()}`;
    const lists = this.#lists.get(made) ?? new Map<string, number>();
    this.#lists.set(made, lists);
    const list = lists.get(key) ?? this.index.numberOf(factsOf(local.observed(made, origin, dependents)));
    lists.set(key, list);
    return list;
  }

  /** The points of the same matter that were started as depending on this actor. */
  #dependents({ self }: Local, now: Together): readonly string[] {
    return this.#locals.flatMap((other, index) => {
      const state = now[index] ?? 0;
      if (state === 0 || other.self.parent !== self.parent) return [];
      const { conditionalOn } = other.inputOf(state);
      const depends =
        Array.isArray(conditionalOn) && conditionalOn.some((key) => `${self.parent}.${key}` === self.id);
      return depends ? [other.self.id] : [];
    });
  }
}
