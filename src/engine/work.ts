/** Carries out one command on a layer of changes: the event, and every message and start that follows from it. */
import { type Chart, type Circumstances, type Effect, type Identity, type JsonObject, type Received } from '../../machines/chart.ts';
import type { Registry } from '../../machines/registry.ts';
import type { Deadline } from '../store/deadlines.ts';
import { type Actor, type Applied, DEADLINE, type Occasion, STARTED, applied } from './actor.ts';
import { type Calendar, localDate } from './calendar.ts';
import { canonical } from './chain.ts';
import type { Changes } from './changes.ts';
import { explain } from './explain.ts';
import { parseFields } from './parse.ts';
import { Refusal } from './refusal.ts';
import { deadlineEvent, start, step } from './step.ts';

/** Where an actor that the command has not touched comes from. */
export type Load = (id: string) => Promise<Actor | null>;

export interface Setting {
  readonly registry: Registry;
  readonly calendarOf: (tenant: string) => Calendar;
  readonly load: Load;
  readonly changes: Changes;
  /** The command's id, the instant of the transaction, the instant of receipt. */
  readonly command: string;
  readonly now: string;
  readonly receivedAt: string;
}

/** More messages than this from one command are a loop. */
const MAX_MESSAGES = 20_000;

interface Pending {
  readonly effect: Effect;
  readonly from: Identity;
  readonly origin: Circumstances['origin'];
}

/** One command at work. Its effects are carried out first in, first out. */
export class Work {
  readonly #set: Setting;
  readonly #queue: Pending[] = [];
  #done = 0;

  constructor(setting: Setting) {
    this.#set = setting;
  }

  /** The actor as this command sees it. @throws Refusal `notFound`. */
  async actor(id: string): Promise<Actor> {
    const actor = this.#set.changes.actor(id) ?? (await this.#set.load(id));
    if (!actor) throw new Refusal('notFound', { sv: `Det finns inget ${id}.`, en: `There is no ${id}.` });
    return actor;
  }

