/** What a plan makes of one actor: the payload of the entry that moves it, or why it cannot be moved. */
import type { Chart, JsonObject } from '../../../machines/chart.ts';
import type { Deadline } from '../../store/deadlines.ts';
import type { Entry } from '../../store/entries.ts';
import { type Actor, contextOf, hasEnded, type RecordedStep } from '../actor.ts';
import type { Calendar } from '../calendar.ts';
import { hashOfChart } from '../definitions.ts';
import { due } from '../due.ts';
import { Refusal } from '../refusal.ts';
import { leaves, type Step } from '../step.ts';
import { advance, type Snapshot } from '../transition.ts';
import type { Blocked } from './blocked.ts';
import { misfit } from './fitting.ts';
import { violated } from './kept.ts';
import { MOVED, type MovedDeadline, type MovedPayload, moved } from './moved.ts';
import { type ChartMove, isWithin, type MovePlan, type Policy, renamed } from './plan.ts';

/** Thrown within this file and turned into an answer at its edge. */
class Block extends Error {
  readonly blocked: Blocked;

  constructor(why: Blocked['why'], sv: string, en: string) {
    super(en);
    this.blocked = { why, says: { sv, en } };
  }
}

export interface Relocating {
  readonly actor: Actor;
  /** Its log, oldest first. */
  readonly entries: readonly Entry[];
  readonly to: Chart;
  readonly plan: Pick<MovePlan, 'id' | 'reason' | 'approver'> & { readonly hash: string };
  readonly move: ChartMove;
  /** What the new version would remember otherwise of the same log, by field. */
  readonly remembers?: JsonObject;
  /** The local day of the move, and whose days count. */
  readonly today: string;
  readonly calendar: Calendar;
}

export interface Relocation {
  readonly payload: MovedPayload;
  readonly step: Step & { readonly text: string };
}

/** Pure: the same actor, log, plan and day give the same. */
export function relocate(it: Relocating): Relocation | Blocked {
  try {
    return relocated(it);
  } catch (error) {
    if (error instanceof Block) return error.blocked;
    const reason = error instanceof Error ? error.message : String(error);
    return { why: 'fault', says: { sv: `Den nya versionen fallerar: ${reason}`, en: reason } };
  }
}

function relocated(it: Relocating): Relocation | Blocked {
  const { actor, to, plan, move } = it;
  if (hasEnded(actor.snapshot))
    throw new Block('ended', 'Det har nått sitt slut.', 'It has come to its end.');
  const states = Object.fromEntries(
    leaves(actor.snapshot).map((path) => [path, renamed(move.states, path)] as const),
  );
  const stated = move.context as JsonObject;
  const unfit = misfit(actor, to, stated);
  if (unfit) return unfit;
  const patch = { states, context: stated, ...(it.remembers && { remembers: it.remembers }) };
  const { snapshot } = arrived(to, actor.snapshot, patch);
  const blocked = violated(actor, { chart: to, snapshot });
  if (blocked) return blocked;
  const deadlines = deadlinesAfter(it, snapshot);
  const payload: MovedPayload = {
    plan: plan.id,
    planHash: plan.hash,
    chart: to.name,
    from: { version: actor.chart.version, hash: hashOfChart(actor.chart) },
    to: { version: to.version, hash: hashOfChart(to) },
    ...patch,
    deadlines,
    reason: plan.reason,
    approver: plan.approver,
  };
  return { payload, step: moved(to, actor.snapshot, payload) };
}

/** Where it arrives. @throws Block when that is nowhere, or not a place to stay. */
function arrived(to: Chart, before: Snapshot, patch: Pick<MovedPayload, 'states' | 'context' | 'remembers'>) {
  let step: ReturnType<typeof moved>;
  try {
    step = moved(to, before, { ...patch, deadlines: [] });
  } catch (error) {
    const { message } = error as Error;
    throw new Block('state', `Läget finns inte i den nya versionen: ${message}`, message);
  }
  const [path] = step.states;
  if (hasEnded(step.snapshot))
    throw new Block(
      'state',
      `${path} är ett slut: dit flyttas inget.`,
      `${path} is an end: nothing is moved there.`,
    );
  // What an event that nobody knows sets off are the eventless transitions.
  const probe = { type: MOVED, meta: { at: '', on: '', sender: '', origin: 'timer' as const } };
  if (advance(to.machine, step.snapshot, probe).transitions.length > 0)
    throw new Block(
      'state',
      `I ${step.states.join(', ')} skulle det inte bli kvar: ange läget som det går vidare till.`,
      `In ${step.states.join(', ')} it would not stay: name the state to which it goes on.`,
    );
  return step;
}

/** With what it remembers where it arrives. */
interface Arrived extends Relocating {
  readonly context: JsonObject;
}

/** What becomes of each deadline that runs, and which the new version begins. */
function deadlinesAfter(it: Relocating, after: Snapshot): MovedDeadline[] {
  const { actor, move } = it;
  const owned = deadlinesIn(after);
  const context = contextOf({ snapshot: after });
  const known = deadlinesIn(actor.snapshot).map(({ state, name }) => ({
    was: state,
    state: renamed(move.states, state),
    name,
  }));
  const running = actor.deadlines.map((row) => {
    const state = renamed(move.states, row.state);
    const stays = owned.some((own) => own.state === state && own.name === row.name);
    return continued({ ...it, context }, row, stays ? state : null);
  });
  const begun = owned
    .filter((own) => !known.some((old) => old.state === own.state && old.name === own.name))
    .map((own) => added({ ...it, context }, own));
  return [...running, ...begun];
}

