/** What a plan makes of one record: each of its parts that runs on an old version, or why the record stays. */
import type { Db } from '../../../db/tables.ts';
import type { JsonObject } from '../../../machines/chart.ts';
import type { Registry } from '../../../machines/registry.ts';
import type { Scope } from '../../access/scope.ts';
import { actorsOfRoot, findActor, type StoredActor } from '../../store/actors.ts';
import { deadlinesOfActors } from '../../store/deadlines.ts';
import { type Entry, entriesOfActor } from '../../store/entries.ts';
import { findPlan, type Member, membersOf } from '../../store/moves.ts';
import { revive } from '../actor.ts';
import { type Calendar, localDate } from '../calendar.ts';
import type { Blocked } from './blocked.ts';
import { MOVED, type MovedPayload } from './moved.ts';
import type { ChartMove, MovePlan } from './plan.ts';
import { type Divergence, rehearse } from './rehearse.ts';
import { type Relocation, relocate } from './relocate.ts';

/** What a preview reads from. */
export interface MoveSource {
  readonly db: Db;
  /** Of whoever asks: what they do not see is not moved by them. */
  readonly scope: Scope;
  readonly registry: Registry;
  readonly calendarOf: (tenant: string) => Calendar;
  now(): string;
}

export type HashedPlan = MovePlan & { readonly hash: string };

/** One actor that the plan moves, or would. */
export interface Part {
  readonly actor: StoredActor;
  readonly made: Relocation | Blocked;
  /** Null where the whole log gives the same under the new version, and where it is blocked. */
  readonly diverges: Divergence | null;
}

/**
 * `identical`: the whole log gives under the new version what the move gives. `diverges`: it would have taken another
 * course. `blocked`: it is not moved, whatever the plan says. `moved`: the plan has moved it.
 */
export const outcomes = ['identical', 'diverges', 'blocked', 'moved'] as const;

export interface Prepared {
  readonly root: string;
  readonly outcome: (typeof outcomes)[number];
  /** Whether the plan moves it as it stands. */
  readonly moves: boolean;
  /** Why the record as a whole stays; a part has its own reason. */
  readonly blocked: Blocked | null;
  readonly parts: readonly Part[];
}

/** Reads and computes, and writes nothing. */
export async function prepare(source: MoveSource, plan: HashedPlan, root: string): Promise<Prepared> {
  const prepared = await preparedAlone(source, plan, root);
  const record = prepared.parts.find(({ actor }) => actor.id === root);
  const blocked = record ? await leftBehind(source, plan, record.actor) : null;
  return blocked ? { ...prepared, outcome: 'blocked', moves: false, blocked } : prepared;
}

/** Whatever becomes of those that a record is joint with. */
async function preparedAlone(source: MoveSource, plan: HashedPlan, root: string): Promise<Prepared> {
  const actors = (await actorsOfRoot(source.db, source.scope, root)).filter((it) =>
    plan.municipalities.includes(it.tenant),
  );
  const onOld = actors.flatMap((actor) => {
    const move = moveOf(plan, actor);
    return move ? [{ actor, move }] : [];
  });
  const running = onOld.filter(({ actor }) => !actor.ended);
  // What has ended stays as it was: it is the reason only where nothing else is concerned.
  const concerned = running.length > 0 ? running : onOld.filter(({ actor }) => actor.id === root);
  if (running.length === 0) {
    const rest = await withoutParts(source, plan, actors, root);
    if (rest.outcome === 'moved' || concerned.length === 0) return rest;
  }
  const parts: Part[] = [];
  for (const { actor, move } of concerned) parts.push(await partOf(source, plan, actor, move));
  if (parts.some(({ made }) => 'why' in made))
    return { root, outcome: 'blocked', moves: false, blocked: null, parts };
  const diverges = parts.some((it) => it.diverges !== null);
  const outcome = diverges ? 'diverges' : 'identical';
  return { root, outcome, moves: !diverges || plan.diverging === 'move', blocked: null, parts };
}

const moveOf = (plan: MovePlan, { chart, chartVersion }: Pick<StoredActor, 'chart' | 'chartVersion'>) =>
  plan.charts.find((it) => it.chart === chart && it.from === chartVersion);

