/** A path through several versions of a chart, as it is drawn on the last of them. */
import type { Chart } from '../../machines/chart.ts';
import { type Taken, transitionsById } from '../../machines/law/taken.ts';
import type { Registry } from '../../machines/registry.ts';
import { MOVED, type MovedPayload } from '../engine/moves/moved.ts';
import { renamed } from '../engine/moves/plan.ts';
import type { Path, PathStep } from './path.ts';
import type { PaintedPath } from './picture/paint.ts';

type Rename = (path: string) => string;

/**
 * The states and transitions of the path by the names of its chart. A transition of an earlier version that the chart
 * has no more, or that leads elsewhere in it, is not drawn: the table tells of it.
 */
export function paintedOn(chart: Chart, registry: Registry, { steps, current }: Path): PaintedPath {
  const names = renamesOf(steps);
  const drawn = steps.map((step, index) => {
    const rename = names[index] ?? unchanged;
    const old = registry.find(chart.name, step.chartVersion) ?? chart;
    const transitions = step.transitions.flatMap((id) => sameTransition(id, { old, chart, rename }));
    const sources = step.transitions.map((id) => rename(sourceOf(id)));
    const visited = [...step.to.map((it) => rename(it.path)), ...sources];
    return { number: step.number, transitions, visited };
  });
  return {
    steps: drawn.map(({ number, transitions }) => ({ number, transitions })),
    current: current.map((it) => it.path),
    visited: [...new Set(drawn.flatMap((it) => it.visited))],
  };
}

const unchanged: Rename = (path) => path;

/** How the states of each step are called in the end: by the moves that followed it. */
function renamesOf(steps: readonly PathStep[]): Rename[] {
  let rename = unchanged;
  const names: Rename[] = [];
  for (const [index, step] of [...steps.entries()].toReversed()) {
    names[index] = rename;
    if (step.event.type !== MOVED) continue;
    const { states } = step.payload as unknown as MovedPayload;
    const later = rename;
    rename = (path) => later(renamed(states, path));
  }
  return names;
}

/** A state that a step only passed is known by the transition that left it. */
const sourceOf = (transition: string): string => transition.slice(0, transition.indexOf('>'));

interface Between {
  readonly old: Chart;
  readonly chart: Chart;
  readonly rename: Rename;
}

function sameTransition(id: string, { old, chart, rename }: Between): string[] {
  if (old === chart) return [id];
  const source = sourceOf(id);
  const now = rename(source) + id.slice(source.length);
  const [was, is] = [transitionsById(old).get(id), transitionsById(chart).get(now)];
  const targets = (it: Taken | undefined, by: Rename) => it?.targets.map(by).join(' ');
  return targets(was, rename) === targets(is, unchanged) ? [now] : [];
}

/** The moves of a path, in words for its picture; empty where there are none. */
export const movesIn = ({ steps }: Path): { sv: string; en: string } => {
  const moves = steps.filter((it) => it.event.type === MOVED);
  return {
    sv: moves.map((it) => ` ${it.event.label.sv} i steg ${it.number}.`).join(''),
    en: moves.map((it) => ` ${it.event.label.en} at step ${it.number}.`).join(''),
  };
};