const policyOf = ({ move, to }: Relocating, name: string): Policy => {
  const policy = move.deadlines[name];
  if (policy) return policy;
  throw new Block(
    'deadline',
    `Planen säger inte vad som gäller för fristen ${name} (${to.deadlines[name]?.label.sv ?? 'finns inte längre'}).`,
    `The plan does not say what becomes of the deadline ${name}.`,
  );
};

/** What is counted from a date is not counted from the move. */
function assertNoDate({ to }: Relocating, name: string): void {
  const from = to.deadlines[name]?.from;
  if (from !== undefined)
    throw new Block(
      'deadline',
      `Fristen ${name} räknas från en dag (${from}), och kan inte börja om vid flytten.`,
      `The deadline ${name} is counted from a date (${from}), and cannot be restarted by the move.`,
    );
}

function continued(it: Arrived, row: Deadline, state: string | null): MovedDeadline {
  const { name, state: was, lastDay: before } = row;
  const policy = policyOf(it, name);
  if (policy === 'restart') assertNoDate(it, name);
  const since = policy === 'restart' ? it.today : sinceOf(it.entries, row);
  if (policy === 'end') return { name, was, state: null, policy, before, since, lastDay: null };
  if (state === null)
    throw new Block(
      'deadline',
      `Fristen ${name} löper, men den nya versionen har den inte där. Den kan bara upphöra (end).`,
      `The deadline ${name} runs, but the new version does not have it there. It can only end.`,
    );
  const lastDay = policy === 'keep' ? row.lastDay : reckoned(it, name, since);
  return { name, was, state, policy, before, since, lastDay };
}

/** A deadline that the old version did not have where the actor is. */
function added(it: Arrived, { state, name }: { state: string; name: string }): MovedDeadline {
  const policy = policyOf(it, name);
  const since = policy === 'recompute' ? enteredOn(it, state) : it.today;
  if (policy === 'keep')
    throw new Block(
      'deadline',
      `Fristen ${name} är ny i ${state}: det finns ingen att behålla.`,
      `The deadline ${name} is new in ${state}: there is none to keep.`,
    );
  const lastDay = policy === 'end' ? null : reckoned(it, name, since);
  const running = lastDay === null ? null : state;
  return { name, was: null, state: running, policy, before: null, since, lastDay };
}

/** The last day by the new version's rule; null where what it counts from is not known. */
function reckoned({ to, context, today, calendar }: Arrived, name: string, since: string): string | null {
  const lastDay = lastDayOf(to, name, context, since, calendar);
  if (lastDay !== null && lastDay < today)
    throw new Block(
      'deadline',
      `Enligt den nya versionen gick fristen ${name} ut redan den ${lastDay}.`,
      `By the new version the deadline ${name} ran out on ${lastDay} already.`,
    );
  return lastDay;
}

function lastDayOf(to: Chart, name: string, context: JsonObject, since: string, calendar: Calendar) {
  try {
    return due(to, name, context, since, calendar)?.lastDay ?? null;
  } catch (error) {
    if (error instanceof Refusal) throw new Block('deadline', error.says.sv, error.says.en);
    throw error;
  }
}

/** The deadlines that the active states have, whether they run or not. */
const deadlinesIn = (snapshot: Snapshot): { state: string; name: string }[] =>
  snapshot._nodes.flatMap((node) =>
    Object.keys(node.config.after ?? {}).map((name) => ({ state: node.path.join('.'), name })),
  );

const movedIn = (entry: Entry): MovedPayload | null =>
  entry.type === MOVED ? (JSON.parse(entry.payload) as MovedPayload) : null;

const dayOf = (entry: Entry): string => (JSON.parse(entry.meta) as { on: string }).on;

/** The local day from which a deadline that runs is counted: that on which its state was entered. */
function sinceOf(entries: readonly Entry[], { epoch, state, name }: Deadline): string {
  const entry = entries[epoch - 1];
  if (!entry) throw new Error(`the log has no entry ${epoch}`);
  const before = movedIn(entry)?.deadlines.find((it) => it.state === state && it.name === name);
  return before?.since ?? dayOf(entry);
}

/** The local day on which the actor entered what is a state of the new version; that of the move for what is new. */
function enteredOn({ entries, actor, move, today }: Relocating, state: string): string {
  const active = actor.snapshot._nodes.map((node) => node.path.join('.'));
  let path = active.find((it) => renamed(move.states, it) === state);
  if (path === undefined) return today;
  for (const entry of entries.toReversed()) {
    const { from } = JSON.parse(entry.step) as RecordedStep;
    const inside: string = path;
    const before = movedIn(entry)?.states;
    if (from.some((old) => isWithin(old, inside))) continue;
    const earlier: string | null | undefined =
      before && from.find((old) => isWithin(renamed(before, old), inside));
    if (!earlier) return dayOf(entry);
    path = earlier;
  }
  return today;
}
