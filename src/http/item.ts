import { notFound } from '../engine/refusal.ts';
import type { Services } from '../services.ts';
import { viewRecord } from '../views/actor.ts';
import { unlistedAt } from '../views/deferred.ts';
import type { Collection } from '../views/labels.ts';
import type { Source } from '../views/source.ts';
import { warningsOf } from '../views/warnings.ts';
import { actorIn } from './found.ts';

/** An actor with all that belongs to it, and what looks wrong. @throws Refusal `notFound`. */
export async function itemIn(
  source: Source,
  { municipalities }: Services,
  collection: Collection,
  id: string,
) {
  const { record, parts } = await withParts(source, collection, id);
  const municipality = municipalities.find((it) => it.id === record.municipality);
  const warnings = municipality
    ? warningsOf(record, parts, municipality, await unlistedAt(source, record))
    : [];
  return { ...record, parts, warnings };
}

async function withParts(source: Source, collection: Collection, id: string) {
  const found = await viewRecord(source, id);
  if (!found) return { record: await actorIn(source, collection, id), parts: [] };
  if (collection !== 'actors' && found.record.collection !== collection) throw notFound(id);
  return found;
}
