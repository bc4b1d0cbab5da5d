/**
 * What a record says of another that is marked as confidential: a meeting of its items, a matter of one that it
 * has taken up, a joint matter of its members. It was written before the mark, or by those who see it, and a log is not
 * changed; so what is shown of it is laid over with `{ "confidential": true }` for whoever does not see the other.
 */
import type { Json, JsonObject } from '../../machines/chart.ts';
import { canonical } from '../engine/chain.ts';
import { actorsNamedIn } from '../engine/named.ts';
import { concealedAmong } from '../store/concealed.ts';
import type { Source } from './source.ts';

const MUNICIPALITY = /"municipality":"([a-z0-9-]+)"/g;

/** What may be known of an item all the same: that it was there. */
const known: readonly string[] = ['paragraph', 'standing', 'municipality'];

export interface Veil {
  /** A context, of which every field is looked at by itself. */
  context(of: JsonObject): JsonObject;
  /** What an event said. */
  payload(of: JsonObject): JsonObject;
  /** The same as it is stored: canonical JSON. */
  text(of: string): string;
  /** In which circumstances it was said, as they are stored: without the sender, where that is another record. */
  circumstances(of: string): string;
}

const none: Veil = {
  context: (it) => it,
  payload: (it) => it,
  text: (it) => it,
  circumstances: (it) => it,
};

/**
 * The veil over what a record and its parts say.
 * @param record its id.
 * @param texts all that is to be shown, as JSON.
 */
export async function veilOver(
  { db, scope }: Pick<Source, 'db' | 'scope'>,
  record: string,
  texts: readonly string[],
): Promise<Veil> {
  if (scope === 'everything') return none;
  const named = new Set(texts.flatMap((it) => namedIn(it, record)));
  named.delete(record);
  const concealed = new Set(await concealedAmong(db, scope, [...named]));
  return concealed.size === 0 ? none : veilOf(concealed, record);
}

/** The ids in a text, and those of the members of a joint matter, which it names by their municipalities. */
const namedIn = (text: string, record: string): string[] => [
  ...actorsNamedIn(text),
  ...[...text.matchAll(MUNICIPALITY)].map(([, municipality]) => `${record}.${municipality}`),
];

function veilOf(concealed: ReadonlySet<string>, record: string): Veil {
  const isConcealed = (it: Json): boolean => typeof it === 'string' && concealed.has(it);
  const tells = (it: JsonObject): boolean =>
    Object.values(it).some(isConcealed) || isConcealed(`${record}.${it.municipality}`);
  const inPlace = (it: Json): Json => {
    if (isConcealed(it)) return null;
    if (Array.isArray(it)) return it.filter((each) => !isConcealed(each)).map(inPlace);
    return it !== null && typeof it === 'object' ? payload(it as JsonObject) : it;
  };
  // What members have decided stands by their municipalities, too.
  const isOfConcealed = (name: string): boolean => concealed.has(`${record}.${name}`);
  const context = (of: JsonObject): JsonObject =>
    Object.fromEntries(
      Object.entries(of).flatMap(([name, it]) => (isOfConcealed(name) ? [] : [[name, inPlace(it)]])),
    );
  const payload = (of: JsonObject): JsonObject =>
    tells(of)
      ? {
          ...Object.fromEntries(Object.entries(of).filter(([name]) => known.includes(name))),
          confidential: true,
        }
      : context(of);
  const stored = (shown: (of: JsonObject) => JsonObject) => (it: string) =>
    canonical(shown(JSON.parse(it) as JsonObject));
  return { context, payload, text: stored(payload), circumstances: stored(context) };
}
