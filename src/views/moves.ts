/** What a plan would make of each matter, in words. */
import type { Chart, Effect } from '../../machines/chart.ts';
import type { Label } from '../../machines/label.ts';
import type { RuleId } from '../../machines/law/rules.ts';
import type { Registry } from '../../machines/registry.ts';
import type { Blocked } from '../engine/moves/blocked.ts';
import type { MovePlan, Policy } from '../engine/moves/plan.ts';
import { elsewhere, type Part, type Prepared } from '../engine/moves/prepare.ts';
import type { Divergence } from '../engine/moves/rehearse.ts';
import { previewOf } from '../engine/moves/selection.ts';
import { seenActor } from '../store/actors.ts';
import { chartOf } from './actor.ts';
import {
  actorLabel,
  joined,
  type NamedChart,
  type NamedEvent,
  type NamedState,
  namedChart,
  namedEvent,
  namedState,
} from './labels.ts';
import type { Source } from './source.ts';

export interface DivergenceView {
  /** The entry of the actor's own log, and the local day. */
  readonly version: number;
  readonly on: string;
  readonly event: NamedEvent;
  readonly says: Label;
  /** The rule by which the new version would have refused it. */
  readonly rule: RuleId | null;
}

export interface MovedPart {
  readonly actor: string;
  readonly label: Label;
  readonly chart: NamedChart;
  /** The version to which it would be moved. */
  readonly to: number;
  readonly from: readonly NamedState[];
  /** Where it would go on; empty where it is blocked. */
  readonly states: readonly NamedState[];
  /** Fields with which it would go on as the new version remembers them of the same log. */
  readonly remembers: readonly string[];
  readonly deadlines: readonly {
    readonly name: string;
    readonly label: Label;
    readonly policy: Policy;
    /** The last day before and after; null where it does not run. */
    readonly before: string | null;
    readonly lastDay: string | null;
  }[];
  readonly blocked: Blocked | null;
  readonly diverges: DivergenceView | null;
}

export interface MovePreview extends Omit<Prepared, 'parts' | 'root'> {
  readonly id: string;
  readonly title: string | null;
  readonly number: string | null;
  readonly parts: readonly MovedPart[];
}

export interface PreviewPage {
  readonly matters: readonly MovePreview[];
  /** The record after which the next page begins; null after the last. */
  readonly next: string | null;
}

/** What a plan would make of the records after a given one, by their ids. Nothing is moved. */
export async function previewOfPlan(
  source: Source,
  { plan, hash }: { readonly plan: MovePlan; readonly hash: string },
  after: string,
  limit: number,
): Promise<PreviewPage> {
  const prepared = await previewOf(source, { ...plan, hash }, after, limit);
  const matters: MovePreview[] = [];
  for (const it of prepared) matters.push(await previewView(source, it, plan));
  return { matters, next: prepared.length < limit ? null : (prepared.at(-1)?.root ?? null) };
}

async function previewView(
  { db, scope, registry }: Source,
  { root, outcome, moves, blocked, parts }: Prepared,
  plan: MovePlan,
): Promise<MovePreview> {
  const record = await seenActor(db, scope, root);
  if (!record) return { ...unseen, id: root };
  return {
    id: root,
    title: record.title,
    number: record.number,
    outcome,
    moves,
    blocked,
    parts: parts.map((it) => partView(registry, it, versionTo(plan, it.actor))),
  };
}

const unseen = {
  title: null,
  number: null,
  outcome: 'blocked',
  moves: false,
  blocked: elsewhere,
  parts: [],
} as const;

const versionTo = ({ charts }: MovePlan, { chart, chartVersion }: Part['actor']): number =>
  charts.find((it) => it.chart === chart && it.from === chartVersion)?.to ?? chartVersion;