  /** Starts an actor. @throws Refusal `invalid` for its input, `exists` when the id is taken. */
  async begin(self: Identity, chart: Chart, input: JsonObject, sender: string, origin: Circumstances['origin']): Promise<void> {
    if (this.#set.changes.actor(self.id) ?? (await this.#set.load(self.id)))
      throw new Refusal('exists', { sv: `${self.id} finns redan.`, en: `${self.id} already exists.` });
    const parsed = parseFields(chart.input, input);
    const meta = this.#circumstances(self.tenant, sender, origin, this.#set.receivedAt);
    const logged = { type: STARTED, payload: { input: parsed, parent: self.parent }, meta };
    const made = start(chart, { ...parsed, self: self as unknown as JsonObject });
    this.#record(applied(null, { self, chart }, made, logged, this.#occasion(self.tenant)), origin);
  }

  /** Applies an event to an actor. @throws Refusal `refused` with the explanation. */
  apply(actor: Actor, type: string, payload: JsonObject, sender: string, origin: Circumstances['origin']): void {
    const meta = this.#circumstances(actor.self.tenant, sender, origin, this.#set.receivedAt);
    const event: Received = { ...payload, type, meta };
    const made = step(actor.chart, actor.snapshot, event);
    if (!made) {
      const explanation = explain(actor.chart, actor.snapshot, event, actor.deadlines);
      throw new Refusal('refused', explanation.says, { explanation, actor: actor.self.id });
    }
    this.#record(applied(actor, actor, made, { type, payload, meta }, this.#occasion(actor.self.tenant)), origin);
  }

  /** Fires a deadline of an actor if it still runs, as of the instant it fell due. @returns whether it ran. */
  fire(actor: Actor, deadline: Deadline): boolean {
    const running = actor.deadlines.some(
      (it) => it.state === deadline.state && it.name === deadline.name && it.epoch === deadline.epoch,
    );
    if (!running) return false;
    const meta = this.#circumstances(actor.self.tenant, 'timer', 'timer', deadline.dueAt);
    const payload = { state: deadline.state, lastDay: deadline.lastDay };
    const type = deadlineEvent(actor.chart.machine, deadline);
    const made = step(actor.chart, actor.snapshot, { ...payload, type, meta });
    if (!made) throw new Error(`${actor.self.id} does not accept its own deadline ${deadline.name} in ${deadline.state}`);
    const spent = { ...made, deadlines: [...made.deadlines, ...spentBy(deadline, made.deadlines)] };
    const logged = { type: DEADLINE + deadline.name, payload, meta };
    this.#record(applied(actor, actor, spent, logged, this.#occasion(actor.self.tenant)), 'timer');
    return true;
  }

  /** The deadlines of an actor that were due when the command was received, the earliest first. */
  dueOf(actor: Actor): readonly Deadline[] {
    return actor.deadlines
      .filter((it) => it.dueAt <= this.#set.receivedAt)
      .sort((a, b) => (a.dueAt < b.dueAt ? -1 : a.dueAt > b.dueAt ? 1 : 0));
  }

  /** Carries out everything that has followed so far. @throws Refusal of the first receiver that does not accept. */
  async settle(): Promise<void> {
    for (const { effect, from, origin } of this.#queue.splice(0)) {
      if (++this.#done > MAX_MESSAGES) throw new Error(`more than ${MAX_MESSAGES} messages from one command`);
      if (effect.kind === 'tell') for (const to of effect.to) await this.#deliver(to, effect.event, from, origin);
      else if (effect.kind === 'start') await this.#startChild(effect, from, origin);
      else this.#publish(effect, from);
    }
    if (this.#queue.length > 0) await this.settle();
  }

  async #deliver(to: string, event: JsonObject & { type: string }, from: Identity, origin: Circumstances['origin']): Promise<void> {
    let actor = await this.actor(to);
    for (const deadline of this.dueOf(actor)) {
      this.fire(actor, deadline);
      actor = await this.actor(to);
    }
    const { type, ...payload } = event;
    const declaration = actor.chart.events[type];
    if (!declaration)
      throw new Refusal('refused', {
        sv: `${actor.chart.label.sv} tar inte emot ”${type}”.`,
        en: `A ${actor.chart.label.en.toLowerCase()} does not take "${type}".`,
      });
    this.apply(actor, type, parseFields(declaration.fields, payload), from.id, origin);
  }

  async #startChild(effect: Extract<Effect, { kind: 'start' }>, from: Identity, origin: Circumstances['origin']): Promise<void> {
    const chart = this.#set.registry.latest(effect.chart);
    if (!chart) throw new Refusal('notFound', { sv: `Det finns ingen ${effect.chart}.`, en: `There is no ${effect.chart}.` });
    const id = `${from.id}.${effect.key}`;
    const self = { id, parent: from.id, root: chart.record ? id : from.root, tenant: effect.tenant ?? from.tenant };
    await this.begin(self, chart, effect.input, from.id, origin);
  }

  #publish({ topic, payload }: Extract<Effect, { kind: 'publish' }>, from: Identity): void {
    const { changes, command, now } = this.#set;
    changes.outbox.push({
      id: `${command}-${changes.outbox.length + 1}`,
      actor: from.id,
      tenant: from.tenant,
      topic,
      payload: canonical(payload),
      createdAt: now,
    });
  }

  #record(made: Applied, origin: Circumstances['origin']): void {
    this.#set.changes.record(made);
    for (const effect of made.step.effects) this.#queue.push({ effect, from: made.actor.self, origin });
  }

  #circumstances(tenant: string, sender: string, origin: Circumstances['origin'], at: string): Circumstances {
    return { at, on: localDate(Date.parse(at), this.#set.calendarOf(tenant)), sender, origin };
  }

  #occasion(tenant: string): Occasion {
    return { command: this.#set.command, now: this.#set.now, calendar: this.#set.calendarOf(tenant) };
  }
}

/** A deadline that fired without its state being left has run all the same. */
const spentBy = ({ state, name }: Deadline, changed: readonly { state: string; name: string }[]) =>
  changed.some((it) => it.state === state && it.name === name) ? [] : [{ state, name, set: false }];
