/**
 * A server whose writes are traced: `node child.ts FOLDER MODE NOTES`. It begins in an empty folder, starts again half
 * way, copies its database, and ends without closing anything. A line of `acks` is written for each command that is
 * acknowledged (`Ack` as JSON), and for the copy once it is made.
 */
import { openSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { sql } from 'kysely';
import type { JsonObject } from '../../machines/chart.ts';
import { copyDurably } from '../../src/commands/backup.ts';
import type { Accepted, Idempotency } from '../../src/engine/command.ts';
import { Refusal } from '../../src/engine/refusal.ts';
import { anna, openEngine } from '../fixtures/engine.ts';

/**
 * `full`: as the server is. `normal`: SQLite does not ask for each commit to be on the disk. `failing`: many a write
 * and many a sync fails, and what fails is sent again. `large`: much is written, so that the log before the file is
 * moved into it, and begins again, several times.
 */
export type Mode = 'full' | 'normal' | 'failing' | 'large';

export type Ack = Pick<Accepted, 'actor' | 'version' | 'command'> | { readonly copied: true };

const [folder = '', mode = 'full', notes = '0'] = process.argv.slice(2);
const LOOPS = 4;
const START = '2026-12-01T09:00:00.000Z';
/** A week later: the part's deadline has fallen due. */
const LATER = '2026-12-08T09:00:00.000Z';
/** Every so many of them fails: SQLITE_FULL for writes (ENOSPC), an error of the disk (EIO) for syncs. */
const FAULTS = ['w 28 97', 's 5 3'];
/** What still fails then will always. */
const MOST_ATTEMPTS = 100;

const told = openSync(join(folder, 'acks'), 'a');
const tell = (ack: Ack) => writeSync(told, `${JSON.stringify(ack)}\n`);

const bench = await openEngine({ filename: join(folder, 'a.db'), now: START });

async function settings(): Promise<void> {
  if (mode === 'normal') await sql`pragma synchronous = 1`.execute(bench.db.writer);
}

let faults = 0;
/** Has the disk fail in one way or the other from now on; or not at all. */
function fail(some: boolean): void {
  const file = process.env.POWER_FAULTS;
  if (file) writeFileSync(file, some ? (FAULTS[faults++ % FAULTS.length] ?? '') : '');
}

let keys = 0;
/** Submits until it is acknowledged: with the same key, for nobody knows what became of an attempt that failed. */
async function submit(attempt: (more: { idempotency: Idempotency }) => Promise<Accepted>): Promise<string> {
  const key = `k-${++keys}`;
  for (let attempts = 1; ; attempts++)
    try {
      const { actor, version, command } = await attempt({
        idempotency: { scope: 'lab', key, fingerprint: key },
      });
      tell({ actor, version, command });
      return actor;
    } catch (error) {
      const passing = error instanceof Refusal && error.code === 'unavailable';
      if (!passing || attempts === MOST_ATTEMPTS) throw error;
    }
}

const start = (chart: string, input: JsonObject): Promise<string> =>
  submit((more) =>
    bench.engine.submit({ kind: 'start', chart, tenant: 'huddinge', input, sender: anna, ...more }),
  );

const send = (actor: string, type: string, payload: JsonObject): Promise<string> =>
  submit((more) => bench.send(actor, type, payload, more));

const MIB = 2 ** 20;

/** Writes much: after twenty times the log before the file is moved into it. */
async function fill(n: number): Promise<void> {
  const text = String.fromCharCode(97 + (n % 26)).repeat(2 * MIB);
  await sql`insert into installation values ('large', ${text})
    on conflict (name) do update set value = excluded.value`.execute(bench.db.writer);
}

async function load(relay: string, loop: number, from: number, to: number): Promise<void> {
  const letter = await start('letter', { title: `Letter ${loop} from ${from}` });
  const part = `part-${loop}-${from}`;
  await send(relay, 'relay.start', { chart: 'part', key: part, input: { on: '2026-12-03' } });
  for (let n = from; n < to; n++) {
    await send(letter, 'letter.note', { text: `${loop}-${n}` });
    if (mode === 'large' && loop === 0) await fill(n);
    if (n % 5 === 0) await send(relay, 'relay.publish', { topic: 'noted', payload: { n } });
    if (n % 7 === 0)
      await send(relay, 'relay.tell', { to: [letter], event: { type: 'letter.told', text: `${n}` } });
    if (mode === 'failing' && loop === 0 && n % 4 === 0) fail(true);
  }
}

async function loadAll(from: number, to: number): Promise<void> {
  const relay = await start('relay', {});
  fail(mode === 'failing');
  await Promise.all(Array.from({ length: LOOPS }, (_, loop) => load(relay, loop, from, to)));
  fail(false);
}

const half = Math.floor(Number(notes) / 2);
await settings();
await loadAll(0, half);
bench.now = LATER;
await bench.tick();
await bench.restart();
await settings();
await copyDurably(join(folder, 'a.db'), join(folder, 'copy.db'), async () => {});
tell({ copied: true });
await loadAll(half, Number(notes));
process.exit(0);
