import { realpath } from 'node:fs/promises';
import type { OpenSqlite } from './dialect.ts';

/** That another process holds a file. */
export class Held extends Error {
  override readonly name = 'Held';
}

/**
 * Holds a file that only one process can hold: a second server on the same database is refused. The lock is
 * SQLite's own, so the operating system releases it when the process dies.
 * @returns what releases it.
 * @throws Held
 */
export async function lockFile(open: OpenSqlite, filename: string): Promise<() => Promise<void>> {
  const file = await realpath(filename).catch(() => filename);
  const lock = await open(`${file}.lock`, 'write');
  try {
    await lock.query(false, 'begin exclusive', []);
  } catch (error) {
    await lock.close();
    if (String(error).includes('locked'))
      throw new Held(
        `en annan server går redan på ${filename} / another server is already running on ${filename}`,
      );
    throw error;
  }
  return async () => {
    await lock.close();
  };
}
