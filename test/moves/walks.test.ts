/** Random charts, walked at random, moved at a random point, and walked on. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Chart } from '../../machines/chart.ts';
import { huddinge } from '../../machines/municipalities/huddinge.ts';
import { Registry } from '../../machines/registry.ts';
import { type Actor, revive, toStored } from '../../src/engine/actor.ts';
import { Changes } from '../../src/engine/changes.ts';
import type { Policy } from '../../src/engine/moves/plan.ts';
import { ChartMove } from '../../src/engine/moves/plan.ts';
import { relocate } from '../../src/engine/moves/relocate.ts';
import { ChartFault, Refusal } from '../../src/engine/refusal.ts';
import { replay } from '../../src/engine/replay.ts';
import { Work } from '../../src/engine/work.ts';
import type { Deadline } from '../../src/store/deadlines.ts';
import type { Entry } from '../../src/store/entries.ts';
import { sweden } from '../fixtures/engine.ts';
import { chartOf, chartTree, happenings, type Node } from '../fixtures/random-charts.ts';

const NOW = '2026-12-01T09:00:00.000Z';
const TODAY = '2026-12-01';
const anna = { sender: 'Anna', origin: 'person' } as const;
const self = { id: 'it', parent: null, root: 'it', tenant: 'huddinge' };
const POLICIES: readonly Policy[] = ['keep', 'recompute', 'restart', 'end'];

/** The life of one actor, without a database; every deadline that ever ran, by the entry that set it. */
class Life {
  readonly #registry: Registry;
  readonly entries: Entry[] = [];
  readonly fired: Deadline[] = [];
  actor: Actor | null = null;

  constructor(registry: Registry) {
    this.#registry = registry;
  }

  begin(chart: Chart): Promise<boolean> {
    return this.attempt((work) => work.begin(self, chart, {}, anna));
  }

  /** A declared event, or `due` for the deadline that falls due first. */
  happen(what: string): Promise<boolean> {
    return this.attempt(async (work) => {
      const actor = await work.actor('it');
      if (what !== 'due') return work.apply(actor, what, {}, anna);
      const [due] = [...actor.deadlines].sort((a, b) => (a.dueAt < b.dueAt ? -1 : 1));
      if (due && (await work.fire(due, `command-${this.entries.length}`)) === null) this.fired.push(due);
    });
  }

  get running(): string[] {
    return (this.actor?.deadlines ?? []).map((it) => `${it.state} ${it.name}`);
  }

  /** @returns false for a fault of the chart and for what it refuses; then nothing has changed. */
  async attempt(run: (work: Work) => Promise<void>): Promise<boolean> {
    const changes = new Changes({
      actor: async () => this.actor,
      lastSeq: async () => this.entries.length,
      holder: async () => null,
    } as never);
    const work = new Work({
      registry: this.#registry,
      calendarOf: () => sweden,
      registerOf: () => huddinge,
      changes,
      command: 'command',
      now: NOW,
      receivedAt: NOW,
      salt: () => `salt-${this.entries.length}`,
    } as never);
    try {
      await run(work);
    } catch (error) {
      if (error instanceof Refusal || error instanceof ChartFault) return false;
      throw error;
    }
    const actor = changes.actors.get('it');
    if (!actor) return false;
    this.entries.push(...changes.entries);
    // What goes on is what is stored.
    this.actor = revive(toStored(actor, NOW), actor.deadlines, this.#registry);
    return true;
  }
}

const versioned = (tree: Node, version: number): Chart => ({ ...chartOf(tree), version });

/** The second version has the same states, and other transitions. */
const other = (tree: Node): Node => ({
  ...tree,
  on: tree.on.toReversed(),
  after: tree.after.map(([name, move]) => [name, { ...move, target: (move.target ?? 0) + 1 }] as const),
  always: [],
  children: tree.children.map(other),
});

interface Walk {
  readonly moved: boolean;
  /** How many deadlines ran when it was moved. */
  readonly running: number;
}

const NOT_MOVED: Walk = { moved: false, running: 0 };

async function walked(
  tree: Node,
  before: readonly string[],
  policy: Policy,
  after: readonly string[],
): Promise<Walk> {
  const [first, second] = [versioned(tree, 1), versioned(other(tree), 2)];
  const registry = new Registry([first, second]);
  const life = new Life(registry);
  if (!(await life.begin(first))) return NOT_MOVED;
  for (const it of before) await life.happen(it);
  const { actor } = life;
  if (!actor) return NOT_MOVED;
  const ran = life.running;
  const move = ChartMove.parse({
    chart: 'random',
    from: 1,
    to: 2,
    deadlines: { soon: policy, later: policy },
  });
  const plan = { id: 'walk', reason: 'r', approver: 'a', hash: '0' };
  const made = relocate({
    actor,
    entries: life.entries,
    to: second,
    plan,
    move,
    today: TODAY,
    calendar: sweden,
  });
  if ('why' in made) return NOT_MOVED;
  expect(await life.attempt((work) => work.move(actor, second, made.payload, anna))).toBe(true);

  // The versions have the same deadlines in the same states: what did not run before the move does not run after it.
  expect(life.running.filter((it) => !ran.includes(it))).toEqual([]);
  const dues = (deadlines: readonly Deadline[] = []) => deadlines.map((it) => it.dueAt).toSorted();
  if (policy === 'keep') expect(dues(life.actor?.deadlines)).toEqual(dues(actor.deadlines));
  if (policy === 'end') expect(life.running).toEqual([]);

  for (const it of after) await life.happen(it);
  // Each deadline that was set has fired at most once: none has fired again under the new version.
  const set = life.fired.map((it) => `${it.state} ${it.name} ${it.epoch}`);
  expect(new Set(set).size).toBe(set.length);
  const { snapshot } = toStored(life.actor ?? actor, NOW);
  expect(replay(life.entries, registry)).toBe(snapshot);
  return { moved: true, running: ran.length };
}

describe('a random chart that is walked, moved to its next version, and walked on', () => {
  test('folds byte for byte, and no deadline fires twice or is revived', { timeout: 300_000 }, async () => {
    const counted = { moved: 0, walks: 0, running: 0 };
    await fc.assert(
      fc.asyncProperty(
        chartTree,
        happenings,
        fc.constantFrom(...POLICIES),
        happenings,
        async (tree, before, policy, after) => {
          counted.walks += 1;
          const { moved, running } = await walked(tree, before, policy, after);
          counted.moved += Number(moved);
          counted.running += running;
        },
      ),
      { numRuns: 150, seed: 20_261_121 },
    );
    // The control: enough of them could be moved for the above to mean something.
    expect(counted.moved).toBeGreaterThan(counted.walks / 5);
    expect(counted.running).toBeGreaterThan(20);
  });
});