async function withoutParts(
  { db }: MoveSource,
  plan: MovePlan,
  actors: readonly StoredActor[],
  root: string,
): Promise<Prepared> {
  const none = { root, moves: false, parts: [] };
  for (const { id } of actors) {
    const by = (await entriesOfActor(db, id)).filter((it) => it.type === MOVED);
    if (by.some((it) => (JSON.parse(it.payload) as MovedPayload).plan === plan.id))
      return { ...none, outcome: 'moved', blocked: null };
  }
  return { ...none, outcome: 'blocked', blocked: elsewhere };
}

/** Of what there is not, and in the same words of what is not seen. */
export const elsewhere: Blocked = {
  why: 'elsewhere',
  says: {
    sv: 'Inget i det som du ser går på en version som planen flyttar från.',
    en: 'Nothing of it that you see runs on a version from which the plan moves.',
  },
};

async function partOf(
  { db, registry, calendarOf, now }: MoveSource,
  plan: HashedPlan,
  actor: StoredActor,
  move: ChartMove,
): Promise<Part> {
  const to = registry.find(move.chart, move.to);
  if (!to) throw new Error(`${move.chart}@${move.to} is not registered`);
  const calendar = calendarOf(actor.tenant);
  const entries = await entriesOfActor(db, actor.id);
  const live = revive(actor, await deadlinesOfActors(db, [actor.id]), registry);
  const today = localDate(Date.parse(now()), calendar);
  const moving = { actor: live, entries, to, plan, move, today, calendar };
  const made = relocate(moving);
  if ('why' in made) return { actor, made, diverges: null };
  try {
    const earlier = await earlierStates(db, actor.chart, entries);
    const rehearsed = (arrived: string) =>
      rehearse(entries, registry, to, { states: move.states, arrived, earlier });
    const diverges = rehearsed(made.step.text);
    const remembers = without(diverges?.fields ?? {}, move.context);
    if (Object.keys(remembers).length === 0) return { actor, made, diverges };
    const again = relocate({ ...moving, remembers });
    return { actor, made: again, diverges: 'why' in again ? null : rehearsed(again.step.text) };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    const says = {
      sv: `Loggen går inte att spela om: ${reason}`,
      en: `Its log cannot be replayed: ${reason}`,
    };
    return { actor, made: { why: 'fault', says }, diverges: null };
  }
}

const without = (fields: JsonObject, stated: object): JsonObject =>
  Object.fromEntries(Object.entries(fields).filter(([name]) => !Object.hasOwn(stated, name)));

/** What plans say of the states of an actor's chart, by the versions of the entries with which they have moved it. */
async function earlierStates(db: Db, chart: string, entries: readonly Entry[]) {
  const found = new Map<number, ChartMove['states']>();
  for (const { version, payload } of entries.filter((it) => it.type === MOVED)) {
    const { plan: id, from } = JSON.parse(payload) as MovedPayload;
    const plan = await findPlan(db, id);
    const { charts } = (plan ? JSON.parse(plan.data) : {}) as Partial<MovePlan>;
    const move = charts?.find((it) => it.chart === chart && it.from === from.version);
    if (move) found.set(version, move.states);
  }
  return found;
}

/** A municipality's part of a joint matter that goes on, of which others would stay on their old version. */
async function leftBehind(
  source: MoveSource,
  plan: HashedPlan,
  { id, parent }: StoredActor,
): Promise<Blocked | null> {
  const joint = plan.peers === 'alone' || parent === null ? null : await findActor(source.db, parent);
  if (joint?.chart !== 'joint-matter' || joint.ended) return null;
  const isThere = ({ chart, version }: Member) =>
    plan.charts.some((it) => it.chart === chart && it.to === version);
  const isConcerned = ({ id, tenant, chart, version: chartVersion }: Member) =>
    moveOf(plan, { chart, chartVersion }) !== undefined &&
    plan.municipalities.includes(tenant) &&
    (plan.matters?.includes(id) ?? true);
  const behind: Member[] = [];
  for (const it of await membersOf(source.db, joint.id))
    if (it.id !== id && !it.ended && !isThere(it))
      if (!isConcerned(it) || !(await preparedAlone(source, plan, it.id)).moves) behind.push(it);
  if (behind.length === 0) return null;
  const charts = [...new Set(behind.map((it) => `${it.chart}@${it.version}`))].join(', ');
  return {
    why: 'peers',
    says: {
      sv: `Det hör till ett gemensamt ärende som pågår, och planen flyttar inte alla de andras: ${charts}.`,
      en: `It belongs to a joint matter that goes on, and the plan does not move all the others: ${charts}.`,
    },
  };
}
