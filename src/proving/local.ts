/** One actor's chart, explored lazily: XState is asked once for each state and event; the rest is looking up. */
import type { Effect, Guard, Identity, JsonObject, Origin } from '../../machines/chart.ts';
import { STARTED } from '../../machines/law/facts/reading.ts';
import type { ObservedStep } from '../../machines/law/observed-step.ts';
import { type Taken, transitionsById } from '../../machines/law/taken.ts';
import { parseFields } from '../engine/parse.ts';
import { Refusal } from '../engine/refusal.ts';
import { type Step, start, step } from '../engine/step.ts';
import type { Snapshot } from '../engine/transition.ts';
import { lets, unmet } from './guards.ts';
import { type Model, payloadsFor } from './model.ts';
import { type Offer, Offers } from './offers.ts';
import { received, type Sent } from './sent.ts';

/** What one event does. `to` is the number of a state of the same actor. */
export interface LocalStep {
  readonly to: number;
  readonly event: Sent;
  readonly taken: readonly Taken[];
  readonly effects: readonly Effect[];
}

interface LocalState {
  readonly snapshot: Snapshot;
  readonly states: readonly string[];
  readonly input: JsonObject;
  readonly steps: Map<string, LocalStep | null>;
  offers: readonly Offer[] | null;
}

/** States are numbered from 1; 0 stands for an actor that has not been started. */
export class Local {
  readonly self: Identity;
  readonly model: Model;
  /** The ids of the transitions taken, and the paths of the states entered, in all that was explored. */
  readonly taken = new Set<string>();
  readonly entered = new Set<string>();
  /** States and events for which several guarded transitions were open at once, with the event as text. */
  readonly ambiguous = new Map<string, string>();
  /** Events that made the chart fail, and messages that were not as declared. */
  readonly failures = new Set<string>();
  readonly #offers: Offers;
  readonly #states: LocalState[] = [];
  readonly #numbers = new Map<string, number>();
  readonly #beginnings = new Map<string, LocalStep | null>();
  readonly #messages = new Map<string, Sent | null>();
  readonly #transitions: ReadonlyMap<string, Taken>;

  /** @param isOpen by type, whether anyone may send a message; the others come from actors explored with this one. */
  constructor(self: Identity, model: Model, isOpen: (type: string) => boolean) {
    this.self = self;
    this.model = model;
    this.#offers = new Offers(model, isOpen);
    this.#transitions = transitionsById(model.chart);
  }

  /** The first step of the actor; null when its chart cannot be started so. */
  begin(input: JsonObject): LocalStep | null {
    const { chart } = this.model;
    return remembered(this.#beginnings, JSON.stringify(input), () =>
      this.#attempt(STARTED, () => {
        const parsed = parseFields(chart.input, input);
        const made = start(chart, { ...parsed, self: this.self as unknown as JsonObject });
        return this.#made(made, { type: STARTED }, parsed);
      }),
    );
  }

  /** What may be sent to the actor in a state, from outside all that is explored. */
  offers(state: number): readonly Offer[] {
    const at = this.#at(state);
    at.offers ??= this.#offers.in(at.snapshot);
    return at.offers;
  }

  /** The step that an event makes; null when it is not accepted. */
  take(state: number, event: Sent, key: string): LocalStep | null {
    const { snapshot, input, steps } = this.#at(state);
    return remembered(steps, key, () => this.#attempt(event.type, () => this.#step(snapshot, event, input)));
  }

  /** The step that a message from another actor makes: its fields must be those declared. */
  receive(state: number, message: Sent): LocalStep | null {
    const { type, ...payload } = message;
    const declared = this.model.chart.events[type];
    if (!declared) return null;
    const key = JSON.stringify(message);
    const parsed = remembered(this.#messages, key, () =>
      this.#attempt(message.type, () => ({ ...parseFields(declared.fields, payload), type })),
    );
    return parsed && this.take(state, parsed, key);
  }

  /** The step as facts are read off it. */
  observed(made: LocalStep, origin: Origin, dependents: readonly string[]): ObservedStep {
    return {
      chart: this.model.chart,
      self: this.self,
      input: this.inputOf(made.to),
      event: received(made.event, origin),
      taken: made.taken,
      dependents,
    };
  }

  /** Why an event of that type is refused in a state, whatever is said with it; null where it is not. */
  refusalOf(state: number, type: string): Guard | null {
    const { chart } = this.model;
    const { snapshot } = this.#at(state);
    const refused = payloadsFor(this.model, type)
      .map((payload) => unmet(chart, snapshot, received({ ...payload, type }, 'person')))
      .filter((it) => it.length > 0)
      // What comes nearest to being taken shows what is in the way.
      .sort((a, b) => a.length - b.length);
    return refused[0]?.at(-1) ?? null;
  }

  inputOf = (state: number): JsonObject => this.#at(state).input;
  /** The paths of the leaf states. */
  statesOf = (state: number): readonly string[] => this.#at(state).states;
  contextOf = (state: number): JsonObject => this.#at(state).snapshot.context as JsonObject;

  #at(state: number): LocalState {
    const found = this.#states[state - 1];
    if (!found) throw new RangeError(`${this.self.id} has no state ${state}`);
    return found;
  }

  #attempt<T>(type: string, make: () => T): T | null {
    try {
      return make();
    } catch (error) {
      this.failures.add(`${type}: ${error instanceof Refusal ? describe(error) : String(error)}`);
      return null;
    }
  }

  #step(snapshot: Snapshot, event: Sent, input: JsonObject): LocalStep | null {
    const { chart } = this.model;
    const sent = received(event, 'person');
    const { through, ambiguous } = lets(chart, snapshot, sent);
    for (const path of ambiguous) this.ambiguous.set(`${path}>${event.type}`, JSON.stringify(event));
    const made = through ? step(chart, snapshot, sent) : null;
    return made && this.#made(made, event, input);
  }

  #made(made: Step, event: Sent, input: JsonObject): LocalStep {
    const taken = made.taken.flatMap((id) => this.#transitions.get(id) ?? []);
    for (const it of taken) this.taken.add(it.id);
    for (const path of [...taken.flatMap((it) => it.targets), ...made.states]) this.#enter(path);
    return { to: this.#number(made, input), event, taken, effects: made.effects };
  }

  #enter(path: string): void {
    for (let at = path; !this.entered.has(at); at = at.slice(0, Math.max(at.lastIndexOf('.'), 0)))
      this.entered.add(at);
  }

  #number({ snapshot, states }: Step, input: JsonObject): number {
    const context = snapshot.context as JsonObject;
    const kept = this.model.abstract?.(context) ?? context;
    return remembered(this.#numbers, JSON.stringify([snapshot.value, kept, input]), () =>
      this.#states.push({
        snapshot: { ...snapshot, context: kept } as Snapshot,
        states,
        input,
        steps: new Map(),
        offers: null,
      }),
    );
  }
}

/** What a map has under a key; made and kept there the first time. */
function remembered<T>(map: Map<string, T>, key: string, make: () => T): T {
  const known = map.get(key);
  if (known !== undefined) return known;
  const made = make();
  map.set(key, made);
  return made;
}

const describe = ({ code, particulars }: Refusal): string =>
  `${code} ${(particulars.fields ?? []).map((it) => `${it.pointer} ${it.detail.en}`).join(', ')}`;
