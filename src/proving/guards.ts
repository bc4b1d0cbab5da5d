/** Asks a chart's guards what they let through: cheaper than asking XState, and it shows what XState does not. */
import {
  type Chart,
  conjuncts,
  type Guard,
  type JsonObject,
  type Named,
  type Received,
} from '../../machines/chart.ts';
import type { Snapshot } from '../engine/transition.ts';

export interface Let {
  /** Some transition of an active state is open for the event. */
  readonly through: boolean;
  /** Paths of the states that have several guarded transitions open: which is taken hangs on their order alone. */
  readonly ambiguous: readonly string[];
}

/** Which transitions are open for an event. Throws what a guard throws. */
export function lets(chart: Chart, snapshot: Snapshot, event: Received): Let {
  const ambiguous: string[] = [];
  let through = false;
  for (const node of snapshot._nodes) {
    const open = (node.transitions.get(event.type) ?? []).filter(
      ({ guard }) => !guard || holds(chart, guard as Named | string, snapshot, event),
    );
    if (open.length > 0) through = true;
    if (open.filter(({ guard }) => guard).length > 1) ambiguous.push(node.path.join('.'));
  }
  return { through, ambiguous };
}

/** Of each transition for an event that is refused, the first guard that stands in its way: the nearest to passing last. */
export function unmet(chart: Chart, snapshot: Snapshot, event: Received): readonly Guard[] {
  const refused = snapshot._nodes
    .flatMap((node) => [...(node.transitions.get(event.type) ?? [])])
    .flatMap(({ guard }) => (guard ? [guard as Named | string] : []))
    .map((guard) => {
      const named = conjuncts(typeof guard === 'string' ? { type: guard } : guard);
      return { passed: named.findIndex((it) => !holds(chart, it, snapshot, event)), named };
    })
    .filter(({ passed }) => passed >= 0)
    .sort((a, b) => a.passed - b.passed);
  return refused.flatMap(({ passed, named }) => chart.guards[named[passed]?.type ?? ''] ?? []);
}

function holds({ guards }: Chart, guard: Named | string, snapshot: Snapshot, event: Received): boolean {
  const named = typeof guard === 'string' ? { type: guard } : guard;
  return conjuncts(named).every((it) =>
    guards[it.type]?.holds(snapshot.context as JsonObject, event, it.params ?? {}),
  );
}
