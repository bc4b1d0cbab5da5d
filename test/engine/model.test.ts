import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import type { Accepted } from '../../src/engine/command.ts';
import { auditAll } from '../../src/views/audit.ts';
import { amount } from '../fixtures/at-length.ts';
import { sourceOf } from '../fixtures/council-matter.ts';
import { type Bench, openEngine, outcomeOf } from '../fixtures/engine.ts';
import { postgresHere } from '../fixtures/postgres.ts';

const folder = mkdtempSync(join(tmpdir(), 'model-'));
afterAll(() => rmSync(folder, { recursive: true }));
const postgres = await postgresHere();

const DAY = 86_400_000;
const HOUR = 3_600_000;
/** Winter time lasts for all that happens: a local day ends at 23.00 UTC. */
const START = Date.parse('2026-11-01T09:00:00.000Z');
const LAST = Date.parse('2027-03-01T09:00:00.000Z');

type State = 'waiting' | 'answered' | 'late' | 'archived';

/** What takes a letter where: a fold of its own, beside the charts. A note leaves it where it is. */
const moves: Readonly<Record<string, (state: State) => State | null>> = {
  'letter.note': (state) => state,
  'letter.answer': (state) => (state === 'waiting' ? 'answered' : null),
  'letter.reopen': (state) => (state === 'answered' ? 'waiting' : null),
  'letter.archive': (state) => (state === 'answered' || state === 'late' ? 'archived' : null),
  'letter.restart': (state) => (state === 'archived' ? null : 'waiting'),
};

/** A letter as it must be. */
class Letter {
  state: State = 'waiting';
  readonly log = ['started'];
  #due: number;

  constructor(now: number) {
    this.#due = dueAfter(now);
  }

  /** What has fallen due happens before anything else does. */
  catchUp(now: number): void {
    if (this.state !== 'waiting' || now < this.#due) return;
    this.state = 'late';
    this.log.push('deadline.reply');
  }

  /** @returns whether it is accepted. */
  happen(type: string, now: number): boolean {
    const next = moves[type]?.(this.state);
    if (!next) return false;
    if (next === 'waiting' && type !== 'letter.note') this.#due = dueAfter(now);
    this.state = next;
    this.log.push(type);
    return true;
  }
}

/** The end of the local day three weeks later. */
const dueAfter = (now: number): number => Math.floor((now + HOUR) / DAY) * DAY + 22 * DAY - HOUR;

const which = fc.nat(2);
const type = fc.constantFrom(...Object.keys(moves));
const key = fc.constantFrom('k-1', 'k-2', 'k-3');
const command = fc.oneof(
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('start' as const) }) },
  {
    weight: 8,
    arbitrary: fc.record({
      kind: fc.constant('send' as const),
      which,
      type,
      key: fc.option(key, { freq: 2 }),
      /** How far behind the version is that the sender has seen; null where it says none. */
      behind: fc.option(fc.nat(1), { freq: 3 }),
      /** Whether the answer is lost, and the server starts anew. */
      lost: fc.boolean(),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant('wait' as const), days: fc.constantFrom(-1, 3, 22, 22) }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('tick' as const) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('restart' as const) }) },
);
type Command = typeof command extends fc.Arbitrary<infer T> ? T : never;
type Sending = Extract<Command, { kind: 'send' }>;

/** The engine and its model, side by side. */
class Pair {
  readonly bench: Bench;
  readonly #ids: string[] = [];
  readonly #letters: Letter[] = [];
  readonly #answers = new Map<string, { readonly said: string; readonly answer: Accepted }>();
  readonly seen = new Set<string>();

  constructor(bench: Bench) {
    this.bench = bench;
  }

