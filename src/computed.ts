/** What the build has computed (`build.ts`), which the program would otherwise compute at each start. */
import { readFileSync } from 'node:fs';
import type { Hashes } from './engine/definitions.ts';

/** Where it stands beside the built program. */
export const HASHES = 'hashes.json';

/** The hashes of the charts that are built in; none for a program that runs from its sources. */
export function computedHashes(): Hashes {
  try {
    return JSON.parse(readFileSync(new URL(HASHES, import.meta.url), 'utf8')) as Hashes;
  } catch {
    return {};
  }
}
