/** The path of an actor drawn on the chart that drove it. */
import { type Chart, stateLabel } from '../../machines/chart.ts';
import type { Label } from '../../machines/label.ts';
import { hashOfChart } from '../engine/definitions.ts';
import type { CounterStep } from '../engine/refusal.ts';
import { seenActor } from '../store/actors.ts';
import { chartOf } from './actor.ts';
import { joined } from './labels.ts';
import { movesIn, paintedOn } from './moved-path.ts';
import { type Path, pathOf } from './path.ts';
import { chartGraph, type Naming } from './picture/graph.ts';
import { type Layout, layoutChart } from './picture/layout.ts';
import { paint } from './picture/paint.ts';
import type { Source } from './source.ts';

export type Language = keyof Label;

/** Layouts kept in memory, the least recently used goes first: more than the definitions of one server. */
const MAX_LAYOUTS = 200;
/** By definition and language. The promise is kept, so that requests at the same time lay out once. */
const layouts = new Map<string, Promise<Layout>>();

/**
 * The version of its chart that the actor ran on then, with its own path, as a complete `<svg>` element; null when
 * there is no such actor. The badges carry the numbers that `pathOf` gives for the same actor and instant.
 * @throws RangeError when `until` is not an instant, or when the chart is too large to draw.
 */
export async function drawPath(
  source: Source,
  actor: string,
  language: Language,
  until?: string,
): Promise<string | null> {
  const stored = await seenActor(source.db, source.scope, actor);
  const path = stored && (await pathOf(source, stored.root, { actor, until }));
  if (!path) return null;
  const { registry } = source;
  const chart = registry.find(path.chart.name, path.chart.version) ?? chartOf(registry, stored);
  const painted = paintedOn(chart, registry, path);
  return paint(await layoutOf(chart, language), painted, { ...captions(path, language), language });
}

/**
 * A route's chart as a complete `<svg>` element, with a path that shows what is wrong with it where there is one. The
 * badges are the numbers of the steps.
 * @throws RangeError when the chart is too large to draw.
 */
export async function drawRoute(
  chart: Chart,
  path: readonly CounterStep[],
  language: Language,
): Promise<string> {
  const numbered = path.map(({ transitions }, index) => ({ number: index + 1, transitions }));
  const visited = path.flatMap(({ states, transitions }) => [...states, ...transitions.map(sourceOf)]);
  const current = path.findLast(({ states }) => states.length > 0)?.states ?? [];
  const description = {
    sv: path.length > 0 ? `En väg i ${path.length} steg som visar felet.` : 'Vägen.',
    en: path.length > 0 ? `A path of ${path.length} steps that shows the fault.` : 'The route.',
  };
  return paint(
    await layoutOf(chart, language),
    { steps: numbered, current, visited: [...new Set(visited)] },
    { title: chart.label[language], description: description[language], language },
  );
}

/** A state that a step only passed is known by the transition that left it. */
const sourceOf = (transition: string): string => transition.slice(0, transition.indexOf('>'));

function captions(path: Path, language: Language) {
  const { chart, title, steps, current } = path;
  const here = joined(
    current.map((it) => it.label),
    ', ',
  )[language];
  const description = {
    sv: `${steps.length} steg. Nu: ${here || 'inte startad'}.${movesIn(path).sv}`,
    en: `${steps.length} steps. Now: ${here || 'not started'}.${movesIn(path).en}`,
  };
  return { title: `${chart.label[language]}: ${title}`, description: description[language] };
}

function layoutOf(chart: Chart, language: Language): Promise<Layout> {
  const key = `${hashOfChart(chart)} ${language}`;
  const layout = layouts.get(key) ?? layoutChart(chartGraph(chart.machine, namingOf(chart, language)));
  layouts.delete(key);
  layouts.set(key, layout);
  layout.catch(() => layouts.delete(key));
  const oldest = layouts.keys().next();
  if (layouts.size > MAX_LAYOUTS && !oldest.done) layouts.delete(oldest.value);
  return layout;
}

const namingOf = (chart: Chart, language: Language): Naming => ({
  state: (path) => (path === '' ? chart.label : stateLabel(chart, path))[language],
  event: (type) => (eventLabel(chart, type) ?? { sv: type, en: type })[language],
});

const AFTER = 'after:';

function eventLabel(chart: Chart, type: string): Label | undefined {
  if (type === 'done') return { sv: 'klart', en: 'done' };
  return (type.startsWith(AFTER) ? chart.deadlines[type.slice(AFTER.length)] : chart.events[type])?.label;
}
