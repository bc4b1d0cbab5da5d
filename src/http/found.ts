import { Refusal } from '../engine/refusal.ts';
import { type ActorView, viewActor } from '../views/actor.ts';
import type { Collection } from '../views/labels.ts';
import type { Source } from '../views/source.ts';

export const notFound = (id: string): Refusal =>
  new Refusal('notFound', { sv: `Det finns inget ${id} här.`, en: `There is no ${id} here.` });

/**
 * The actor of that id in a collection; among the actors is every actor, records too.
 * @throws Refusal `notFound`, also for one that is in another collection.
 */
export async function actorIn(source: Source, collection: Collection, id: string): Promise<ActorView> {
  const view = await viewActor(source, id);
  if (!view || (collection !== 'actors' && view.collection !== collection)) throw notFound(id);
  return view;
}
