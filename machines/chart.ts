/**
 * What a chart is: a statechart as data, the events it accepts, its deadlines, and the named guards and
 * actions that its data refers to. Everything here is pure: no clock, no database, no network.
 */
import { type AnyStateMachine, assign, createMachine, emit } from 'xstate';
import type { z } from 'zod';
import { beyondAuthority } from './authority.ts';
import type { Label } from './label.ts';
import type { RuleId } from './law/rules.ts';
import type { Role } from './roles.ts';

export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };
export type JsonObject = { readonly [key: string]: Json };

/** Who an actor is. The engine puts it into every context as `self`. */
export interface Identity {
  readonly id: string;
  /** The actor that started this one, or null when a person did. */
  readonly parent: string | null;
  /** The record that the actor belongs to: the matter, the meeting or the joint matter at the top. */
  readonly root: string;
  /** The municipality. */
  readonly tenant: string;
}

/** When and by whom an event was sent; part of every event that a chart sees. */
export type Circumstances = {
  /** The instant of receipt, RFC 3339 in UTC. */
  readonly at: string;
  /** The same as a local date, `YYYY-MM-DD`. */
  readonly on: string;
  /** The person, integration, or actor that sent it. */
  readonly sender: string;
  readonly origin: Origin;
  /** The signed message that asked for it: its id, and SHA-256 over its body as it was received. */
  readonly message?: { readonly id: string; readonly sha256: string };
  /** The person who had a deadline tried again that could not be carried out in its time, or a message. */
  readonly triedBy?: string;
  /** In whose place the sender acted, and the decision that lets them; nothing where the role is their own. */
  readonly acting?: { readonly for: string; readonly decision: string };
  /** Whom the recipients that the event names meant when it was received, by the municipality's register. */
  readonly addressees?: readonly Addressee[];
};

/** Somebody that something is sent to. */
export type Addressee = {
  readonly name: string;
  /** The group that it was expanded from. */
  readonly group: string | null;
  /** Its id in the register; null for one that is not in it. */
  readonly recipient: string | null;
  readonly channel: string;
};

/** Where a command came from; it travels with every message the command causes. */
export type Origin = 'person' | 'integration' | 'timer';

/** An event as guards and actions see it: its declared fields, its type and its circumstances. */
export type Received<Fields = JsonObject> = Fields & { readonly type: string; readonly meta: Circumstances };

/**
 * What a chart may cause. `tell` is delivered in the same transaction and must be accepted by the receiver;
 * `start` creates the actor `${self.id}.${key}`; `publish` puts a message on the outbox.
 */
export type Effect =
  | {
      readonly kind: 'tell';
      readonly to: readonly string[];
      readonly event: JsonObject & { readonly type: string };
    }
  | {
      readonly kind: 'start';
      readonly chart: string;
      readonly key: string;
      readonly input: JsonObject;
      readonly tenant?: string;
    }
  | { readonly kind: 'publish'; readonly topic: string; readonly payload: JsonObject };

/** `deciding`: a body's act, never from a webhook or a timer. `clerical`: registration, notices,
 * signatures, receipts. `message`: from another actor only. */
export type EventKind = 'deciding' | 'clerical' | 'message';

/** As whose act the law sees it: the council's or a committee's, by the Swedish act; or a body's that has its own rules. */
export type Law = 'council' | 'committee' | 'own';

/** What is cited where something is refused. No part of a definition's hash but for the `rule` of an event. */
interface Cited {
  readonly rule: RuleId | null;
  /** Where the law says the same in another place, or nowhere. */
  readonly instead?: Readonly<Partial<Record<Law, RuleId | null>>>;
}

/** The rule that is cited of an act under a law. */
export const ruleFor = ({ rule, instead = {} }: Cited, law: Law): RuleId | null => {
  const other = instead[law];
  return other === undefined ? rule : other;
};

