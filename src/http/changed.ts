import type { Accepted } from '../engine/command.ts';
import { viewActor } from '../views/actor.ts';
import { pathOf } from '../views/path.ts';
import type { Source } from '../views/source.ts';

/** The answer to a change: the version and the states that the change itself gave, also when it is told again. */
export async function changedBy(source: Source, { actor: id, version, at, command }: Accepted) {
  const view = await viewActor(source, id);
  if (view?.version === version) return { id, version, at, command, states: view.states };
  const path = view && (await pathOf(source, view.root, { actor: id }));
  const states = path?.steps.find((it) => it.version === version)?.to ?? [];
  return { id, version, at, command, states };
}