function partView(registry: Registry, { actor, made, diverges }: Part, to: number): MovedPart {
  const old = chartOf(registry, actor);
  const next = registry.find(actor.chart, to) ?? old;
  const moved = 'payload' in made ? made : null;
  return {
    actor: actor.id,
    label: actorLabel(old, actor),
    chart: namedChart(old),
    to,
    from: actor.states.map((path) => namedState(old, path)),
    states: moved?.step.states.map((path) => namedState(next, path)) ?? [],
    remembers: Object.keys(moved?.payload.remembers ?? {}),
    deadlines:
      moved?.payload.deadlines.map(({ name, policy, before, lastDay }) => ({
        name,
        label: (next.deadlines[name] ?? old.deadlines[name])?.label ?? { sv: name, en: name },
        policy,
        before,
        lastDay,
      })) ?? [],
    blocked: 'why' in made ? made : null,
    diverges: diverges && divergenceView(registry, next, diverges),
  };
}

function divergenceView(registry: Registry, next: Chart, it: Divergence): DivergenceView {
  const event = namedEvent(it.chart, it.entry.type);
  const { on } = JSON.parse(it.entry.meta) as { on: string };
  const at = {
    sv: `Vid post ${it.entry.version} (”${event.label.sv}”, ${on})`,
    en: `At entry ${it.entry.version} ("${event.label.en}", ${on})`,
  };
  const rule = it.refused?.rule ?? null;
  const says = joined([at, courseOf(registry, it, it.chart, next)], ' ');
  return { version: it.entry.version, on, event, says, rule };
}

/** What was taken then, and what would be taken now. */
function courseOf(
  registry: Registry,
  { was, would, refused, fields }: Divergence,
  old: Chart,
  next: Chart,
): Label {
  const here = statesIn(next, was.states, old);
  if (!would)
    return {
      sv: `gick det till ”${here.sv}”; den nya versionen hade inte tagit emot det: ${refused?.says.sv ?? ''}`,
      en: `it went to "${here.en}"; the new version would not have accepted it: ${refused?.says.en ?? ''}`,
    };
  const other = Object.keys(fields).join(', ');
  if (other !== '')
    return {
      sv: `och dessförinnan hade den nya versionen gått samma väg, men mints annat: ${other}.`,
      en: `and before the new version would have gone the same way, but remember otherwise: ${other}.`,
    };
  const there = statesIn(next, would.states, old);
  if (here.sv !== there.sv)
    return {
      sv: `gick det till ”${here.sv}”; den nya versionen hade gått till ”${there.sv}”.`,
      en: `it went to "${here.en}"; the new version would have gone to "${there.en}".`,
    };
  const [said, say] = [effectsIn(registry, was.effects), effectsIn(registry, would.effects)];
  return {
    sv: `följde: ${said.sv || 'ingenting'}; den nya versionen hade gett: ${say.sv || 'ingenting'}.`,
    en: `what followed was: ${said.en || 'nothing'}; of the new version it would have been: ${say.en || 'nothing'}.`,
  };
}

/** States by the new version's names; by the old one's where it lacks them. */
const statesIn = (next: Chart, states: readonly string[], old: Chart): Label => {
  const isThere = (path: string) =>
    path.split('.').reduce<Chart['data'] | undefined>((state, key) => state?.states?.[key], next.data);
  return joined(
    states.map((path) => namedState(isThere(path) ? next : old, path).label),
    ', ',
  );
};

const effectsIn = (registry: Registry, effects: readonly Effect[]): Label =>
  joined(
    effects.map((it) => {
      if (it.kind === 'publish') return { sv: `utskick ”${it.topic}”`, en: `publishing "${it.topic}"` };
      if (it.kind === 'tell')
        return {
          sv: `”${it.event.type}” till ${it.to.join(', ')}`,
          en: `"${it.event.type}" to ${it.to.join(', ')}`,
        };
      const { sv, en } = registry.latest(it.chart)?.label ?? { sv: it.chart, en: it.chart };
      return { sv: `${sv.toLowerCase()} startas`, en: `a ${en.toLowerCase()} is started` };
    }),
    '; ',
  );
