/** What waits for the viewer, and what is due. */
import type { Label } from '../../machines/label.ts';
import type { RuleId } from '../../machines/law/rules.ts';
import type { Role } from '../../machines/roles.ts';
import { type Grants, may, rolesOf } from '../access/grant.ts';
import { type Actor, contextOf, placeOf, revive } from '../engine/actor.ts';
import { due } from '../engine/due.ts';
import { findActors, type StoredActor } from '../store/actors.ts';
import { type Deadline, deadlinesOfActors, upcomingDeadlines } from '../store/deadlines.ts';
import { namesOf } from '../store/names.ts';
import { actorsIn, type WorkState } from '../store/waiting.ts';
import { isPossible } from './available.ts';
import {
  actorLabel,
  type Collection,
  collectionOf,
  type NamedEvent,
  type NamedState,
  namedEvent,
  namedState,
} from './labels.ts';
import { nothingToAppeal, staysUntil } from './nothing-to-appeal.ts';
import type { Source } from './source.ts';
import { statesAround, workOf } from './work.ts';

export interface DeskItem {
  readonly id: string;
  readonly root: string;
  readonly collection: Collection;
  readonly label: Label;
  readonly title: string;
  readonly number: string | null;
  readonly body: string | null;
  readonly municipality: string;
  readonly states: readonly NamedState[];
  /** The events that are work now and that the viewer may send. */
  readonly next: readonly NamedEvent[];
  /** The earliest deadline of the state that it is in. */
  readonly due: { readonly label: Label; readonly lastDay: string } | null;
  readonly overdue: boolean;
}

export interface DueItem {
  readonly id: string;
  readonly root: string;
  readonly collection: Collection;
  readonly actorLabel: Label;
  readonly title: string;
  readonly municipality: string;
  readonly label: Label;
  readonly rule: RuleId | null;
  readonly lastDay: string;
  readonly dueAt: string;
  readonly overdue: boolean;
}

export interface Desk {
  /** The oldest deadline first, then the oldest. */
  readonly waiting: readonly DeskItem[];
  /** The deadlines that run, the earliest first. */
  readonly due: readonly DueItem[];
}

export interface Viewer {
  readonly grants: Grants;
  /** Only this municipality. */
  readonly municipality?: string | undefined;
}

/** Of more waiting than this the desk shows those with the earliest deadlines. */
const MAX_EXAMINED = 500;

export async function desk(
  source: Source,
  { grants, municipality }: Viewer,
  { limit, offset }: { limit: number; offset: number },
): Promise<Desk> {
  const ids = await actorsIn(
    source.db,
    source.scope,
    statesFor(source, rolesOf(grants)),
    municipality,
    MAX_EXAMINED,
  );
  const deadlines = Map.groupBy(await deadlinesOfActors(source.db, ids), (it) => it.actor);
  const found = new Map((await findActors(source.db, ids)).map((it) => [it.id, it]));
  const waiting: Waiting[] = [];
  for (const id of ids) {
    const stored = found.get(id);
    const item = stored && deskItem(source, stored, deadlines.get(id) ?? [], grants);
    if (item) waiting.push(item);
  }
  const sorted = waiting.sort((a, b) => (a.dueAt < b.dueAt ? -1 : a.dueAt > b.dueAt ? 1 : 0));
  return {
    waiting: sorted.slice(offset, offset + limit).map((it) => it.item),
    due: await dueItems(source, municipality, limit),
  };
}

/** The states in which someone in these roles may have something to do. */
function statesFor({ registry }: Source, roles: readonly Role[]): WorkState[] {
  const states = registry.all().flatMap((chart) =>
    [...workOf(chart)].flatMap(([leaf, events]) => {
      const permitted = events.some((type) => chart.events[type]?.by.some((role) => roles.includes(role)));
      return permitted ? [{ chart: chart.name, leaf }] : [];
    }),
  );
  return [...new Map(states.map((it) => [`${it.chart} ${it.leaf}`, it])).values()];
}

interface Waiting {
  readonly item: DeskItem;
  /** Of the earliest deadline; what sorts last where there is none. */
  readonly dueAt: string;
}

const NEVER = '~';

/** Null when nothing is to be done, or not by the viewer. */
function deskItem(
  source: Source,
  stored: StoredActor,
  deadlines: readonly Deadline[],
  grants: Grants,
): Waiting | null {
  const actor = revive(stored, deadlines, source.registry);
  const { chart } = actor;
  const work = stored.states.flatMap((leaf) => workOf(chart).get(leaf) ?? []);
  const place = placeOf(actor, source.registerOf(stored.tenant));
  const permitted = (type: string) => may(grants, place, chart.events[type]?.by ?? [], type);
  const next = work.filter((type) => permitted(type) && isPossible(actor, type));
  if (next.length === 0) return null;
  const [first] = deadlinesOf(source, actor, stored.states);
  const { id, root, title, number, body, tenant } = stored;
  const item = {
    id,
    root,
    collection: collectionOf(chart.name),
    label: actorLabel(chart, stored),
    title,
    number,
    body,
    municipality: tenant,
    states: stored.states.map((path) => namedState(chart, path)),
    next: next.map((type) => namedEvent(chart, type)),
    due: first ? { label: first.label, lastDay: first.lastDay } : null,
    overdue: first !== undefined && first.dueAt <= source.now(),
  };
  return { item, dueAt: first?.dueAt ?? NEVER };
}

/**
 * The deadlines of the states that an actor is in, the earliest first: those that run, and those that have fired
 * without moving it on, by the date that they count from.
 */
function deadlinesOf(source: Source, { chart, self, snapshot, deadlines }: Actor, leaves: readonly string[]) {
  const context = contextOf({ snapshot });
  const calendar = source.calendarOf(self.tenant);
  const states = leaves.flatMap((leaf) => statesAround(chart, leaf));
  const found = states.flatMap(({ path, data }) =>
    Object.keys(data.after ?? {}).flatMap((name) => {
      const rule = chart.deadlines[name];
      const running = deadlines.find((it) => it.state === path && it.name === name);
      const at = running ?? (rule?.from && due(chart, name, context, '', calendar));
      return rule && at ? [{ label: rule.label, lastDay: at.lastDay, dueAt: at.dueAt }] : [];
    }),
  );
  return found.sort((a, b) => (a.dueAt < b.dueAt ? -1 : a.dueAt > b.dueAt ? 1 : 0));
}

async function dueItems(source: Source, tenant: string | undefined, limit: number): Promise<DueItem[]> {
  const deadlines = await upcomingDeadlines(source.db, source.scope, tenant, limit);
  const names = await namesOf(source.db, source.scope, [
    ...new Set(deadlines.flatMap((it) => [it.actor, it.root])),
  ]);
  const notices = [...names.values()].filter((it) => it.chart === 'notice');
  const quiet = await nothingToAppeal(
    source,
    await findActors(
      source.db,
      notices.map((it) => it.id),
    ),
  );
  const now = source.now();
  return deadlines.flatMap(({ actor, root, name, tenant: of, lastDay, dueAt }) => {
    const named = names.get(actor);
    const chart = named && source.registry.latest(named.chart);
    if (!chart) return [];
    const rule = quiet.has(actor) ? staysUntil : chart.deadlines[name];
    return {
      id: actor,
      root,
      collection: collectionOf(names.get(root)?.chart ?? ''),
      actorLabel: actorLabel(chart, named),
      title: named.title,
      municipality: of,
      label: rule?.label ?? { sv: name, en: name },
      rule: rule?.rule ?? null,
      lastDay,
      dueAt,
      overdue: dueAt <= now,
    };
  });
}
