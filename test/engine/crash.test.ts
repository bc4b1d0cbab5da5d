import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, test } from 'vitest';
import { openDatabase } from '../../db/open.ts';
import { verifyChain } from '../../src/engine/chain.ts';
import { replay } from '../../src/engine/replay.ts';
import { entriesAfter } from '../../src/store/entries.ts';
import { listActors } from '../../src/store/lists.ts';
import type { Line } from '../fixtures/crash-child.ts';
import { type Bench, openEngine } from '../fixtures/engine.ts';

const folder = mkdtempSync(join(tmpdir(), 'crash-'));
afterAll(() => rmSync(folder, { recursive: true }));

const ROUNDS = 10;
const program = fileURLToPath(new URL('../fixtures/crash-child.ts', import.meta.url));

type Child = ChildProcessByStdio<null, Readable, Readable>;

const server = (filename: string, round: number): Child =>
  spawn(process.execPath, [program, filename, String(round)], { stdio: ['ignore', 'pipe', 'pipe'] });

/** Lets a server run until it has acknowledged some commands, and kills it. @returns what it printed. */
async function killedAfter(filename: string, round: number, acks: number): Promise<Line[]> {
  const child = server(filename, round);
  const errors: string[] = [];
  child.stderr.on('data', (it) => errors.push(String(it)));
  const lines: Line[] = [];
  let left = acks;
  for await (const text of createInterface({ input: child.stdout })) {
    // The last line may be cut in two by the kill.
    if (!text.endsWith('}')) break;
    const line = JSON.parse(text) as Line;
    lines.push(line);
    if (line.kind === 'ack' && --left === 0) child.kill('SIGKILL');
  }
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
  expect(errors).toEqual([]);
  expect(child.signalCode).toBe('SIGKILL');
  return lines;
}

/** What must hold of a database, whatever has happened to its server. */
async function assertWhole(bench: Bench): Promise<void> {
  const actors = await listActors(bench.db.reader, { scope: 'everything', limit: 10_000 });
  for (const actor of actors) {
    const log = await bench.log(actor.id);
    expect(verifyChain(actor.id, log, { version: actor.version, hash: actor.head })).toBeNull();
    expect(replay(log, bench.registry)).toBe(actor.snapshot);
  }
  const all = await entriesAfter(bench.db.reader, 0, 1_000_000);
  expect(all.map((it) => it.seq)).toEqual(Array.from(all, (_, index) => index + 1));
  expect(new Set(all.map((it) => it.actor)).size).toBe(actors.length);
}

const notes = async (bench: Bench) =>
  (await entriesAfter(bench.db.reader, 0, 1_000_000)).flatMap((it) =>
    it.type === 'letter.note' ? [(JSON.parse(it.payload) as { text: string }).text] : [],
  );

describe('a server that is killed', () => {
  test(`at any moment, ${ROUNDS} times over, has lost nothing that it acknowledged and done nothing twice`, {
    timeout: 300_000,
  }, async () => {
    const filename = join(folder, 'killed.db');
    let unanswered = 0;
    for (let round = 0; round < ROUNDS; round++) {
      const lines = await killedAfter(filename, round, 1 + Math.floor(Math.random() * 150));
      await using bench = await openEngine({ filename, now: '2026-01-01T00:00:00.000Z' });
      await assertWhole(bench);
      const acknowledged = lines.filter((it) => it.kind === 'ack');
      const log = await entriesAfter(bench.db.reader, 0, 1_000_000);
      const stored = new Set(log.map((it) => `${it.actor} ${it.version} ${it.command}`));
      for (const { actor, version, command } of acknowledged)
        expect(stored).toContain(`${actor} ${version} ${command}`);

      const known = new Set(acknowledged.map((it) => it.key));
      const lost = lines.filter((it) => it.kind === 'sent' && !known.has(it.key));
      unanswered += lost.length;
      const sendAgain = ({ actor, key }: Line) =>
        bench.send(
          actor,
          'letter.note',
          { text: key },
          { idempotency: { scope: 'crash', key, fingerprint: key } },
        );
      await Promise.all(lost.map(sendAgain));
      const texts = await notes(bench);
      expect(new Set(texts).size).toBe(texts.length);
      expect(texts).toEqual(expect.arrayContaining(lines.map((it) => it.key)));
    }
    expect(unanswered).toBeGreaterThan(0);

    await using bench = await openEngine({ filename, now: '2030-01-01T00:00:00.000Z' });
    await bench.tick();
    await assertWhole(bench);
    const log = await entriesAfter(bench.db.reader, 0, 1_000_000);
    const count = (type: string) => log.filter((it) => it.type === type).map((it) => it.actor);
    expect(count('deadline.reply').toSorted()).toEqual(count('started').toSorted());
  });

  test('holds its file while it runs, and no longer', { timeout: 300_000 }, async () => {
    const filename = join(folder, 'locked.db');
    const child = server(filename, 0);
    await once(child.stdout, 'data');
    await expect(openDatabase(filename)).rejects.toThrow('another server is already running');
    child.kill('SIGKILL');
    await once(child, 'exit');
    const db = await openDatabase(filename);
    await db.close();
  });
});
