/** A dry run: what an actor would have done, had it been on the new version from its first day. */
import type { Chart, Effect, JsonObject, Received } from '../../../machines/chart.ts';
import type { Registry } from '../../../machines/registry.ts';
import type { Entry } from '../../store/entries.ts';
import { DEADLINE } from '../actor.ts';
import { canonical } from '../chain.ts';
import { explain } from '../explain.ts';
import { eventOf, type Taken, take } from '../happening.ts';
import type { Explanation } from '../refusal.ts';
import { type Folded, fold } from '../replay.ts';
import type { Snapshot } from '../transition.ts';
import { MOVED, type MovedPayload, moved } from './moved.ts';
import { isWithin, renamed } from './plan.ts';

/** The first entry at which the new version would have gone another way. */
export interface Divergence {
  readonly entry: Entry;
  /** The version that the entry was taken on. */
  readonly chart: Chart;
  readonly was: { readonly states: readonly string[]; readonly effects: readonly Effect[] };
  /** What would be taken now; null where the new version would not accept it, with the reason. */
  readonly would: { readonly states: readonly string[]; readonly effects: readonly Effect[] } | null;
  readonly refused: Pick<Explanation, 'says' | 'rule'> | null;
  /** What it would remember otherwise at the end, by field, where it took the same course; else empty. */
  readonly fields: JsonObject;
}

type Rename = (path: string) => string;
/** Old states and new ones, as a plan names them. */
type Renamed = Readonly<Record<string, string>>;

/**
 * Folds the whole log under the new version.
 * @param arrived the snapshot, canonical, that the move gives.
 * @param earlier what plans that have moved it before say of states, by the versions of those entries.
 * @returns null when the new version would have come to the very same.
 * @throws Error when the log does not fold under the versions that it names.
 */
export function rehearse(
  entries: readonly Entry[],
  registry: Registry,
  to: Chart,
  { states, arrived, earlier }: { states: Renamed; arrived: string; earlier: ReadonlyMap<number, Renamed> },
): Divergence | null {
  const names = renamesOf(entries, states, earlier);
  let before: Snapshot | null = null;
  let last: { folded: Folded; now: Pick<Taken, 'states' | 'effects' | 'text'> } | null = null;
  for (const [index, folded] of [...fold(entries, registry)].entries()) {
    if (before && folded.entry.type === MOVED) {
      const now = moved(to, before, statedIn(folded.entry));
      [before, last] = [now.snapshot, { folded, now }];
      continue;
    }
    const rename = names[index] ?? ((it) => it);
    const what = { ...folded.entry, payload: payloadIn(folded.entry, rename) };
    const made = attempted(to, folded, before, what);
    const now = 'says' in made ? null : made;
    const was = { states: folded.step.states.map(rename), effects: folded.step.effects };
    if (!now || !isSame(was, now))
      return { ...at(folded), would: now && told(now), refused: 'says' in made ? made : null, fields: {} };
    before = now.snapshot;
    last = { folded, now };
  }
  if (!last || last.now.text === arrived) return null;
  const fields = differing(last.now.text, arrived);
  return { ...at(last.folded), would: told(last.now), refused: null, fields };
}

const at = ({ entry, chart, step }: Folded) => ({ entry, chart, was: told(step) });
const told = ({ states, effects }: Pick<Taken, 'states' | 'effects'>) => ({ states, effects });

/** A plan may name a state as a whole: then the new version decides where within it one begins. */
const isSame = (was: Divergence['was'], { states, effects }: Taken): boolean =>
  was.states.every((outer) => states.some((it) => isWithin(it, outer))) &&
  states.every((it) => was.states.some((outer) => isWithin(it, outer))) &&
  canonical(was.effects) === canonical(effects);

/** What an earlier move stated, where the new version already is. */
function statedIn({ payload }: Entry): Parameters<typeof moved>[2] {
  const { context } = JSON.parse(payload) as MovedPayload;
  return { states: {}, context, deadlines: [] };
}

/**
 * How the states of each entry are called in the new version: by the moves that followed, then by the plan. The log has
 * of a move the states that were active; its plan has all.
 */
function renamesOf(
  entries: readonly Entry[],
  states: Renamed,
  earlier: ReadonlyMap<number, Renamed>,
): Rename[] {
  let rename: Rename = (path) => renamed(states, path);
  const names: Rename[] = [];
  for (const [index, entry] of [...entries.entries()].toReversed()) {
    names[index] = rename;
    if (entry.type !== MOVED) continue;
    const { states: active } = JSON.parse(entry.payload) as MovedPayload;
    const then = { ...earlier.get(entry.version), ...active };
    const later = rename;
    rename = (path) => later(renamed(then, path));
  }
  return names;
}

/** The payload of a deadline names the state that ran it. */
function payloadIn({ type, payload }: Entry, rename: Rename): string {
  if (!type.startsWith(DEADLINE)) return payload;
  const fields = JSON.parse(payload) as JsonObject;
  return canonical({ ...fields, state: rename(String(fields.state)) });
}

/** The step that the new version takes, or why it takes none. */
function attempted(
  to: Chart,
  { entry }: Folded,
  before: Snapshot | null,
  what: Entry,
): Taken | Pick<Explanation, 'says' | 'rule'> {
  const { actor: id, root, tenant } = entry;
  const { parent = null } = JSON.parse(entry.payload) as { parent?: string | null };
  try {
    const made = take(to, { id, parent, root, tenant }, before, what);
    return made ?? explained(to, before, eventOf(to, what));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return { says: { sv: `Den nya versionen fallerar: ${reason}`, en: reason }, rule: null };
  }
}

function explained(to: Chart, before: Snapshot | null, event: Received): Pick<Explanation, 'says' | 'rule'> {
  if (before && Object.hasOwn(to.events, event.type)) return explain(to, before, event, []);
  return {
    says: {
      sv: 'Den nya versionen känner inte till händelsen.',
      en: 'The new version does not know the event.',
    },
    rule: null,
  };
}

/** The fields that differ, as the one says them; what it does not have is null. */
function differing(one: string, other: string): JsonObject {
  const contextOf = (text: string) => (JSON.parse(text) as { context: JsonObject }).context;
  const [a, b] = [contextOf(one), contextOf(other)];
  const same = (name: string) => canonical(a[name] ?? null) === canonical(b[name] ?? null);
  const names = [...new Set([...Object.keys(a), ...Object.keys(b)])].filter((name) => !same(name)).sort();
  return Object.fromEntries(names.map((name) => [name, a[name] ?? null]));
}
