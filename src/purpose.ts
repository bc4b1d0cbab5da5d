/** A database is for a demonstration or for real matters, and stays so. */
import type { Database } from '../db/open.ts';
import { anyActor } from './store/actors.ts';
import { type Purpose, purposeOf, setPurpose } from './store/installation.ts';

/**
 * Takes a database for a purpose. One with matters of which nothing is said is a demonstration's: there was nothing
 * else when it was made.
 * @throws Error for a database that is for something else: a demonstration would open real matters to anyone, and a
 * real server would take the demonstration's for real.
 */
export async function claim(db: Database, purpose: Purpose): Promise<void> {
  const said = await purposeOf(db.writer);
  const isFor = said ?? ((await anyActor(db.writer)) ? 'demo' : purpose);
  await setPurpose(db.writer, isFor);
  if ((await purposeOf(db.writer)) === purpose) return;
  throw new Error(
    purpose === 'demo'
      ? 'Databasen har verkliga ärenden och öppnas inte som demonstration. Ange LIVE=true, eller en annan databas.\n' +
          'The database has real matters and is not opened as a demonstration. State LIVE=true, or another database.'
      : 'Databasen är en demonstrations. Ange en annan databas.\n' +
          "The database is a demonstration's. State another database.",
  );
}