  async carryOut(command: Command): Promise<void> {
    if (command.kind === 'start') await this.start();
    else if (command.kind === 'send') await this.#send(command);
    else if (command.kind === 'restart') await this.bench.restart();
    else if (command.kind === 'wait')
      this.bench.now = new Date(Math.min(this.#now + command.days * DAY, LAST)).toISOString();
    else {
      await this.bench.tick();
      for (const it of this.#letters) it.catchUp(this.#now);
    }
    await this.#compare();
  }

  async start(): Promise<void> {
    this.#ids.push(await this.bench.start('letter', { title: 'A' }));
    this.#letters.push(new Letter(this.#now));
  }

  get #now(): number {
    return Date.parse(this.bench.now);
  }

  async #send({ which, type, key, behind, lost }: Sending): Promise<void> {
    const at = which % this.#ids.length;
    const [id, letter] = [this.#ids[at], this.#letters[at]];
    if (id === undefined || !letter) return;
    const said = `${id} ${type}`;
    const known = key === null ? undefined : this.#answers.get(key);
    const expected = behind === null ? undefined : Math.max(letter.log.length - behind, 1);
    const more = {
      ...(expected !== undefined && { expected }),
      ...(key !== null && { idempotency: { scope: 'model', key, fingerprint: said } }),
    };
    const send = () => this.bench.send(id, type, type === 'letter.note' ? { text: 'n' } : {}, more);
    const answer = send();
    const outcome = await outcomeOf(answer);
    expect([said, outcome]).toEqual([said, this.#foretell(letter, type, said, known, expected)]);
    this.seen.add(known ? `${outcome} again` : outcome);
    if (outcome !== 'accepted') return;
    if (known) expect(await answer).toEqual({ ...known.answer, repeated: true });
    else if (key !== null) this.#answers.set(key, { said, answer: await answer });
    if (!lost || key === null) return;
    await this.bench.restart();
    expect(await send()).toEqual({ ...(await answer), repeated: true });
    this.seen.add('accepted again');
  }

  #foretell(
    letter: Letter,
    type: string,
    said: string,
    known: { readonly said: string } | undefined,
    expected: number | undefined,
  ): string {
    if (known) return known.said === said ? 'accepted' : 'keyReused';
    letter.catchUp(this.#now);
    if (expected !== undefined && expected !== letter.log.length) return 'stale';
    return letter.happen(type, this.#now) ? 'accepted' : 'refused';
  }

  async #compare(): Promise<void> {
    for (const [at, id] of this.#ids.entries()) {
      const letter = this.#letters[at];
      expect(await this.bench.types(id)).toEqual(letter?.log);
      const { version, states } = await this.bench.actor(id);
      expect([version, states]).toEqual([letter?.log.length, [letter?.state]]);
      if (letter) this.seen.add(letter.state);
    }
  }
}

/** Where each database is made, and how many lives are led on it. */
const databases: readonly [string, () => Promise<string>, number][] = [
  ['SQLite', async () => join(folder, `${crypto.randomUUID()}.db`), amount(30, 1_000)],
  ...(postgres
    ? [['PostgreSQL', postgres.create, amount(10, 200)] satisfies (typeof databases)[number]]
    : []),
];

describe.each(databases)('the engine on %s', (_, place, lives) => {
  test('does what a fold beside it does, whatever is sent, repeated, late or lost', {
    timeout: 3_600_000,
  }, async () => {
    const seen = new Set<string>();
    await fc.assert(
      fc.asyncProperty(fc.array(command, { minLength: 5, maxLength: 14, size: 'max' }), async (commands) => {
        await using bench = await openEngine({ filename: await place(), now: new Date(START).toISOString() });
        const pair = new Pair(bench);
        await pair.start();
        for (const it of commands) await pair.carryOut(it);
        expect((await auditAll(sourceOf(bench))).findings).toEqual([]);
        for (const it of pair.seen) seen.add(it);
      }),
      // The same lives each time, so that it is known what they see; others at length.
      { numRuns: lives, seed: amount(42, Date.now() % 2 ** 31) },
    );
    for (const it of ['accepted', 'refused', 'stale', 'accepted again', 'late']) expect(seen).toContain(it);
  });
});
