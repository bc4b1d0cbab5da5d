/** A delegation for a single matter is for one of the municipality's own. */
import type { Start } from '../engine/command.ts';
import { noReceiver } from '../engine/refusal.ts';
import { findActor } from '../store/actors.ts';
import { collectionOf } from './labels.ts';
import type { Archive } from './source.ts';

/** @throws Refusal `refused`, in the words in which the engine refuses a matter that the sender does not see. */
export async function assertSingleMatter(
  { db }: Pick<Archive, 'db'>,
  { chart, tenant, input: { matter } }: Pick<Start, 'chart' | 'tenant' | 'input'>,
): Promise<void> {
  if (chart !== 'delegation' || typeof matter !== 'string') return;
  const named = await findActor(db, matter);
  if (named?.tenant !== tenant || collectionOf(named.chart) !== 'matters') throw noReceiver(matter);
}
