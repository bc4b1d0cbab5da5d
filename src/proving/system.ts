/** Several actors explored together, and what one command from outside does to all of them, as the engine would. */
import type { Effect, Identity, JsonObject } from '../../machines/chart.ts';
import { Local, type LocalStep } from './local.ts';
import type { Offer } from './offers.ts';
import type { Member } from './part.ts';
import type { Sent } from './sent.ts';

/** The states of all members, by number; 0 for one that is not started or vacant. */
export type Together = readonly number[];

/** One member's part in a command. */
export interface Move {
  readonly member: number;
  readonly from: number;
  readonly made: LocalStep;
}

/** What can be sent from outside: to which member, in which state. */
export interface Trigger {
  readonly member: number;
  readonly from: number;
  readonly offer: Offer;
}

export interface Outcome {
  readonly next: Together;
  readonly moves: readonly Move[];
}

/** A message that its receiver must take, and did not; or an actor started twice. */
export interface Unaccepted {
  readonly trigger: Trigger;
  readonly detail: string;
}

/** Messages that ask leave. They may be refused, and the command with them. */
const requests = new Set(['agenda.listed', 'answer.opened', 'recusal.raised', 'execution.begun']);

type Pending =
  | { readonly member: number; readonly message: Sent }
  | { readonly member: number; readonly input: JsonObject };

export class System {
  readonly members: readonly Member[];
  readonly locals: readonly Local[];
  readonly #index: ReadonlyMap<string, number>;
  readonly #mentions = new Map<string, readonly number[]>();
  #vacantOffers: readonly Trigger[][] | null = null;

  constructor(members: readonly Member[], municipality: string) {
    this.members = members;
    this.#index = new Map(members.map(({ id }, index) => [id, index]));
    this.locals = members.map(({ id, parent, tenant = municipality, model, open }) => {
      const self: Identity = { id, parent, root: parent ?? id, tenant };
      return new Local(self, model, (type) => open === 'all' || open.includes(type));
    });
  }

  /** Everybody who is there from the beginning; nobody when one of them cannot be started. */
  begin(): Outcome {
    const first = this.members.flatMap(({ input, pool }, member) =>
      input && !pool ? [{ member, input }] : [],
    );
    const nobody = this.members.map(() => 0);
    const outcome = this.#carryOut([...nobody], first, []);
    return outcome === null || typeof outcome === 'string' ? { next: nobody, moves: [] } : outcome;
  }

  /** What may be sent from outside. */
  triggers(now: Together): readonly Trigger[] {
    this.#vacantOffers ??= this.members.map((_, member) => this.#fromVacancy(member));
    const vacant = this.#vacantOffers;
    return now.flatMap((from, member) =>
      from === 0
        ? (vacant[member] ?? [])
        : this.#local(member)
            .offers(from)
            .map((offer) => ({ member, from, offer })),
    );
  }

  /** Carries out a command: all of it or nothing. Null when it is refused, as it may be; text when it must not be. */
  command(now: Together, { member, from, offer }: Trigger): Outcome | string | null {
    const made = this.#local(member).take(from, offer.event, offer.key);
    if (!made) return null;
    const next = [...now];
    next[member] = made.to;
    return this.#carryOut(next, this.#pending(member, made.effects), [{ member, from, made }]);
  }

  /** The pools of which every member is taken up: one more of them is more than is explored. */
  crowded(now: Together): readonly string[] {
    const free = this.members.flatMap(({ pool }, member) => (pool && now[member] === 0 ? [pool.of] : []));
    const all = new Set(this.members.flatMap(({ pool }) => pool?.of ?? []));
    return [...all].filter((of) => !free.includes(of));
  }

  #local(member: number): Local {
    const local = this.locals[member];
    if (!local) throw new RangeError(`there is no member ${member}`);
    return local;
  }

  #carryOut(next: number[], first: readonly Pending[], moves: Move[]): Outcome | string | null {
    const queue = [...first];
    for (const pending of queue) {
      const { member } = pending;
      const from = next[member] ?? 0;
      const made =
        'input' in pending
          ? this.#start(member, from, pending.input)
          : this.#tell(member, from, pending.message);
      if (made === null || typeof made === 'string') return made;
      next[member] = made.to;
      moves.push({ member, from, made });
      queue.push(...this.#pending(member, made.effects));
    }
    return { next: next.map((state, member) => (this.#isForgotten(member, next) ? 0 : state)), moves };
  }

  #start(member: number, from: number, input: JsonObject): LocalStep | string {
    const local = this.#local(member);
    if (from !== 0) return `${local.self.id} is started twice`;
    return local.begin(input) ?? `${local.self.id} cannot be started`;
  }

  #tell(member: number, from: number, message: Sent): LocalStep | string | null {
    const local = this.#local(member);
    if (from === 0) return `${message.type} is sent to ${local.self.id}, which does not exist`;
    const made = local.receive(from, message);
    if (made || requests.has(message.type)) return made;
    return `${message.type} is not accepted by ${local.self.id} in ${local.statesOf(from).join(', ')}`;
  }

  #pending(member: number, effects: readonly Effect[]): Pending[] {
    const of = (id: string, it: { message: Sent } | { input: JsonObject }): Pending[] => {
      const receiver = this.#index.get(id);
      return receiver === undefined ? [] : [{ member: receiver, ...it }];
    };
    return effects.flatMap((effect): Pending[] => {
      if (effect.kind === 'tell') return effect.to.flatMap((id) => of(id, { message: effect.event }));
      if (effect.kind === 'start')
        return of(`${this.members[member]?.id}.${effect.key}`, { input: effect.input });
      return [];
    });
  }

  #isForgotten(member: number, now: Together): boolean {
    const { pool } = this.members[member] ?? {};
    const state = now[member] ?? 0;
    if (!pool || state === 0 || !pool.isVacant(this.#local(member).contextOf(state))) return false;
    return !now.some(
      (other, index) => index !== member && other !== 0 && this.#mentioned(index, other).includes(member),
    );
  }

  /** The members whose ids stand in the memory of another: what is mentioned is not forgotten. */
  #mentioned(member: number, state: number): readonly number[] {
    const key = `${member} ${state}`;
    const known = this.#mentions.get(key);
    if (known) return known;
    const text = JSON.stringify(this.#local(member).contextOf(state));
    const found = this.members.flatMap(({ id }, index) => (text.includes(`"${id}"`) ? [index] : []));
    this.#mentions.set(key, found);
    return found;
  }

  /** What takes up a vacant member: from any of the states in which it is vacant. */
  #fromVacancy(member: number): Trigger[] {
    const { pool, input } = this.members[member] ?? {};
    if (!pool || !input) return [];
    const local = this.#local(member);
    const first = local.begin(input);
    const reached = first ? [first.to] : [];
    const taking: Trigger[] = [];
    for (const from of reached) {
      for (const offer of local.offers(from)) {
        const to = local.take(from, offer.event, offer.key)?.to;
        if (to === undefined || reached.includes(to)) continue;
        if (pool.isVacant(local.contextOf(to))) reached.push(to);
        else taking.push({ member, from, offer });
      }
    }
    return taking;
  }
}
