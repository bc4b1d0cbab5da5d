/**
 * A server whose writes are traced: `node child.ts FILE ACKS full|normal`. It appends the text of each note to ACKS
 * once it is acknowledged, and ends without closing anything.
 */
import { openSync, writeSync } from 'node:fs';
import { sql } from 'kysely';
import { openEngine } from '../fixtures/engine.ts';

/** `full`: as the server is. `normal`: SQLite does not ask for each commit to be on the disk. */
export type Mode = 'full' | 'normal';

const [filename = '', acks = '', mode = 'full'] = process.argv.slice(2);
const LOOPS = 4;
const NOTES = 150;

const bench = await openEngine({ filename });
if (mode === 'normal') await sql`pragma synchronous = 1`.execute(bench.db.writer);
const told = openSync(acks, 'a');

async function load(loop: number): Promise<void> {
  const actor = await bench.start('letter', { title: `Letter ${loop}` });
  for (let n = 0; n < NOTES; n++) {
    const text = `${loop}-${n}`;
    await bench.send(actor, 'letter.note', { text });
    writeSync(told, `${text}\n`);
  }
}

await Promise.all(Array.from({ length: LOOPS }, (_, loop) => load(loop)));
process.exit(0);
