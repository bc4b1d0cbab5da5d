/**
 * The chain of publications: the record of each hashes the one before it, so that none can be changed, removed or put
 * in between without the rest no longer fitting. Whoever keeps the last record elsewhere can show the same of it.
 */
import type { StoredRoute } from '../store/routes.ts';
import { canonical, GENESIS, sha256 } from './chain.ts';

type Published = Omit<StoredRoute, 'number' | 'prev' | 'record'>;

/** The next publication in the chain. */
export function published(before: StoredRoute | undefined, it: Published): StoredRoute {
  const linked = { ...it, number: (before?.number ?? 0) + 1, prev: before?.record ?? GENESIS };
  return { ...linked, record: sha256(canonical(linked)) };
}

/**
 * @param ever how many publications there have ever been.
 * @throws Error naming the first that is not what was published, or that publications are missing.
 */
export function assertChained(all: readonly StoredRoute[], ever: number): void {
  let before: StoredRoute | undefined;
  for (const it of all) {
    const { number: _, prev: __, record: ___, ...content } = it;
    const expected = published(before, content);
    if (canonical(expected) !== canonical(it))
      throw new Error(
        `publication ${it.number}, of ${it.municipality}/${it.name}, is not the one that was recorded`,
      );
    before = it;
  }
  if (all.length !== ever) throw new Error(`${ever - all.length} of ${ever} publications have been removed`);
}