/** Every rule that may be cited. */
export const rulesOf = ({ rule, instead = {} }: Cited): readonly RuleId[] =>
  [rule, ...Object.values(instead)].filter((it) => it !== null);

/** Its rule says when the event may happen, and is cited when the present state does not offer it. */
export interface EventDeclaration extends Cited {
  readonly kind: EventKind;
  readonly label: Label;
  /** Roles that may send it from outside; none for a message. */
  readonly by: readonly Role[];
  /** The payload. Unknown fields are errors. */
  readonly fields: z.ZodObject;
  /** An actor of another municipality may send it, and the chart says on which terms. */
  readonly across?: boolean;
  /**
   * Conditions beside the guards that are asked of whoever sends it, and not of the log when it is replayed: so a chart
   * that has been released can ask for more.
   */
  readonly asks?: Readonly<Record<string, Guard>>;
  /** It notes something in the register and changes no legal position: what is proved leaves it out. */
  readonly register?: boolean;
  /**
   * The recipients that it names, of which the engine asks the municipality's register: the answer is part of the
   * event's circumstances, so that a register that changes changes no chart and nothing that has been sent.
   */
  readonly addresses?: (context: JsonObject, fields: JsonObject) => readonly string[];
}

/** Calendar lengths (1930:173): several units are added largest first. */
export interface Period {
  readonly years?: number;
  readonly months?: number;
  readonly weeks?: number;
  readonly days?: number;
  /** Days that are no rest days, counted in the municipality's calendar; after the others. */
  readonly workingDays?: number;
}

/**
 * A named deadline. It falls due at the end of a local day, its last, which its event has as `lastDay`: `from` (a date in the context, or the day on
 * which the state was entered) plus `period` (or the period in the context under `periodFrom`), rolled past
 * weekends, holidays and eves where `roll` says so.
 */
export interface DeadlineRule {
  readonly label: Label;
  readonly rule: RuleId | null;
  readonly from?: string;
  readonly period?: Period;
  readonly periodFrom?: string;
  readonly roll: boolean;
  /** By then the law wants something done; other deadlines are times in which somebody may do something. */
  readonly duty?: true;
}

/** A named condition. A refused event cites its rule and says `says`. */
export interface Guard extends Cited {
  readonly says: Label;
  /** Raised whenever the meaning changes: it is part of the hash of every chart that uses the guard. */
  readonly version: number;
  holds(context: JsonObject, event: Received, params: JsonObject): boolean;
}

/** A named action: changes the context, or causes effects. */
export type Action = { readonly version: number } & (
  | { assign(context: JsonObject, event: Received, params: JsonObject): JsonObject }
  | { effects(context: JsonObject, event: Received, params: JsonObject): readonly Effect[] }
);

/** A guard whose context, fields and parameters have the shapes that its author declares. */
export function guard<C, F = unknown, P = unknown>(
  is: Omit<Guard, 'holds'> & { holds(context: C, event: Received<F>, params: P): boolean },
): Guard {
  return is as unknown as Guard;
}

/** An action that changes the context. The result is merged into it. */
export function assigning<C, F = unknown, P = unknown>(
  version: number,
  change: (context: C, event: Received<F>, params: P) => Partial<C>,
): Action {
  return { version, assign: change as unknown as (c: JsonObject, e: Received, p: JsonObject) => JsonObject };
}

/** An action that causes effects. */
export function causing<C, F = unknown, P = unknown>(
  version: number,
  effects: (context: C, event: Received<F>, params: P) => readonly Effect[],
): Action {
  return {
    version,
    effects: effects as unknown as (c: JsonObject, e: Received, p: JsonObject) => readonly Effect[],
  };
}

/** What lists and desks show of an actor without opening it. */
export interface Card {
  readonly title: string;
  /** The registry number or paragraph, if it has one. */
  readonly number: string | null;
  /** The body that has it now. */
  readonly body: string | null;
  /** Whether it is a record that is marked confidential. */
  readonly confidential?: boolean;
}

