import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Chart } from '../../machines/chart.ts';
import { huddinge } from '../../machines/municipalities/huddinge.ts';
import { Registry } from '../../machines/registry.ts';
import { type Actor, revive, toStored } from '../../src/engine/actor.ts';
import { Changes } from '../../src/engine/changes.ts';
import { Refusal } from '../../src/engine/refusal.ts';
import { replay } from '../../src/engine/replay.ts';
import { Work } from '../../src/engine/work.ts';
import type { Entry } from '../../src/store/entries.ts';
import { sweden } from '../fixtures/engine.ts';
import { chartOf, chartTree, happenings } from '../fixtures/random-charts.ts';

const SLOW = { timeout: 300_000 };
const NOW = '2026-12-01T09:00:00.000Z';
const anna = { sender: 'Anna', origin: 'person' } as const;
const self = { id: 'it', parent: null, root: 'it', tenant: 'huddinge' };

/** The life of one actor, without a database. */
class Life {
  readonly #registry: Registry;
  readonly #keep: (actor: Actor) => Actor;
  readonly entries: Entry[] = [];
  #actor: Actor | null = null;
  refused = 0;

  /** @param keep what becomes of the actor between two commands. */
  constructor(registry: Registry, keep: (actor: Actor) => Actor) {
    this.#registry = registry;
    this.#keep = keep;
  }

  async begin(): Promise<boolean> {
    return this.#attempt((work, chart) => work.begin(self, chart, {}, anna));
  }

  /** A declared event, or `due` for the deadline that falls due first. */
  async happen(what: string): Promise<boolean> {
    return this.#attempt(async (work) => {
      const actor = await work.actor('it');
      const due = [...actor.deadlines].sort((a, b) => (a.dueAt < b.dueAt ? -1 : 1))[0];
      if (what !== 'due') await work.apply(actor, what, {}, anna);
      else if (due) await work.fire(due, `command-${this.entries.length}`);
    });
  }

  get stored(): string {
    if (!this.#actor) throw new Error('it has not begun');
    const { deadlines } = this.#actor;
    return JSON.stringify([toStored(this.#actor, NOW), deadlines]);
  }

  get snapshot(): string {
    if (!this.#actor) throw new Error('it has not begun');
    return toStored(this.#actor, NOW).snapshot;
  }

  /** @returns false for a fault of the chart; then nothing has changed. */
  async #attempt(run: (work: Work, chart: Chart) => Promise<void>): Promise<boolean> {
    const changes = new Changes({
      actor: async () => this.#actor,
      reply: async () => null,
      receipt: async () => null,
      lastSeq: async () => this.entries.length,
      nextSeal: async () => 1,
      lastInSeries: async () => 0,
      holder: async () => null,
    });
    const [chart] = this.#registry.all();
    if (!chart) throw new Error('no chart');
    const work = new Work({
      registry: this.#registry,
      calendarOf: () => sweden,
      registerOf: () => huddinge,
      changes,
      command: `command-${this.entries.length}`,
      now: NOW,
      receivedAt: NOW,
      salt: () => `salt-${this.entries.length}`,
    });
    try {
      await run(work, chart);
      await work.settle();
    } catch (error) {
      if (error instanceof Refusal) {
        expect(changes.isEmpty).toBe(true);
        this.refused += 1;
        return true;
      }
      return false;
    }
    this.entries.push(...changes.entries);
    const actor = await changes.actor('it');
    this.#actor = actor && this.#keep(actor);
    return true;
  }
}

describe('an actor that is stopped and restored after every step', () => {
  test('is byte-equal to one that never stopped, and its log gives its snapshot back', SLOW, async () => {
    let steps = 0;
    let refused = 0;
    await fc.assert(
      fc.asyncProperty(chartTree, happenings, async (tree, happened) => {
        const registry = new Registry([chartOf(tree)]);
        const running = new Life(registry, (actor) => actor);
        const restarted = new Life(registry, (actor) =>
          revive(
            JSON.parse(JSON.stringify(toStored(actor, NOW))),
            JSON.parse(JSON.stringify(actor.deadlines)),
            registry,
          ),
        );
        const began = await running.begin();
        expect(await restarted.begin()).toBe(began);
        if (!began) return;
        for (const what of happened) {
          const before = running.stored;
          const refusals = running.refused;
          const done = await running.happen(what);
          expect(await restarted.happen(what)).toBe(done);
          expect(restarted.stored).toBe(running.stored);
          if (!done || running.refused > refusals) expect(running.stored).toBe(before);
        }
        expect(restarted.entries).toEqual(running.entries);
        expect(replay(running.entries, registry)).toBe(running.snapshot);
        steps += running.entries.length;
        refused += running.refused;
      }),
      { numRuns: 200 },
    );
    expect(steps).toBeGreaterThan(250);
    expect(refused).toBeGreaterThan(50);
  });
});
