/** Carries out one command on a layer of changes: the event, and every message and start that follows from it. */
import { randomUUID } from 'node:crypto';
import type { Chart, Circumstances, Effect, Identity, JsonObject, Origin } from '../../machines/chart.ts';
import { addresseesOf, type Register } from '../../machines/municipalities/addressees.ts';
import type { Registry } from '../../machines/registry.ts';
import { byDue, type Deadline, sameDeadline } from '../store/deadlines.ts';
import { type Actor, contextOf, DEADLINE, STARTED } from './actor.ts';
import { type Applied, applied } from './applied.ts';
import { type Calendar, localDate } from './calendar.ts';
import { canonical, causedId } from './chain.ts';
import { Changes } from './changes.ts';
import { explain, lackOf } from './explain.ts';
import { eventOf, type Happening, happening, take } from './happening.ts';
import { MOVED, type MovedPayload } from './moves/moved.ts';
import { mayDecide, parseFields } from './parse.ts';
import { notPermitted } from './permitted.ts';
import { ChartFault, noReceiver, notFound, Refusal } from './refusal.ts';
import type { RedactedPart } from './retention/prepare.ts';
import { REDACTED } from './retention/redacted.ts';
import { readBack } from './settled.ts';

export interface Setting {
  readonly registry: Registry;
  readonly calendarOf: (tenant: string) => Calendar;
  readonly registerOf: (tenant: string) => Register;
  readonly changes: Changes;
  /** The command's id, the instant of the transaction, the instant of receipt. */
  readonly command: string;
  readonly now: string;
  readonly receivedAt: string;
  /** Random, and another for each entry. */
  readonly salt: () => string;
}

/** More messages than this from one command are a loop. */
const MAX_MESSAGES = 10_000;
/** More deadlines that fall due in turn, before one event, are a loop: ten years of weeks are 520. */
const MAX_OVERDUE = 1_000;

type Who = Pick<Actor, 'self' | 'chart'>;

/** Who causes a step, and by what. */
type By = Pick<Circumstances, 'sender' | 'origin' | 'acting' | 'message' | 'triedBy' | 'addressees'>;

interface Pending {
  /** The hash of the entry that says so, and its place among what the entry caused. */
  readonly id: string;
  readonly effect: Effect;
  readonly from: Identity;
  readonly origin: Origin;
}

/** One command at work. Its effects are carried out first in, first out. */
export class Work {
  readonly #set: Setting;
  readonly #queue: Pending[] = [];
  /** Deadlines fired before events, counted together with those that follow from them. */
  readonly #overdue: { fired: number };
  #messages = 0;

  constructor(setting: Setting, overdue = { fired: 0 }) {
    this.#set = setting;
    this.#overdue = overdue;
  }

  /** The actor as this command sees it. @throws Refusal `notFound`. */
  async actor(id: string): Promise<Actor> {
    const actor = await this.known(id);
    if (!actor) throw notFound(id);
    return actor;
  }

  /** The same; null where there is none. */
  known(id: string): Promise<Actor | null> {
    return this.#set.changes.actor(id);
  }