/** A reference to a named guard or action, as it stands in the data. */
export type Named = { readonly type: string; readonly params?: JsonObject };

export interface TransitionData {
  readonly target?: string;
  readonly guard?: Named;
  readonly actions?: readonly Named[];
  readonly reenter?: boolean;
}

/** A state as data: the subset of XState's configuration that is plain JSON. */
export interface StateData {
  readonly id?: string;
  readonly initial?: string;
  readonly type?: 'parallel' | 'final' | 'atomic' | 'compound';
  readonly states?: { readonly [name: string]: StateData };
  readonly on?: { readonly [event: string]: TransitionData | readonly TransitionData[] };
  readonly after?: { readonly [deadline: string]: TransitionData | readonly TransitionData[] };
  readonly always?: readonly TransitionData[];
  readonly onDone?: TransitionData;
  readonly entry?: readonly Named[];
  readonly exit?: readonly Named[];
  readonly meta?: JsonObject & {
    /** It is over, and nobody waits for it; what is found out later may lead on from here all the same. */
    readonly end?: boolean;
    /** Events that the law refuses in this very state, by a rule of its own. */
    readonly refuses?: { readonly [event: string]: RuleId };
  };
}

/** What an author writes. `context` is the JSON that every instance starts from, before its input. */
export interface ChartSpec {
  readonly name: string;
  readonly version: number;
  readonly label: Label;
  /** For the actors that are records of their own: who may start one. Others belong to what started them. */
  readonly record?: { readonly startedBy: readonly Role[] } | null;
  readonly input: z.ZodObject;
  readonly context: JsonObject;
  readonly data: StateData;
  readonly events: Readonly<Record<string, EventDeclaration>>;
  readonly deadlines?: Readonly<Record<string, DeadlineRule>>;
  readonly guards?: Readonly<Record<string, Guard>>;
  readonly actions?: Readonly<Record<string, Action>>;
  /** State labels by the last segment of a state's path, or by the whole path where that is ambiguous. */
  readonly states: Readonly<Record<string, Label>>;
  card(context: JsonObject): Card;
  /** Under which law it acts; a committee's where it does not say. */
  law?(context: JsonObject): Law;
}

export interface Chart extends Required<ChartSpec> {
  readonly machine: AnyStateMachine;
}

/** More microsteps than this in one event are a loop, not a route. */
const MAX_MICROSTEPS = 100;

/**
 * Makes a runnable chart of its data. Throws when the data names a guard, action, deadline or event that is
 * not declared, or a target that does not exist: a chart with a misspelling never starts; and when an event may be
 * sent by a role that the matrix of roles does not let.
 */
export function defineChart(spec: ChartSpec): Chart {
  const law = (): Law => 'committee';
  const chart = { record: null, deadlines: {}, guards: {}, actions: {}, law, ...spec };
  assertNamesDeclared(chart);
  assertWithinAuthority(chart);
  const machine = createMachine(
    {
      ...chart.data,
      id: chart.name,
      options: { maxIterations: MAX_MICROSTEPS },
      context: ({ input }: { input: JsonObject }) => ({ ...structuredClone(chart.context), ...input }),
    } as never,
    implementations(chart) as never,
  ) as AnyStateMachine;
  return { ...chart, machine };
}

interface Args {
  readonly context: JsonObject;
  readonly event: Received;
}

const NO_PARAMS: JsonObject = {};

