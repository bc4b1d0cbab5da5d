import type { Chart } from '../../machines/chart.ts';
import type { Engine } from '../engine/engine.ts';
import type { Sender } from '../engine/parse.ts';
import { notFound } from '../engine/refusal.ts';
import { type ActorView, viewActor } from '../views/actor.ts';
import { type Collection, collectionOf } from '../views/labels.ts';
import type { Source } from '../views/source.ts';

/**
 * The actor of that id in a collection; among the actors is every actor, records too.
 * @throws Refusal `notFound`, also for one that is in another collection.
 */
export async function actorIn(source: Source, collection: Collection, id: string): Promise<ActorView> {
  const view = await viewActor(source, id);
  if (!view || (collection !== 'actors' && view.collection !== collection)) throw notFound(id);
  return view;
}

/** Whether an actor on a chart is in a collection: among the actors is every actor. */
export const isIn =
  (collection: Collection) =>
  ({ name }: Pick<Chart, 'name'>): boolean =>
    collection === 'actors' || collectionOf(name) === collection;

/**
 * That whoever gets an answer again still sees what it is about.
 * @throws Refusal `notFound`.
 */
export async function assertIn(
  engine: Engine,
  sender: Sender,
  collection: Collection,
  id: string,
): Promise<void> {
  const actor = await engine.actor(id, sender);
  if (!actor || !isIn(collection)(actor.chart)) throw notFound(id);
}