  /**
   * Starts an actor.
   * @param input as the schema of its chart gives it.
   * @throws Refusal `exists` when its id or its number is taken.
   */
  async begin(self: Identity, chart: Chart, input: JsonObject, by: By): Promise<void> {
    if (await this.#set.changes.actor(self.id))
      throw new Refusal('exists', { sv: `${self.id} finns redan.`, en: `${self.id} already exists.` });
    const payload = { input, parent: self.parent };
    const what = happening(STARTED, payload, this.#circumstances(self.tenant, by));
    await this.#step({ self, chart }, null, what, by.origin);
  }

  /** Moves an actor to another version of its chart. */
  async move(actor: Actor, chart: Chart, payload: MovedPayload, by: By): Promise<void> {
    const what = happening(MOVED, payload, this.#circumstances(actor.self.tenant, by));
    await this.#step({ self: actor.self, chart }, actor, what, by.origin);
  }

  /** Goes on from what an actor's log gives when it is redacted. */
  async redact(actor: Actor, { payload, snapshot: text }: RedactedPart, by: By): Promise<void> {
    const { self, chart } = actor;
    const snapshot = readBack(chart.machine, text);
    const what = happening(REDACTED, payload, this.#circumstances(self.tenant, by));
    await this.#step({ self, chart }, { ...actor, snapshot }, what, by.origin);
    if (self.id !== self.root) return;
    const { title, number } = chart.card(contextOf({ snapshot }));
    const term = { record: self.id, tenant: self.tenant, kind: 'text', instead: true } as const;
    this.#set.changes.terms.push({ ...term, text: `${number ?? ''} ${title}` });
  }

  /** Applies an event to an actor. @throws Refusal `refused` with the explanation. */
  async apply(actor: Actor, type: string, payload: JsonObject, by: By): Promise<void> {
    const addressees = this.#addressees(actor, type, payload);
    const meta = this.#circumstances(actor.self.tenant, { ...by, ...(addressees && { addressees }) });
    const what = happening(type, payload, meta);
    const isTaken = await this.#step(actor, actor, what, by.origin);
    if (isTaken && !actor.chart.events[type]?.asks) return;
    const event = eventOf(actor.chart, what);
    const explanation = isTaken
      ? lackOf(actor.chart, actor.snapshot, event)
      : explain(actor.chart, actor.snapshot, event, actor.deadlines);
    if (!explanation) return;
    const fields = notPermitted(actor, event);
    throw new Refusal('refused', explanation.says, {
      explanation,
      actor: actor.self.id,
      ...(fields.length > 0 && { fields }),
    });
  }

  /**
   * Fires a deadline, if it still runs, as of the instant at which it fell due, with everything that follows, as
   * a command of its own: one that cannot be carried out is set aside, and nothing else with it.
   * @param triedBy the person who has it tried again, if one does.
   * @returns why it could not, or null.
   */
  async fire(
    deadline: Deadline,
    command: string = randomUUID(),
    triedBy: string | null = null,
  ): Promise<Refusal | ChartFault | null> {
    const { changes } = this.#set;
    const layer = new Changes(changes);
    const setting = { ...this.#set, changes: layer, command, receivedAt: deadline.dueAt };
    const work = new Work(setting, this.#overdue);
    try {
      await work.#expire(deadline, triedBy);
      await work.settle();
    } catch (error) {
      if (!(error instanceof Refusal || error instanceof ChartFault)) throw error;
      changes.setAside(await this.actor(deadline.actor), deadline, error.message);
      return error;
    }
    changes.absorb(layer);
    return null;
  }

  /**
   * Fires what a record and its parts had due when the command was received, the earliest first, with what falls
   * due by that: the outcome never depends on downtime, nor on who shares the transaction.
   * @param stored what is due of them below this group, which knows better of those that it has touched.
   * @param until the deadline whose turn it is then.
   */
  async catchUpRecord(root: string, stored: readonly Deadline[], until?: Deadline): Promise<void> {
    const { changes, receivedAt } = this.#set;
    let waiting = stored;
    for (;;) {
      waiting = waiting.filter((it) => !changes.touches(it));
      const [first] = [...waiting, ...changes.overdue(root, receivedAt)].sort(byDue);
      if (!first || (until && byDue(first, until) >= 0)) return;
      if (waiting.includes(first)) await this.fire(first);
      else await this.#fireAgain(first);
      waiting = waiting.filter((it) => it !== first);
    }
  }

  /** The same for one actor, before a message reaches it. */
  async #catchUp(id: string): Promise<void> {
    for (;;) {
      const { deadlines } = await this.actor(id);
      const due = deadlines.filter((it) => it.failure === null && it.dueAt <= this.#set.receivedAt);
      const [first] = due.sort(byDue);
      if (!first) return;
      await this.#fireAgain(first);
    }
  }

  /** Fires a deadline that others may have set off, as often as is no loop. */
  async #fireAgain(deadline: Deadline): Promise<void> {
    if (this.#overdue.fired++ < MAX_OVERDUE) await this.fire(deadline);
    else {
      const actor = await this.actor(deadline.actor);
      this.#set.changes.setAside(actor, deadline, `${deadline.name} falls due again and again`);
    }
  }

  /** Carries out everything that has followed so far. @throws Refusal of the first receiver that does not accept. */
  async settle(): Promise<void> {
    for (let next = this.#queue.shift(); next; next = this.#queue.shift()) {
      const { id, effect, from, origin } = next;
      if (effect.kind === 'tell')
        for (const to of effect.to) await this.#deliver(to, effect.event, from, origin);
      else if (effect.kind === 'start') await this.#startChild(effect, from, origin);
      else this.#publish(id, effect, from);
    }
  }

  async #deliver(
    to: string,
    { type, ...payload }: JsonObject & { type: string },
    from: Identity,
    origin: Origin,
  ): Promise<void> {
    if (++this.#messages > MAX_MESSAGES)
      throw new Refusal('refused', {
        sv: `Händelsen skulle ge fler än ${MAX_MESSAGES} meddelanden.`,
        en: `The event would cause more than ${MAX_MESSAGES} messages.`,
      });
    if (!(await this.known(to))) throw noReceiver(to);
    await this.#catchUp(to);
    const actor = await this.actor(to);
    const declaration = actor.chart.events[type];
    if (actor.self.tenant !== from.tenant && !declaration?.across) throw noReceiver(to);
    if (!declaration)
      throw new Refusal('refused', {
        sv: `${actor.chart.label.sv} tar inte emot ”${type}”.`,
        en: `A ${actor.chart.label.en.toLowerCase()} does not take "${type}".`,
      });
    mayDecide(declaration, origin);
    await this.apply(actor, type, parseFields(declaration.fields, payload), { sender: from.id, origin });
  }

  async #startChild(
    { chart: name, key, input, tenant }: Extract<Effect, { kind: 'start' }>,
    from: Identity,
    origin: Origin,
  ): Promise<void> {
    const chart = this.#set.registry.latest(name);
    if (!chart) throw new Refusal('notFound', { sv: `Det finns ingen ${name}.`, en: `There is no ${name}.` });
    const id = `${from.id}.${key}`;
    const self = { id, parent: from.id, root: chart.record ? id : from.root, tenant: tenant ?? from.tenant };
    await this.begin(self, chart, parseFields(chart.input, input), { sender: from.id, origin });
  }

  #publish(id: string, { topic, payload }: Extract<Effect, { kind: 'publish' }>, from: Identity): void {
    const { changes, now } = this.#set;
    changes.outbox.push({
      id,
      actor: from.id,
      tenant: from.tenant,
      topic,
      payload: canonical(payload),
      createdAt: now,
    });
  }

  async #expire({ actor: id, state, name, lastDay, epoch }: Deadline, triedBy: string | null): Promise<void> {
    const actor = await this.actor(id);
    const runs = actor.deadlines.some(
      (it) => it.epoch === epoch && sameDeadline(it, { actor: id, state, name }),
    );
    if (!runs) return;
    const meta = this.#circumstances(actor.self.tenant, {
      sender: 'timer',
      origin: 'timer',
      ...(triedBy !== null && { triedBy }),
    });
    const what = happening(DEADLINE + name, { state, lastDay }, meta);
    if (!(await this.#step(actor, actor, what, 'timer')))
      throw new ChartFault(`${id} does not accept its own deadline ${name} in ${state}`);
  }

  /** @returns whether the chart accepted it. */
  async #step(who: Who, before: Actor | null, what: Happening, origin: Origin): Promise<boolean> {
    const made = await this.#compute(who, before, what);
    if (!made) return false;
    await this.#set.changes.record(made);
    for (const [index, effect] of made.effects.entries())
      this.#queue.push({ id: causedId(made.entry, index), effect, from: who.self, origin });
    return true;
  }

  /** Changes nothing. An error that is no refusal is a fault of the chart. */
  async #compute(who: Who, before: Actor | null, what: Happening): Promise<Applied | null> {
    const { command, now, salt, calendarOf, changes } = this.#set;
    const seq = (await changes.lastSeq()) + 1;
    try {
      const taken = take(who.chart, who.self, before?.snapshot ?? null, what);
      const occasion = { seq, command, salt: salt(), now, calendar: calendarOf(who.self.tenant) };
      return taken && applied(who, before, what, taken, occasion);
    } catch (error) {
      if (error instanceof Refusal) throw error;
      const reason = error instanceof Error ? error.message : String(error);
      throw new ChartFault(`${who.chart.name}, ${what.type}: ${reason}`, { cause: error });
    }
  }

  /** Whom the event is meant for by the register as it stands; null where it names nobody. */
  #addressees({ chart, snapshot, self }: Actor, type: string, payload: JsonObject) {
    const names = chart.events[type]?.addresses?.(contextOf({ snapshot }), payload);
    return names ? addresseesOf(names, this.#set.registerOf(self.tenant)) : null;
  }

  /** The local day on which the command was received. */
  today(tenant: string): string {
    const { receivedAt, calendarOf } = this.#set;
    return localDate(Date.parse(receivedAt), calendarOf(tenant));
  }

  #circumstances(tenant: string, by: By): Circumstances {
    return { at: this.#set.receivedAt, on: this.today(tenant), ...by };
  }
}