function implementations(chart: Required<ChartSpec>) {
  const each = <In, Out>(named: Readonly<Record<string, In>>, make: (it: In, name: string) => Out) =>
    Object.fromEntries(Object.entries(named).map(([name, it]) => [name, make(it, name)]));
  const holds = ({ context, event }: Args, type: string, params: JsonObject = NO_PARAMS): boolean =>
    conjuncts({ type, params }).every((it) =>
      chart.guards[it.type]?.holds(context, event, it.params ?? NO_PARAMS),
    );
  return {
    guards: each(
      { ...chart.guards, all: null },
      (_, name) => (args: Args, params?: JsonObject) => holds(args, name, params),
    ),
    actions: each(chart.actions, (it) =>
      'assign' in it
        ? assign(({ context, event }, params) =>
            it.assign(
              context as JsonObject,
              event as Received,
              (params as JsonObject | undefined) ?? NO_PARAMS,
            ),
          )
        : emit(({ context, event }, params) => ({
            type: 'effects',
            effects: it.effects(
              context as JsonObject,
              event as unknown as Received,
              (params as JsonObject | undefined) ?? NO_PARAMS,
            ),
          })),
    ),
    // The engine computes due dates from the calendar; XState only needs to see that the delay exists.
    delays: each(chart.deadlines, () => 1),
  };
}

/** Every state of the data with its path, parents first. */
export function* statesOf(
  data: StateData,
  path: readonly string[] = [],
): Generator<[readonly string[], StateData]> {
  yield [path, data];
  for (const [name, child] of Object.entries(data.states ?? {})) yield* statesOf(child, [...path, name]);
}

const listed = <T>(it: T | readonly T[] | undefined): readonly T[] =>
  it === undefined ? [] : Array.isArray(it) ? (it as readonly T[]) : [it as T];

/** The transitions of a state with the event, deadline (`after:NAME`) or `always` that each belongs to. */
export function transitionsOf(state: StateData): readonly (readonly [string, TransitionData])[] {
  const of = (named: StateData['on'], prefix = '') =>
    Object.entries(named ?? {}).flatMap(([name, it]) => listed(it).map((t) => [prefix + name, t] as const));
  return [
    ...of(state.on),
    ...of(state.after, 'after:'),
    ...listed(state.always).map((t) => ['always', t] as const),
    ...listed(state.onDone).map((t) => ['done', t] as const),
  ];
}

function assertNamesDeclared(chart: Required<ChartSpec>): void {
  const must = (known: object, name: string, what: string, where: readonly string[]) => {
    if (!Object.hasOwn(known, name))
      throw new Error(`${chart.name}: ${what} "${name}" in ${where.join('.') || 'the root'} is not declared`);
  };
  for (const [path, state] of statesOf(chart.data)) {
    if (state.initial) must(state.states ?? {}, state.initial, 'initial state', path);
    for (const it of [...listed(state.entry), ...listed(state.exit)])
      must(chart.actions, it.type, 'action', path);
    for (const event of Object.keys({ ...state.on, ...state.meta?.refuses }))
      must(chart.events, event, 'event', path);
    for (const name of Object.keys(state.after ?? {})) must(chart.deadlines, name, 'deadline', path);
    for (const [, transition] of transitionsOf(state)) {
      for (const it of transition.actions ?? []) must(chart.actions, it.type, 'action', path);
      if (transition.guard)
        for (const it of conjuncts(transition.guard)) must(chart.guards, it.type, 'guard', path);
    }
  }
}

/** The guard that holds when each of them does. */
export const all = (...guards: readonly Named[]): Named => ({
  type: 'all',
  params: { guards: guards as never },
});

function assertWithinAuthority({ name, events }: Required<ChartSpec>): void {
  for (const [type, declaration] of Object.entries(events)) {
    const [role] = beyondAuthority(type, declaration);
    if (role) throw new Error(`${name}: ${role} may not send ${type} (machines/authority.ts)`);
  }
}

/** The single guards of a guard: the parts of `all`, or the guard itself. */
export function conjuncts(it: Named): readonly Named[] {
  return it.type === 'all'
    ? ((it.params?.guards ?? []) as unknown as readonly Named[]).flatMap(conjuncts)
    : [it];
}

/** A label for a state path: by the whole path, else by its last segment, else the segment itself. */
export function stateLabel(chart: Chart, path: string): Label {
  const last = path.slice(path.lastIndexOf('.') + 1);
  return chart.states[path] ?? chart.states[last] ?? { sv: last, en: last };
}
