import type { Registry } from '../../machines/registry.ts';
import type { Accepted } from '../engine/command.ts';
import { namedState } from '../views/labels.ts';

/** The answer to a change: the version and the states that the change itself gave, also when it is told again. */
export function changedBy(registry: Registry, { actor: id, version, at, command, ...now }: Accepted) {
  const chart = registry.get(now.chart, now.chartVersion, id);
  return { id, version, at, command, states: now.states.map((path) => namedState(chart, path)) };
}
