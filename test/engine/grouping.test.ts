import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { JsonObject } from '../../machines/chart.ts';
import { verifyChain } from '../../src/engine/chain.ts';
import { replay } from '../../src/engine/replay.ts';
import { listActors } from '../../src/store/lists.ts';
import { type Bench, openEngine, outcomeOf } from '../fixtures/engine.ts';

const CAST = ['counter', 'counter', 'letter', 'letter', 'relay', 'relay'] as const;
const COUNTERS = [0, 1];
const LETTERS = [2, 3];
const RELAYS = [4, 5];

/** A command by the numbers of those that take part; ids are made up anew in every database. */
interface Play {
  readonly actor: number;
  readonly type: string;
  readonly payload: (ids: readonly string[]) => JsonObject;
  readonly expected: number | null;
  readonly key: string | null;
}

const play = (
  actors: readonly number[],
  type: string,
  payload: fc.Arbitrary<Play['payload']> = fc.constant(() => ({})),
): fc.Arbitrary<Play> =>
  fc.record({
    actor: fc.constantFrom(...actors),
    type: fc.constant(type),
    payload,
    expected: fc.option(fc.integer({ min: 1, max: 4 }), { freq: 3 }),
    key: fc.option(fc.constantFrom('k1', 'k2', 'k3'), { freq: 2 }),
  });

const told = fc
  .tuple(fc.subarray([...LETTERS, ...RELAYS]), fc.constantFrom('x', 'y'))
  .map(([to, text]) => (ids: readonly string[]) => ({
    to: to.map((it) => ids[it] ?? ''),
    event: { type: 'letter.told', text },
  }));

const command = fc.oneof(
  play(
    COUNTERS,
    'count.add',
    fc.integer({ min: 1, max: 9 }).map((by) => () => ({ by })),
  ),
  play(COUNTERS, 'count.throw'),
  play(COUNTERS, 'count.spoil'),
  play(LETTERS, 'letter.answer'),
  play(LETTERS, 'letter.reopen'),
  play(
    LETTERS,
    'letter.note',
    fc.constantFrom('a', 'b').map((text) => () => ({ text })),
  ),
  play(
    LETTERS,
    'letter.number',
    fc.constant(() => ({ number: '1' })),
  ),
  play(RELAYS, 'relay.tell', told),
  play(
    RELAYS,
    'relay.publish',
    fc.constant(() => ({ topic: 't', payload: {} })),
  ),
  play(
    RELAYS,
    'relay.start',
    fc.constantFrom('p', 'q').map((key) => () => ({ chart: 'part', key, input: {} })),
  ),
);

/** Everything that a database says of what happened, without ids. */
async function account(bench: Bench, ids: readonly string[]): Promise<unknown> {
  const nameless = (text: string) => ids.reduce((it, id, n) => it.replaceAll(id, `#${n}`), text);
  const actors = await listActors(bench.db.reader, { scope: 'everything', limit: 100 });
  const about = await Promise.all(
    actors.map(async (actor) => {
      const log = await bench.log(actor.id);
      expect(verifyChain(actor.id, log, { version: actor.version, hash: actor.head })).toBeNull();
      expect(replay(log, bench.registry)).toBe(actor.snapshot);
      return nameless(
        JSON.stringify([
          actor.id,
          actor.version,
          actor.number,
          actor.snapshot,
          log.map((it) => [it.type, it.payload]),
        ]),
      );
    }),
  );
  return about.toSorted();
}

async function performed(plays: readonly Play[], together: boolean) {
  await using bench = await openEngine();
  const ids: string[] = [];
  for (const chart of CAST) ids.push(await bench.start(chart, chart === 'letter' ? { title: 'A' } : {}));
  const send = ({ actor, type, payload, expected, key }: Play) =>
    outcomeOf(
      bench.send(ids[actor] ?? '', type, payload(ids), {
        ...(expected !== null && { expected }),
        ...(key !== null && { idempotency: { scope: 's', key, fingerprint: `${actor} ${type}` } }),
      }),
    );
  const outcomes: string[] = [];
  if (together) outcomes.push(...(await Promise.all(plays.map(send))));
  else for (const it of plays) outcomes.push(await send(it));
  return { outcomes, account: await account(bench, ids) };
}

describe('commands that are carried out together in one transaction', () => {
  test('come to the same as one after the other', { timeout: 300_000 }, async () => {
    const seen = new Set<string>();
    await fc.assert(
      fc.asyncProperty(fc.array(command, { minLength: 2, maxLength: 30, size: 'max' }), async (plays) => {
        const together = await performed(plays, true);
        expect(together).toEqual(await performed(plays, false));
        for (const it of together.outcomes) seen.add(it);
      }),
      { numRuns: 40 },
    );
    for (const code of ['accepted', 'refused', 'stale', 'exists', 'keyReused']) expect(seen).toContain(code);
  });
});
