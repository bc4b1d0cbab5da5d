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

/** That the sender sees an actor of that id in a collection, as cheaply as can be known. @throws Refusal `notFound`. */
export async function assertIn(
  engine: Engine,
  sender: Sender,
  collection: Collection,
  id: string,
): Promise<void> {
  const actor = await engine.actor(id, sender);
  if (!actor || (collection !== 'actors' && collectionOf(actor.chart.name) !== collection))
    throw notFound(id);
}
